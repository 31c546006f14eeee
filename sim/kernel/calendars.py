"""Weekly calendars: from calendar hours to open hours and back.

A calendar is a list of segments of the week with the open hours before each. `to_open` counts the open hours up to a
time; `from_open` finds the first time at which so many have passed. Both are continuous, so waiting and working are
differences of open hours whatever nights and weekends lie between.
"""

import math

import numpy as np

from sim.kernel.jit import inline, routine
from sim.vocab import WEEK

CLOSE = 1e-9  # rounding of week · 168 + start, and of open hours


@inline
def to_open(p, calendar, time):
    """Return the open hours between Monday 00:00 of week 0 and `time`."""
    return time if p.calendars[calendar]["always"] else _passed(p, calendar, time)


@inline
def from_open(p, calendar, passed):
    """Return the first time at which `passed` open hours are over.

    What ends at a closing but for rounding ends then, and not at the next opening.
    """
    return passed if p.calendars[calendar]["always"] else _reached(p, calendar, passed)


@inline
def after(p, calendar, time, hours):
    """Return the time at which `hours` open hours have passed since `time`."""
    return (
        time + hours if p.calendars[calendar]["always"] else _reached(p, calendar, _passed(p, calendar, time) + hours)
    )


@inline
def opened(s, p, calendar, time):
    """Return the open hours up to the present, `time`; whoever asks again at the same moment gets them at once."""
    if p.calendars[calendar]["always"]:
        return time
    clock = s.clocks[calendar]
    if clock["seen"] != time:
        clock["seen"] = time
        clock["opened"] = _passed(p, calendar, time)
    return clock["opened"]


@inline
def after_now(s, p, calendar, time, hours):
    """Return the time at which `hours` open hours have passed since the present."""
    return (
        time + hours if p.calendars[calendar]["always"] else _reached(p, calendar, opened(s, p, calendar, time) + hours)
    )


@routine
def _passed(p, calendar, time):
    row = p.calendars[calendar]
    week = math.floor(time / WEEK)
    x = time - week * WEEK
    passed = row["hours"]
    for k in range(row["first"] + p.lists[row["by_hour"] + np.int64(x)], row["first"] + row["n"]):
        segment = p.segments[k]
        if x <= segment["end"]:
            passed = segment["before"] + max(0.0, x - segment["start"])
            break
    return week * row["hours"] + passed


@routine
def _reached(p, calendar, passed):
    row = p.calendars[calendar]
    week = math.floor(passed / row["hours"])
    rest = passed - week * row["hours"]
    if rest <= CLOSE and week > 0:
        week -= 1
        rest = row["hours"]
    time = 0.0
    from_here = min(row["n"] - 1, p.lists[row["by_passed"] + np.int64(rest)])
    for k in range(row["first"] + from_here, row["first"] + row["n"]):
        segment = p.segments[k]
        time = segment["start"] + (rest - segment["before"])
        if time <= segment["end"] + CLOSE:
            break
    return week * WEEK + time


@inline
def is_open(p, calendar, time):
    """Tell whether people of this calendar are at work at `time`."""
    return p.calendars[calendar]["always"] or _in_hours(p, calendar, time)


@routine
def _in_hours(p, calendar, time):
    row = p.calendars[calendar]
    x = time - math.floor((time + CLOSE) / WEEK) * WEEK
    for k in range(row["first"] + p.lists[row["by_hour"] + np.int64(x)], row["first"] + row["n"]):
        segment = p.segments[k]
        if x < segment["end"] - CLOSE:
            return x >= segment["start"] - CLOSE
    return False


@inline
def next_opening(p, calendar, time):
    """Return the first beginning of a segment after `time`."""
    row = p.calendars[calendar]
    week = math.floor((time + CLOSE) / WEEK)
    x = time - week * WEEK
    for k in range(row["first"], row["first"] + row["n"]):
        if p.segments[k]["start"] > x + CLOSE:
            return week * WEEK + p.segments[k]["start"]
    return (week + 1) * WEEK + p.segments[row["first"]]["start"]


@inline
def open_hours_since(s, p, d, start, time):
    """Return the hours from `start` to now on the clock of `d`: its open hours; of an approver, management's."""
    clock = p.pools[d]["clock"]
    return opened(s, p, clock, time) - to_open(p, clock, start)


@inline
def working_hours_since(s, p, start, time):
    """Return the hours from `start` to now in which anybody of the organization is at work: one clock for all."""
    clock = p.world[0]["clock"]
    return opened(s, p, clock, time) - to_open(p, clock, start)
