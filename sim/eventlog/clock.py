"""When people work, as a log shows it: hours of the week by group, and days on which next to nothing happened.

What counts is in how many minutes somebody was seen, not how many events there were: fifty bookings in one minute are
one sight. What a machine books (most of it in bunches of the same minute) and times that are only a date are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.counted import codes_of
from sim.eventlog.log import EventLog
from sim.spec.calendars import Calendar
from sim.vocab import DAY, WEEK

BUNCH = 5
"""Events of one resource in the same minute from which on they are a bunch."""

MACHINE = 0.8
"""Share of bunches from which on what somebody books is taken to be booked by a machine."""

DATES_ONLY = 0.02
"""Share of events at midnight sharp from which on these are taken for dates without a time."""

ONLY = 0.9
"""Share of dates without a time from which on hours of the day are not known at all."""

SEEN = 0.15
"""Of the presence in the busiest hours of a day from which on an hour is worked; of the busiest days, likewise."""

BUSIEST_HOURS, BUSIEST_DAYS = 6, 4
LONGEST_BREAK = 2
"""Hours without presence that do not end a day."""

ENOUGH = 150
"""Sights from which on a group has a calendar of its own."""

OWN_DAY = 300
"""Sights on a day of the week from which on it may have other hours than other days."""

CLEARLY = 2.0
"""How many times as often people have to be seen at some hours of a day as on other days, or as seldom."""

NEAR = 4
"""Weeks before and after with which the number of events of a day is compared."""

EXPECTED, CLOSED = 8.0, 0.1
"""A day is closed when fewer than this share of the usual number of cases are touched, and so many are usual."""

RARE = 0.25
"""Share of the same days of the week near it up to which such days have to be rare."""

HOURS, DAYS = int(WEEK), 7
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class WorkingHours:
    """The hours of the week at which a group works.

    Attributes
    ----------
    intervals
        Begin and end in hours from Monday 00:00, as calendars of scenarios have them.
    seen
        Sights: minutes of the log in which somebody was seen; by person where these are known.
    inside
        Share of them within the intervals.
    own
        Whether they are read off the group itself; else there is too little of it, and they are those of all.
    timed
        Whether hours of the day are known; else the log has only dates, and whole days are told.
    """

    intervals: tuple[tuple[float, float], ...]
    seen: int
    inside: float
    own: bool
    timed: bool

    @property
    def calendar(self) -> Calendar:
        """The calendar of a scenario that says the same."""
        return Calendar.model_validate({"intervals": self.intervals})

    @property
    def written(self) -> Any:
        """What a scenario writes under `calendars`: days and hours, or that it is round the clock."""
        return self.calendar.model_dump()


@dataclass(frozen=True, eq=False)
class Clock:
    """When people work.

    Attributes
    ----------
    everybody
        The hours of all.
    groups
        The hours of each group.
    presence
        By group (`None` is all), sights at each hour of the week; 168 numbers.
    closed
        Days on which next to nothing happened: ``date``, ``cases`` (touched that day), ``usual``.
    machines
        What is booked in bunches and was left out: ``who`` (resource, or group where none is known), ``activity``,
        ``events``.
    dates_only
        Share of events at midnight sharp, which have no time of day.
    """

    everybody: WorkingHours
    groups: Mapping[str, WorkingHours]
    presence: Mapping[str | None, Floats]
    closed: pd.DataFrame
    machines: pd.DataFrame
    dates_only: float


def clock_of(log: EventLog) -> Clock:
    """Return when the people of a log work."""
    machine = machines(log)
    booked = automatic(log, machine)
    sights = _sights(log, booked)
    names = list(map(str, log.events["group"].cat.categories))
    table = np.zeros((len(names) + 1, HOURS))
    every = sights.drop_duplicates(["minute", "who"])
    hour_of_week = (sights["hour"].to_numpy() % HOURS).astype(np.int64)
    known = sights["group"].to_numpy() >= 0
    np.add.at(table, (sights["group"].to_numpy()[known], hour_of_week[known]), 1.0)
    table[-1] = np.bincount(every["hour"] % HOURS, minlength=HOURS)
    midnight = _midnight(log.events["end"].to_numpy())
    share = float(midnight.mean()) if len(midnight) else 0.0
    timed = share < ONLY
    everybody = _hours_of(table[-1], timed)
    there = set(log.events["group"].dropna().unique())
    groups = {
        name: _hours_of(table[place], timed)
        if table[place].sum() >= ENOUGH
        else _others(everybody, table[place], timed)
        for place, name in enumerate(names)
        if name in there
    }
    presence: dict[str | None, Floats] = {name: table[place] for place, name in enumerate(names) if name in groups}
    return Clock(everybody, groups, {None: table[-1], **presence}, closed_days(log, booked), machine, share)


def machines(log: EventLog) -> pd.DataFrame:
    """Return what is nearly always booked in bunches of the same minute: who books which activity, and how often."""
    by = ["resource" if "resource" in log.known else "group", "activity"]
    found = log.events[by].assign(bunch=in_bunch(log)).groupby(by, observed=True)["bunch"].agg(["mean", "size"])
    found = found[(found["mean"] >= MACHINE) & (found["size"] >= 2 * BUNCH)]["size"].rename("events").reset_index()
    return found.rename(columns={by[0]: "who"}).astype({"who": str, "activity": str})


def in_bunch(log: EventLog) -> Bools:
    """Tell which events were booked in a bunch: many cases in the same minute by one resource, or in one group.

    Events at midnight sharp have no time, and are no bunch.
    """
    column = log.events["resource" if "resource" in log.known else "group"]
    who, end = codes_of(column), log.events["end"].to_numpy()
    minute = np.floor(end * 60.0 + 1e-6).astype(np.int64)
    table = pd.DataFrame({"key": who * (minute.max(initial=0) + 1) + minute, "case": log.events["case"].to_numpy()})
    cases = table.drop_duplicates()["key"].value_counts()
    bunches = table["key"].map(cases).to_numpy() >= BUNCH
    return np.asarray(bunches & (who >= 0) & ~_midnight(end), dtype=bool)


def automatic(log: EventLog, found: pd.DataFrame | None = None) -> Bools:
    """Tell which events a machine has booked, where `machines` has perhaps said already what it books."""
    by = ["resource" if "resource" in log.known else "group", "activity"]
    booked = pd.MultiIndex.from_frame((machines(log) if found is None else found)[["who", "activity"]])
    return np.asarray(pd.MultiIndex.from_frame(log.events[by].astype(str)).isin(booked), dtype=bool)


def closed_days(log: EventLog, booked: Bools | None = None) -> pd.DataFrame:
    """Return the days on which next to nothing happened, though on such a day of the week much is usual.

    Cases count to which something happened that day. What is before the first and after the last lively day is the
    fading of the log, not a closed day.
    """
    booked = automatic(log) if booked is None else booked
    day = (log.events["end"].to_numpy() // DAY).astype(np.int64)
    touched = pd.DataFrame({"day": day, "case": log.events["case"].to_numpy()})[~booked].drop_duplicates()
    counts = np.bincount(touched["day"], minlength=int(max(log.until, 0.0) // DAY) + 1).astype(np.float64)
    weeks = pd.DataFrame(np.append(counts, np.full(-len(counts) % DAYS, np.nan)).reshape(-1, DAYS))
    near = weeks.rolling(2 * NEAR + 1, center=True, min_periods=NEAR + 1)
    usual, low = (one.to_numpy().ravel()[: len(counts)] for one in (near.median(), near.quantile(RARE)))
    lively = np.flatnonzero(counts >= usual / 2)
    inside = np.arange(len(counts))
    inside = (inside > lively.min(initial=len(counts))) & (inside < lively.max(initial=-1))
    closed = np.flatnonzero((usual >= EXPECTED) & (counts <= CLOSED * usual) & (low > CLOSED * usual) & inside)
    dates = [(log.origin + dt.timedelta(days=int(one))).date().isoformat() for one in closed]
    return pd.DataFrame({"date": dates, "cases": counts[closed].astype(np.int64), "usual": usual[closed]})


def _midnight(hours: Floats) -> Bools:
    return np.asarray(np.abs(hours / DAY - np.round(hours / DAY)) * DAY * 3600 < 0.5, dtype=bool)


def _sights(log: EventLog, booked: Bools) -> pd.DataFrame:
    """Return who was seen in which group at which hour: once a minute."""
    events = log.events
    start, end = events["start"].to_numpy(dtype=np.float64), events["end"].to_numpy(dtype=np.float64)
    who = codes_of(events["resource"]) if "resource" in log.known else codes_of(events["group"])
    found = []
    for times in (start, end):
        midnight = _midnight(times)
        dates = float(midnight.mean()) if len(times) else 0.0
        kept = ~np.isnan(times) & ~booked & ~(midnight & (DATES_ONLY <= dates < ONLY))
        # what ends on the hour sharp was done in the hour before, unless it is no more than a date
        minute = np.floor(60.0 * times[kept] + (-1e-3 if times is end and dates < ONLY else 1e-3)).astype(np.int64)
        found.append(pd.DataFrame({"minute": minute, "who": who[kept], "group": codes_of(events["group"])[kept]}))
    sights = pd.concat(found).drop_duplicates(ignore_index=True)
    return sights.assign(hour=sights["minute"] // 60)


def _others(everybody: WorkingHours, presence: Floats, timed: bool) -> WorkingHours:
    inside = _inside(everybody.intervals, presence)
    return WorkingHours(everybody.intervals, int(presence.sum()), inside, False, timed)


def _hours_of(presence: Floats, timed: bool) -> WorkingHours:
    """Return the hours of the week in which somebody is usually seen."""
    if presence.sum() == 0.0:
        return WorkingHours(((0.0, WEEK),), 0, 1.0, True, timed)
    by_hour = presence.reshape(DAYS, -1).sum(0)
    dawn = _dawn(by_hour)
    days = np.roll(presence, -dawn).reshape(DAYS, -1)
    mass = days.sum(1)
    worked = mass >= SEEN * np.sort(mass)[-BUSIEST_DAYS:].mean()
    usual = _span(days[worked].sum(0)) if timed else (0, int(DAY))
    open_hours = np.zeros((DAYS, int(DAY)), dtype=bool)
    for day in np.flatnonzero(worked):
        first, last = usual
        if timed and mass[day] >= OWN_DAY:
            others = days[worked].sum(0) - days[day]
            first, last = _own(_span(days[day]), usual, days[day] / mass[day], others / max(others.sum(), 1.0))
        open_hours[day, first:last] = True
    intervals = _runs(np.roll(open_hours.ravel(), dawn))
    return WorkingHours(intervals, int(presence.sum()), _inside(intervals, presence), True, timed)


def _own(own: tuple[int, int], usual: tuple[int, int], day: Floats, others: Floats) -> tuple[int, int]:
    """Return the ends of a day: other ones than usual where they are clearly different from those of other days.

    They are where they are off by more than an hour, and people are seen in between twice as often, or half as often.
    """

    def end(mine: int, theirs: int) -> int:
        between = slice(min(mine, theirs), max(mine, theirs))
        here, there = float(day[between].sum()), float(others[between].sum())
        clear = max(here, there) >= CLEARLY * min(here, there)
        return mine if abs(mine - theirs) > 1 and clear else theirs

    return end(own[0], usual[0]), end(own[1], usual[1])


def _dawn(by_hour: Floats) -> int:
    """Return the hour in the middle of the longest stretch in which hardly anybody is seen, if it is not midnight.

    Days begin there: so that a shift over midnight is one.
    """
    seen = _seen(by_hour)
    if seen.all() or not seen[0] or not seen[-1]:
        return 0
    twice = np.append(~seen, ~seen)
    best, run = (0, 0), 0
    for hour, rests in enumerate(twice):
        run = run + 1 if rests else 0
        best = max(best, (run, hour - run + 1))
    return (best[1] + best[0] // 2) % int(DAY)


def _seen(by_hour: Floats) -> Bools:
    found = by_hour >= SEEN * np.sort(by_hour)[-BUSIEST_HOURS:].mean()
    return np.asarray(found & (by_hour > 0), dtype=bool)


def _span(by_hour: Floats) -> tuple[int, int]:
    """Return the first and the last hour of the stretch in which most are seen; short breaks do not end it."""
    hours = np.flatnonzero(_seen(by_hour))
    stretches = np.split(hours, np.flatnonzero(np.diff(hours) > LONGEST_BREAK + 1) + 1)
    longest = max(stretches, key=lambda one: float(by_hour[one].sum()))
    return int(longest[0]), int(longest[-1]) + 1


def _runs(open_hours: Bools) -> tuple[tuple[float, float], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], open_hours, [False])).astype(np.int8)))
    return tuple((float(first), float(last)) for first, last in zip(edges[::2], edges[1::2], strict=True))


def _inside(intervals: tuple[tuple[float, float], ...], presence: Floats) -> float:
    if presence.sum() == 0.0:
        return float("nan")
    return float(sum(presence[int(first) : int(last)].sum() for first, last in intervals) / presence.sum())
