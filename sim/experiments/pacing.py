"""How far an experiment is, in words: how many runs are done, how fast, how long it still takes, and how many failed.

In a notebook it is one line that changes; in a terminal too, and elsewhere a line every minute.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sim.notices import language
from sim.words import Text, clauses, words

texts = words("experimenting")

PATIENCE = 1.0
"""Seconds without a word: what is done by then needs none."""

OFTEN, SELDOM = 0.5, 60.0
"""Seconds between two sentences where one takes the place of the other, and where it does not."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an experiment is.

    Attributes
    ----------
    done : int
        Runs that are stored.
    total : int
        Runs that there are to be; under a stopping rule at most so many: it gets smaller as points end.
    failed : int
        Runs that are stored with an error instead of numbers.
    before : int
        Runs that were there already when this driver came to them.
    least : int, optional
        Under a rule, with how many it may be enough; otherwise `total`.
    """

    done: int
    total: int
    failed: int = 0
    before: int = 0
    least: int | None = None

    @property
    def open(self) -> bool:
        """Whether fewer runs than `total` may do."""
        return self.least is not None and self.least < self.total


Progress = Callable[[Standing], None]
"""Is called when something was stored, and before anything is."""


class Speed:
    """Says how fast runs are made, from when it is begun; what was there before counts for nothing."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def told(self, now: Standing) -> Text:
        """Return rate, time left and failures in words; nothing before anything is made."""
        made, passed = now.done - now.before, time.monotonic() - self._begun
        if made <= 0:  # one of several experiments begins: what lies between them is no time of its runs
            self._begun += passed
        if made <= 0 or passed <= 0.0:
            return Text("", "")
        rate = made / passed
        said: Text = _left(now).format(rate=rate, left=clock((now.total - now.done) / rate))
        return said + texts.FAILED_SO_FAR.format(failed=now.failed) if now.failed else said


def _left(now: Standing) -> Text:
    """Return how rate and time left are told."""
    found: Text = texts.PACE_AT_MOST if now.open else texts.PACE
    return found


def so_far(now: Standing, pace: Text | str) -> Text:
    """Return how far an experiment is, in words; nothing of a pace that is not known yet."""
    said: Text = texts.SO_FAR_AT_MOST if now.open else texts.SO_FAR
    far = said.format(done=now.done, total=now.total)
    return clauses((far, pace)) if pace else far


def clock(seconds: float) -> str:
    """Return a duration as hours, minutes and seconds."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def shown(progress: Progress | bool | None) -> Progress | None:
    """Return what is told how far an experiment is.

    Parameters
    ----------
    progress
        Something to call; True for a line, False for none, None for one in notebooks alone.
    """
    notebook = in_notebook()
    if progress is None:
        progress = notebook
    if isinstance(progress, bool):
        return Line(_in_cell() if notebook else _in_terminal()) if progress else None
    return progress


def in_notebook() -> bool:
    """Tell whether a notebook runs this; nothing is imported for that."""
    asked = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    return getattr(asked(), "kernel", None) is not None


class Line:
    """A line that says how far an experiment is.

    Parameters
    ----------
    show
        Shows a sentence, and is told whether it is the last.
    """

    def __init__(self, show: Show) -> None:
        self._show = show
        self._speed = Speed()
        self._next = time.monotonic() + PATIENCE
        self._said = False

    def __call__(self, now: Standing) -> None:
        """Say it, if it is time to; the end is told where anything was."""
        last = now.done >= now.total
        if time.monotonic() < self._next and not (last and self._said):
            return
        self._said = True
        self._next = time.monotonic() + self._show(so_far(now, self._speed.told(now)).get(language()), last)


Show = Callable[[str, bool], float]
"""Shows a sentence, is told whether it is the last, and returns the seconds until the next."""


def _in_cell() -> Show:
    """Return what shows a sentence below a cell of a notebook, in place of the one before."""
    display: Any = import_module("IPython.display")
    place: str | None = None

    def show(sentence: str, last: bool) -> float:
        del last
        nonlocal place
        update, place = place is not None, place or uuid.uuid4().hex
        display.display({"text/plain": sentence}, raw=True, display_id=place, update=update)
        return OFTEN

    return show


def _in_terminal() -> Show:
    """Return what shows a sentence on standard error: in place of the one before where that can be."""
    alone = sys.stderr.isatty()

    def show(sentence: str, last: bool) -> float:
        sys.stderr.write(f"\r\x1b[K{sentence}" + "\n" * last if alone else f"{sentence}\n")
        sys.stderr.flush()
        return OFTEN if alone else SELDOM

    return show
