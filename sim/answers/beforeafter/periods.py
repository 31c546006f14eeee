"""The two periods that are compared: which cases of the logs count, week by week of their arrival."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.beforeafter.figures import FIGURES, OF_GROUPS, cases_of, without_starts
from sim.eventlog.log import EventLog
from sim.eventlog.reading.times import read_times
from sim.spec.findings import TextError
from sim.vocab import WEEK
from sim.words import words

texts = words("beforeafter")

MOST = 0.95
"""Share of cases that are finished within the time that is left to every case that counts."""

HALF = 0.5
"""Share of a period in which arriving cases count at least."""

FEWEST = 4
"""Weeks that each period has to have in which arriving cases count."""

Floats = NDArray[np.float64]


class PeriodError(TextError):
    """A sentence about logs that cannot be compared."""


@dataclass(frozen=True, eq=False)
class Period:
    """One of the two periods.

    Attributes
    ----------
    name
        ``before`` or ``after``.
    begin, end
        Between which dates arriving cases count.
    arrived
        How many arrived then.
    counted
        How many of these are finished, of which the figures are made.
    arrivals, values, cases
        By week: how many arrived; and for each figure by name the sum over cases and of how many it is known.
    """

    name: str
    begin: dt.datetime
    end: dt.datetime
    arrived: int
    counted: int
    arrivals: Floats
    values: dict[str, Floats]
    cases: dict[str, Floats]

    @property
    def weeks(self) -> int:
        """How many weeks that are, the last of which may be a part."""
        return len(self.arrivals)

    @property
    def per_week(self) -> float:
        """Arrivals a week."""
        hours = (self.end - self.begin).total_seconds() / 3600.0
        return self.arrived * WEEK / hours

    def mean(self, name: str) -> float:
        """Return a figure; NaN where it is known of no case."""
        known = self.cases[name].sum()
        return float(self.values[name].sum() / known) if known else float("nan")


def split(log: EventLog, since: dt.date | dt.datetime | str) -> tuple[EventLog, EventLog, float]:
    """Return what a log knew at a date and the whole of it, and that date in hours.

    Raises
    ------
    PeriodError
        Where the date is none, or does not lie within the log.
    """
    moment = _read_moment(log, since)
    hour = (moment - pd.Timestamp(log.origin)) / pd.Timedelta(hours=1)
    first, last = float(log.begins.min()), log.until
    if not first < hour < last:
        facts = {"found": f"{moment:%Y-%m-%d}", "low": _date(log, first), "high": _date(log, last)}
        raise PeriodError(texts.OUTSIDE.format(**facts))
    return log.happened(-np.inf, hour), log, hour


def _read_moment(log: EventLog, since: dt.date | dt.datetime | str) -> pd.Timestamp:
    """Return a date on the clock of a log, in every notation that logs may have; one that is ambiguous is refused."""
    read = read_times(pd.Series([str(since)]), zone=log.zone)
    if pd.isna(read.values[0]):
        raise PeriodError(texts.NO_DATE.format(found=since))
    if read.ambiguous:
        raise PeriodError(texts.AMBIGUOUS.format(found=since))
    return pd.Timestamp(read.values[0])


def periods_of(before: EventLog, after: EventLog, since: float | None = None) -> tuple[Period, Period, bool]:
    """Return both periods, and whether work has a begin in them.

    A case counts where it arrived so long before the end of its period that nearly all cases are finished by then: else
    those would be left out that take long. So no case counts that the change has met on its way.

    Parameters
    ----------
    before, after
        The logs; the second begins with the change, or at `since`.
    since
        From which hour of the second on cases count.

    Raises
    ------
    PeriodError
        Where too few weeks are left.
    """
    starts = all("start" in log.known for log in (before, after))
    logs = [log if starts else without_starts(log) for log in (before, after)]
    for log, path in zip(logs, (before, after), strict=True):
        if log.events.empty:
            raise PeriodError(texts.EMPTY.format(name=path.name))
    tables = [cases_of(log) for log in logs]
    firsts = [float(tables[0]["arrival"].min()), float(tables[1]["arrival"].min()) if since is None else since]
    done = np.concatenate([table.loc[~table["open"] & ~table["cut"], "cycle_hours"] for table in tables])
    wait = float(np.quantile(done, MOST)) if len(done) else 0.0
    made = [
        _period(name, log, table, first, wait)
        for name, log, table, first in zip(("before", "after"), logs, tables, firsts, strict=True)
    ]
    return made[0], made[1], starts


def _period(name: str, log: EventLog, table: pd.DataFrame, first: float, wait: float) -> Period:
    last = max(log.until - wait, first + HALF * (log.until - first))
    number = int(np.ceil((last - first) / WEEK))
    if number < FEWEST:
        facts = {"name": log.name, "found": number, "period": texts.PERIODS[name], "fewest": FEWEST}
        raise PeriodError(texts.TOO_SHORT.format(**facts))
    arrived = table[(table["arrival"] >= first) & (table["arrival"] < last)]
    counted = arrived[~arrived["open"] & ~arrived["cut"]]
    week = ((counted["arrival"] - first) // WEEK).to_numpy(dtype=int)
    found = {one.name: one.of(counted).to_numpy(dtype=float) for one in FIGURES.values()}
    if "group" not in log.known:
        found |= {name: np.full(len(counted), np.nan) for name in OF_GROUPS}
    known = {key: np.isfinite(values) for key, values in found.items()}
    return Period(
        name,
        _moment(log, first),
        _moment(log, last),
        len(arrived),
        len(counted),
        np.bincount(((arrived["arrival"] - first) // WEEK).to_numpy(dtype=int), minlength=number).astype(float),
        {key: _sums(week[known[key]], values[known[key]], number) for key, values in found.items()},
        {key: _sums(week[one], np.ones(int(one.sum())), number) for key, one in known.items()},
    )


def _sums(week: Any, values: Any, number: int) -> Floats:
    return np.bincount(week, values, number).astype(float)


def _moment(log: EventLog, hour: float) -> dt.datetime:
    return log.origin + dt.timedelta(hours=float(hour))


def _date(log: EventLog, hour: float) -> str:
    return f"{_moment(log, hour):%Y-%m-%d}"
