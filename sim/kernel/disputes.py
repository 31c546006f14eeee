"""Disputes: whose task is it?

A contested request wanders until somebody accepts it, management decides, or the department that received the matter
first finds out whose it is.
"""

import numpy as np

from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, bits, hours, uniform
from sim.kernel.jit import inline, routine
from sim.kernel.links import trust_in
from sim.kernel.mechanisms.acceptance import dispute_probability, lived_clarity, named_refuses
from sim.kernel.mechanisms.handover import in_effect
from sim.kernel.relations import friction
from sim.kernel.teams import willing
from sim.vocab import CaseCount, Friction, Kind, Lever, Purpose

FULL, LAST = np.int64(15), np.int64(15)
"""Where a counter of requests ends, and the last of the 16 counters."""

# who has said whose a request is: management; the first contact, once; the first contact, and that is final
DECIDED, NAMED, INSISTED = np.int64(1), np.int64(2), np.int64(3)


@inline
def counter_of(p, step, d):
    """Return the counter of contestant `d` of a step; from the 16th on contestants share the last one."""
    for k in range(min(step["n_contestants"], LAST)):
        if p.lists[step["contestants"] + k] == d:
            return np.int64(k)
    return LAST


@inline
def times_asked(row, counter):
    """Return how often a contestant was asked, and disputed this request.

    A counter ends at 15. The rare request that comes back after that is told apart by all its disputes, of which there
    is one more each time: so no number comes twice.
    """
    count = np.int64((row["arrivals"] >> np.uint64(4 * counter)) & np.uint64(FULL))
    return count if count < FULL else FULL + row["bounces"]


@inline
def count_asked(row, counter):
    """Note that a contestant was asked, and disputed this request."""
    if times_asked(row, counter) < FULL:
        row["arrivals"] += np.uint64(1) << np.uint64(4 * counter)


@routine
def disputed(s, p, r, time):
    """Decide whether the asked department says that the request of a contested step is not its own.

    Whom the first contact has named knows that it is; refusing takes unwillingness alone, and is possible once.
    """
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    key = case_of(s, row["case"])["key"]
    clarity = lever[Lever.CLARITY]
    exception = uniform(key, step["id"], Purpose.EXCEPTION, NOBODY, row["visit"], ZERO) < lever[Lever.EXCEPTIONS]
    trust = trust_in(s, p, d, i) if i >= 0 else 1.0
    lived = lived_clarity(clarity, trust, lever[Lever.CLARITY_TRUST], exception)
    ambiguity = step["ambiguity"] * lever[Lever.AMBIGUITY]
    will = willing(s, p, row)
    chance = dispute_probability(ambiguity, lever[Lever.MISROUTING], clarity, lived, will)
    if row["decided"] == NAMED:
        chance = named_refuses(ambiguity, will)
    if uniform(key, step["id"], Purpose.DISPUTE, p.pools[d]["who"], row["visit"], row["again"]) >= chance:
        return False
    count_asked(row, counter_of(p, step, d))
    row["bounces"] += 1
    case_of(s, row["case"])["count"][CaseCount.BOUNCES] += 1
    if i >= 0:
        friction(s, p, r, i, d, Friction.DISPUTE, Purpose.CONFLICT_DISPUTE, time, 1.0)
    return True


@inline
def owned(key, row, step, lever):
    """Decide whether the first contact sees to it, now that the request was disputed so often."""
    if row["bounces"] < lever[Lever.OWNERSHIP_BOUNCES]:
        return False
    return uniform(key, step["id"], Purpose.OWNERSHIP, NOBODY, row["visit"], row["bounces"]) < lever[Lever.OWNERSHIP]


@inline
def escalated(p, key, row, step, lever):
    """Decide whether management is to say whose the request is, now that it was disputed so often."""
    if p.world[0]["management"] < 0 or row["bounces"] < lever[Lever.ESCALATION_BOUNCES]:
        return False
    u = uniform(key, step["id"], Purpose.ESCALATE_DISPUTE, NOBODY, row["visit"], row["bounces"])
    return u < lever[Lever.ESCALATION]


@inline
def put_to(p, row, step, d):
    """Let contestant `d` be asked next, as often as it was before."""
    row["dept"] = d
    row["again"] = times_asked(row, counter_of(p, step, d))


@inline
def pass_on(s, p, r):
    """A disputed request goes to its first contact, to management, or to another contestant, by what is lived here."""
    row = s.requests[r]
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    lever = s.departments[row["dept"]]["lever"]
    row["kind"] = Kind.WORK
    row["sender"] = row["dept"]
    refused = row["decided"] == NAMED
    row["decided"] = 0
    case["count"][CaseCount.HANDED_OVER] = 1
    if owned(case["key"], row, step, lever):
        front = p.processes[case["process"]]["front"]
        row["decided"] = INSISTED if refused else NAMED
        row["again"] = row["bounces"]
        put_to_judge(p, case["key"], row, front, p.world[0]["triage"])
        case["count"][CaseCount.PING_PONG] |= front == row["before"]
    elif escalated(p, case["key"], row, step, lever):
        row["again"] = 0
        row["limit"] = in_effect(lever[Lever.TIER1_HOURS])
        put_to_judge(p, case["key"], row, p.world[0]["management"], p.world[0]["mediate"])
    else:
        put_to(p, row, step, next_contestant(p, case["key"], row, step))
        case["count"][CaseCount.PING_PONG] |= row["dept"] == row["before"]


@inline
def put_to_judge(p, key, row, d, work):
    """Let department `d` say whose the disputed request is."""
    row["kind"] = Kind.MEDIATE
    row["dept"] = d
    u = uniform(key, p.steps[row["step"]]["id"], Purpose.DECISION, p.pools[d]["who"], row["visit"], row["again"])
    row["work"] = hours(p, work, u)


@inline
def next_contestant(p, key, row, step):
    """Return the contestant, other than the present one, with the largest keyed hash."""
    best = NOBODY
    largest = NOWHERE
    for k in range(step["n_contestants"]):
        d = p.lists[step["contestants"] + k]
        if d != row["dept"]:
            asked = times_asked(row, min(k, LAST))
            hashed = bits(key, step["id"], Purpose.CONTESTANT, p.pools[d]["who"], row["visit"], asked)
            if best < 0 or hashed > largest:
                best = d
                largest = hashed
    return best


@inline
def decide(s, p, r):
    """Whoever was to judge says that the step is for whom the written roles name."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["limit"] = 0.0
    if row["decided"] == 0:
        row["decided"] = DECIDED
    row["sender"] = row["dept"]
    step = p.steps[row["step"]]
    put_to(p, row, step, step["dept"])
