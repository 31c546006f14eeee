"""What a dealing does to the relation of two departments, and when a friction becomes a conflict."""

import numpy as np

from sim.kernel.cases import case_of
from sim.kernel.conflicts import open_conflict
from sim.kernel.draws import uniform
from sim.kernel.jit import inline, routine
from sim.kernel.links import distance_of, find_link, touch, trust_in
from sim.kernel.log import frozen, logged
from sim.kernel.mechanisms.conflict import conflict_probability, friction_weight
from sim.kernel.mechanisms.distance import sharpened
from sim.kernel.mechanisms.trust import after_bad, after_good, learned, step_of_gain, step_of_learning, step_of_loss
from sim.vocab import Lever


@inline
def _lose_trust(s, p, i, j, weight):
    k = find_link(s, p, i, j)
    if k >= 0:
        touch(s, i, k)
        link = s.links[k]
        lever = s.departments[i]["lever"]
        loss = step_of_loss(lever[Lever.TRUST_LOSS], link["norm"])
        link["trust"] = after_bad(link["trust"], loss, weight, lever[Lever.ATTRIBUTION])
        link["dealings"] += 1


@inline
def _understand(s, p, i, j):
    k = find_link(s, p, i, j)
    if k >= 0:
        touch(s, i, k)
        link = s.links[k]
        step = step_of_learning(s.departments[i]["lever"][Lever.LEARNING], link["norm"])
        link["understanding"] = learned(link["understanding"], step)


@inline
def _gain_trust(s, p, i, j, weight):
    k = find_link(s, p, i, j)
    if k >= 0:
        touch(s, i, k)
        link = s.links[k]
        lever = s.departments[i]["lever"]
        gain = step_of_gain(lever[Lever.TRUST_GAIN], link["norm"])
        link["trust"] = after_good(link["trust"], gain, weight, lever[Lever.ATTRIBUTION])
        link["dealings"] += 1


@inline
def _dealt_well(s, p, i, j, mine, theirs):
    _gain_trust(s, p, i, j, mine)
    reciprocity = s.departments[j]["lever"][Lever.RECIPROCITY]
    if reciprocity > 0.0:
        _gain_trust(s, p, j, i, theirs * reciprocity)
    _understand(s, p, i, j)
    _understand(s, p, j, i)


@routine
def good_dealing(s, p, i, j):
    """`j` answered `i` in time: trust grows a little on both sides, and both know each other better."""
    theirs = s.departments[j]["lever"]
    _dealt_well(s, p, i, j, s.departments[i]["lever"][Lever.ROUTINE_WEIGHT], theirs[Lever.ROUTINE_WEIGHT])


@routine
def helped(s, p, i, j):
    """`j` has done work of `i` that it did not have to: that is more than duty, and counts in full."""
    _dealt_well(s, p, i, j, 1.0, 1.0)


@routine
def friction(s, p, r, i, j, kind, purpose, time, gravity):
    """Over request `r`, `j` has let `i` down: trust falls on both sides, and a conflict may break out.

    `gravity` is how grave this one is among those of its kind, in [0, 1].
    """
    row = s.requests[r]
    weight = friction_weight(kind) * gravity
    case = case_of(s, row["case"])
    lever = s.departments[j]["lever"]
    severity = lever[Lever.SEVERITY]
    if lever[Lever.DISTANCE] > 0.0:
        severity = sharpened(severity, lever[Lever.DISTANCE] * distance_of(s, p, i, j))
    chance = conflict_probability(severity, weight, trust_in(s, p, i, j), lever[Lever.MEDIATION])
    _lose_trust(s, p, i, j, weight)
    if lever[Lever.RECIPROCITY] > 0.0:
        _lose_trust(s, p, j, i, weight * lever[Lever.RECIPROCITY])
    if chance > 0.0 and not case["frozen"]:
        place = p.steps[row["step"]]["id"]
        if uniform(case["key"], place, purpose, p.pools[j]["who"], row["visit"], row["again"]) < chance:
            if logged(s):
                frozen(s, r, i, j, np.int64(kind))
            open_conflict(s, p, row["case"], row["step"], i, j, time)
