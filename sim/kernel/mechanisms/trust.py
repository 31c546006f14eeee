"""Trust and understanding (submodels 10 and 11)."""

from sim.kernel.jit import inline


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
def drifted(trust, drift, baseline):
    """Return trust after a day without events."""
    return trust + drift * (baseline - trust)


@inline
def learned(understanding, step):
    """Return understanding after a good dealing."""
    return understanding + step * (1.0 - understanding)
