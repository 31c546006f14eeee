"""Rules on answers (submodel 6): which of several time limits holds."""

from sim.kernel.jit import inline


@inline
def sooner(limit, other):
    """Return the smaller of two time limits in hours; the first is 0 where there is none yet."""
    return other if limit == 0.0 else min(limit, other)
