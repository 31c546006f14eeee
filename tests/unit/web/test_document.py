"""The document of the page: what stands in it, what it lets in, and that nothing in it comes from elsewhere."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.web.document import one_file, packed, page_folder, served
from sim.words import words

FRAME = {"v": 1, "title": {"en": "From order to <cash> & back", "zh": "从订单到回款"}}
NASTY = "</script><script>alert(1)</script><!-- <script \u2028"


class Found(HTMLParser):
    """Every element of a document with its attributes and text, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open = [tag, dict(attrs), ""]
        self.elements.append(self.open)

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open[2] += data

    def all(self, tag):
        return [(attributes, text) for name, attributes, text in self.elements if name == tag]

    def data(self, name):
        [text] = [text for attributes, text in self.all("script") if attributes.get("id") == name]
        return text


def run_by(found):
    """Return the scripts that a browser runs, import maps among them."""
    data = {"application/json", "text/plain"}
    return [text for attributes, text in found.all("script") if attributes.get("type") not in data]


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_in(found):
    [attributes] = [one for one, _ in found.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    return attributes["content"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_policy_names_every_script_that_is_run_and_no_other(lang):
    """What a name or a text of a scenario brings along is not run, whatever it looks like."""
    document = served(FRAME, lang)
    file = one_file(FRAME, "", "", lang)
    for found, policy in ((Found(document.html), document.policy), (Found(file), policy_in(Found(file)))):
        named = set(re.findall(r"'sha256-[^']+'", policy.split("style-src")[0]))
        assert named == {digest(text) for text in run_by(found)}
        assert "unsafe" not in policy


@given(text=st.text() | st.just(NASTY))
def test_no_text_ends_the_script_that_it_stands_in(text):
    """Frame, answer and week come out as they went in."""
    frame = FRAME | {"description": {"en": text, "zh": text}}
    found = Found(served(frame, answer={"key": text}, week={"key": text}).html)
    assert json.loads(found.data("frame")) == frame
    assert json.loads(found.data("answer")) == json.loads(found.data("week")) == {"key": text}
    assert json.loads(Found(one_file(frame, "", "")).data("frame")) == frame


@given(text=st.text())
def test_what_is_packed_comes_out_again(text):
    """The letters need no escape, and are the same every time."""
    letters = packed(text)
    assert gzip.decompress(base64.b64decode(letters)).decode() == text
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", letters)
    assert packed(text) == letters


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_file_needs_nothing_but_itself(lang):
    """No element loads anything, and the policy would not let it."""
    file = one_file(FRAME, "xyz", "@font-face{}", lang)
    found = Found(file)
    links = [
        link for _, names, _ in found.elements for name in ("src", "href") if (link := names.get(name)) is not None
    ]
    assert not [link for link in links if not link.startswith("data:")]
    assert not re.search(r"@import|url\((?!['\"]?data:)", "".join(text for _, text in found.all("style")))
    assert "connect-src 'none'" in policy_in(found)
    assert "'self'" not in policy_in(found)
    assert found.data("data") == "xyz"
    assert file == one_file(FRAME, "xyz", "@font-face{}", lang)


def test_the_file_holds_every_module_under_its_name():
    """Modules find each other through the import map."""
    [imports] = [text for one, text in Found(one_file(FRAME, "", "")).all("script") if one.get("type") == "importmap"]
    held = {
        name: base64.b64decode(url.partition("base64,")[2]).decode()
        for name, url in json.loads(imports)["imports"].items()
    }
    modules = {one.name: one.read_text("utf-8") for one in page_folder().iterdir() if one.name.endswith(".js")}
    assert held == {f"page/{name}": text for name, text in modules.items()}


def test_the_file_says_in_both_languages_what_a_browser_lacks():
    """Where no script runs nobody can choose a language."""
    found, texts = Found(one_file(FRAME, "", "", "zh")), words("stick")
    said = [(one.get("lang"), text) for one, text in found.all("p")]
    for text in (texts.NEEDS_SCRIPT, texts.CANNOT_UNPACK):
        assert {("en", text.en), ("zh-CN", text.zh)} <= set(said)


@pytest.mark.parametrize(("lang", "tag", "title"), [("en", "en", "From order"), ("zh", "zh-CN", "从订单")])
def test_a_document_says_its_language_and_title(lang, tag, title):
    """As readers of screens and tabs of browsers need it."""
    for text in (served(FRAME, lang).html, one_file(FRAME, "", "", lang)):
        found = Found(text)
        assert [one["lang"] for one, _ in found.all("html")] == [tag]
        assert "".join(text for _, text in found.all("title")).startswith(title)


def test_modules_ask_only_for_modules_of_the_page():
    """Each by its bare name; anything else would not be found in the file. A report is fetched from a server."""
    modules = {one.name: one.read_text("utf-8") for one in page_folder().iterdir() if one.name.endswith(".js")}
    pattern = r"""(?:^|[;}])\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)|import\s*\(?\s*["']([^"']+)"""
    for name, text in modules.items():
        asked = ["".join(found) for found in re.findall(pattern, text, re.MULTILINE)]
        missing = [one for one in asked if one.removeprefix("page/") not in modules]
        assert missing == (["page/room/room.js"] if name == "main.js" else []), name  # asked for where there is a room
        asked = set(re.findall(r"\bfetch\(|\beval\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text))
        assert asked == ({"fetch("} if name == "report.js" else set()), name


def test_the_page_as_it_stands_has_no_script_and_no_style_of_its_own():
    """The policy would not run them."""
    found = Found((page_folder() / "index.html").read_text("utf-8"))
    assert not found.all("script") + found.all("style")
    assert not [name for _, attributes, _ in found.elements for name in attributes if re.match("on|style$", name)]
