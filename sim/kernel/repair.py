"""Misunderstandings, defects and rework: made at a hand-over, found later, sent back to where they were made."""

import numpy as np

from sim.kernel.calendars import after
from sim.kernel.cases import RETURNED, open_hours_between
from sim.kernel.disputes import repetition
from sim.kernel.draws import ZERO, hours, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import enter, leave, turn
from sim.kernel.mechanisms.consultation import infeasible_rework
from sim.kernel.mechanisms.misunderstanding import defect_probability, freshness
from sim.kernel.relations import friction
from sim.kernel.requests import FINISH, SEND, drop_defect, find_link, post
from sim.vocab import Activity, Context, Event, Friction, Kind, Lever, Purpose

PLAIN = np.int64(-1)
"""A plain misunderstanding: nobody in particular would have known."""


@routine
def misunderstood(s, p, r, time):
    """Decide whether the receiver misreads what the sender wants."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    k = find_link(s, p, d, i)
    if k < 0:
        return False
    link = s.links[k]
    fresh = freshness(open_hours_between(p, d, link["synced"], time), lever[Lever.SYNC_DECAY])
    novelty = step["novelty"] * lever[Lever.NOVELTY]
    chance = defect_probability(novelty, lever[Lever.DOCUMENTS], link["understanding"], fresh)
    return uniform(s.cases[row["case"]]["key"], step["id"], Purpose.DEFECT, repetition(p, row), d) < chance


@inline
def add_defect(s, r, asked):
    """Note a latent defect in the step of request `r`: a misunderstanding, or what only `asked` would have known."""
    now = s.now[0]
    k = now["free_defect"]
    row = s.defects[k]
    now["free_defect"] = row["link"]
    now["free_defects"] -= 1
    made = s.requests[r]
    case = s.cases[made["case"]]
    row["link"] = case["defects"]
    row["step"] = made["step"]
    row["dept"] = made["dept"]
    row["visit"] = made["visit"]
    row["work"] = made["work"]
    row["worked"] = case["worked"]
    row["waited"] = case["waited"]
    row["asked"] = asked
    case["defects"] = k


@inline
def external_hours(p, case, j, visit):
    """Return the hours that step `j` of a case waits for somebody outside."""
    step = p.steps[j]
    if step["external"] < 0:
        return 0.0
    u = uniform(case["key"], step["id"], Purpose.EXTERNAL, visit, ZERO)
    return hours(p, step["external"], u) * case["complexity"]


@routine
def inspect(s, p, r, time):
    """Look for defects of earlier steps; the first one found is sent back to where it was made."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    detection = s.departments[row["dept"]]["lever"][Lever.DETECTION]
    before = np.int64(-1)
    k = case["defects"]
    while k >= 0:
        defect = s.defects[k]
        place = p.steps[row["step"]]["id"] ^ (p.steps[defect["step"]]["id"] + case["key"])
        chance = detection
        if defect["asked"] >= 0:
            chance = 1.0 if defect["asked"] == row["dept"] else 0.0
        u = uniform(case["key"], place, Purpose.DETECT, row["visit"], ZERO)
        if defect["step"] != row["step"] and u < chance:
            send_back(s, p, r, k, before, time)
            return True
        before = k
        k = defect["link"]
    return False


@inline
def send_back(s, p, r, k, before, time):
    """Return the case to the origin of defect `k` for rework; whoever found it waits, and remembers."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    defect = s.defects[k]
    d = row["dept"]
    origin = defect["dept"]
    lever = s.departments[origin]["lever"]
    share = lever[Lever.REWORK_SHARE]
    row["work"] = share * defect["work"]
    row["wait"] = share * external_hours(p, case, defect["step"], defect["visit"])
    if defect["asked"] >= 0:
        loss = lever[Lever.INFEASIBLE_LOSS]
        row["work"] = infeasible_rework(share, loss, defect["work"], case["worked"] - defect["worked"])
        row["wait"] = loss * (case["waited"] - defect["waited"])
    row["extra"] = 0.0
    drop_defect(s, c, k, before)
    row["kind"] = Kind.REWORK
    row["phase"] = RETURNED
    row["resume"] = 0
    row["sender"] = d
    row["dept"] = origin
    row["reworks"] += 1
    case["reworks"] += 1
    s.departments[origin]["blamed"] += 1
    enter(s, p, r, time, Context.REWORK)
    if origin != d:
        case["handed_over"] = 1
        case["ping_pong"] |= origin == row["before"]
        friction(s, p, c, row["step"], d, origin, Friction.BLAME, row["reworks"], time)
    post(s, r, SEND)


@inline
def reworked(s, p, r, time):
    """Rework is done: once more to the supplier where that has to be, then back to whoever found the defect.

    If it was the approver who found it, the case goes on from here.
    """
    row = s.requests[r]
    if row["wait"] > 0.0:
        turn(s, p, r, time, Activity.EXTERNAL)
        row["begun"] = time
        plan(s, after(p, p.pools[row["dept"]]["calendar"], time, row["wait"]), Event.EXTERNAL, r, ZERO)
        row["wait"] = 0.0
        return 0
    row["kind"] = Kind.WORK
    row["extra"] = 0.0
    if row["resume"] == FINISH:
        leave(s, p, r, time, Context.REWORK)
        return FINISH
    row["sender"] = row["dept"]
    row["dept"] = row["home"]
    return SEND
