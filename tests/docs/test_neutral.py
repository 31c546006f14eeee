"""The how-to on neutral networks says what is true: its files load, and its code runs."""

import re
from pathlib import Path

import pytest

import sim
from tests import ROOT

PAGE = ROOT / "docs" / "how-to" / "neutral-network.md"
BLOCK = re.compile(r"^```(yaml|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[str]:
    return [code for kind, code in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if kind == language]


def _write_files(folder: Path) -> list[Path]:
    files = []
    for code in _blocks("yaml"):
        name = code.splitlines()[0].removeprefix("# ")
        files.append(folder / name)
        files[-1].write_text(code, encoding="utf-8")
    return files


def test_the_files_of_the_page_are_neutral_scenarios(tmp_path: Path) -> None:
    """Every file of the page loads, and leaves every mechanism off."""
    files = _write_files(tmp_path)
    assert [file.name for file in files] == ["mmc.yaml", "tandem.yaml"]
    assert all(sim.load(str(file)).preset == "neutral" for file in files)


@pytest.mark.compiled
def test_the_code_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of the page runs from top to bottom, and its assertions hold."""
    _write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile("\n".join(_blocks("python")), str(PAGE), "exec"), {})
