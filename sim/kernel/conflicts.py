"""Conflict and escalation: a case is frozen until the two sides, their superior, or the executives settle it.

Tier 1: both sides negotiate (work in their own queues) and stand off for a heavy-tailed time. Where an escalation path
is lived, a time limit ends that: at tier 2 the common superior mediates (a request in management's queue) and leaves a
part of the stand-off; past a second limit the executives decide at tier 3.
"""

from sim.kernel.calendars import after
from sim.kernel.draws import NOBODY, ZERO, hours, normal, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import account
from sim.kernel.mechanisms.conflict import SUPERIOR, standoff
from sim.kernel.requests import SEND, about, open_request, post, release
from sim.vocab import Event, Kind, Lever, Purpose


@inline
def _book_all(s, p, c, time):
    """Account all requests that carry the clock of case `c`, because their context changes now."""
    r = s.cases[c]["first"]
    while r >= 0:
        account(s, p, r, time)
        r = s.requests[r]["case_next"]


@inline
def _ask(s, p, c, sender, d, kind, work, purpose):
    """Send a request about the conflict of case `c` that carries no clock."""
    case = s.cases[c]
    r = open_request(s)
    row = s.requests[r]
    about(s, r, c)
    row["step"] = case["conflict_step"]
    row["kind"] = kind
    row["sender"] = sender
    row["dept"] = d
    row["visit"] = case["conflicts"]
    row["again"] = case["tier"] - 1
    place = p.steps[row["step"]]["id"]
    u = uniform(case["key"], place, purpose, p.pools[d]["who"], row["visit"], row["again"])
    row["work"] = hours(p, work, u)
    post(s, r, SEND)


@inline
def _stand_off(s, p, c, wait, time):
    """Plan the moment at which the present stand-off of case `c` ends or its tier's time limit is over."""
    case = s.cases[c]
    case["standing"] = 1
    case["refs"] += 1
    plan(s, after(p, p.pools[case["side_b"]]["clock"], time, wait), Event.STANDOFF, c, case["conflicts"])


@routine
def open_conflict(s, p, c, step, a, b, time):
    """Freeze case `c` over a conflict of departments `a` and `b`."""
    _book_all(s, p, c, time)
    now = s.now[0]
    case = s.cases[c]
    case["frozen"] = 1
    case["frozen_at"] = time
    case["conflicts"] += 1
    now["conflicts"] += 1
    case["tier"] = 1
    case["side_a"] = a
    case["side_b"] = b
    case["conflict_step"] = step
    case["frozen_prev"] = -1
    case["frozen_next"] = now["frozen"]
    if now["frozen"] >= 0:
        s.cases[now["frozen"]]["frozen_prev"] = c
    now["frozen"] = c
    case["pending"] = 2
    _ask(s, p, c, a, a, Kind.NEGOTIATE, p.world[0]["negotiate"], Purpose.NEGOTIATION)
    _ask(s, p, c, b, b, Kind.NEGOTIATE, p.world[0]["negotiate"], Purpose.NEGOTIATION)
    lever = s.departments[b]["lever"]
    place = p.steps[step]["id"]
    z = normal(uniform(case["key"], place, Purpose.STANDOFF, NOBODY, case["conflicts"], ZERO))
    wait = standoff(lever[Lever.STANDOFF_HOURS], lever[Lever.STANDOFF_SPREAD], z)
    u = uniform(case["key"], place, Purpose.ESCALATE_CONFLICT, NOBODY, case["conflicts"], ZERO)
    limit = lever[Lever.TIER1_HOURS]
    case["standoff"] = 0.0
    if p.world[0]["management"] >= 0 and u < lever[Lever.ESCALATION] and wait > limit:
        case["standoff"] = wait - limit
        wait = limit
    _stand_off(s, p, c, wait, time)


@routine
def settle(s, p, c, time):
    """End the conflict of case `c`; what it held goes on."""
    _book_all(s, p, c, time)
    now = s.now[0]
    case = s.cases[c]
    case["frozen"] = 0
    case["standing"] = 0
    case["pending"] = 0
    case["frozen_hours"] += time - case["frozen_at"]
    if case["frozen_prev"] >= 0:
        s.cases[case["frozen_prev"]]["frozen_next"] = case["frozen_next"]
    else:
        now["frozen"] = case["frozen_next"]
    if case["frozen_next"] >= 0:
        s.cases[case["frozen_next"]]["frozen_prev"] = case["frozen_prev"]
    r = case["first"]
    while r >= 0:
        row = s.requests[r]
        if row["held"]:
            post(s, r, row["held"])
            row["held"] = 0
        r = row["case_next"]


@routine
def on_standoff(s, p, c, number, time):
    """A stand-off is over, or the time limit of its tier is."""
    case = s.cases[c]
    if case["frozen"] and case["conflicts"] == number:
        if case["standoff"] > 0.0:
            case["tier"] += 1
            judge = p.world[0]["management"]
            _ask(s, p, c, case["side_b"], judge, Kind.MEDIATE, p.world[0]["mediate"], Purpose.MEDIATION)
        else:
            case["standing"] = 0
            if case["pending"] <= 0:
                settle(s, p, c, time)
    release(s, c)


@routine
def negotiated(s, p, r, time):
    """One side has done its negotiation work."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    if case["frozen"] and case["conflicts"] == row["visit"]:
        case["pending"] -= 1
        if case["pending"] <= 0 and not case["standing"]:
            settle(s, p, row["case"], time)


@routine
def mediated(s, p, r, time):
    """A superior has heard both sides: most of the stand-off is over, or the executives decide."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    if not case["frozen"] or case["conflicts"] != row["visit"]:
        return
    if case["tier"] >= 3:
        settle(s, p, c, time)
        return
    limit = s.departments[case["side_b"]]["lever"][Lever.TIER2_HOURS]
    rest = case["standoff"] * SUPERIOR
    case["standoff"] = max(0.0, rest - limit)
    _stand_off(s, p, c, min(rest, limit), time)
