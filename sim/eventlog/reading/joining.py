"""Dates and clocks in two columns, read as one: named as ``date+time``, or found where a clock stands beside a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.reading.asked import Asked
from sim.eventlog.reading.columns import named
from sim.eventlog.reading.source import Source, filled
from sim.eventlog.reading.times import are_clocks, without_clock
from sim.spec.findings import shortened
from sim.words import words

texts = words("logread")

TIMES = ("end", "start", "due")
BOTH = "+"
"""Between the names of both columns."""


class Joined:
    """Rows of which some columns of days have the clock of another column behind them.

    Parameters
    ----------
    source
        The rows as they are.
    clocks
        The column with the clock, by that with the day.
    """

    def __init__(self, source: Source, clocks: Mapping[str, str]) -> None:
        self.file, self.notes, self.about = source.file, source.notes, source.about
        self._source, self._clocks = source, clocks

    @property
    def names(self) -> Sequence[str]:
        """The columns, without those whose clock stands behind a day."""
        return [one for one in self._source.names if one not in self._clocks.values()]

    @cached_property
    def sample(self) -> pd.DataFrame:
        """The first rows."""
        return self._joined(self._source.sample, self.names)

    def load(self, names: Sequence[str], rows: Sequence[int] | None = None) -> pd.DataFrame:
        """Return some columns of all rows, or of those of some numbers, in order."""
        clocks = [self._clocks[one] for one in names if one in self._clocks]
        return self._joined(self._source.load([*names, *clocks], rows), names)

    def place(self, row: int, name: str) -> int | str:
        """Return where a row stands."""
        return self._source.place(row, name)

    def _joined(self, frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
        clock = {one: self._clocks[one] for one in names if one in self._clocks}
        made = {one: _both(frame[one], frame[clock[one]]) if one in clock else frame[one] for one in names}
        return pd.DataFrame(made, index=frame.index)


def joined(source: Source, asked: Asked) -> tuple[Source, Asked]:
    """Return rows with days and clocks together, and what is asked of them by the names they have then."""
    columns = dict(asked.columns)
    clocks: dict[str, str] = {}
    for part in TIMES:
        if part in columns and columns[part] not in source.names and BOTH in columns[part]:
            day, clock = (named(source, part, one.strip()) for one in columns[part].split(BOTH, 1))
            columns[part], clocks[day] = day, clock
    clocks |= dict(_found(source, {*columns.values(), *clocks.values()}))
    if not clocks:
        return source, asked
    for day, clock in clocks.items():
        source.notes.append(texts.JOINED.format(day=shortened(day), clock=shortened(clock)))
    return Joined(source, clocks), replace(asked, columns=columns)


def _found(source: Source, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield columns of days with that of the clock beside them: behind them, or else before."""
    sample, names = source.sample, list(source.names)
    clocks = [one for one in names if one not in taken and are_clocks(sample[one])]
    if not clocks:
        return
    days = [one for one in names if one not in taken and without_clock(sample[one][filled(sample[one])])]
    for clock in clocks:
        place = names.index(clock)
        near = [names[at] for at in (place - 1, place + 1) if 0 <= at < len(names) and names[at] in days]
        if near:
            days.remove(near[0])
            yield near[0], clock


def _both(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Return days with their clock; where either says nothing, the day alone or nothing."""
    (days, first), (clocks, second) = _coded(day), _coded(clock)
    pairs, place = np.unique(days * len(second) + clocks, return_inverse=True)
    told = pd.DataFrame({"day": first[pairs // len(second)], "clock": second[pairs % len(second)]})
    has = filled(told["clock"]) & filled(told["day"])
    made = np.where(has, told["day"] + " " + told["clock"], told["day"])
    code, known = pd.factorize(made)
    return pd.Series(pd.Categorical.from_codes(code[place], categories=pd.Index(known, dtype=object)), index=day.index)


def _coded(values: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Return a column as numbers of its distinct texts; what is not there is the last of them, an empty one."""
    column = values.astype("category").cat
    texts_of = np.array([*(str(one).strip() for one in column.categories), ""], dtype=object)
    codes = column.codes.to_numpy().astype(np.int64)
    return np.where(codes < 0, len(texts_of) - 1, codes), texts_of
