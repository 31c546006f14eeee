"""Pages for whoever reads the code name files, functions and members that are there."""

import importlib
import re
from pathlib import Path

import pytest

import sim.vocab

ROOT = Path(__file__).parents[2]
PAGES = {
    "sim/kernel/README.md": "sim.kernel",
    "docs/how-to/add-a-mechanism.md": "sim.kernel",
    "docs/architecture.md": "sim",
}
MODULES = {path.stem for path in (ROOT / "sim" / "kernel").glob("*.py")}


def quoted(page: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    """A path in a page is one from the top, or beside it."""
    paths = [one for one in quoted(page) if re.fullmatch(r"[\w./*-]+(\.py|\.toml|\.md|\.js|/)", one)]
    assert len(paths) > 3
    places = (
        ROOT,
        ROOT / "sim",
        ROOT / "sim" / "kernel",
        (ROOT / page).parent,
        ROOT / "sim" / "web" / "page",
        ROOT / "sim" / "report",
    )
    missing = [one for one in paths if not any(list(place.glob(one.rstrip("/"))) for place in (*places, *words()))]
    assert missing == []


def words() -> tuple[Path, ...]:
    """Return where words and catalogs stand, which pages name without their folder."""
    return ROOT / "sim" / "words" / "en", ROOT / "sim" / "interventions"


def test_functions_that_are_named_are_there() -> None:
    """The path of a case through the kernel is one of functions that exist, in the files that are named."""
    named = re.findall(r"`(\w+)\.(\w+)`", (ROOT / "sim/kernel/README.md").read_text(encoding="utf-8"))
    steps = [(module, name) for module, name in named if module in MODULES and name != "py"]
    assert len(steps) > 60
    for module, name in steps:
        assert hasattr(importlib.import_module(f"sim.kernel.{module}"), name), f"{module}.{name}"


def test_every_stage_and_every_handler_is_on_the_path() -> None:
    """Whoever reads along a case comes through all files of the kernel in which anything happens."""
    text = (ROOT / "sim/kernel/README.md").read_text(encoding="utf-8")
    about = {"identity", "ahead", "pointers", "__init__"}  # how it is compiled, which `jit.py` says
    assert {one for one in MODULES - about if f"`{one}." not in text} == set()


def test_members_that_are_named_are_there() -> None:
    """Counters, levers and other members of enumerations that a page names exist."""
    for page in PAGES:
        for kind, name in re.findall(r"`(?:\w+\[\W?\w+\W?\]\[)?([A-Z]\w+)\.([A-Z_]+)", "`".join(["", *quoted(page)])):
            assert name in getattr(sim.vocab, kind).__members__, f"{kind}.{name}"
