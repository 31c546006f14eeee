"""When the calendars of a scenario are open in a run: their weeks, less the days on which they are closed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.scenario.notes import Notes
from sim.spec.calendars import PREDEFINED, Calendar, Interval
from sim.spec.closures import Openings, joined, unrolled
from sim.spec.process import Process
from sim.spec.shocks import hour
from sim.vocab import DAY, WEEK
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")
WHAT = words("findings").WHAT

MOST_WEEKS = 5200.0
"""Weeks of a run beyond which nobody can say on which days it is closed: a hundred years."""


def closed_hours(scenario: Scenario, calendar: str) -> tuple[Interval, ...]:
    """Return when a calendar is closed although its week says otherwise, in hours of the run."""
    if not scenario.closures:  # how long a run is takes a look at every process
        return ()
    ever = not scenario.calendar(calendar).always
    begin, end = hour(0.0, scenario.warmup_weeks), math.ceil(scenario.weeks) * WEEK
    meant = (one for one in scenario.closures if calendar in one.calendars or (ever and not one.calendars))
    spans = ((begin + DAY * first, begin + DAY * after) for first, after in (one.days for one in meant))
    return joined((max(0.0, start), min(stop, end)) for start, stop in spans if start < end and stop > 0.0)


def openings(scenario: Scenario, calendar: str) -> Openings:
    """Return when a calendar is open."""
    return _opened(scenario, scenario.calendar(calendar).intervals, closed_hours(scenario, calendar))


def _opened(scenario: Scenario, intervals: tuple[Interval, ...], closed: tuple[Interval, ...]) -> Openings:
    return unrolled(intervals, closed, math.ceil(scenario.weeks) if closed else 1)


def openings_of(scenario: Scenario, owner: str) -> Openings:
    """Return when somebody is at work who has a queue: a department, or a person of management who approves."""
    return _opened(scenario, scenario.shifts(owner), closed_hours(scenario, scenario.calendar_of(owner)))


def target_openings(scenario: Scenario, process: Process) -> Openings:
    """Return the openings in which the customer's date runs; days are calendar days, whoever is closed."""
    if process.target_hours is None:
        return of_calendar(scenario.target_calendar(process))
    return openings(scenario, process.target_calendar)


def of_calendar(calendar: Calendar) -> Openings:
    """Return the openings of a calendar that has no days off."""
    return of_week(calendar.intervals)


def of_week(intervals: tuple[Interval, ...]) -> Openings:
    """Return hours of the week as openings without days off."""
    return unrolled(intervals, (), 1)


def anybody(found: Iterable[Openings]) -> Openings:
    """Return when any of several calendars is open."""
    several = list(found)
    cycle = max((one.cycle for one in several), default=WEEK)
    every = [one.intervals if one.cycle == cycle else _repeated(one, cycle) for one in several]
    merged = joined(interval for intervals in every for interval in intervals)
    return Openings(merged, cycle, math.fsum(stop - start for start, stop in merged) * WEEK / cycle)


def _repeated(one: Openings, cycle: float) -> tuple[Interval, ...]:
    weeks = range(round(cycle / one.cycle))
    return tuple((n * one.cycle + start, n * one.cycle + stop) for n in weeks for start, stop in one.intervals)


def check_closures(notes: Notes, scenario: Scenario) -> None:
    """Note days off of calendars that do not exist, outside of the run, or without end; all else has been checked."""
    known = {**PREDEFINED, **scenario.calendars}
    for index, one in enumerate(scenario.closures):
        notes.once(("closures", index, "calendars"), one.calendars)
        for place, name in enumerate(one.calendars):
            notes.known(("closures", index, "calendars", place), name, known, WHAT["calendar"])


def check_days_off(notes: Notes, scenario: Scenario) -> None:
    """Note days off outside of the run, and calendars that they close for the whole of it; no errors are left."""
    if not scenario.closures:
        return
    if scenario.weeks > MOST_WEEKS:
        notes.error(("closures",), texts.LONG_CLOSURES.format(weeks=scenario.weeks, most=MOST_WEEKS))
        return
    end = (scenario.weeks - scenario.warmup_weeks) * WEEK / DAY
    for index, one in enumerate(scenario.closures):
        first, after = one.days
        if after <= -scenario.warmup_weeks * WEEK / DAY or first >= end:
            notes.warning(("closures", index), texts.CLOSURE_OUTSIDE.format(first=first, last=after - 1))
    never = [name for name in {**PREDEFINED, **scenario.calendars} if not openings(scenario, name).intervals]
    never += [name for name in scenario.pools() if not openings_of(scenario, name).intervals]
    if never:
        notes.error(("closures",), texts.NEVER_OPEN.format(calendar=never[0]))
