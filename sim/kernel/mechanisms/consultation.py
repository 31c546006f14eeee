"""Consultation and approval (submodel 6)."""

from sim.kernel.jit import inline


@inline
def skip_misunderstanding(risk, novelty):
    """Return the added chance of a misunderstanding when a consultation is skipped."""
    return risk * novelty


@inline
def infeasible_rework(share, loss, work, worked_since):
    """Return the hours redone when a commitment proves infeasible: a share of its step, and of all done since."""
    return share * work + loss * worked_since
