"""Adoption (submodel 15): how far people do what was introduced."""

from sim.kernel.jit import inline


@inline
def adoption(hours, fidelity, ramp, dip, retention, leadership):
    """Return adoption `hours` after the start; zero before it, and negative while a dip outweighs the ramp.

    Leaders who set an example close that share of what fidelity lacks, and slow forgetting down by that share.
    """
    if hours < 0.0:
        return 0.0
    grown = 1.0 if ramp <= 0.0 else min(1.0, hours / ramp)
    kept = 0.5 ** (hours * (1.0 - leadership) / retention)
    meant = fidelity + (1.0 - fidelity) * leadership
    return meant * grown * kept - dip * (1.0 - grown)


@inline
def faded(hours, half_life):
    """Return what is left of what is paid `hours` after its start; all of it where the half-life is infinite."""
    return 0.5 ** (hours / half_life)


@inline
def moved(value, toward, closed):
    """Return a lever after an edit closed the share `closed` of its gap; exact when nothing or all of it is closed."""
    if closed == 1.0:
        return toward
    return value + (toward - value) * closed


@inline
def edited(value, toward, way, closed, low, high):
    """Return a lever after one edit, within bounds; as it was where it may not move to the side of the aim."""
    if way * (toward - value) < 0.0:
        return value
    return min(high, max(low, moved(value, toward, closed)))
