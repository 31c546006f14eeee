"""Scenarios that a command writes beside its answer: made again where they are its own, and never over another file."""

from __future__ import annotations

import errno
import os
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from sim.cli.codes import FAILED, FINE
from sim.cli.screen import warn, write
from sim.files import whole
from sim.scenario.starting import OccupiedError
from sim.words import Text


def refuse_others(place: Path, command: str) -> None:
    """Refuse a file that a command did not write itself; whether it says the same is known once all is done.

    Raises
    ------
    OccupiedError
        Where there is such a file.
    """
    if place.exists() and not _made_by(place, command):
        raise OccupiedError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))


def _made_by(place: Path, command: str) -> bool:
    try:
        with place.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        return False
    return first.startswith("#") and re.search(rf"deptsim {re.escape(command)}(?![\w-])", first) is not None


def write_child(text: str, place: Path, occupied: Text, lang: str) -> int:
    """Write a scenario; a file that is there already and says something else stays as it is, which is said."""
    if place.exists():
        if place.is_file() and place.read_bytes() == text.encode():
            return FINE
        warn(occupied.format(file=place).get(lang))
        return FAILED
    place.parent.mkdir(parents=True, exist_ok=True)
    with whole(place) as new:
        new.write_text(text, encoding="utf-8", newline="\n")
    return FINE


def suggest(place: Path, written: Text, commands: Iterable[str], lang: str) -> None:
    """Say what was written, and what to do with it: commands, with the file where they have ``FILE``."""
    write(written.format(file=place).get(lang))
    for line in commands:
        write(f"  deptsim {line.replace('FILE', shlex.quote(str(place)))}")
