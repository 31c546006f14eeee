"""The modules of the page fit together: every part has its file and its place."""

import re

from sim.web.document import page_folder


def read(name):
    """Return a file of the page."""
    return (page_folder() / name).read_text("utf-8")


def test_every_part_has_a_module_and_a_place():
    """The list by which the page is put together names files that can be mounted, and elements that are there."""
    parts = re.findall(r'\["(\w+)", "(\w+)"\]', read("main.js"))
    places = set(re.findall(r'id="(\w+)"', read("index.html")))
    assert len(parts) >= 10
    for name, place in parts:
        assert "export function mount(" in read(f"{name}.js"), name
        assert place in places


def test_a_reader_finds_their_way():
    """No module is long, and each says first what it is."""
    for one in page_folder().iterdir():
        if one.name.endswith(".js"):
            text = one.read_text("utf-8")
            assert text.startswith("/**"), one.name
            assert text.count("\n") < 400, one.name
