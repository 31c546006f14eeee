"""The fonts of the page: what is shipped, under which license, and what is cut out of it for a file."""

import base64
import io
import re
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sim.web import fonts
from sim.web.document import page_folder
from tests import ROOT

RULE = r"font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/(woff2?);base64,([^)]+)\)"


def held(sheet):
    """Return the letters of every font in a style sheet, by family and weight."""
    found = re.findall(RULE, sheet)
    assert len(found) == sheet.count("@font-face")
    return {
        (family, int(weight)): set(map(chr, TTFont(io.BytesIO(base64.b64decode(letters))).getBestCmap()))
        for family, weight, _, letters in found
    }


def test_a_file_has_the_letters_that_are_used_and_no_others():
    """Each from the first family that has it, in both weights."""
    found = held(fonts.style_sheet("Zürich, 准时交付。"))
    used = set("Zürich, 准时交付。") | set(fonts.OURS)
    for weight in (400, 600):
        assert set("Zürich, ") <= found["Inter", weight] <= used
        assert found["Noto Sans SC Page", weight] == set("准时交付。")


def test_a_file_without_chinese_has_no_chinese_font():
    """Its letters are all in the first family."""
    assert {family for family, _ in held(fonts.style_sheet("On time?"))} == {"Inter"}


def test_the_same_letters_give_the_same_bytes():
    """In whichever order they come."""
    assert fonts.style_sheet("交付 abc") == fonts.style_sheet("cba 付交")


@pytest.mark.parametrize("brotli", [True, False])
def test_fonts_are_compressed_with_what_there_is(monkeypatch, brotli):
    """Without brotli they are larger, and there."""
    fonts._rule.cache_clear()
    if not brotli:
        monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    kinds = {kind for _, _, kind, _ in re.findall(RULE, fonts.style_sheet("a"))}
    assert kinds <= ({"woff", "woff2"} if brotli else {"woff"})
    assert kinds
    fonts._rule.cache_clear()


def test_figures_can_be_set_in_columns():
    """Numbers that change do not make what stands behind them jump."""
    for rule in re.findall(RULE, fonts.style_sheet("a")):
        features = TTFont(io.BytesIO(base64.b64decode(rule[3])))["GSUB"].table.FeatureList.FeatureRecord
        assert "tnum" in {one.FeatureTag for one in features}


def test_a_server_has_what_the_style_sheet_asks_for():
    """And nothing else, whatever is asked for."""
    sheet = (page_folder() / "fonts.css").read_text("utf-8")
    asked = re.findall(r'url\("/page/fonts/([^"]+)"\)', sheet)
    assert len(asked) == len(fonts.FACES) == sheet.count("@font-face")
    assert all(fonts.shipped(name) for name in asked)
    assert fonts.shipped("OFL.txt") is None
    assert fonts.shipped("../fonts.css") is None
    assert re.findall(r'font-family: "([^"]+)"; font-weight: (\d+)', sheet) == [
        (family, str(weight)) for family, weight, _ in fonts.FACES
    ]


def test_the_page_is_set_in_these_fonts():
    """In this order, before whatever a system has."""
    sheet = (page_folder() / "base.css").read_text("utf-8")
    [family] = re.findall(r"html:lang\(zh\) body \{\s*font-family: (.*), sans-serif;", sheet)
    named = [one.strip('"') for one in family.split(", ")]
    assert named[:2] == list(dict.fromkeys(name for name, _, _ in fonts.FACES))


def test_every_font_has_its_license_beside_it():
    """And the package names it."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license-files"]
    for _, _, place in fonts.FACES:
        license_file = (ROOT / "sim" / place).with_name("OFL.txt")
        assert str(license_file.relative_to(ROOT)) in named
        assert Path(place).name in license_file.read_text(encoding="utf-8")
