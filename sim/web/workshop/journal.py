"""The log of a workshop: a file to which every event is added as it happens, and from which a server begins again."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO

from sim.places import own_folder
from sim.spec.findings import TextError
from sim.web.workshop.events import Began, Event, Line, line_of, written
from sim.web.workshop.workshop import Workshop
from sim.words import words
from sim.words.system import why_not

texts = words("workshop")

MOST_BYTES = 20_000_000
"""How long a log may get; what comes after that is not kept any more, and not read."""

RESUMED = 2 * 3600.0
"""Seconds after which a log without a name of its own is not gone on with: a rehearsal is no part of the workshop."""

LONGEST_FIRST = 1_000
"""Bytes of the first line of a log at most."""

FOLDER = "rooms"
ENDING = ".jsonl"
_PLAIN = re.compile(r"[^\w-]+")


class JournalError(TextError):
    """A file is no log of a workshop, or cannot be read; one sentence says so."""


def now() -> str:
    """Return what time it is, as a log has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Journal:
    """Adds to a log.

    Parameters
    ----------
    path : Path, optional
        Where it lies; without one nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: IO[bytes] | None = None
        self._size = 0
        self.failure = ""

    def add(self, event: Began | Event) -> Line:
        """Write down what happens; where that is not possible, it happens all the same.

        Parameters
        ----------
        event
            What happens now.
        """
        line = Line(at=now(), event=event)
        if self.path is not None and not self.failure:
            try:
                self._write(written(line))
            except OSError as error:
                self.failure = why_not(error).en
        return line

    @property
    def full(self) -> bool:
        """Whether nothing more is kept."""
        return self._size >= MOST_BYTES

    def _write(self, content: bytes) -> None:
        if self._file is None:
            self._file = self._opened()
        if not self.full:
            self._file.write(content)
            self._file.flush()
            self._size += len(content)

    def _opened(self) -> IO[bytes]:
        assert self.path is not None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab")  # it holds the keys
        self._size = file.tell()
        if self._size and not _ends_well(self.path):
            file.write(b"\n")  # whoever wrote last was cut off in the middle of a line
        return file

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def read(path: Path) -> tuple[Workshop, int]:
    """Return the workshop that a log tells of, and how many of its lines could not be used.

    Parameters
    ----------
    path : Path
        Of a file.

    Raises
    ------
    JournalError
        If it is no such log, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise JournalError(texts.UNREADABLE.format(path=path, why=why_not(error))) from None
    lines = content[:MOST_BYTES].splitlines()
    first = line_of(lines[0]) if lines else None
    if first is None or not isinstance(first.event, Began):
        raise JournalError(texts.NO_LOG.format(path=path))
    workshop = Workshop(first.event, first.at)
    told = [line_of(one) for one in lines[1:]]
    return workshop, sum(one is None or not workshop.take(one) for one in told)


def port_of(path: Path) -> int | None:
    """Return the port at which the workshop of a log was: there its phones look for it; None where no log says so.

    Parameters
    ----------
    path : Path
        Of a log, or of nothing.
    """
    try:
        with path.open("rb") as file:
            first = line_of(file.readline(LONGEST_FIRST))
    except OSError:
        return None
    return (first.event.port or None) if first is not None and isinstance(first.event, Began) else None


def new_place(scenario: str, folder: Path | None = None) -> Path | None:
    """Return where the log of a new workshop lies that has no place of its own; None for a user without a home.

    Parameters
    ----------
    scenario : str
        What the page opens with.
    folder : Path, optional
        Where logs lie.
    """
    folder = folder or own_folder(FOLDER)
    if folder is None:
        return None
    begun = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    names = (f"{begun}{f'_{n}' if n else ''}{_ending(scenario)}" for n in count())
    return next(folder / one for one in names if not (folder / one).exists())


def place_of_lately(scenario: str, folder: Path | None = None) -> Path | None:
    """Return where the log of the workshop lies that was lately; None where there was none.

    Parameters
    ----------
    scenario : str
        What the page opens with.
    folder : Path, optional
        Where logs lie.
    """
    folder = folder or own_folder(FOLDER)
    before = sorted(_lately(folder, _ending(scenario))) if folder is not None else []
    return before[-1][1] if before else None


def _ending(scenario: str) -> str:
    return f"_{_PLAIN.sub('_', scenario)[:60]}{ENDING}"


def _lately(folder: Path, ending: str) -> Iterator[tuple[float, Path]]:
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.endswith(ending) and (age := time.time() - _written(path)) < RESUMED:
                yield -age, path


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
