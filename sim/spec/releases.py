"""Releases and campaigns: what bundles cases, and takes them to the customer on a date."""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from sim.spec.base import Label, List, Model, Reference, number, refuse
from sim.spec.process import WHOLE, YEAR, CaseTime, Demand
from sim.vocab import DAY
from sim.words import words

texts = words("findings")

Moments = tuple[float, float, float]
"""Of one release: its cut-off, its date, and the latest that it may go."""

NEVER = 10_000.0 * DAY
"""After its date the last release may take so long where nothing else is said."""


class Release(Model):
    """What is done waits for it; on its date it takes along what was accepted by its cut-off."""

    label: Label = ""
    """What people call it."""
    items: Annotated[List[Reference], Field(min_length=1)]
    """The processes whose cases go out with it; their customers are served when it goes."""
    every_days: Annotated[float, number(1.0, 10_000.0)] | None = None
    """Calendar days from one date to the next."""
    times_a_year: Annotated[float, number(0.01, 365.0)] | None = None
    """How often a year it has a date instead, evenly spread, at the same hour of the day."""
    first: CaseTime | None = None
    """The first of these, in hours from when counting begins or a date; empty = one when it begins, and before."""
    at: List[CaseTime] = ()
    """Its dates instead: hours from when counting begins, ascending; negative in the warm-up."""
    cut_off_days: Annotated[float, number(0.0, 10_000.0)] = 0.0
    """Calendar days before its date after which nothing more is accepted for it."""
    at_date: Literal["ship", "slip"] = "ship"
    """On its date it goes with what is done (ship), or waits until all that was accepted by its cut-off is (slip)."""
    slips_at_most_days: Annotated[float, number(0.0, 10_000.0)] | None = None
    """Calendar days after its date at which it goes in any case; empty = the next cut-off."""
    work: Reference | None = None
    """The process that it goes through itself from its cut-off on, and waits for: to test it, to go live."""

    @field_validator("at")
    @classmethod
    def _ascending(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if any(later <= before for before, later in pairwise(value)):
            raise refuse(texts.DATES_ASCENDING)
        return value

    @model_validator(mode="after")
    def _one_way(self) -> "Release":
        if sum(kind is not None for kind in (self.every_days, self.times_a_year, self.at or None)) != 1:
            raise refuse(texts.ONE_RHYTHM)
        if self.first is not None and self.at:
            raise refuse(texts.FIRST_OF_MANY)
        return self

    @property
    def demand(self) -> Demand:
        """Its dates, as those of cases."""
        return Demand(every_days=self.every_days, times_a_year=self.times_a_year, first=self.first, at=self.at)

    @property
    def _days_between(self) -> list[float]:
        if self.at:
            return [(later - before) / DAY for before, later in pairwise(self.at)]
        days = self.every_days or YEAR / (self.times_a_year or 1.0)
        return [days] if self.every_days else [math.floor(days + WHOLE), math.ceil(days - WHOLE)]

    @property
    def apart(self) -> float | None:
        """The fewest days from one date to the next; None where there is only one."""
        return min(self._days_between, default=None)

    @property
    def weekly(self) -> float:
        """How many there are in a week."""
        return self.demand.weekly

    @property
    def longest_days(self) -> float:
        """Days that who comes at the worst moment waits at most, if its work takes no time."""
        return max(self._days_between, default=0.0) + self.cut_off_days + (self.slips_at_most_days or 0.0)

    def moments(self, begin: float, end: float) -> list[Moments]:
        """Return the moments of each release within a run of `end` hours in which counting begins at `begin`."""
        dates = self._dates(begin, end)
        cut_offs = [max(0.0, date - self.cut_off_days * DAY) for date in dates]
        apart = NEVER if self.at else (self.apart or 0.0) * DAY
        following = [*cut_offs[1:], *(max(date, date - self.cut_off_days * DAY + apart) for date in dates[-1:])]
        latest = [
            min(later, date + (NEVER if self.slips_at_most_days is None else self.slips_at_most_days * DAY))
            for date, later in zip(dates, following, strict=True)
        ]
        return list(zip(cut_offs, dates, latest, strict=True))

    def _dates(self, begin: float, end: float) -> list[float]:
        """Return its dates in hours of the run: none before it starts, and none whose cut-off lies after its end."""
        last = end - begin + self.cut_off_days * DAY
        return [round(begin + date, 6) for date in self.demand.dates(-begin, last) if -begin < date <= last]


def releases_a_week(releases: Mapping[str, Release], process: str) -> float:
    """Return how often a week a process is gone through for releases themselves."""
    return sum(one.weekly for one in releases.values() if one.work == process)
