"""The kernel compiled ahead of time: used as it was built for these sources, or not at all."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.compile import compile_scenario
from sim.kernel import advance, ahead
from sim.kernel.compiling import library
from sim.kernel.identity import identity
from sim.kernel.layout import rows_of
from sim.outcome import start
from sim.scenario import load
from tests import ROOT

VERSIONS = {"numba": "1", "numpy": "2"}


def put(folder: Path, content: bytes, **other: Any) -> Path:
    """Write something that is told to be a library of this kernel, but for what is told otherwise."""
    (folder / "a-library").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    told = {"library": "a-library", "sha256": digest, "versions": VERSIONS, "kernel": identity(VERSIONS)}
    (folder / ahead.TOLD).write_text(json.dumps(told | other), encoding="utf-8")
    return folder


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Hear which libraries are loaded, and load none."""
    heard: list[Path] = []
    monkeypatch.setattr(ahead, "Library", lambda path, _versions: heard.append(path))
    return heard


def test_a_whole_library_of_these_sources_is_loaded(tmp_path: Path, loaded: list[Path]) -> None:
    """What is told is true."""
    ahead.find(put(tmp_path, b"code"))
    assert loaded == [tmp_path / "a-library"]


WRONG: dict[str, Callable[[Path], Any]] = {
    "nothing there": lambda folder: (folder / ahead.TOLD).unlink(),
    "nothing told": lambda folder: (folder / ahead.TOLD).write_text("", encoding="utf-8"),
    "too little told": lambda folder: (folder / ahead.TOLD).write_text('{"library": "a-library"}', encoding="utf-8"),
    "no mapping": lambda folder: (folder / ahead.TOLD).write_text("[1]", encoding="utf-8"),
    "versions of no kind": lambda folder: put(folder, b"code", versions=7),
    "no library": lambda folder: (folder / "a-library").unlink(),
    "cut off": lambda folder: (folder / "a-library").write_bytes(b"co"),
    "other bytes": lambda folder: (folder / "a-library").write_bytes(b"kode"),
    "other sources": lambda folder: put(folder, b"code", kernel="0123456789abcdef"),
    "other versions": lambda folder: put(folder, b"code", versions=VERSIONS | {"numba": "2"}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_damaged_or_from_other_sources_is_never_loaded(tmp_path: Path, loaded: list[Path], wrong: str) -> None:
    """Loading a file that was cut off can end the process, so it is looked at first."""
    WRONG[wrong](put(tmp_path, b"code"))
    assert ahead.find(tmp_path) is None
    assert loaded == []


def test_what_cannot_be_loaded_here_is_no_library(tmp_path: Path) -> None:
    """A library of another platform, or of something else, is as good as none."""
    assert ahead.find(put(tmp_path, b"of another machine")) is None


def test_every_entry_of_the_kernel_is_in_the_library() -> None:
    """What Python calls is marked as an entry, and what is marked is built."""
    text = Path(advance.__file__).read_text(encoding="utf-8")
    assert {line[4:].split("(")[0] for line in text.split("@entry\n")[1:]} == set(ahead.ENTRIES)


def test_tables_have_the_rows_that_a_library_takes_them_to_have() -> None:
    """A library knows the types of rows from the layout; a machine's arrays have them."""
    machine = start(compile_scenario(load("order_delivery")), 1, 0)
    for tables in (machine.state, machine.params):
        assert [rows.dtype for rows in tables] == rows_of(type(tables))
        assert all(rows.flags.c_contiguous for rows in tables)


def test_without_a_linker_one_sentence_says_what_is_missing(tmp_path: Path) -> None:
    """Where nothing links there is no library, and nothing half-built."""
    command = [sys.executable, "-m", "sim.kernel.compiling.library", str(tmp_path / "built")]
    nowhere = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), "CC": ""}
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | nowhere, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == "a library of the kernel needs a linker: there is no cc, gcc or clang\n"
    assert not (tmp_path / "built").exists()


def test_the_linker_that_is_asked_for_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The variable `CC` names another one, perhaps with options; one that leads nowhere is not replaced."""
    monkeypatch.setenv("CC", f"{sys.executable} -m64")
    assert library.linker() == [sys.executable, "-m64"]
    monkeypatch.setenv("CC", str(tmp_path / "nowhere"))
    assert library.linker() == []
