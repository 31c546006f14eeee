"""Reflection: once a week departments look back on the last weeks; who misses its own KPIs looks after itself first.

Levers without edits are not moved at midnight. So what reflection has left of alignment is restored from base first,
then levers are moved, then it counts again.
"""

import math

import numpy as np

from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.attainment import loyalty, met
from sim.kernel.recent import recently, week_is_over, weeks_seen
from sim.vocab import Lever, Tally


@inline
def attained(s, p, d, weeks):
    """Return how far department `d` has met its own KPIs over the weeks that are remembered; NaN where none counts."""
    dept = s.departments[d]
    done = recently(dept, Tally.DONE)
    responses = recently(dept, Tally.RESPONSES)
    in_time = recently(dept, Tally.IN_TIME)
    own_done = recently(dept, Tally.OWN_DONE)
    own_in_time = recently(dept, Tally.OWN_IN_TIME)
    blamed = recently(dept, Tally.BLAMED)
    total = 0.0
    weight = 0.0
    for k in range(p.pools[d]["n_kpis"]):
        at = p.pools[d]["kpis"] + 3 * k
        judged = np.int64(p.numbers[at])
        target = p.numbers[at + 1]
        value = met(judged, target, weeks, done, responses, in_time, own_done, own_in_time, blamed)
        if not math.isnan(value):
            total += p.numbers[at + 2] * value
            weight += p.numbers[at + 2]
    return total / weight if weight > 0.0 else math.nan


@routine
def look_back(s, p):
    """Let every department see, when a week is over, how far its own KPIs were met in the last weeks."""
    if week_is_over(s):
        weeks = weeks_seen(s)
        for d in range(p.world[0]["n_departments"]):
            if p.pools[d]["n_kpis"] > 0:
                s.departments[d]["attained"] = attained(s, p, d, weeks)


@inline
def uphold(s, p):
    """Undo what reflection made of alignment on the day before."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        if dept["loyalty"] < 1.0:
            dept["lever"][Lever.ALIGNMENT] = dept["base"][Lever.ALIGNMENT]


@inline
def reflect(s, p):
    """Let departments that miss their own KPIs keep only a part of their alignment."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        share = loyalty(dept["lever"][Lever.DISPLACEMENT], dept["attained"])
        dept["loyalty"] = share
        if share < 1.0:
            dept["lever"][Lever.ALIGNMENT] *= share
