"""Finding defects (submodel 8): whoever takes a case up, and whoever accepts it at the end."""

from sim.kernel.jit import inline


@inline
def detection_probability(detection, inspection):
    """Return the chance that whoever takes up a step finds a defect; `inspection` is how closely one looks there."""
    return min(1.0, detection * inspection)


@inline
def acceptance_probability(acceptance, detection):
    """Return the chance that a defect nobody has noticed is found before the case ends: looked for, and seen."""
    return acceptance * detection
