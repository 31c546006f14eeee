"""What is written wrongly on a command line is refused before anything is done."""

import pytest

from sim.cli import main


@pytest.mark.parametrize("written", [["--out", ""], ["--out="]])
@pytest.mark.parametrize("command", ["run", "compare"])
def test_an_empty_path_is_not_the_current_folder(command, written, capsys, monkeypatch, tmp_path):
    """A shell's variable that holds nothing fills no folder; a dot does, as it says."""
    monkeypatch.chdir(tmp_path)
    assert main([command, "order_delivery", *written]) == 2
    assert "--out: found no value, expected one" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


USAGE = [("changed", "LOG [AFTER]"), ("list", "[WHAT]"), ("judge", "[OPTIONS] LOG")]


@pytest.mark.parametrize(("command", "usage"), USAGE)
def test_what_may_be_left_out_is_called_as_it_is_told_below(command, usage, capsys):
    """No two arguments of a command are called the same."""
    assert main([command, "--help"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.endswith(usage)
    named = [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in ("LOG", "AFTER", "WHAT")]
    assert len(named) == len(set(named)) > 0


CHANGED = ["changed", "no.csv", "--scenario", "x", "--with", "raci", "--since", "2024-03-01"]


@pytest.mark.parametrize("command", [["judge", "no.csv"], CHANGED, ["fit-log", "no.csv"], ["log", "no.csv"]])
def test_a_folder_that_cannot_be_is_refused_before_a_log_is_read(command, capsys, monkeypatch, tmp_path):
    """Else somebody would wait for what cannot be written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    assert main([*command, "--out", "file/looked"]) == 1
    assert "--out file/looked cannot be written" in capsys.readouterr().err
