"""What there is to do (submodel 7): machines take a part of it over."""

from sim.kernel.jit import inline


@inline
def left_by_machines(automation, routine):
    """Return the share of a step's work that people still do: machines do routine only."""
    return 1.0 - automation * routine
