"""Words of a scenario come out of every command as they were written, whatever they hold; nothing steers the screen."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.table import Table

from sim.characters import steering
from sim.cli import main
from sim.cli.screen import Screen
from sim.scenario import Scenario, dump
from tests import ROOT
from tests.worlds.fakes import FakeEngine
from tests.worlds.nasty import NASTY, WORLD, nasty

TOLD = {
    "show": ("title", "description", "front", "chief", "back", "process", "step", "first", "second"),
    "run": ("title", "KPI of front", "front考核指标"),
    "compare": ("title", "first", "second", "KPI of front", "front考核指标"),
    "explain": ("first", "second", "process", "front"),
    "list": ("title", "description"),
    "check": (),
}
"""Which words each command has to show."""


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A scenario file in a folder that stands for the shipped ones, and lines long enough not to be broken."""
    monkeypatch.setattr("sim.cli.screen.PIPE_WIDTH", 4000)
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: tmp_path)
    path = tmp_path / "nasty.yaml"
    path.write_text(dump(Scenario.model_validate(WORLD)), encoding="utf-8")
    return str(path)


def words_of(what, lang):
    """Return the words as they have to be shown."""
    if what.startswith("KPI of "):
        return f"KPI of {words_of(what.removeprefix('KPI of '), lang)}" if lang == "en" else ""
    if what.endswith("考核指标"):
        return f"{words_of(what.removesuffix('考核指标'), lang)}考核指标" if lang == "zh" else ""
    return nasty(what)[lang]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "command", [pytest.param(name, marks=pytest.mark.compiled) if name == "explain" else name for name in TOLD]
)
def test_every_command_shows_words_as_they_are_written(world, capsys, command, lang):
    """Titles, captions, headings, cells and sentences, in both languages."""
    arguments = ["scenarios"] if command == "list" else [world]
    often = {"run": "2", "compare": "2", "explain": "8"}  # until a story names a department
    arguments += ["--replications", often[command]] if command in often else []
    assert main([command, *arguments, "--lang", lang]) == 0
    printed = capsys.readouterr()
    assert [what for what in TOLD[command] if words_of(what, lang) not in printed.out] == []
    assert printed.err == ""
    assert steering(printed.out) is None


@pytest.mark.parametrize("command", ["list", "run", "compare", "check"])
def test_every_command_says_the_same_in_json(world, monkeypatch, capsys, command):
    """Labels are keys and values as they are."""
    FakeEngine().used(monkeypatch)
    arguments = ["scenarios"] if command == "list" else [world]
    arguments += ["--replications", "2"] if command in ("run", "compare") else []
    assert main([command, *arguments, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    if command == "list":
        (told,) = data
        assert (told["name"], told["title"], told["description"]) == ("nasty", nasty("title"), nasty("description"))
        assert (told["departments"], told["people"]) == (
            len(WORLD["departments"]),
            sum(one["staff"] for one in WORLD["departments"].values()),
        )
    if command == "compare":
        assert list(data["alternatives"]) == [nasty("first")["en"], nasty("second")["en"]]


def test_alternatives_with_one_chinese_name_are_both_explained(world, capsys):
    """Names in one language may be alike; neither is dropped."""
    alike = [one | {"label": {"en": one["label"]["en"], "zh": "一样"}} for one in WORLD["compare"]]
    Path(world).write_text(dump(Scenario.model_validate(WORLD | {"compare": alike})), encoding="utf-8")
    assert main(["explain", world, "--replications", "1", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.count("一样：") == 2


def test_the_screen_takes_cells_titles_and_headings_for_plain_words():
    """Every way into a table or line: what comes out is what went in."""
    table = Table(NASTY, title=NASTY, caption=NASTY)
    table.add_row(NASTY)
    file = io.StringIO()
    screen = Screen(file, width=400)
    screen.print(table)
    screen.print(NASTY, style="bold")
    assert file.getvalue().count(NASTY) == 5


def test_the_screen_writes_out_what_would_steer_it():
    """What nobody could refuse at the door is shown and not obeyed."""
    table = Table("h\x1b[2J", title="t\u202e", caption="c\x9b")
    table.add_row("x\x1b]0;title\x07")
    file = io.StringIO()
    Screen(file, width=100).print(table, "l\x1b[31m")
    assert steering(file.getvalue()) is None
    assert all(word in file.getvalue() for word in (r"h\x1b[2J", r"t\u202e", r"c\x9b", r"x\x1b]0;title\x07", r"l\x1b["))


@pytest.mark.parametrize("bad", ["\x1b[2J", "\x9b2J", "\u202e", "\udcff", "a\nb", "\x07"], ids=ascii)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["compare", "WORLD", "--with", "xBAD=raci"], 2),
        (["compare", "WORLD", "--with", "racBADi"], 2),
        (["compare", "WORLD", "--with", "x=raci:claBADrity=1"], 2),
        (["compare", "WORLD", "--with", "x=raci:departments=BAD"], 2),
        (["compare", "WORLD", "--measures", "BAD"], 2),
        (["explain", "WORLD", "--with", "xBAD=raci"], 2),
        (["run", "WORLD", "--seed", "BAD"], 2),
        (["run", "WORLD", "--lang", "BAD"], 2),
        (["run", "WORLD", "--foBADo"], 2),
        (["shBADow"], 2),
        (["list", "BAD"], 2),
        (["show", "BAD"], 3),
        (["check", "BAD.yaml"], 3),
        (["check", "BAD.yaml", "--json"], 3),
    ],
)
def test_the_command_line_is_quoted_visibly(world, capsys, arguments, code, bad):
    """Whatever the arguments hold, the sentence about them steers nothing."""
    given = [world if one == "WORLD" else one.replace("BAD", bad) for one in arguments]
    assert main(given) == code
    printed = capsys.readouterr()
    assert steering(printed.out + printed.err) is None
    assert printed.out + printed.err


def test_names_of_files_are_shown_visibly(world, tmp_path, monkeypatch, capsys):
    """A scenario in such a file, a folder that is written, and one that cannot be."""
    bad = "\x1b[2J \u202e"
    FakeEngine().used(monkeypatch)
    place, blocked = tmp_path / f"x{bad}.yaml", tmp_path / f"y{bad}"
    place.write_text(Path(world).read_text(encoding="utf-8").replace("staff: 2", "staff: two"), encoding="utf-8")
    blocked.write_text("in the way")
    assert main(["check", str(place)]) == 3
    assert main(["compare", world, "--replications", "2", "--out", str(tmp_path / f"z{bad}")]) == 0
    assert main(["compare", world, "--replications", "2", "--out", str(blocked)]) == 2
    assert main(["run", world, "--replications", "1", "--events", str(tmp_path / f"e{bad}.csv")]) == 0
    printed = capsys.readouterr()
    assert steering(printed.out + printed.err) is None


def test_failures_of_runs_are_told_visibly(world, monkeypatch, capsys):
    """They quote what raised them."""
    FakeEngine(failing={1: "no \x1b[2J room"}).used(monkeypatch)
    assert main(["compare", world, "--replications", "3"]) == 4
    assert r"no \x1b[2J room" in capsys.readouterr().err


def in_code_page(encoding, *arguments):
    """Run the command where the console has this encoding; return what it wrote, as bytes."""
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "sim", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=True).stdout


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii", "gbk", "utf-16"])
def test_json_loses_nothing_in_any_code_page(encoding, capsys):
    """The same catalogue everywhere, Chinese words included."""
    assert main(["list", "scenarios", "--json"]) == 0
    written = in_code_page(encoding, "list", "scenarios", "--json").decode(encoding)
    assert json.loads(written) == json.loads(capsys.readouterr().out)
    assert written.isascii() == (encoding != "utf-8")


def test_tables_in_a_code_page_show_what_it_has():
    """Chinese words become question marks, and the rest is there."""
    assert b"order_delivery" in in_code_page("cp1252", "list", "scenarios", "--lang", "zh")
