"""Goods that are missing (submodel 7)."""

from sim.kernel.jit import inline

CONFIRMED = 0.8
"""Share of shortages that a confirmation in full brings to light in time."""


@inline
def shortage_probability(short, shortages, fresh, transparency, confirmation, backup):
    """Return the chance that something is missing when work is taken up: every safeguard has to fail.

    Who hears from where the goods come from, who sees what is there, who confirms, and who has a reserve is not short.
    """
    unseen = (1.0 - fresh) * (1.0 - transparency) * (1.0 - CONFIRMED * confirmation)
    return short * shortages * unseen * (1.0 - backup)


@inline
def misled_probability(confirmation, backup):
    """Return the chance that something is missing while what is told about it is wrong.

    Whoever hears or sees how things stand hears and sees what is wrong; only to confirm, or a reserve, helps.
    """
    return (1.0 - CONFIRMED * confirmation) * (1.0 - backup)


@inline
def with_backup(factor, backup):
    """Return how many times as long as usual a failing supplier takes, with somebody else for a share of it."""
    return 1.0 + (factor - 1.0) * (1.0 - backup)
