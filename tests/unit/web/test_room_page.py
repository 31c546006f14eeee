"""The documents for phones and the modules of the room: small, strict, fitting together, nothing in them of no use."""

import gzip
import posixpath
import re

import pytest

from sim.web.document import guest, joining, page_folder, served
from sim.web.frame import words_of
from sim.words import LANGUAGES, table
from tests.unit.web.test_colors import TEXT, contrast
from tests.unit.web.test_document import Found, digest, run_by
from tests.unit.web.test_page import EXPORTED

ROOM = page_folder() / "room"
MODULES = {f"room/{one.name}": one.read_text("utf-8") for one in ROOM.iterdir() if one.name.endswith(".js")}
SHEETS = {one.name: one.read_text("utf-8") for one in ROOM.iterdir() if one.name.endswith(".css")}
IMPORTED = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)";', re.MULTILINE)
TITLE = {"en": "From order to <cash>", "zh": "从订单到回款"}
DOCUMENTS = {"guest": guest("/r/K7M2QX", "/s/small", TITLE), "join": joining("wrong")}
FRAME = {"v": 1, "title": TITLE, "words": {"en": {}, "zh": {}}}

STARTED = {("enter", "room/room.js"), ("makePanel", "room/panel.js")}
"""What is asked for where there is a room, and where there is a host."""

MOST_BYTES = 32_768
"""What a phone may have to load, compressed, before somebody can bet."""


def place(module, asked):
    """Return where a module lies that another one asks for."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), asked))


def text_of(module):
    """Return a module of the page."""
    return (page_folder() / module).read_text("utf-8")


def preloaded(document):
    """Return the modules that a document names beforehand, by their places in the folder."""
    links = Found(document.html).all("link")
    return [one["href"].removeprefix("/page/") for one, _ in links if one["rel"] == "modulepreload"]


@pytest.mark.parametrize("name", MODULES)
def test_what_is_imported_is_there_and_used(name):
    """By where it lies, as a phone may know no import maps; each module says first what it is."""
    text = MODULES[name]
    assert text.startswith("/**")
    assert text.count("\n") < 400
    assert len(IMPORTED.findall(text)) == len(re.findall(r"^import\b", text, re.MULTILINE))
    body = IMPORTED.sub("", text)
    for names, module in IMPORTED.findall(text):
        for one in filter(None, map(str.strip, names.split(","))):
            assert one in EXPORTED.findall(text_of(place(name, module))), (one, module)
            assert re.search(rf"\b{one}\b", body), one


def test_what_is_exported_is_asked_for():
    """By another module, or where a room or a host is."""
    asked = {
        (one.strip(), place(name, module))
        for name, text in MODULES.items()
        for names, module in IMPORTED.findall(text)
        for one in names.split(",")
    }
    exported = {(one, name) for name, text in MODULES.items() for one in EXPORTED.findall(text)}
    assert exported == {one for one in asked | STARTED if one[1] in MODULES}


def test_texts_of_people_are_put_in_as_text():
    """Nothing in these modules makes elements out of letters, or asks anybody else."""
    for name, text in MODULES.items():
        assert not re.search(r"\bfetch\(|\beval\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_phone_loads_what_it_needs_and_no_more(name):
    """Every module that is needed is named beforehand, finds the others without a map, and all of them are small."""
    document = DOCUMENTS[name]
    named = preloaded(document)
    asked = {f"room/{name}.js"}
    while more := {place(one, found) for one in asked for _, found in IMPORTED.findall(text_of(one))} - asked:
        asked |= more
    assert sorted(asked) == named
    assert all(len(IMPORTED.findall(text_of(one))) == text_of(one).count("\nimport ") for one in named)
    sizes = [len(gzip.compress(text.encode())) for text in (document.html, *map(text_of, named))]
    assert sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_policy_names_every_script_and_style(name):
    """Nothing else is run or dressed, whatever a name brings along; nothing comes from elsewhere."""
    document = DOCUMENTS[name]
    found = Found(document.html)
    assert set(re.findall(r"'sha256-[^']+'", document.policy)) == {
        digest(text) for text in (*run_by(found), *(text for _, text in found.all("style")))
    }
    assert "unsafe" not in document.policy
    assert "frame-ancestors 'none'" in document.policy
    links = [one for _, names, _ in found.elements for key in ("src", "href") if (one := names.get(key)) is not None]
    assert [one for one in links if not one.startswith(("/page/", "data:"))] == []
    assert "<cash>" not in document.html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_begins_in_a_language(lang):
    """And says in both what a browser needs, as long as none can be chosen."""
    for document in (guest("/r/K7M2QX", "/s/small", TITLE, lang), joining("", lang)):
        found = Found(document.html)
        assert [one["lang"] for one, _ in found.all("html")] == ["zh-CN" if lang == "zh" else "en"]
        said = {text for _, text in found.all("p")}
        assert {table("betting", one)["GUEST_NEEDS_SCRIPT"] for one in LANGUAGES} <= said


@pytest.mark.parametrize("role", [None, "guest", "host"])
def test_the_large_page_brings_what_a_role_needs(role):
    """Words, styles and modules of the room, and without one nothing of it."""
    document = served({**FRAME, "room": role and {"role": role}})
    words = {"host": {*words_of("en", ("betting", "hosting"))}, "guest": {*words_of("en", ("betting",))}, None: set()}
    assert f'"ROOM":"{table("hosting", "en")["ROOM"]}"' in document.html or role != "host"
    assert all(f'"{key}":' in document.html for key in words[role])
    assert ("room/panel.js" in preloaded(document)) == (role == "host")
    assert ("room/room.js" in preloaded(document)) == (role is not None)
    assert ("/page/room/panel.css" in document.html) == (role == "host")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", ["betting", "hosting"])
def test_every_word_is_said(subject, lang):
    """By its key, in a module of the room or in a document."""
    told = "".join(MODULES.values()) + "GUEST_ONE_MOMENT GUEST_NEEDS_SCRIPT"
    assert [key for key in table(subject, lang) if not re.search(rf"\b{key}\b", told)] == []


def test_every_style_is_of_something():
    """Each class and place in a style sheet of the room is named in a module or document."""
    told = "".join(MODULES.values()) + (page_folder() / "header.js").read_text("utf-8") + DOCUMENTS["guest"].html
    rules = re.sub(r"/\*.*?\*/", "", "".join(SHEETS.values()), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    named = set(re.findall(r"[.#]([a-zA-Z][\w-]*)", selectors))
    words = told.split("<style>")[0] + "".join(MODULES.values())
    made = {f"{kind}-{one}" for kind in ("mark", "sign") for one in ("now", "median", "mine", "result")}
    parts = {f"room-{one}" for one in ("question", "ask", "log")}
    missing = [one for one in sorted(named - made - parts) if not re.search(rf"(?<![\w-]){one}(?![\w-])", words)]
    assert missing == []


@pytest.mark.parametrize("place_of", [0, 1])
def test_texts_on_phones_can_be_read(place_of):
    """Light and dark: whatever is written stands out from the paper."""
    blocks = re.findall(r":root \{([^}]*)\}", SHEETS["phone.css"])
    colors = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", blocks[place_of]))
    written = {name: contrast(colors[name], colors["paper"]) for name in ("ink", "soft", "now", "mine", "good", "bad")}
    assert {name: value for name, value in written.items() if value < TEXT} == {}
    assert contrast(colors["edge"], colors["paper"]) >= 3
