"""Days on which calendars are closed: holidays, works holidays, stocktaking."""

import bisect
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.spec.base import Label, List, Model, Reference, refuse, whole
from sim.spec.calendars import Interval
from sim.spec.dates import OrDate
from sim.vocab import WEEK
from sim.words import words

texts = words("findings")

CLOSE = 1e-9
"""Hours by which a moment may miss an opening or a closing and still be at it."""

Day = Annotated[int, whole(-700_000, 700_000), OrDate()]
"""A day of the horizon: 0 is the first, those of the warm-up are negative."""


class Days(Model):
    """Some days in a row, with a name."""

    label: Label = ""
    """What people call it."""
    from_: Day = Field(validation_alias="from", serialization_alias="from")
    """The first day: a date, or a day of the horizon (0 is the first; negative in the warm-up)."""
    to: Day | None = None
    """The last day, which belongs to them too; empty = the first is the only one."""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise refuse(texts.TO_AFTER_FROM.format(first=self.from_, last=self.to))
        return self

    @property
    def days(self) -> tuple[int, int]:
        """The first day and the one after the last."""
        return self.from_, (self.from_ if self.to is None else self.to) + 1


class Closure(Days):
    """Days on which calendars are closed."""

    calendars: List[Reference] = ()
    """The calendars that are closed; empty = all that ever close."""


@dataclass(frozen=True)
class Openings:
    """When a calendar is open: its openings, which are repeated after so many hours, and its hours in a usual week."""

    intervals: tuple[Interval, ...]
    cycle: float
    a_week: float

    @cached_property
    def _before(self) -> list[float]:
        return list(accumulate((stop - start for start, stop in self.intervals), initial=0.0))

    @cached_property
    def _starts(self) -> list[float]:
        return [start for start, _ in self.intervals]

    def open_hours(self, time: float) -> float:
        """Return the open hours between the begin of a run and `time`."""
        cycles, rest = divmod(time, self.cycle)
        if self.cycle == WEEK:
            passed = math.fsum(min(rest, stop) - start for start, stop in self.intervals if start < rest)
            return float(cycles * self.a_week + passed)
        place = bisect.bisect_right(self._starts, rest) - 1
        passed = 0.0
        if place >= 0:
            start, stop = self.intervals[place]
            passed = self._before[place] + min(rest, stop) - start
        return float(cycles * self._before[-1] + passed)

    def is_open(self, time: float) -> bool:
        """Say whether it is open at `time`, and not just about to close."""
        place, rest = self._place(time)
        return place >= 0 and rest < self.intervals[place][1] - CLOSE

    def opens(self, time: float) -> float:
        """Return when it is open first, from `time` on."""
        return time if self.is_open(time) else self._at_most(self.open_hours(time))

    def after(self, time: float, hours: float) -> float:
        """Return when so many open hours have passed since `time`, at a closing rather than at the next opening."""
        return max(time, self._at_least(self.open_hours(time) + hours)) if hours > 0.0 else time

    def before(self, time: float, hours: float) -> float:
        """Return the latest moment from which so many open hours are left until `time`."""
        return min(time, self._at_most(self.open_hours(time) - hours)) if hours > 0.0 else self._worked_until(time)

    def _worked_until(self, time: float) -> float:
        """Return a time at which it is open, or else when it closed before that."""
        return time if self.is_open(time) else min(time, self._at_least(self.open_hours(time)))

    def _place(self, time: float) -> tuple[int, float]:
        """Return which opening has begun last in the cycle of `time`, -1 = none, and the hours of the cycle."""
        rest = time % self.cycle
        return bisect.bisect_right(self._starts, rest + CLOSE) - 1, rest

    def _at_least(self, passed: float) -> float:
        """Return the first moment by which so many open hours have passed."""
        cycles, rest = divmod(passed, self._before[-1])
        if rest <= CLOSE:
            cycles, rest = cycles - 1.0, self._before[-1]
        place = bisect.bisect_left(self._before, rest - CLOSE) - 1
        return cycles * self.cycle + min(
            self.intervals[place][0] + rest - self._before[place], self.intervals[place][1]
        )

    def _at_most(self, passed: float) -> float:
        """Return the last moment by which no more than so many open hours have passed."""
        cycles, rest = divmod(passed, self._before[-1])
        if rest >= self._before[-1] - CLOSE:
            cycles, rest = cycles + 1.0, 0.0
        place = bisect.bisect_right(self._before, rest + CLOSE) - 1
        return cycles * self.cycle + self.intervals[place][0] + max(0.0, rest - self._before[place])


@lru_cache(256)
def unrolled(intervals: tuple[Interval, ...], closed: tuple[Interval, ...], weeks: int) -> Openings:
    """Return the openings of a weekly calendar that is closed at times, week by week over so many weeks.

    Where no opening is touched it is the weekly calendar itself.
    """
    usual = math.fsum(stop - start for start, stop in intervals)
    if not closed:
        return Openings(intervals, WEEK, usual)
    every = tuple((n * WEEK + start, n * WEEK + stop) for n in range(weeks) for start, stop in intervals)
    left = tuple(_without(every, closed))
    return Openings(intervals, WEEK, usual) if left == every else Openings(left, weeks * WEEK, usual)


def _without(openings: Iterable[Interval], closed: Sequence[Interval]) -> Iterator[Interval]:
    """Yield what is left of openings, both lists in order and disjoint."""
    first = 0
    for begin, stop in openings:
        start = begin
        while first < len(closed) and closed[first][1] <= start:
            first += 1
        for low, high in closed[first:]:
            if low >= stop:
                break
            if start < low:
                yield start, low
            start = max(start, high)
        if start < stop:
            yield start, stop


def joined(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[Interval] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return tuple(found)
