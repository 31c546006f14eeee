"""Conflict and escalation (submodel 9)."""

from sim.kernel.jit import inline
from sim.vocab import Friction

GRAVE = 1.0
"""Weight of a friction: one's work is sent back, one's deadline is missed, or goods are missing."""
LIGHT = 0.6
"""Weight of a friction: a dispute, a broken agreement on answers, a refusal."""


@inline
def friction_weight(friction):
    """Return how grave a friction is, for trust and for the chance of a conflict."""
    if friction == Friction.BLAME or friction == Friction.LATE_RESULT or friction == Friction.MISSING_GOODS:
        return GRAVE
    return LIGHT


@inline
def gravity(taken, target, width):
    """Return how much a late result weighs in [0, 1]: fully from `width` times the target beyond the target on."""
    late = taken - target
    return 1.0 if late >= width * target else late / (width * target)


@inline
def after_superior(rest, authority):
    """Return what a common superior leaves of the stand-off that remains."""
    return rest * (1.0 - authority)


@inline
def conflict_probability(severity, weight, trust, mediation):
    """Return the chance that a friction becomes a conflict."""
    return severity * weight * (1.0 - trust) * (1.0 - mediation)
