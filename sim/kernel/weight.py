"""The weight of procedures: what people are told to fill in and to have signed decides how much of it all they observe.

Levers without edits are not moved at midnight. So what was observed of the day before is restored from base first, then
levers are moved, then the moves are observed.
"""

from sim.kernel.jit import inline
from sim.kernel.mechanisms.weight import as_observed, observed, weight
from sim.vocab import Lever

FOLLOWED = tuple(
    int(lever)
    for lever in (
        Lever.CLARITY,
        Lever.DOCUMENTS,
        Lever.ADHERENCE,
        Lever.OWNERSHIP,
        Lever.ESCALATION,
        Lever.AGREEMENT,
        Lever.STEP_AGREEMENT,
    )
)
"""What procedures are for: of what is moved there, people live what they observe."""

FILLED_IN = (int(Lever.FORM_HOURS), int(Lever.SIGNATURES))
"""What procedures take: who goes round them fills in nothing."""


@inline
def has_to_sign(p, d):
    """Tell whether there is a management that signs what department `d` has done: its own it does not."""
    management = p.world[0]["management"]
    return management >= 0 and management != d


@inline
def restore(s, p):
    """Undo what was observed on the day before."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        if dept["observed"] < 1.0:
            for j in FOLLOWED:
                dept["lever"][j] = dept["base"][j]
            for j in FILLED_IN:
                dept["lever"][j] = dept["base"][j]


@inline
def _share(s, p, d):
    """Return which share of its procedures department `d` observes."""
    lever = s.departments[d]["lever"]
    world = p.world[0]
    if lever[Lever.TOLERANCE] >= world["patience"]:
        return 1.0
    signatures = lever[Lever.SIGNATURES] if has_to_sign(p, d) else 0.0
    return observed(weight(lever[Lever.FORM_HOURS], signatures, world["signature"]), lever[Lever.TOLERANCE])


@inline
def observe(s, p):
    """Let every department live as much of its procedures as it observes at their weight."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        share = _share(s, p, d)
        dept["observed"] = share
        if share < 1.0:
            for j in FOLLOWED:
                dept["lever"][j] = as_observed(dept["base"][j], dept["lever"][j], share)
            for j in FILLED_IN:
                dept["lever"][j] *= share
