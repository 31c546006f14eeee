"""Growing tables, work distributions and calendars."""

import bisect
import hashlib
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.kernel.draws import PER_E, TABLE
from sim.spec.calendars import Interval, Piece
from sim.spec.closures import Openings
from sim.spec.distributions import Work
from sim.vocab import WEEK, Family


def identity(*names: str) -> int:
    """Return a 64-bit identity that depends on names only, never on places in tables."""
    digest = hashlib.blake2b("\x1f".join(names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def records(dtype: np.dtype[Any], rows: list[tuple[Any, ...]]) -> Any:
    """Return rows as a structured array of at least one row, so that every table has an address."""
    table = np.zeros(max(1, len(rows)), dtype)
    for i, row in enumerate(rows):
        table[i] = row
    return table


def fill(row: Any, **values: Any) -> None:
    """Set fields of a record by name; a misspelled name is an error, unlike a forgotten one."""
    for name, value in values.items():
        row[name] = value


Weighted = tuple[Piece, ...]
"""Hours of the week with what an hour counts as; none = all hours count in full."""


class Basics:
    """Tables that others refer to by row: numbers, lists, work distributions, calendars."""

    def __init__(self) -> None:
        self.numbers: list[float] = []
        self.lists: list[int] = []
        self._works: list[tuple[int, int, float]] = []
        self._work_rows: dict[tuple[str, tuple[float, ...]], int] = {}
        self._calendars: list[tuple[float, ...]] = []
        self._segments: list[tuple[float, float, float, float]] = []
        self._kept: list[tuple[int, int]] = []
        self._calendar_rows: dict[tuple[tuple[Interval, ...], float, Weighted], int] = {}

    def work(self, work: Work) -> int:
        """Return the row of a work distribution."""
        key = (work.family, tuple(work.parameters))
        if key not in self._work_rows:
            self._work_rows[key] = len(self._works)
            self._works.append(self._work(work))
        return self._work_rows[key]

    def _work(self, work: Work) -> tuple[int, int, float]:
        if work.family == "deterministic":
            return (Family.CONSTANT, 0, work.mean)
        if work.family == "exponential":
            return (Family.EXPONENTIAL, 0, work.mean)
        first = len(self.numbers)
        self.numbers.extend(_quantiles_of(work))
        return (Family.TABLE, first, work.mean)

    def calendar(self, opened: Openings, weighted: Weighted = ()) -> int:
        """Return the row of the calendar that is open in these hours, which may be weighted by the hour of the week."""
        key = (opened.intervals, opened.cycle, weighted)
        if key not in self._calendar_rows:
            self._calendar_rows[key] = len(self._calendars)
            self._calendars.append(self._calendar(*key, opened.a_week))
        return self._calendar_rows[key]

    def _calendar(
        self, intervals: tuple[Interval, ...], cycle: float, weighted: Weighted, a_week: float
    ) -> tuple[float, ...]:
        first, passed = len(self._segments), 0.0
        pieces = [(start, end, 1.0) for start, end in intervals]
        if weighted:
            pieces = list(weighted_pieces(intervals, weighted))
        for start, end, weight in pieces:
            self._segments.append((start, end, passed, weight))
            passed += (end - start) * weight
        always = int(pieces == [(0.0, WEEK, 1.0)] and cycle == WEEK)
        ends = [end for _, end, _ in pieces]
        by_hour, _ = self.listed([_first_from(ends, hour) for hour in range(int(cycle) + 2)])
        sums = [before + (end - start) * weight for start, end, before, weight in self._segments[first:]]
        by_passed, _ = self.listed([_first_from(sums, hour) for hour in range(int(passed) + 2)])
        hours = passed if cycle == WEEK else a_week
        last = math.nextafter(cycle, 0.0)
        return (first, len(pieces), always, by_hour, by_passed, hours, cycle, passed, last)

    def keep(self, calendar: int, owner: int) -> None:
        """Note that an owner of a queue looks at what waits whenever the calendar in this row opens."""
        self._kept.append((calendar, owner))

    def listed(self, rows: list[int]) -> tuple[int, int]:
        """Store a list of rows; return where it begins and how long it is."""
        first = len(self.lists)
        self.lists.extend(rows)
        return first, len(rows)

    def _keepers(self, row: int, kept: Any) -> list[int]:
        """Return who looks at what waits when a calendar opens, in order."""
        more = {owner for calendar, owner in self._kept if calendar == row}
        return sorted({*np.flatnonzero(kept == row).tolist(), *more})

    def tables(self, kept: Any) -> dict[str, Any]:
        """Return the finished tables; `kept` is the calendar of everybody who has a queue."""
        keepers = [self.listed(self._keepers(row, kept)) for row in range(len(self._calendars))]
        calendars = [(*some[:5], *who, *some[5:]) for some, who in zip(self._calendars, keepers, strict=True)]
        return {
            "works": records(layout.WORKS, self._works),
            "numbers": np.array(self.numbers or [0.0]),
            "lists": np.array(self.lists or [0], dtype=np.int64),
            "calendars": records(layout.CALENDAR, calendars),
            "segments": records(layout.SEGMENT, self._segments),
        }


def weighted_pieces(intervals: Iterable[Interval], weighted: Weighted) -> Iterator[Piece]:
    """Yield the pieces of openings of any week that have a weight, in order."""
    for start, end in intervals:
        monday = math.floor(start / WEEK) * WEEK
        while monday < end:
            for begin, stop, weight in weighted:
                low, high = max(start, monday + begin), min(end, monday + stop)
                if low < high:
                    yield low, high, weight
            monday += WEEK


def _first_from(ends: list[float], hour: int) -> int:
    """Return which of the segments is the first that ends at or after `hour`, with room for rounding."""
    return bisect.bisect_left(ends, hour - 1e-6)


FINE = 4000
"""Points at which the first cell of a table of quantiles is averaged."""


@lru_cache(1024)
def _quantiles_of(work: Work) -> tuple[float, ...]:
    """Return the quantiles of work, which alternatives and points of an experiment have in common."""
    return tuple(quantile_table(work))


def quantile_table(work: Work) -> list[float]:
    """Return quantiles over e = −log(1 − u), scaled so that linear interpolation has mean exactly 1.

    On this scale the tail of an exponential is a straight line and that of every other family is smooth, so 64 nodes
    per unit up to e = 37 (u = 1 − 1e−16) give the third moment of a gamma with cv 2 to four digits. At the lower end
    quantiles may fall off steeply (a lognormal's to 0); the first node is set so that the first cell has its true mean.
    """
    e = np.arange(TABLE) / PER_E
    u = -np.expm1(-e)
    q = work.quantile(np.minimum(u, 1.0 - 2.0**-53)) / work.mean
    q = np.where(np.isfinite(q), q, 0.0)
    weight = np.exp(-e)
    step = 1.0 / PER_E
    lowest = (work.quantile((np.arange(FINE) + 0.5) / FINE * u[1]) / work.mean).mean()
    center = (u[1] - step * weight[1]) / (u[1] * step)  # of the first cell, as a share of its width
    q[0] = max(0.0, (lowest - center * q[1]) / (1.0 - center))
    # integral over one cell of the interpolated quantile against exp(-e): exact for a straight line
    slope = np.diff(q) / step
    cells = q[:-1] * (weight[:-1] - weight[1:]) + slope * (weight[:-1] - weight[1:] - step * weight[1:])
    return list(q / (cells.sum() + q[-1] * weight[-1]))
