"""The kernel compiled ahead of time is the same program to the bit; where it cannot be used, it is compiled here."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.kernel.compiling.library import NAME, build, linker
from tests import ROOT
from tests.worlds import retold

LINKED = bool(linker())
pytestmark = [pytest.mark.long, pytest.mark.compiled]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the package lies as a wheel leaves it; with a library where one can be built."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "scenarios", folder / "sim" / "_scenarios")
    if LINKED:
        build(folder / "sim" / "kernel")
    return folder


def elsewhere(folder: Path, told: Path, **settings: str) -> dict[str, Any]:
    """Return what the package in a folder does, and how."""
    path = os.pathsep.join(filter(None, (str(folder), str(ROOT), os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "tests.worlds.retold", str(told)]
    subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONPATH": path} | settings, check=True, timeout=900)
    found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return found


WAYS: dict[str, tuple[dict[str, str], str]] = {
    "as it is": ({}, "ahead of time" if LINKED else "here"),
    "compiled all the same": ({"DEPTSIM_JIT": "1"}, "here"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_bits_whoever_compiles(installed: Path, tmp_path: Path, way: str) -> None:
    """What a wheel brought does what this process does, without numba; that, too, can be asked to compile."""
    settings, made = WAYS[way]
    there = elsewhere(installed, tmp_path / "told.json", **settings)
    assert (there["made"], there["numba"]) == (made, made == "here")
    assert there["told"] == retold.told()


def test_what_was_damaged_since_is_compiled_here(installed: Path, tmp_path: Path) -> None:
    """A library that was cut off is not loaded: the same bits, only later."""
    shutil.copytree(installed, tmp_path / "damaged")
    library = tmp_path / "damaged" / "sim" / "kernel" / NAME
    library.write_bytes(library.read_bytes()[:10_000] if LINKED else b"no library")
    there = elsewhere(tmp_path / "damaged", tmp_path / "told.json")
    assert there["made"] == "here"
    assert there["told"] == retold.told()
