"""Moments that people name: weeks and days of the horizon, and when a case comes for which a plan is made."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

from sim.scenario import Scenario
from sim.scenario.holidays import openings
from sim.spec.dates import moment_of, seems_date
from sim.spec.findings import TextError, shown
from sim.vocab import DAY, WEEK
from sim.words import Text, words

texts = words("templates")


def hour_of_week(scenario: Scenario, week: Any) -> float:
    """Return the hour of the run at which a week of the horizon begins; refuse one outside of the run."""
    first, last = -scenario.warmup_weeks, scenario.weeks - scenario.warmup_weeks
    known = isinstance(week, Real) and not isinstance(week, bool)
    if not known or not first <= week < last:
        told = int(week) if isinstance(week, float) and week.is_integer() else week
        raise TextError(texts.NO_WEEK.format(found=shown(told), first=first, last=math.ceil(last) - 1))
    return scenario.window[0] + float(week) * WEEK


def day_of(scenario: Scenario, day: Any) -> int:
    """Return a day of the horizon that is told as a number or as a date; refuse one outside of the run."""
    first, last = math.ceil(-7.0 * scenario.warmup_weeks), math.floor(7.0 * (scenario.weeks - scenario.warmup_weeks))
    number = _as_number(scenario, day)
    if number is None or not first <= number <= last:
        dates = texts.OR_DATE if scenario.starts_on else ""
        raise TextError(texts.NO_DAY.format(found=shown(day), first=first, last=last, date=dates))
    return number


def _as_number(scenario: Scenario, day: Any) -> int | None:
    starts = moment_of(scenario.starts_on)
    if isinstance(day, bool) or not isinstance(day, Real | str | dt.date):
        return None
    if seems_date(day) or isinstance(day, dt.date):
        date = moment_of(day)
        return None if starts is None or date is None else (date - starts).days
    try:
        number = float(day)
    except (ValueError, OverflowError):
        return None
    return int(number) if number.is_integer() else None


def arrival_from(scenario: Scenario, name: str, begin: float) -> float:
    """Return when the first case of a process comes from an hour of the run on: on its date, or as hours open."""
    window = scenario.window[0]
    process = scenario.processes[name]
    works = [one for one in scenario.releases.values() if one.work == name]
    if works and not process.demand.weekly:
        lists = (cut_off for cut_off, _, _ in works[0].moments(window, scenario.weeks * WEEK))
        return _first(lists, begin)
    if process.demand.dated:
        dates = process.demand.dates(begin - window, scenario.weeks * WEEK - window)
        return _first((window + date for date in dates), begin)
    return openings(scenario, process.demand.during).opens(begin)


def _first(moments: Iterable[float], begin: float) -> float:
    return next((one for one in moments if one >= begin), begin)


def day_hours(scenario: Scenario, day: int) -> float:
    """Return the hour of the run at which a day of the horizon begins, at the midnight by which runs go."""
    return math.ceil((scenario.window[0] + day * DAY) / DAY - 1e-9) * DAY


def date_of(scenario: Scenario, hours: float) -> str:
    """Return the date and time of an hour of the run, ISO-like; nothing where there is none or no date is known."""
    starts = moment_of(scenario.starts_on)
    return "" if starts is None or math.isnan(hours) else _dated(starts, hours - scenario.window[0])


def _dated(starts: Any, hours: float) -> str:
    try:
        return str((starts + dt.timedelta(minutes=round(hours * 60.0))).isoformat(" ", "minutes"))
    except OverflowError:
        return ""


def told_at(scenario: Scenario, hours: float) -> Text:
    """Return an hour of the run as people read it: its date and time, or the day of the horizon and the time."""
    if math.isnan(hours):
        return Text("", "")
    if date := date_of(scenario, hours):
        return Text(date, date)
    minutes = round((hours - scenario.window[0]) * 60.0)
    day, rest = divmod(minutes, 24 * 60)
    said: Text = texts.DAY_AND_TIME.format(day=day, time=f"{rest // 60:02}:{rest % 60:02}")
    return said
