"""Calendars: from calendar hours to open hours and back.

A calendar is a list of segments of its cycle with the open hours before each; an hour of one may count as less or
more than an open hour. Its cycle is a week; where there are days off it is the whole run, with what is left of every
week. `to_open` counts the open hours up to a time; `from_open` finds the first time at which so many have passed. Both
are continuous, so waiting and working are differences of open hours whatever nights and weekends lie between.
"""

import math

import numpy as np

from sim.kernel.jit import inline, routine

CLOSE = 1e-9  # rounding of cycle · its hours + start, and of open hours
JUST_BEFORE = -5e-324  # the cycle: its first moment is after that, and nothing earlier


@inline
def to_open(p, calendar, time):
    """Return the open hours between the begin of a run and `time`."""
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
    """Tell whether hour `x` of the cycle of a clock is in its piece of that, or in the closed hours before."""
    return clock["after"] < x <= clock["end"]


@inline
def _counted(clock, x):
    """Return the open hours up to hour `x` of the cycle of a clock, in its piece of that."""
    return clock["passed"] + (clock["before"] + max(0.0, x - clock["start"]) * clock["weight"])


@inline
def opened(s, p, calendar, time):
    """Return the open hours up to the present, `time`.

    Every calendar has a clock that knows the piece of its cycle in which the present lies, so that nothing has to be
    looked up as long as it lasts.
    """
    if p.calendars[calendar]["always"]:
        return time
    clock = s.clocks[calendar]
    x = time - clock["begin"]
    return _counted(clock, x) if _within(clock, x) else _wind(s, p, calendar, time)


@inline
def opened_by(s, p, calendar, time):
    """Return the open hours up to any `time`, at once where it lies in the present piece of its cycle."""
    if p.calendars[calendar]["always"]:
        return time
    clock = s.clocks[calendar]
    x = time - clock["begin"]
    return _counted(clock, x) if _within(clock, x) else _passed(p, calendar, time)


@inline
def reached(s, p, calendar, passed):
    """Return when `passed` open hours are over, at once where that is in the present piece of its cycle."""
    if p.calendars[calendar]["always"]:
        return passed
    clock = s.clocks[calendar]
    rest = passed - clock["passed"]
    if clock["from"] < rest <= clock["upto"]:
        return clock["begin"] + (clock["start"] + (rest - clock["before"]) / clock["weight"])
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
    x = time - clock["begin"]
    if clock["after"] < x < clock["end"] - CLOSE:
        return x >= clock["start"] - CLOSE
    return _in_hours(p, calendar, time)


@routine
def _wind(s, p, calendar, time):
    """Let the clock of a calendar know the piece of its cycle in which `time` lies; return the open hours till then."""
    row = p.calendars[calendar]
    cycle = math.floor(time / row["cycle"])
    x = time - cycle * row["cycle"]
    first = row["first"]
    for k in range(first + p.lists[row["by_hour"] + np.int64(x)], first + row["n"]):
        segment = p.segments[k]
        if x <= segment["end"]:
            clock = s.clocks[calendar]
            clock["begin"] = cycle * row["cycle"]
            clock["passed"] = cycle * row["cycle_hours"]
            clock["after"] = p.segments[k - 1]["end"] if k > first else JUST_BEFORE
            clock["start"] = segment["start"]
            clock["end"] = min(segment["end"], row["last"])
            clock["before"] = segment["before"]
            margin = 2.0 * CLOSE * max(1.0, segment["weight"], p.segments[k - 1]["weight"] if k > first else 1.0)
            clock["from"] = segment["before"] + margin
            clock["upto"] = segment["before"] + (segment["end"] - segment["start"]) * segment["weight"] - margin
            clock["weight"] = segment["weight"]
            break
    return _passed(p, calendar, time)


@routine
def _passed(p, calendar, time):
    row = p.calendars[calendar]
    cycle = math.floor(time / row["cycle"])
    x = time - cycle * row["cycle"]
    passed = row["cycle_hours"]
    for k in range(row["first"] + p.lists[row["by_hour"] + np.int64(x)], row["first"] + row["n"]):
        segment = p.segments[k]
        if x <= segment["end"]:
            passed = segment["before"] + max(0.0, x - segment["start"]) * segment["weight"]
            break
    return cycle * row["cycle_hours"] + passed


@routine
def _reached(p, calendar, passed):
    row = p.calendars[calendar]
    cycle = math.floor(passed / row["cycle_hours"])
    rest = passed - cycle * row["cycle_hours"]
    if rest <= CLOSE and cycle > 0:
        cycle -= 1
        rest = row["cycle_hours"]
    time = 0.0
    from_here = min(row["n"] - 1, p.lists[row["by_passed"] + np.int64(rest)])
    for k in range(row["first"] + from_here, row["first"] + row["n"]):
        segment = p.segments[k]
        time = segment["start"] + (rest - segment["before"]) / segment["weight"]
        if time <= segment["end"] + CLOSE:
            break
    return cycle * row["cycle"] + time


@routine
def _in_hours(p, calendar, time):
    row = p.calendars[calendar]
    x = time - math.floor((time + CLOSE) / row["cycle"]) * row["cycle"]
    for k in range(row["first"] + p.lists[row["by_hour"] + np.int64(x)], row["first"] + row["n"]):
        segment = p.segments[k]
        if x < segment["end"] - CLOSE:
            return x >= segment["start"] - CLOSE
    return False


@inline
def next_opening(p, calendar, time):
    """Return the first beginning of a segment after `time`."""
    row = p.calendars[calendar]
    cycle = math.floor((time + CLOSE) / row["cycle"])
    x = time - cycle * row["cycle"]
    for k in range(row["first"] + p.lists[row["by_hour"] + np.int64(x)], row["first"] + row["n"]):
        if p.segments[k]["start"] > x + CLOSE:
            return cycle * row["cycle"] + p.segments[k]["start"]
    return (cycle + 1) * row["cycle"] + p.segments[row["first"]]["start"]


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
