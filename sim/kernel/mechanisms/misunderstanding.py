"""Misunderstanding, defects and rework (submodel 8)."""

import math

from sim.kernel.jit import inline


@inline
def freshness(hours_since, decay):
    """Return how much of the last synchronization still holds."""
    return math.exp(-hours_since / decay)


@inline
def defect_probability(novelty, documents, understanding, fresh):
    """Return the chance of a misunderstanding: three independent safeguards must all fail."""
    return novelty * (1.0 - documents) * (1.0 - understanding) * (1.0 - fresh)
