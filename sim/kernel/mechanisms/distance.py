"""Distance between departments: places, professions, cultures (submodels 8 and 9)."""

from sim.kernel.jit import inline


@inline
def across(understanding, far):
    """Return what understanding is worth when work is read that comes from so far away."""
    return understanding * max(0.0, 1.0 - far)


@inline
def sharpened(severity, far):
    """Return the chance that a friction becomes a conflict without trust, between two so far apart."""
    return min(1.0, severity * (1.0 + far))
