"""Tests stand where a reader looks for them: those of a package in a folder of its name, what they share in worlds."""

import ast
import re

import pytest

from tests import ROOT

TESTS = ROOT / "tests"
UNIT = TESTS / "unit"
OF_ALL = {"test_batch_run", "test_plain_numbers", "test_python_mistakes"}
"""What is said of the whole of the Python interface, and of no single module."""


def test_unit_tests_mirror_the_source():
    """Every folder is a package of the source; a file that is in none is named for a module that is in none."""
    for path in UNIT.rglob("*.py"):
        place = path.relative_to(UNIT)
        assert path.stem.startswith("test_"), f"{place}: what tests share stands in tests/worlds"
        assert (ROOT / "sim" / place.parent).is_dir(), place
        if place.parent == place.parent.parent:
            module = ROOT / "sim" / f"{path.stem.removeprefix('test_')}.py"
            assert module.is_file() or path.stem in OF_ALL, f"{place}: belongs into the folder of its package"


IMPORTED = re.compile(r"^from (tests\.[\w.]+) import", re.MULTILINE)


def test_tests_of_one_folder_borrow_nothing_from_another():
    """What two folders need stands in `tests/worlds`."""
    for path in TESTS.rglob("test_*.py"):
        here = ".".join(path.relative_to(ROOT).parent.parts)
        for module in IMPORTED.findall(path.read_text(encoding="utf-8")):
            assert module.rpartition(".")[0] in (here, "tests.worlds") or module == "tests.worlds", (path, module)


@pytest.mark.parametrize("path", sorted((TESTS / "worlds").glob("*.py")), ids=lambda path: path.stem)
def test_what_tests_share_says_what_it_makes(path):
    """And tests nothing by itself; nothing lies there that no test needs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert not [node for node in ast.walk(tree) if getattr(node, "name", "").startswith("test_")]
    others = [one.read_text(encoding="utf-8") for one in TESTS.rglob("*.py") if one != path]
    assert any(f"tests.worlds.{path.stem}" in text or f"tests.worlds import {path.stem}" in text for text in others)
