"""How far thousands of runs are: how many are done, how fast, how long it still takes, and how many failed."""

from __future__ import annotations

import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress

from sim.cli.screen import Bar, warn, words_column
from sim.experiments.pacing import SELDOM, Speed, Standing, so_far

SOON = 5.0
"""Seconds until the first line where there is no terminal."""


class Pace(Bar):
    """A progress bar with rate and time left; where nobody looks, a line every minute.

    Parameters
    ----------
    what : str
        What is done.
    lang : str
        In which language.
    """

    def __init__(self, what: str, lang: str) -> None:
        super().__init__(what)
        self._lang = lang
        self._told = self._begun + SOON
        self._speed = Speed()
        self.total = 0

    def standing(self, now: Standing) -> None:
        """Show how far an experiment is."""
        self.total = now.total
        self(now.done, now.total)
        pace, seconds = self._speed.told(now).get(self._lang), time.monotonic()
        if self._progress is not None:
            self._progress.update(self._task, pace=pace)
        elif not self._wanted and seconds >= self._told and now.done < now.total:
            self._told = seconds + SELDOM
            warn(so_far(now, pace).get(self._lang))

    def _new(self, total: int) -> Progress:
        columns = (words_column(), BarColumn(), MofNCompleteColumn(), words_column("{task.fields[pace]}"))
        return self._begin(columns, total, pace="")
