"""Releases: cases that are done wait for the next one, which takes along what was accepted by its cut-off.

One that ships goes on its date with what is done; one that slips waits until all that was accepted by its cut-off is
done. Either waits for work of its own, and neither longer than it may.
"""

import numpy as np

from sim.kernel.cases import case_of
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import turn
from sim.kernel.opens import Opens
from sim.kernel.requests import SHIP, post
from sim.vocab import Activity, CaseCount, Context, Event

OPENS = (Opens(events=1),)  # the next cut-off, or the latest moment

CUT_OFF, DATE, LATEST = np.int64(0), np.int64(1), np.int64(2)
"""The moments of a release."""

MOMENTS = 3
"""How many there are."""


@inline
def plan_moment(s, p, k, n, what):
    """Plan a moment of the `n`-th release `k`, if there is such a release."""
    one = p.releases[k]
    if n < one["n_dates"]:
        plan(s, p.numbers[one["dates"] + MOMENTS * n + what], Event.RELEASE, k, what)


@routine
def take_on(s, p, k, c, r):
    """Accept case `c`, which begins with request `r`, for the release `k` whose list is open."""
    s.cases[c]["train"] = s.trains[k]["next"]
    s.trains[k]["open"] += 1
    s.requests[r]["step"] = p.processes[case_of(s, c)["process"]]["first_step"]  # where a case waits without a step


@inline
def queue_up(s, train, r):
    """Put request `r` at the end of those that wait for a release."""
    s.requests[r]["link"] = -1
    if train["first"] < 0:
        train["first"] = r
    else:
        s.requests[train["last"]]["link"] = r
    train["last"] = r


@routine
def board(s, p, k, r, time):
    """The work on the case of request `r` is done: it waits for release `k`, and perhaps that was all it waited for."""
    row = s.requests[r]
    live = s.cases[row["case"]]
    train = s.trains[k]
    turn(s, p, r, time, Activity.QUEUE)
    row["context"] = Context.RELEASE
    row["dept"] = p.processes[case_of(s, row["case"])["process"]]["front"]
    queue_up(s, train, r)
    live["ready"] = 1
    train["open"] -= 1
    if live["train"] < train["next"]:
        train["awaited"] -= 1
        leave_if_ready(s, p, k, time)


@routine
def worked_for(s, p, k, c, time):
    """Case `c`, which was perhaps the work of the present release `k` itself, is finished."""
    train = s.trains[k]
    if s.cases[c]["train"] == train["next"] - 1 and train["working"]:
        train["working"] = 0
        leave_if_ready(s, p, k, time)


@routine
def leave_if_ready(s, p, k, time):
    """Let release `k` go if it is due and nothing is left to wait for."""
    train = s.trains[k]
    waits = train["working"] or (p.releases[k]["slips"] and train["awaited"] > 0)
    if train["due"] and not waits:
        leave_now(s, p, k, time)


@routine
def leave_now(s, p, k, time):
    """Let release `k` go with what is done of all that was accepted by its cut-off; the rest waits for the next."""
    train = s.trains[k]
    n = train["next"] - 1
    train["due"] = 0
    departure = s.departures[p.releases[k]["first"] + n]
    departure["went"] = time
    departure["left"] = train["awaited"]
    r = train["first"]
    train["first"] = -1
    train["last"] = -1
    while r >= 0:
        row = s.requests[r]
        later = row["link"]
        number = s.cases[row["case"]]["train"]
        if number <= n:
            departure["items"] += 1
            case_of(s, row["case"])["count"][CaseCount.RELEASES_MISSED] = n - number
            post(s, r, SHIP)
        else:
            queue_up(s, train, r)
        r = later
    plan_moment(s, p, k, n + 1, CUT_OFF)
