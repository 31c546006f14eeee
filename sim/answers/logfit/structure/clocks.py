"""When people work, and how many open hours lie between two moments of a log."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.logfit.structure.departments import Departments
from sim.eventlog.clock import Clock, clock_of
from sim.eventlog.log import EventLog
from sim.spec.calendars import ALWAYS, MOST, Calendar
from sim.vocab import DAY, WEEK

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

RARELY, FEWEST = 5e-3, 5
"""Share of sights, and sights, of a day from which on somebody looks in on it."""

DIGITS = 3
"""Digits of what an hour counts as; what is less counts as nothing."""

LONG, FEWEST_LONG = DAY, 200
"""Hours from which on a wait is long, and long waits from which on they tell how lively each hour of the week is."""

SURE = 3.0
"""Standard deviations of what luck makes of a sum of squares, beyond which there is more to it."""

BEYOND = 5e-3
"""Share of the sights of working days before their first open hour, and behind the last."""


class OpenHours:
    """Counts the open hours of a calendar from the origin of a log on, days on which it was closed left out."""

    def __init__(self, calendar: Calendar, closed: Iterable[int], until: float) -> None:
        weeks = math.ceil(max(until, 1.0) / WEEK) + 1
        week = np.array(calendar.pieces, dtype=np.float64)
        pieces = np.tile(week, (weeks, 1))
        pieces[:, :2] += np.repeat(np.arange(weeks) * WEEK, len(week))[:, None]
        for day in sorted(closed):
            pieces = _without(pieces, day * DAY, (day + 1) * DAY)
        self._edges = np.concatenate([[0.0], pieces[:, :2].ravel(), [weeks * WEEK]])
        lengths = np.zeros(len(self._edges) - 1)
        lengths[1::2][: len(pieces)] = (pieces[:, 1] - pieces[:, 0]) * pieces[:, 2]
        self._passed = np.concatenate([[0.0], np.cumsum(lengths)])

    def passed(self, times: Floats) -> Floats:
        """Return the open hours from the origin to each moment."""
        return np.asarray(np.interp(times, self._edges, self._passed))

    def between(self, begin: Floats, end: Floats) -> Floats:
        """Return the open hours from one moment to another; none where it is not later."""
        return np.maximum(self.passed(end) - self.passed(begin), 0.0)

    def moment(self, passed: Floats) -> Floats:
        """Return when so many open hours have passed since the origin; beyond what is known, as if open all the time.

        Where that is when the calendar closes, it is then, and not when it opens again.
        """
        inside = np.interp(passed, self._passed, self._edges)
        return np.asarray(inside + np.maximum(passed - self._passed[-1], 0.0))


def _without(pieces: Floats, begin: float, end: float) -> Floats:
    """Return openings without a span of time."""
    before = np.column_stack([pieces[:, 0], np.minimum(pieces[:, 1], begin), pieces[:, 2]])
    after = np.column_stack([np.maximum(pieces[:, 0], end), pieces[:, 1:]])
    both = np.concatenate([before, after])
    both = both[both[:, 1] > both[:, 0]]
    return both[np.argsort(both[:, 0], kind="stable")]


@dataclass(frozen=True, eq=False)
class Clocks:
    """The calendars of the departments, and of everybody.

    Attributes
    ----------
    everybody
        The hours in which somebody works.
    lively
        The hours of the week, each as it counts for whoever waits long: the fewer end their waiting in it, the less.
    departments
        The hours of each department.
    closed
        Days of the log, counted from its origin, on which next to nothing happened.
    """

    everybody: Calendar
    lively: Calendar
    departments: tuple[Calendar, ...]
    closed: tuple[int, ...]


def clocks_of(log: EventLog, departments: Departments) -> Clocks:
    """Return the calendars of the departments."""
    found: Clock = clock_of(departments_as_groups(log, departments))
    usual = stretched(found.everybody.calendar, found.presence[None])
    own = tuple(
        stretched(found.groups[one].calendar, found.presence[one])
        if one in found.groups and found.groups[one].own
        else usual
        for one in departments.labels
    )
    days = (dt.date.fromisoformat(str(one)) - log.origin.date() for one in found.closed["date"])
    return Clocks(usual, waiting_hours(log, usual, found.everybody.calendar), own, tuple(one.days for one in days))


def waiting_hours(log: EventLog, otherwise: Calendar, usual: Calendar) -> Calendar:
    """Return the hours of the week, each as it counts for whoever waits long: as often as such a wait ends in it.

    A usual working hour counts as one. Who waits for less than a day is not looked at: of those few are there late in
    the day, however lively it is.
    That is told from luck: an hour is as lively as its day and its hour of the day are, as far as all hours together do
    not differ from that by more than luck, and these are as lively as other working hours likewise.

    Parameters
    ----------
    log
        What is looked at.
    otherwise
        What is returned where hardly anybody waits long.
    usual
        The hours in which people usually work.
    """
    begins, ends = log.begins, log.events["end"].to_numpy(dtype=np.float64)
    long = ~log.first_of_case & (begins - np.append(0.0, ends[:-1]) > LONG)
    if long.sum() < FEWEST_LONG:
        return otherwise
    begins = begins[long]
    seen = np.bincount((begins % WEEK).astype(np.int64), minlength=int(WEEK)).astype(np.float64).reshape(7, -1)
    worked = np.array([_worked(usual, hour) for hour in range(seen.size)]).reshape(seen.shape)
    level = np.where(worked, _share(seen, worked), _share(seen, ~worked))
    days, hours = (beyond_luck(seen.sum(axis=axis), level.sum(axis=axis)) for axis in (1, 0))
    weights = beyond_luck(seen, days[:, None] * hours[None, :] / seen.sum()).ravel()
    one = weights[worked.ravel()].mean() or weights[weights > 0.0].mean()
    weights = np.round(np.minimum(weights / one, MOST), DIGITS)
    if (weights == 1.0).all():
        return ALWAYS
    open_hours = np.flatnonzero(weights > 0.0)
    intervals = [(float(hour), hour + 1.0) for hour in open_hours]
    return Calendar.model_validate({"intervals": intervals, "weights": [float(one) for one in weights[open_hours]]})


def _worked(calendar: Calendar, hour: float) -> bool:
    return any(start < hour + 1.0 and hour < stop for start, stop in calendar.intervals)


def _share(seen: Floats, rows: Bools) -> float:
    """Return what each of some hours has on average."""
    return float(seen[rows].mean()) if rows.any() else 0.0


def beyond_luck(seen: Floats, usual: Floats) -> Floats:
    """Return counts, drawn towards what is usual as far as luck explains that they differ from it (James & Stein).

    Where luck may explain all of it, they are what is usual.
    """
    there = usual > 0.0
    free = max(int(there.sum()) - 1, 1)
    differ = float(((seen - usual)[there] ** 2 / usual[there]).sum())
    own = 1.0 - free / differ if differ > free + SURE * math.sqrt(2.0 * free) else 0.0
    return np.asarray(own * seen + (1.0 - own) * usual)


def stretched(calendar: Calendar, presence: Floats) -> Calendar:
    """Return a calendar as it has to be for whoever waits: with the hours in which somebody is hardly ever seen.

    What is begun late would otherwise lie until the next morning, which is many times longer than the little that is
    gained by an hour in which hardly anybody works. On a day on which it is closed, and yet somebody looks in now and
    then, it has an hour.

    Parameters
    ----------
    calendar
        As found: the hours in which people usually work.
    presence
        How often somebody was seen at each hour of the week.
    """
    by_day = presence.reshape(7, -1)
    total = float(presence.sum())
    days = [_within(calendar, day * DAY) for day in range(7)]
    worked = [day for day in range(7) if days[day]]
    first, last = _usual_ends(by_day[worked].sum(axis=0))
    spans: list[tuple[float, float]] = []
    for day, opened in enumerate(days):
        begins = day * DAY
        if opened:
            opened[0] = (min(opened[0][0], begins + first), opened[0][1])
            opened[-1] = (opened[-1][0], max(opened[-1][1], begins + last))
        elif by_day[day].sum() >= max(RARELY * total, FEWEST):
            hour = begins + float(np.argmax(by_day[day]))
            opened.append((hour, hour + 1.0))
        spans += opened
    return Calendar.model_validate({"intervals": _joined(spans)})


def _within(calendar: Calendar, begins: float) -> list[tuple[float, float]]:
    """Return the openings of a day."""
    ends = begins + DAY
    return [(max(one, begins), min(other, ends)) for one, other in calendar.intervals if one < ends and other > begins]


def _usual_ends(seen: Floats) -> tuple[float, float]:
    """Return the hours of a day between which all but the rarest sights lie."""
    total = float(seen.sum())
    if total <= 0.0:
        return DAY, 0.0
    passed = np.cumsum(seen) / total
    return float(np.searchsorted(passed, BEYOND)), float(np.searchsorted(passed, 1.0 - BEYOND)) + 1.0


def _joined(spans: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return openings in order, as one where they touch."""
    found: list[tuple[float, float]] = []
    for start, stop in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return tuple(found)


def departments_as_groups(log: EventLog, departments: Departments) -> EventLog:
    """Return the same log with what departments are called as groups."""
    labels = list(departments.labels)
    group = pd.Categorical.from_codes(departments.codes(log), categories=pd.Index(labels))
    listed: Counter[str] = Counter()
    for name, people in log.listed.items():
        if name in departments.of_group:
            listed[labels[departments.of_group[name]]] += people
    return replace(log, events=log.events.assign(group=group), known=log.known | {"group"}, listed=listed)
