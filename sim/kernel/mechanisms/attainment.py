"""How far a department meets its own KPIs (section 7), and what it makes of missing them (submodel 14)."""

import math

from sim.kernel.jit import inline
from sim.vocab import Judged

SHORTFALL = 0.2
"""What own KPIs lack, as a share of them, where goal displacement is at its full."""


@inline
def met(judged, target, weeks, done, responses, in_time, own_done, own_in_time, blamed):
    """Return how far one KPI is met over some weeks, at most 1; NaN where there is nothing to judge.

    Published measures are worked out by this very function; so it calls no other.
    """
    value = math.nan
    if judged == Judged.VOLUME:
        value = done / weeks
    elif judged == Judged.RESPONSE and responses > 0.0:
        value = in_time / responses
    elif judged == Judged.OWN_WORK and own_done > 0.0:
        value = own_in_time / own_done
    elif judged == Judged.QUALITY and done > 0.0:
        value = 1.0 - blamed / done
    return min(1.0, value / target) if not math.isnan(value) else math.nan


@inline
def loyalty(displacement, attained):
    """Return which share of its alignment a department keeps whose own KPIs are met so far; all without any.

    Who misses what he is judged by looks after himself first. That goals of one's own do it is known (Kleingeld et al.
    2011: egocentric goals, d = -1.75 for what the group achieves); the form and the size are assumptions.
    """
    if attained < 1.0:
        return 1.0 - displacement * min(1.0, (1.0 - attained) / SHORTFALL)
    return 1.0
