"""Consultation and approval (submodel 6)."""

from sim.kernel.jit import inline

KNOWN = 0.5
"""Share of what the asked would have said that is known where they are fully understood."""


@inline
def unprotected(understanding, fresh, news):
    """Return the share of what the asked would have said that nobody knows: the present load is theirs to tell."""
    return (1.0 - KNOWN * understanding) * (1.0 - news * fresh)


@inline
def skip_misunderstanding(risk, novelty, documents, unknown):
    """Return the chance of a misunderstanding when a consultation is skipped."""
    return risk * novelty * (1.0 - documents) * unknown


@inline
def infeasible_commitment(chance, unknown):
    """Return the chance that a commitment made without asking cannot be kept."""
    return chance * unknown


@inline
def needless_question(chance, clarity):
    """Return the chance that somebody is asked who need not be: unclear roles make people ask around."""
    return chance * (1.0 - clarity)


@inline
def infeasible_rework(share, loss, work, worked_since):
    """Return the hours redone when a commitment proves infeasible: a share of its step, and of all done since."""
    return share * work + loss * worked_since
