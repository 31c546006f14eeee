"""How far thousands of runs are: how many are done, how fast, how long it still takes, and how many failed."""

from __future__ import annotations

import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress

from sim.cli.screen import Bar, warn, words_column
from sim.experiments.running import Standing
from sim.words import words

texts = words("experimenting")

EVERY = 60.0
"""Seconds between two lines where there is no terminal."""

SOON = 5.0
"""Seconds until the first of them."""


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
        self._first: tuple[float, int] | None = None
        self.failed = 0
        self.total = 0

    def standing(self, now: Standing) -> None:
        """Show how far an experiment is."""
        self.failed, self.total = now.failed, now.total
        self(now.done, now.total)

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done; what was done before the first call counts for no rate."""
        now = time.monotonic()
        if self._first is None:
            self._first = (now, done)
        super().__call__(done, total)
        if self._progress is not None:
            self._progress.update(self._task, pace=self._pace(now, done, total))
        elif not self._wanted and now >= self._told and done < total:
            self._told = now + EVERY
            warn(texts.SO_FAR.format(done=done, total=total, pace=self._pace(now, done, total)).get(self._lang))

    def _pace(self, now: float, done: int, total: int) -> str:
        """Return rate, time left and failures in words."""
        begun, before = self._first or (now, done)
        if done <= before or now <= begun:
            return ""
        rate = (done - before) / (now - begun)
        said = texts.PACE.format(rate=rate, left=clock((total - done) / rate)).get(self._lang)
        return str(said + (texts.FAILED_SO_FAR.format(failed=self.failed).get(self._lang) if self.failed else ""))

    def _new(self, total: int) -> Progress:
        columns = (words_column(), BarColumn(), MofNCompleteColumn(), words_column("{task.fields[pace]}"))
        return self._begin(columns, total, pace="")


def clock(seconds: float) -> str:
    """Return a duration as hours, minutes and seconds."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
