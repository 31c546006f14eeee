"""Demand and promises (submodels 1 and 2)."""

from sim.kernel.jit import inline


@inline
def urgent_share(base, inflation, alignment):
    """Return the share of cases marked urgent: where everybody is paid for their own numbers, everything is urgent."""
    return base + (1.0 - base) * inflation * (1.0 - alignment)


@inline
def prevented_share(prevention, preventable):
    """Return the share of customers who do not come: a Poisson stream that is thinned is one of fewer customers."""
    return prevention * preventable


@inline
def promised_hours(standard, optimism, alignment, transparency, backlog):
    """Return the lead time a front department promises: an optimistic standard, plus the backlog it can see."""
    return standard * (1.0 - optimism * (1.0 - alignment)) + transparency * backlog


@inline
def acceptance(standard, promised, elasticity):
    """Return the chance that the customer accepts: one up to the standard, then a constant-elasticity decline."""
    if elasticity <= 0.0 or promised <= standard:
        return 1.0
    return (standard / promised) ** elasticity
