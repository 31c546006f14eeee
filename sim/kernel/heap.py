"""The event list: a heap on (time, kind, sequence), so that order is total and repeatable.

An event has four others below it, which lie in two lines of a processor's cache: half as many levels as with two.

Taking the first event leaves a hole at the top; the next event that is planned fills it with one sift instead of two
(most events plan exactly one other).
"""

import math

import numpy as np

from sim.kernel.jit import inline

BEHIND = 3
"""Rows behind the last event that are later than all, so that whoever looks at four looks at no old ones."""

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
        above = (i - 1) >> 2
        row = events[above]
        if row["time"] < time or (row["time"] == time and row["order"] < order):
            break
        _copy(events, i, above)
        i = above
    _write(events, i, time, order, who, stamp)


@inline
def _sooner(events, i, j):
    """Return 1 if event `j` comes before event `i`, else 0.

    Which of two is earlier is as good as random: a sum instead of a branch that a processor would guess wrongly.
    """
    a = events[i]
    b = events[j]
    sooner = np.int64(b["time"] < a["time"])
    equal = np.int64(b["time"] == a["time"])
    return sooner | (equal & np.int64(b["order"] < a["order"]))


@inline
def _sift_down(events, n, time, order, who, stamp):
    """Let an event sink from the top; behind the last one stand rows that are later than all."""
    i = np.int64(0)
    while True:
        first = 4 * i + 1
        if first >= n:
            break
        left = first + _sooner(events, first, first + 1)
        right = first + 2 + _sooner(events, first + 2, first + 3)
        below = left + (right - left) * _sooner(events, left, right)
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
        for behind in range(n + 1, n + BEHIND + 1):
            s.events[behind]["time"] = math.inf
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
