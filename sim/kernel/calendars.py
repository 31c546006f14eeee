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
JUST_BEFORE = -5e-324  # the week: its first moment is after that, and nothing earlier
LAST_MOMENT = math.nextafter(WEEK, 0.0)  # of a week


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
def _within(clock, x):
    """Tell whether hour `x` of the week of a clock is in its piece of the week, or in the closed hours before that."""
    return clock["after"] < x <= clock["end"]


@inline
def _counted(clock, x):
    """Return the open hours up to hour `x` of the week of a clock, in its piece of the week."""
    return clock["passed"] + (clock["before"] + max(0.0, x - clock["start"]))


@inline
def opened(s, p, calendar, time):
    """Return the open hours up to the present, `time`.

    Every calendar has a clock that knows the piece of the week in which the present lies, so that nothing has to be
    looked up as long as it lasts.
    """
    if p.calendars[calendar]["always"]:
        return time
    clock = s.clocks[calendar]
    x = time - clock["week"]
    return _counted(clock, x) if _within(clock, x) else _wind(s, p, calendar, time)


@inline
def opened_by(s, p, calendar, time):
    """Return the open hours up to any `time`, at once where it lies in the present piece of the week."""
    if p.calendars[calendar]["always"]:
        return time
    clock = s.clocks[calendar]
    x = time - clock["week"]
    return _counted(clock, x) if _within(clock, x) else _passed(p, calendar, time)


@inline
def reached(s, p, calendar, passed):
    """Return when `passed` open hours are over, at once where that is in the present piece of the week."""
    if p.calendars[calendar]["always"]:
        return passed
    clock = s.clocks[calendar]
    rest = passed - clock["passed"]
    if clock["from"] < rest <= clock["upto"]:
        return clock["week"] + (clock["start"] + (rest - clock["before"]))
    return _reached(p, calendar, passed)


@inline
def after_now(s, p, calendar, time, hours):
    """Return the time at which `hours` open hours have passed since the present."""
    return reached(s, p, calendar, opened(s, p, calendar, time) + hours)


@inline
def is_open(s, p, calendar, time):
    """Tell whether people of this calendar are at work at `time`."""
    if p.calendars[calendar]["always"]:
        return True
    clock = s.clocks[calendar]
    x = time - clock["week"]
    if clock["after"] < x < clock["end"] - CLOSE:
        return x >= clock["start"] - CLOSE
    return _in_hours(p, calendar, time)


@routine
def _wind(s, p, calendar, time):
    """Let the clock of a calendar know the piece of the week in which `time` lies; return the open hours until then."""
    row = p.calendars[calendar]
    week = math.floor(time / WEEK)
    x = time - week * WEEK
    first = row["first"]
    for k in range(first + p.lists[row["by_hour"] + np.int64(x)], first + row["n"]):
        segment = p.segments[k]
        if x <= segment["end"]:
            clock = s.clocks[calendar]
            clock["week"] = week * WEEK
            clock["passed"] = week * row["hours"]
            clock["after"] = p.segments[k - 1]["end"] if k > first else JUST_BEFORE
            clock["start"] = segment["start"]
            clock["end"] = min(segment["end"], LAST_MOMENT)
            clock["before"] = segment["before"]
            clock["from"] = segment["before"] + 2.0 * CLOSE
            clock["upto"] = segment["before"] + (segment["end"] - segment["start"]) - 2.0 * CLOSE
            break
    return _passed(p, calendar, time)


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
    return opened(s, p, clock, time) - opened_by(s, p, clock, start)


@inline
def working_hours_since(s, p, start, time):
    """Return the hours from `start` to now in which anybody of the organization is at work: one clock for all."""
    clock = p.world[0]["clock"]
    return opened(s, p, clock, time) - opened_by(s, p, clock, start)
