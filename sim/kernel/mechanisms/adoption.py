"""Adoption (submodel 15): how far people do what was introduced."""

import math

from sim.kernel.jit import inline


@inline
def adoption(hours, fidelity, ramp, dip, retention):
    """Return adoption `hours` after the start; zero before it, and negative while a dip outweighs the ramp."""
    if hours < 0.0:
        return 0.0
    grown = 1.0 if ramp <= 0.0 else min(1.0, hours / ramp)
    kept = 1.0 if math.isinf(retention) else 0.5 ** (hours / retention)
    return fidelity * grown * kept - dip * (1.0 - grown)


@inline
def moved(value, toward, closed):
    """Return a lever after an edit closed the share `closed` of its gap; exact when nothing is closed."""
    return value + (toward - value) * closed
