"""How willing a department is towards another: what its own KPIs make of a request, and trust."""

from sim.kernel.jit import inline
from sim.kernel.links import trust_in
from sim.kernel.mechanisms.handover import willingness
from sim.vocab import Kind, Lever


@inline
def own_interest(s, p, kind, d):
    """Return how much a request counts in what the asked department is judged by, in [0, 1]."""
    if kind == Kind.OWN:
        return 1.0
    if kind == Kind.WORK:
        return p.pools[d]["own_volume"]
    if kind == Kind.REWORK:
        return 0.0  # it mends its own mistakes
    return s.departments[d]["lever"][Lever.CREDIT]


@inline
def will_help(s, p, d, i):
    """Return the willingness of department `d` to do work of `i`, which counts for `i` and, at most, as a favor."""
    lever = s.departments[d]["lever"]
    return willingness(lever[Lever.ALIGNMENT], trust_in(s, p, d, i), lever[Lever.CREDIT])


@inline
def goodwill(s, p, i, d, kind):
    """Return the willingness of department `d` towards `i`; customers (i < 0) meet none of the reserve."""
    if i < 0 or i == d:
        return 1.0
    return willingness(s.departments[d]["lever"][Lever.ALIGNMENT], trust_in(s, p, d, i), own_interest(s, p, kind, d))
