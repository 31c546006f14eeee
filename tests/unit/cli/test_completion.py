"""The shell completes commands, options, scenarios and interventions."""

from pathlib import Path

import pytest

from sim.cli import main
from sim.interventions import INTERVENTIONS
from sim.scenario import shipped
from sim.scenario.files import shipped_bundles


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, another file and a folder, which is home as well."""
    (tmp_path / "mine.yaml").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".hidden.yaml").touch()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "other.yml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


def completed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return what the shell is told may stand for the last word."""
    assert main(["__complete", *words]) == 0
    _, begin, records = capsys.readouterr().out.partition("\x1fbegin\n")
    assert begin
    return [line.split("\t")[0] for line in records.splitlines()]


def test_scenarios_are_names_and_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Shipped ones, and scenario files where the path leads that was begun."""
    assert completed(capsys, "check", "") == [*shipped(), "mine.yaml", "more/"]
    assert completed(capsys, "run", "more/") == ["more/other.yml"]
    assert completed(capsys, "run", "nowhere/") == []
    assert completed(capsys, "new", "x", "--like", "") == list(shipped())


def test_interventions_are_completed_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Interventions and bundles; what was typed before the last one stays."""
    bundles = [f"bundle:{name}" for name in shipped_bundles()]
    assert completed(capsys, "compare", "order_delivery", "--with", "") == [*INTERVENTIONS, *bundles]
    assert "raci+bundle:rules_only" in completed(capsys, "compare", "order_delivery", "--with", "raci+bun")
    assert "Label=raci+daily_standup" in completed(capsys, "compare", "order_delivery", "--with", "Label=raci+da")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_is_installed_for_a_shell(folder: Path, capsys: pytest.CaptureFixture[str], shell: str) -> None:
    """A script is written that knows the commands, and the file is named."""
    assert main(["--install-completion", "--shell", shell]) == 0
    printed = capsys.readouterr().out
    (script,) = [path for path in folder.rglob("*deptsim*") if path.is_file()]
    assert str(script) in printed
    written = script.read_text(encoding="utf-8")
    assert all(name in written for name in ("compare", "explain", "schema", "--replications"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_shell_that_is_not_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """One sentence, in both languages, that says what to type."""
    from cyclopts.completion import detect

    def refuse() -> str:
        raise detect.ShellDetectionError

    monkeypatch.setattr(detect, "detect_shell", refuse)
    assert main(["--install-completion", "--lang", lang]) == 1
    assert "--shell bash" in capsys.readouterr().err
