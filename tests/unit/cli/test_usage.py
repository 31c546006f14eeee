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
