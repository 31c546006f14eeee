"""Conflict and escalation: a case is frozen until the two sides, their superior, or the executives settle it.

Tier 1: both sides negotiate (work in their own queues) and stand off for a heavy-tailed time. Where an escalation path
is lived, a time limit counts from the outbreak: when it is over, the common superior mediates at tier 2 (a request in
management's queue, which the path brings to its notice in time), spares the sides what they still have to negotiate,
and cuts a share of the stand-off that remains. When a second limit is over, the executives decide at tier 3, and that
ends it.
"""

import numpy as np

from sim.kernel.calendars import after, from_open, to_open
from sim.kernel.cases import about, case_of, release
from sim.kernel.draws import NOBODY, ZERO, hours, lognormal, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import account
from sim.kernel.log import logged, settled
from sim.kernel.mechanisms.conflict import after_superior
from sim.kernel.mechanisms.handover import in_effect
from sim.kernel.opens import Opens
from sim.kernel.requests import SEND, mark, open_request, post
from sim.vocab import CaseCount, CaseHours, Event, Kind, Lever, Purpose, Settled

OPENS = (
    Opens(requests=2, events=2),  # two negotiations; the stand-off, and the time limit of tier 1
    Opens(requests=1, events=2),  # mediation; the limit of the next tier, and a stand-off that was cut
)


SIDES, SUPERIOR, EXECUTIVES = int(Settled.SIDES), int(Settled.SUPERIOR), int(Settled.EXECUTIVES)


@inline
def _book_all(s, p, c, time):
    """Account all requests that carry the clock of case `c`, because their context changes now."""
    r = s.cases[c]["first"]
    while r >= 0:
        account(s, p, r, time)
        r = s.requests[r]["case_next"]


@inline
def _ask(s, p, c, sender, d, kind, work, purpose):
    """Send a request about the conflict of case `c` that carries no clock; return it."""
    case = case_of(s, c)
    live = s.cases[c]
    r = open_request(s)
    row = s.requests[r]
    about(s, r, c)
    row["step"] = live["conflict_step"]
    row["kind"] = kind
    row["sender"] = sender
    row["dept"] = d
    row["visit"] = case["count"][CaseCount.CONFLICTS]
    row["again"] = live["tier"] - 1
    place = p.steps[row["step"]]["id"]
    u = uniform(case["key"], place, purpose, p.pools[d]["who"], row["visit"], row["again"])
    row["work"] = hours(p, work, u)
    post(s, r, SEND)
    return r


@inline
def _stand_off(s, p, c, until):
    """Let the sides of case `c` stand off until so many open hours, on the clock of side b, have passed."""
    live = s.cases[c]
    live["standing"] = 1
    live["cools"] = until
    live["stamp"] += 1
    live["refs"] += 1
    plan(s, from_open(p, p.pools[live["side_b"]]["clock"], until), Event.STANDOFF, c, live["stamp"])


@inline
def _set_deadline(s, p, c, limit, time):
    """Plan the moment at which the time limit of the present tier of case `c` is over."""
    case = case_of(s, c)
    live = s.cases[c]
    live["refs"] += 1
    due = after(p, p.pools[live["side_b"]]["clock"], time, limit)
    plan(s, due, Event.DEADLINE, c, case["count"][CaseCount.CONFLICTS])


@inline
def _call_in(s, p, c):
    """Ask management to mediate at the present tier of case `c`; the path sees to it that it looks in time."""
    live = s.cases[c]
    judge = p.world[0]["management"]
    r = _ask(s, p, c, live["side_b"], judge, Kind.MEDIATE, p.world[0]["mediate"], Purpose.MEDIATION)
    s.requests[r]["limit"] = in_effect(s.departments[live["side_b"]]["lever"][Lever.TIER2_HOURS])


@routine
def open_conflict(s, p, c, step, a, b, time):
    """Freeze case `c` over a conflict of departments `a` and `b`."""
    _book_all(s, p, c, time)
    now = s.now[0]
    case = case_of(s, c)
    live = s.cases[c]
    case["frozen"] = 1
    live["frozen_at"] = time
    case["count"][CaseCount.CONFLICTS] += 1
    now["conflicts"] += 1
    live["tier"] = 1
    live["side_a"] = a
    live["side_b"] = b
    live["conflict_step"] = step
    live["frozen_prev"] = -1
    live["frozen_next"] = now["frozen"]
    if now["frozen"] >= 0:
        s.cases[now["frozen"]]["frozen_prev"] = c
    now["frozen"] = c
    live["pending"] = 2
    _ask(s, p, c, a, a, Kind.NEGOTIATE, p.world[0]["negotiate"], Purpose.NEGOTIATION)
    _ask(s, p, c, b, b, Kind.NEGOTIATE, p.world[0]["negotiate"], Purpose.NEGOTIATION)
    lever = s.departments[b]["lever"]
    place = p.steps[step]["id"]
    number = np.int64(case["count"][CaseCount.CONFLICTS])
    v = uniform(case["key"], place, Purpose.STANDOFF, NOBODY, number, ZERO)
    wait = lognormal(v, lever[Lever.STANDOFF_HOURS], lever[Lever.STANDOFF_SPREAD])
    _stand_off(s, p, c, to_open(p, p.pools[b]["clock"], time) + wait)
    u = uniform(case["key"], place, Purpose.ESCALATE_CONFLICT, NOBODY, number, ZERO)
    if p.world[0]["management"] >= 0 and u < lever[Lever.ESCALATION]:
        _set_deadline(s, p, c, lever[Lever.TIER1_HOURS], time)


@routine
def settle(s, p, c, how, time):
    """End the conflict of case `c`; what it held goes on."""
    _book_all(s, p, c, time)
    if logged(s):
        settled(s, c, how)
    now = s.now[0]
    case = case_of(s, c)
    live = s.cases[c]
    case["frozen"] = 0
    live["standing"] = 0
    live["pending"] = 0
    case["hours"][CaseHours.FROZEN_HOURS] += time - live["frozen_at"]
    if live["frozen_prev"] >= 0:
        s.cases[live["frozen_prev"]]["frozen_next"] = live["frozen_next"]
    else:
        now["frozen"] = live["frozen_next"]
    if live["frozen_next"] >= 0:
        s.cases[live["frozen_next"]]["frozen_prev"] = live["frozen_prev"]
    r = live["first"]
    while r >= 0:
        row = s.requests[r]
        if row["held"]:
            post(s, r, row["held"])
            row["held"] = 0
        elif now["helping"]:
            mark(s, row["dept"])  # somebody may help out with it again
        r = row["case_next"]


@routine
def on_standoff(s, p, c, stamp, time):
    """A stand-off is over: the conflict is settled unless there is still something to negotiate."""
    case = case_of(s, c)
    live = s.cases[c]
    if case["frozen"] and live["stamp"] == stamp:
        live["standing"] = 0
        if live["pending"] <= 0:
            settle(s, p, c, SIDES, time)
    release(s, c)


@routine
def on_deadline(s, p, c, number, time):
    """The time limit of a tier is over: what is not settled by now goes one tier up."""
    case = case_of(s, c)
    live = s.cases[c]
    if case["frozen"] and case["count"][CaseCount.CONFLICTS] == number:
        live["tier"] += 1
        _call_in(s, p, c)
        if live["tier"] == 2:
            _set_deadline(s, p, c, s.departments[live["side_b"]]["lever"][Lever.TIER2_HOURS], time)
    release(s, c)


@routine
def negotiated(s, p, r, time):
    """One side has done its negotiation work."""
    row = s.requests[r]
    case = case_of(s, row["case"])
    live = s.cases[row["case"]]
    if case["frozen"] and case["count"][CaseCount.CONFLICTS] == row["visit"]:
        live["pending"] -= 1
        if live["pending"] <= 0 and not live["standing"]:
            settle(s, p, row["case"], SIDES, time)


@routine
def mediated(s, p, r, time):
    """A superior has heard both sides and cuts the stand-off, or the executives have decided."""
    row = s.requests[r]
    c = row["case"]
    case = case_of(s, c)
    live = s.cases[c]
    if not case["frozen"] or case["count"][CaseCount.CONFLICTS] != row["visit"]:
        return
    live["pending"] = 0
    now = to_open(p, p.pools[live["side_b"]]["clock"], time)
    rest = after_superior(live["cools"] - now, s.departments[row["dept"]]["lever"][Lever.AUTHORITY])
    if row["again"] >= 2:
        settle(s, p, c, EXECUTIVES, time)
    elif rest <= 0.0:
        settle(s, p, c, SUPERIOR, time)
    else:
        _stand_off(s, p, c, now + rest)
