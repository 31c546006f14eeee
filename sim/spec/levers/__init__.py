"""The catalogue of levers: every number a mechanism reads and an intervention may move.

A lever is a number without a unit in [0, 1], or hours, or a plain factor where said. `neutral` switches its mechanism
off (with every lever neutral the organization is exactly a network of multi-server queues); `typical` is where a
scenario starts that says nothing else. `low` and `high` bound what a file may say; `plausible` is the range over which
the honest uncertainty of a comparison varies it. `agreed` says what holds where two interventions agree on different
figures. Evidence grades: claim, survey, before/after, meta-analysis, trial, log (event logs), assumption.
"""

from sim.spec.levers.base import KINDS, LeverSpec
from sim.spec.levers.content import CONTENT
from sim.spec.levers.handover import HANDOVER
from sim.spec.levers.helping import HELPING
from sim.spec.levers.people import PEOPLE
from sim.spec.levers.relations import CONFLICT, LEADERSHIP, TRUST
from sim.spec.levers.requests import GOALS, PRIORITY, RESPONSIBILITY
from sim.spec.levers.teams import TEAMS
from sim.spec.levers.work import CAPACITY, CONSULTATION, QUALITY, SUPPLY

__all__ = ["KINDS", "LEVERS", "LeverSpec"]

LEVERS: dict[str, LeverSpec] = {
    spec.name: spec
    for group in (
        GOALS,
        HANDOVER,
        RESPONSIBILITY,
        PRIORITY,
        CONSULTATION,
        SUPPLY,
        CAPACITY,
        QUALITY,
        CONFLICT,
        TRUST,
        LEADERSHIP,
        CONTENT,
        TEAMS,
        HELPING,
        PEOPLE,
    )
    for spec in group
}
"""Every lever by the name scenario files use."""
