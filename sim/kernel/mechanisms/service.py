"""Service (submodel 7): how long work takes."""

from sim.kernel.jit import inline
from sim.vocab import LEAST_PRODUCTIVITY


@inline
def productivity(overhead, meetings, talked):
    """Return what taxes leave of working time; `talked` is what is left by talking in and between teams."""
    return max(LEAST_PRODUCTIVITY, (1.0 - overhead) * (1.0 - meetings) * talked)


@inline
def hours_a_head(waiting, skill, productivity, staff):
    """Return the open hours that people need for the work that waits; where nobody is left, as one would need."""
    return waiting / (skill * productivity * max(1.0, staff))


@inline
def pace(speedup, hours_ahead, full):
    """Return the speed of people under load: 1 with an empty queue, 1 + speedup with `full` hours a head waiting."""
    if speedup == 0.0:
        return 1.0
    return 1.0 + speedup * min(1.0, hours_ahead / full)


@inline
def double_check(weight, trust, work):
    """Return the hours that distrust adds to a step."""
    return weight * (1.0 - trust) * (1.0 - trust) * work
