"""The event list: a binary heap on (time, kind, sequence), so that order is total and repeatable.

Taking the first event leaves a hole at the top; the next event that is planned fills it with one sift instead of two
(most events plan exactly one other).
"""

import math

import numpy as np

from sim.kernel.jit import inline

RANK = 1 << 48
"""The kind of an event stands above its sequence number."""


@inline
def kind_of(order):
    """Return the kind of an event by its place among those of the same time."""
    return order // RANK


@inline
def _write(events, i, time, order, who, stamp):
    row = events[i]
    row["time"] = time
    row["order"] = order
    row["who"] = who
    row["stamp"] = stamp


@inline
def _copy(events, to, source):
    row = events[source]
    _write(events, to, row["time"], row["order"], row["who"], row["stamp"])


@inline
def _sift_up(events, i, time, order, who, stamp):
    while i > 0:
        above = (i - 1) >> 1
        row = events[above]
        if row["time"] < time or (row["time"] == time and row["order"] < order):
            break
        _copy(events, i, above)
        i = above
    _write(events, i, time, order, who, stamp)


@inline
def _sift_down(events, n, time, order, who, stamp):
    """Let an event sink from the top; behind the last one stands a row that is later than all.

    Which of two is earlier is as good as random: a sum instead of a branch that a processor would guess wrongly.
    """
    i = np.int64(0)
    while True:
        below = 2 * i + 1
        if below >= n:
            break
        a = events[below]
        b = events[below + 1]
        sooner = np.int64(b["time"] < a["time"])
        equal = np.int64(b["time"] == a["time"])
        below += sooner | (equal & np.int64(b["order"] < a["order"]))
        row = events[below]
        if time < row["time"] or (time == row["time"] and order < row["order"]):
            break
        _copy(events, i, below)
        i = below
    _write(events, i, time, order, who, stamp)


@inline
def _plan(s, time, kind, who, stamp):
    now = s.now[0]
    order = kind * RANK + now["sequence"]
    now["sequence"] += 1
    if now["hole"]:
        now["hole"] = 0
        _sift_down(s.events, now["n_events"], time, order, who, stamp)
    else:
        n = now["n_events"]
        now["n_events"] = n + 1
        s.events[n + 1]["time"] = math.inf
        _sift_up(s.events, n, time, order, who, stamp)


@inline
def plan(s, time, kind, who, stamp):
    """Add an event; never in the past.

    At an opening, no open hours later is the closing before it: work of no hours would end yesterday evening.
    """
    _plan(s, max(time, s.now[0]["time"]), np.int64(kind), np.int64(who), np.int64(stamp))


@inline
def close_hole(s):
    """Move the last event to the free top, if nothing has filled it."""
    now = s.now[0]
    if now["hole"]:
        now["hole"] = 0
        n = now["n_events"] - 1
        now["n_events"] = n
        row = s.events[n]
        time = row["time"]
        order = row["order"]
        row["time"] = math.inf
        if n > 0:
            _sift_down(s.events, n, time, order, row["who"], row["stamp"])
