"""Shipped scenarios are found in a checkout and in an installed package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.scenario import shipped
from sim.scenario.files import shipped_folder
from tests.worlds.mistakes import GOOD

ROOT = Path(sim.__file__).parent.parent


def test_a_checkout_has_them_beside_the_package() -> None:
    """The folder `scenarios` of the repository."""
    assert Path(str(shipped_folder())) == ROOT / "scenarios"


def test_files_of_other_kinds_are_no_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only YAML files count, by their name without the ending."""
    for name in ("b.yaml", "a.yaml", "schema.json", "notes.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: tmp_path)
    assert shipped() == ("a", "b")


def test_no_folder_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder there are none, and nothing breaks."""
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: tmp_path / "none")
    assert shipped() == ()


def test_an_installed_package_carries_them_inside(tmp_path: Path) -> None:
    """A copy of the package with its scenarios inside finds them from anywhere, whatever lies beside it."""
    for layer in ("spec", "interventions", "scenario", "words"):
        shutil.copytree(ROOT / "sim" / layer, tmp_path / "sim" / layer, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("__init__.py", "characters.py", "classcode.py", "purposes.py", "vocab.py"):
        shutil.copy(ROOT / "sim" / file, tmp_path / "sim" / file)
    for folder, name in (("sim/_scenarios", "inside"), ("scenarios", "beside")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import sim; print(sim.shipped(), sim.load('inside').name)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "('inside',) inside"
