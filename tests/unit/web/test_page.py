"""The modules and style sheets of the page fit together, and nothing in them is of no use."""

import re

import pytest

from sim.web.document import page_folder, preparing
from sim.words import LANGUAGES, table

IMPORTED = re.compile(r'^import \{([^}]*)\} from "page/(\w+\.js)";', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def files(ending):
    """Return the files of the page with an ending, by name."""
    return {one.name: one.read_text("utf-8") for one in page_folder().iterdir() if one.name.endswith(ending)}


MODULES, SHEETS = files(".js"), files(".css")
DOCUMENT = (page_folder() / "index.html").read_text("utf-8")


def imports_of(text):
    """Yield what a module asks of others: its own name for it, the name there, and the module."""
    for names, module in IMPORTED.findall(text):
        for one in filter(None, map(str.strip, names.split(","))):
            there, _, here = one.partition(" as ")
            yield here or there, there, module


def test_every_part_has_a_module_and_a_place():
    """The list by which the page is put together names files that can be mounted, and elements that are there."""
    parts = re.findall(r'\["(\w+)", "(\w+)"\]', MODULES["main.js"])
    places = set(re.findall(r'id="(\w+)"', DOCUMENT))
    assert len(parts) >= 10
    for name, place in parts:
        assert "mount" in EXPORTED.findall(MODULES[f"{name}.js"]), name
        assert place in places


@pytest.mark.parametrize("name", MODULES)
def test_a_reader_finds_their_way(name):
    """No module is long, and each says first what it is."""
    assert MODULES[name].startswith("/**")
    assert MODULES[name].count("\n") < 400


@pytest.mark.parametrize("name", MODULES)
def test_what_is_imported_is_there_and_used(name):
    """And every line of imports is one that this test reads."""
    text = MODULES[name]
    assert len(IMPORTED.findall(text)) == len(re.findall(r"^import\b", text, re.MULTILINE))
    body = IMPORTED.sub("", text)
    for here, there, module in imports_of(text):
        assert there in EXPORTED.findall(MODULES[module]), (there, module)
        assert re.search(rf"\b{here}\b", body), here


def test_what_is_exported_is_asked_for():
    """By another module; parts by the list that puts the page together, sources by what connects to them."""
    asked = {(there, module) for text in MODULES.values() for _, there, module in imports_of(text)}
    asked |= {("mount", f"{name}.js") for name, _ in re.findall(r'\["(\w+)", "(\w+)"\]', MODULES["main.js"])}
    asked |= {("connect", "live.js"), ("connect", "stick.js")}
    exported = {(one, name) for name, text in MODULES.items() for one in EXPORTED.findall(text)}
    assert exported == asked


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", ["page", "playing", "story"])
def test_every_word_is_said(subject, lang):
    """By its key, which stands in some module; those of a table by the name of the table."""
    told = "".join(MODULES.values())
    assert [key for key in table(subject, lang) if not re.search(rf'"{key}"', told)] == []


def test_every_style_is_of_something():
    """Each class and place in a style sheet is named in a module or in the document."""
    told = DOCUMENT + preparing().html + "".join(MODULES.values())
    rules = re.sub(r"/\*.*?\*/", "", "".join(SHEETS.values()), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    named = {one for one in re.findall(r"[.#]([a-zA-Z][\w-]*)", selectors) if not one.startswith("hue-")}
    assert [one for one in sorted(named) if not re.search(rf"(?<![\w-]){one}(?![\w-])", told)] == []
    assert "hue-${" in told


def test_every_color_is_defined_and_used():
    """In sheets by its variable, in modules by its name."""
    rules, told = "".join(SHEETS.values()), "".join(MODULES.values())
    defined = set(re.findall(r"(--[a-z][\w-]*):", rules))
    by_name = {f"--{one}" for one in re.findall(r'"([a-z_-]+)"', told)} | {"--done"}
    used = set(re.findall(r"var\((--[\w-]+)", rules))
    assert used <= defined | {"--done"}
    assert defined <= used | by_name
