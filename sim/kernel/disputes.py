"""Disputes: whose task is it?

A contested request wanders until somebody accepts it, management decides, or whoever was asked first has to own it.
"""

import numpy as np

from sim.kernel.draws import NOBODY, ZERO, bits, hours, uniform
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.acceptance import dispute_probability, lived_clarity
from sim.kernel.mechanisms.handover import willingness
from sim.kernel.relations import friction
from sim.kernel.requests import trust_in
from sim.vocab import Friction, Kind, Lever, Purpose

FULL = np.int64(15)

# how it was settled whose a request is
DECIDED, OWNED = np.int64(1), np.int64(2)


@inline
def contestant_place(p, step, d):
    """Return the place of department `d` among the contestants of a step, or -1."""
    for k in range(step["n_contestants"]):
        if p.lists[step["contestants"] + k] == d:
            return min(k, 15)
    return -1


@inline
def times_asked(row, place):
    """Return how often this request has been put to the contestant at `place`.

    Four bits a contestant; the rare request that has been to one of them 15 times is told apart by its disputes.
    """
    if place < 0:
        return np.int64(0)
    count = np.int64((row["arrivals"] >> np.uint64(4 * place)) & np.uint64(FULL))
    return count if count < FULL else min(np.int64(1023), FULL + row["bounces"])


@inline
def repetition(p, row):
    """Return how often the present question has been put before: same case, step, purpose and department asked."""
    place = contestant_place(p, p.steps[row["step"]], row["dept"])
    return times_asked(row, place) + 1024 * min(row["reworks"], 3) + 4096 * row["visit"]


@inline
def own_interest(p, kind, d):
    """Return how much a request counts for the asked department's own KPIs, in [0, 1]."""
    if kind == Kind.OWN:
        return 1.0
    if kind == Kind.WORK:
        return p.pools[d]["own_volume"]
    return 0.0


@inline
def goodwill(s, p, i, d, kind):
    """Return the willingness of department `d` towards `i`; customers (i < 0) meet none of the reserve."""
    if i < 0 or i == d:
        return 1.0
    return willingness(s.departments[d]["lever"][Lever.ALIGNMENT], trust_in(s, p, d, i), own_interest(p, kind, d))


@routine
def disputed(s, p, r, time):
    """Decide whether the asked department says that the request of a contested step is not its own."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    key = s.cases[row["case"]]["key"]
    again = repetition(p, row)
    place = contestant_place(p, step, d)
    if place >= 0 and times_asked(row, place) < FULL:
        row["arrivals"] += np.uint64(1) << np.uint64(4 * place)
    clarity = lever[Lever.CLARITY]
    exception = uniform(key, step["id"], Purpose.EXCEPTION, row["visit"], ZERO) < lever[Lever.EXCEPTIONS]
    trust = trust_in(s, p, d, i) if i >= 0 else 1.0
    lived = lived_clarity(clarity, trust, lever[Lever.CLARITY_TRUST], exception)
    ambiguity = step["ambiguity"] * lever[Lever.AMBIGUITY]
    will = goodwill(s, p, i, d, row["kind"])
    chance = dispute_probability(ambiguity, lever[Lever.MISROUTING], clarity, lived, will)
    if uniform(key, step["id"], Purpose.DISPUTE, again, d) >= chance:
        return False
    row["bounces"] += 1
    s.cases[row["case"]]["bounces"] += 1
    if i >= 0:
        friction(s, p, row["case"], row["step"], i, d, Friction.DISPUTE, again, time)
    return True


@inline
def owned(key, row, step, lever):
    """Decide whether whoever was asked first stays responsible, now that the request was disputed so often."""
    if row["bounces"] < lever[Lever.OWNERSHIP_BOUNCES]:
        return False
    u = uniform(key, step["id"], Purpose.OWNERSHIP, 1024 * row["visit"] + row["bounces"], ZERO)
    return u < lever[Lever.OWNERSHIP]


@inline
def pass_on(s, p, r):
    """A disputed request goes to management, where an escalation path is lived, or to another contestant."""
    row = s.requests[r]
    d = row["dept"]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    row["kind"] = Kind.WORK
    row["sender"] = d
    if owned(case["key"], row, step, lever):
        row["decided"] = OWNED
        row["dept"] = step["dept"]
        case["handed_over"] |= row["dept"] != d  # not where the first to be asked has disputed it
        case["ping_pong"] |= row["dept"] == row["before"]
        return
    case["handed_over"] = 1
    if p.world[0]["management"] >= 0 and row["bounces"] >= lever[Lever.ESCALATION_BOUNCES]:
        u = uniform(case["key"], step["id"], Purpose.ESCALATE, 1024 + row["bounces"], ZERO)
        if u < lever[Lever.ESCALATION]:
            row["kind"] = Kind.MEDIATE
            row["dept"] = p.world[0]["management"]
            v = uniform(
                case["key"], step["id"], Purpose.ANSWER_WORK, row["bounces"] * 16 + np.int64(Kind.MEDIATE), ZERO
            )
            row["work"] = hours(p, p.world[0]["mediate"], v)
            return
    row["dept"] = next_contestant(p, case["key"], row, step)
    case["ping_pong"] |= row["dept"] == row["before"]


@inline
def next_contestant(p, key, row, step):
    """Return the contestant, other than the present one, with the largest keyed hash."""
    best = NOBODY
    largest = bits(key, step["id"], Purpose.CONTESTANT, ZERO, ZERO)
    for k in range(step["n_contestants"]):
        d = p.lists[step["contestants"] + k]
        if d != row["dept"]:
            place = contestant_place(p, step, d)
            hashed = bits(key, step["id"], Purpose.CONTESTANT, 1 + times_asked(row, place), d)
            if best < 0 or hashed > largest:
                best = d
                largest = hashed
    return best


@inline
def decide(s, p, r):
    """Management decides that the step is for whom the written roles name."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["decided"] = DECIDED
    row["sender"] = row["dept"]
    row["dept"] = p.steps[row["step"]]["dept"]
