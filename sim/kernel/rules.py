"""Rules on answers: work is due when its step says, and whatever an urgent case asks for is due soon and called in.

A request under a rule carries the smallest of its time limits. What a limit does is said where it is read: who is asked
looks in time (`handovers`), ranks the request by it, and raises it when the time is over (`filing`).
"""

from sim.kernel.cases import case_of, is_urgent
from sim.kernel.draws import ZERO, uniform
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.handover import in_effect
from sim.kernel.mechanisms.rules import sooner
from sim.kernel.opens import Opens
from sim.kernel.requests import AGREED, CALLED, NEW, SEND, open_beside, post
from sim.vocab import Kind, Lever, Purpose

OPENS = (Opens(requests=2),)  # a call, on both sides


@inline
def end_rules(row):
    """Let request `row` be under no rule any more: it was done, disputed, or sent back."""
    row["agreed"] = 0
    row["limit"] = 0.0


@inline
def begun(row):
    """Work on a request begins: what was called in is in time."""
    if row["agreed"] == CALLED:
        row["agreed"] = 0


@inline
def _speak(s, p, r, d):
    """Let department `d` be on the phone about request `r`; nobody waits for that."""
    b = open_beside(s, r, Kind.FOLLOW_UP, d, d)
    s.requests[b]["work"] = p.world[0]["call"]
    post(s, b, SEND)


@inline
def _call(s, p, r):
    """Let whoever sends request `r` call the department asked, which takes both their time; customers do not."""
    row = s.requests[r]
    if row["sender"] >= 0 and row["sender"] != row["dept"]:
        _speak(s, p, r, row["sender"])
        _speak(s, p, r, row["dept"])


@routine
def put_under_rules(s, p, r):
    """Let request `r`, which is being sent, be under those rules that the department asked lives.

    Whether it does is a fact of the case, the step and the department, however often it is asked. Mediation has limits
    of its own, and for notices nobody waits. Work that comes back from rework is looked for in time, and not raised. An
    answer is given within its time; work that is called in is begun within it, and takes as long as it takes.
    """
    row = s.requests[r]
    kind = row["kind"]
    if row["clock"] == 0 or kind == Kind.MEDIATE:
        return
    d = row["dept"]
    who = p.pools[d]["who"]
    lever = s.departments[d]["lever"]
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    limit = row["limit"]
    called = False
    if kind == Kind.WORK and step["response"] > 0.0 and lever[Lever.STEP_AGREEMENT] > 0.0:
        u = uniform(case["key"], step["id"], Purpose.STEP_AGREEMENT, who, row["visit"], ZERO)
        if u < lever[Lever.STEP_AGREEMENT]:
            limit = sooner(limit, step["response"])
    if is_urgent(case) and lever[Lever.EXPRESS] > 0.0:
        u = uniform(case["key"], step["id"], Purpose.EXPRESS, who, row["visit"], ZERO)
        if u < lever[Lever.EXPRESS]:
            express = in_effect(lever[Lever.EXPRESS_HOURS])
            called = (kind == Kind.WORK or kind == Kind.REWORK) and (limit == 0.0 or express < limit)
            limit = sooner(limit, express)
            _call(s, p, r)
    row["limit"] = limit
    if limit > 0.0 and (kind != Kind.WORK or row["phase"] == NEW):
        row["agreed"] = CALLED if called else AGREED


@inline
def broken(kind):
    """Return whether it becomes a conflict, by kind of request, that an agreed time is over."""
    if kind == Kind.WORK:
        return Purpose.CONFLICT_BROKEN_WORK
    if kind == Kind.REWORK:
        return Purpose.CONFLICT_BROKEN_REWORK
    return Purpose.CONFLICT_BROKEN_AGREEMENT
