"""Everything that is found of a log, before it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.look.passing import passes, people, people_by_week
from sim.eventlog.clock import Clock, automatic, clock_of
from sim.eventlog.counted import case_table, figures
from sim.eventlog.endings import Endings, endings
from sim.eventlog.flow import Profile, arrival_profile, by_month, by_week, groups_over_time, level_shift
from sim.eventlog.log import EventLog
from sim.eventlog.selected import Selected, selected
from sim.vocab import WEEK


@dataclass(frozen=True)
class Shift:
    """A change of the level of arrivals: the Monday from which on, and cases a week before and after."""

    date: str
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Found:
    """What is found of a log, each worked out when it is first asked for.

    Attributes
    ----------
    log
        What is looked at.
    open_cases
        Which cases are not finished, where somebody says; else `sim.eventlog.endings` tells.
    """

    log: EventLog
    open_cases: Any = None

    @cached_property
    def cases(self) -> pd.DataFrame:
        """What is counted of each case."""
        return case_table(self.log, self.open_cases)

    @cached_property
    def finished(self) -> pd.DataFrame:
        """The cases that are finished."""
        return self.cases[~self.cases["open"]]

    @cached_property
    def several_steps(self) -> bool:
        """Whether any case has more than one event."""
        return len(self.log.events) > len(self.log.cases)

    @cached_property
    def figures(self) -> Mapping[str, float]:
        """What is counted in all."""
        return figures(self.log, table=self.cases)

    @cached_property
    def endings(self) -> Endings:
        """Which cases are open, and on what that stands."""
        return endings(self.log)

    @cached_property
    def clock(self) -> Clock:
        """When people work."""
        return clock_of(self.log)

    @cached_property
    def automatic(self) -> NDArray[np.bool_]:
        """Which events a machine has booked."""
        return automatic(self.log, self.clock.machines)

    @cached_property
    def profile(self) -> Profile:
        """How arrivals are spread over the week."""
        return arrival_profile(self.log, self.cases)

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """What happened in each week."""
        return by_week(self.log, self.cases)

    @cached_property
    def months(self) -> pd.DataFrame:
        """How arrivals are spread over the year."""
        return by_month(self.weeks)

    @cached_property
    def shift(self) -> Shift | None:
        """Where the level of arrivals changed; none is looked for where cases were selected by their end."""
        whole = self.weeks[self.weeks["whole"]]
        until = self.selected.begun_until
        if until is not None:
            whole = whole[whole["week"] < until // WEEK]
        change = level_shift(whole["arrivals"]) if self.selected.ended_from is None else None
        return None if change is None else Shift(str(whole["date"].iloc[change[0]]), *change[1:])

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Each group: how much, by how many people, from when to when, and its hours."""
        table = groups_over_time(self.log).merge(people_by_week(self.log), on="group", how="left")
        share = table["events"] / max(len(self.log.events), 1)
        table.insert(2, "share", share)
        for side in ("first", "last"):
            table[side] = [self.date(hour) for hour in table[side]]
        return table

    @cached_property
    def people(self) -> pd.DataFrame:
        """Who is seen where."""
        return people(self.log)

    @cached_property
    def passes(self) -> pd.DataFrame:
        """Who passes to whom."""
        return passes(self.log)

    @cached_property
    def selected(self) -> Selected:
        """How the cases seem to have been chosen."""
        return selected(self.log, self.cases, self.weeks)

    def date(self, hour: float) -> str:
        """Return the date of an hour of the log."""
        return (pd.Timestamp(self.log.origin) + pd.Timedelta(hours=float(hour))).date().isoformat()
