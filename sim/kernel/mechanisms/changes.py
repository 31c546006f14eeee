"""Late changes (submodel 8): when customers want something else, what of it is refused, and what it costs."""

from sim.kernel.jit import inline

CORE = 0.2
"""Share of changes that are core: without them the customer has no use for the rest."""


@inline
def until_next(gap, rate, span):
    """Return the hours to the next change of a case with `rate` changes on average in its whole `span`."""
    return gap * span / rate


@inline
def frozen(left, freeze, u):
    """Decide whether a change is refused: `left` hours before the date all is frozen, but what is core (u < core)."""
    return left < freeze and u >= CORE


@inline
def changed_rework(loss, worked):
    """Return the hours redone for a change: a share of all that was worked on the case, so more the later it comes.

    That changes cost the more the later they come is the oldest finding on them (Boehm 1981); its size is assumed.
    """
    return loss * worked
