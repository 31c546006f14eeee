"""Releases and campaigns: what bundles cases, and takes them to the customer on a date."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from sim.spec.base import Label, List, Model, Reference, number, refuse
from sim.spec.dates import OrDate
from sim.spec.process import CaseTime
from sim.vocab import DAY, WEEK
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
    every_days: Annotated[float, number(0.01, 10_000.0)] | None = None
    """Calendar days from one date to the next."""
    first_day: Annotated[float, number(-100_000.0, 100_000.0), OrDate()] | None = None
    """One of these dates, in days from when counting begins; empty = `every_days`."""
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
        if (self.every_days is None) == (not self.at):
            raise refuse(texts.ONE_RHYTHM)
        return self

    @property
    def apart(self) -> float | None:
        """The fewest days from one date to the next; None where there is only one."""
        if self.every_days is not None:
            return self.every_days
        return min(((later - before) / DAY for before, later in pairwise(self.at)), default=None)

    @property
    def weekly(self) -> float:
        """How many there are in a week; of dated ones, in the weeks from the first to the last."""
        if self.every_days is not None:
            return WEEK / (self.every_days * DAY)
        return len(self.at) / max(1.0, (self.at[-1] - self.at[0]) / WEEK)

    @property
    def longest_days(self) -> float:
        """Days that who comes at the worst moment waits at most, if its work takes no time."""
        days = [(later - before) / DAY for before, later in pairwise(self.at)]
        apart = self.every_days if self.every_days is not None else max(days, default=0.0)
        return apart + self.cut_off_days + (self.slips_at_most_days or 0.0)

    def moments(self, begin: float, end: float) -> list[Moments]:
        """Return the moments of each release within a run of `end` hours in which counting begins at `begin`."""
        dates = self._dates(begin, end)
        cut_offs = [max(0.0, date - self.cut_off_days * DAY) for date in dates]
        following = [*cut_offs[1:], *(date + NEVER for date in dates[-1:])]
        if self.every_days is not None and dates:
            following[-1] = max(dates[-1], cut_offs[-1] + self.every_days * DAY)
        latest = [
            min(later, date + (NEVER if self.slips_at_most_days is None else self.slips_at_most_days * DAY))
            for date, later in zip(dates, following, strict=True)
        ]
        return list(zip(cut_offs, dates, latest, strict=True))

    def _dates(self, begin: float, end: float) -> list[float]:
        """Return its dates in hours of the run, none before it starts and none whose cut-off lies after its end."""
        last = end + self.cut_off_days * DAY
        if self.every_days is None:
            return [begin + time for time in self.at if 0.0 < begin + time <= last]
        step = self.every_days * DAY
        first = begin + (self.every_days if self.first_day is None else self.first_day) * DAY
        first = first % step or step
        return [round(first + n * step, 6) for n in range(int((last - first) // step) + 1)]


def releases_a_week(releases: Mapping[str, Release], process: str) -> float:
    """Return how often a week a process is gone through for releases themselves."""
    return sum(one.weekly for one in releases.values() if one.work == process)
