"""Scenarios that a command writes beside its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.children import refuse_others, suggest, write_child
from sim.scenario.starting import OccupiedError
from sim.words import Text

STAYS = Text("{file} stays", "{file} stays")


def test_only_what_the_command_wrote_itself_may_be_there(tmp_path: Path) -> None:
    """Not what a person wrote, nor another command whose name begins alike."""
    place = tmp_path / "mine.yaml"
    refuse_others(place, "fit")
    for first, command, fine in (
        ("# (deptsim fit: 3 runs)", "fit", True),
        ("# (deptsim fit-log: 3 cases)", "fit-log", True),
        ("# (deptsim fit-log: 3 cases)", "fit", False),
        ("# (deptsim fit: 3 runs)", "fit-log", False),
        ("name: mine", "fit", False),
    ):
        place.write_text(f"{first}\n")
        if fine:
            refuse_others(place, command)
        else:
            with pytest.raises(OccupiedError, match="mine"):
                refuse_others(place, command)


def test_what_says_something_else_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes are no reason to complain; folders are made."""
    place = tmp_path / "new" / "mine.yaml"
    assert write_child("a: 1\n", place, STAYS, "en") == write_child("a: 1\n", place, STAYS, "en") == 0
    assert write_child("a: 2\n", place, STAYS, "en") != 0
    assert place.read_text() == "a: 1\n"
    assert "mine.yaml stays" in capsys.readouterr().err


def test_commands_to_go_on_with_can_be_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With names that a shell would take apart in quotes."""
    suggest(Path("my own.yaml"), Text("wrote {file}", "wrote {file}"), ("serve FILE",), "en")
    assert capsys.readouterr().out == "wrote my own.yaml\n  deptsim serve 'my own.yaml'\n"
