"""The report on the command line: where it is written, what is said of it, what is refused before anything is run."""

import json

import pytest

from sim.cli import main
from sim.report.document import facts, packages
from sim.scenario import dump
from sim.study.stories import Stories
from sim.words import Text
from tests.worlds.fakes import FakeEngine, small_scenario


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A command on a small organization, whose runs are made up and whose stories nobody tells."""
    engine = FakeEngine().used(monkeypatch)
    told = Stories("Roles", Text("Roles", "职责"), 3, 0, 0, 0, None, None, None)
    monkeypatch.setattr(facts.Facts, "stories", told)
    (tmp_path / "small.yaml").write_text(dump(small_scenario()), encoding="utf-8")
    return engine, ["report", str(tmp_path / "small.yaml"), "-n", "3", "--out", str(tmp_path / "told")], tmp_path


def test_it_writes_the_report_and_what_makes_it_again(asked, capsys):
    """Every format once, beside the manifest; the answer and the files are named."""
    _, command, folder = asked
    assert main([*command, "--format", "html", "--format", "xlsx", "--format", "html"]) == 0
    assert sorted(path.name for path in (folder / "told").iterdir()) == [
        "comparison.json",
        "report.html",
        "report.xlsx",
    ]
    printed = capsys.readouterr().out
    assert "Small orders" in printed
    assert "report.xlsx" in printed
    manifest = json.loads((folder / "told" / "comparison.json").read_text(encoding="utf-8"))["manifest"]
    assert manifest["replications"] == 3
    page = (folder / "told" / "report.html").read_text(encoding="utf-8")
    assert "deptsim report" in page
    assert "--replications 3 --seed 1" in page


def test_what_is_missing_is_told_before_anything_is_run(asked, capsys, monkeypatch):
    """A format that there is not, and one whose package is not installed."""
    engine, command, _ = asked
    assert main([*command, "--format", "odt"]) == 2
    monkeypatch.setattr(packages, "find_spec", lambda name: None)
    assert main([*command, "--format", "pptx"]) == 2
    assert "pptx needs python-pptx, which is not installed: pip install 'deptsim[report]'" in capsys.readouterr().err
    assert not engine.calls
