"""Trust and understanding (submodels 10 and 11)."""

import math

from sim.kernel.jit import inline

MOST_GAINED = 0.5
"""Most that one dealing, or one day of contact, moves trust up: a share of what it lacks."""
MOST_LOST = 0.9
"""Most that one dealing moves trust down: a share of itself."""


@inline
def step_of_gain(gain, often):
    """Return the step of trust in a good dealing, by what links of this kind take (the more often, the less)."""
    return min(MOST_GAINED, gain * often)


@inline
def step_of_loss(loss, often):
    """Return the step of trust in a bad dealing."""
    return min(MOST_LOST, loss * often)


@inline
def step_of_learning(learning, often):
    """Return the step of understanding in a dealing."""
    return min(1.0, learning * often)


@inline
def contact_between(mine, theirs):
    """Return how much two departments have to do with each other besides work: it takes both."""
    return min(mine, theirs)


@inline
def after_good(trust, gain, weight, attribution):
    """Return trust after a good dealing; with attribution, who trusts already sees more good in it."""
    step = gain * weight * (1.0 - trust) * (1.0 - attribution + 2.0 * attribution * trust)
    return min(1.0, trust + step)


@inline
def after_bad(trust, loss, weight, attribution):
    """Return trust after a bad dealing; with attribution, who distrusts sees bad intent in it."""
    step = loss * weight * trust * (1.0 - attribution + 2.0 * attribution * (1.0 - trust))
    return max(0.0, trust - step)


@inline
def coupled(trust, coupling, baseline):
    """Return the trust that behavior follows: trust itself, or as far as it is not coupled the culture's baseline."""
    return trust + (1.0 - coupling) * (baseline - trust)


@inline
def after_parting(trust, share, baseline):
    """Return trust after the people who held a share of it have left: newcomers meet what is usual here."""
    return trust + share * (baseline - trust)


@inline
def left_with(understanding, share, written):
    """Return understanding after the people who held a share of it have left: newcomers find what is written."""
    return understanding - share * max(0.0, understanding - written)


@inline
def forgotten(understanding, weeks, half_life, written):
    """Return understanding after some weeks without events: what goes beyond what is written is forgotten."""
    if understanding <= written:
        return understanding
    return written + (understanding - written) * 2.0 ** (-weeks / half_life)


@inline
def drifted(trust, days, drift, baseline):
    """Return trust after some days without events, at a rate of `drift` a day."""
    if drift == 0.0:
        return trust
    return baseline + (trust - baseline) * math.exp(-drift * days)


@inline
def learned(understanding, step):
    """Return understanding after a good dealing."""
    return understanding + step * (1.0 - understanding)
