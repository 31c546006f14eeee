"""The event list: a binary heap on (time, kind, sequence), so that order is total and repeatable.

Taking the first event leaves a hole at the top; the next event that is planned fills it with one sift instead of two
(most events plan exactly one other).
"""

import numpy as np

from sim.kernel.jit import inline

RANK = 1 << 48  # the kind of an event stands above its sequence number


@inline
def _write(events, i, time, order, kind, who, stamp):
    row = events[i]
    row["time"] = time
    row["order"] = order
    row["kind"] = kind
    row["who"] = who
    row["stamp"] = stamp


@inline
def _copy(events, to, source):
    row = events[source]
    _write(events, to, row["time"], row["order"], row["kind"], row["who"], row["stamp"])


@inline
def _sift_up(events, i, time, order, kind, who, stamp):
    while i > 0:
        above = (i - 1) >> 1
        row = events[above]
        if row["time"] < time or (row["time"] == time and row["order"] < order):
            break
        _copy(events, i, above)
        i = above
    _write(events, i, time, order, kind, who, stamp)


@inline
def _sift_down(events, n, time, order, kind, who, stamp):
    i = np.int64(0)
    while True:
        below = 2 * i + 1
        if below >= n:
            break
        other = below + 1
        if other < n:
            a = events[below]
            b = events[other]
            if b["time"] < a["time"] or (b["time"] == a["time"] and b["order"] < a["order"]):
                below = other
        row = events[below]
        if time < row["time"] or (time == row["time"] and order < row["order"]):
            break
        _copy(events, i, below)
        i = below
    _write(events, i, time, order, kind, who, stamp)


@inline
def _plan(s, time, kind, who, stamp):
    now = s.now[0]
    order = kind * RANK + now["sequence"]
    now["sequence"] += 1
    if now["hole"]:
        now["hole"] = 0
        _sift_down(s.events, now["n_events"], time, order, kind, who, stamp)
    else:
        n = now["n_events"]
        now["n_events"] = n + 1
        _sift_up(s.events, n, time, order, kind, who, stamp)


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
        if n > 0:
            row = s.events[n]
            _sift_down(s.events, n, row["time"], row["order"], row["kind"], row["who"], row["stamp"])
