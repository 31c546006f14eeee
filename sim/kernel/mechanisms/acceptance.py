"""Acceptance or dispute (submodel 4)."""

from sim.kernel.jit import inline


@inline
def lived_clarity(clarity, trust, exponent, exception):
    """Return how clear responsibility is in this dealing: rules need trust, and foresee no exceptions."""
    if exception:
        return 0.0
    return clarity if exponent == 0.0 else clarity * trust**exponent


@inline
def named_refuses(ambiguity, goodwill):
    """Return the chance that a doer whom the first contact has named refuses: it is known whose it is."""
    return ambiguity * (1.0 - goodwill)


@inline
def dispute_probability(ambiguity, misrouting, clarity, lived, goodwill):
    """Return the chance that the asked department says "not ours".

    Honest misrouting does not depend on goodwill; the rest needs both unclear rules and missing goodwill.
    """
    honest = misrouting * (1.0 - clarity)
    dodging = (1.0 - misrouting) * (1.0 - lived) * (1.0 - goodwill)
    return ambiguity * (honest + dodging)
