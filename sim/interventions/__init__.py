"""The catalogue of interventions; adding one is a class, an entry here, and its contract tests follow by themselves."""

from typing import Annotated, get_args

from pydantic import Field

from sim.interventions.base import Intervention, introduced
from sim.interventions.custom import Custom
from sim.interventions.goals import SharedKpi
from sim.interventions.meetings import DailyStandup, MonthlyRetrospective, WeeklyReview
from sim.interventions.parts import Adoption, Edit, Evidence, Expectation, Meeting
from sim.interventions.rules import EscalationPath, FirstContactOwnership, Raci, ResponseAgreement
from sim.interventions.structure import Liaison
from sim.interventions.tools import SharedBoard
from sim.interventions.trust import JobRotation, LeadershipExample, TeamBuilding

_Any = (
    SharedKpi
    | Raci
    | EscalationPath
    | FirstContactOwnership
    | ResponseAgreement
    | DailyStandup
    | WeeklyReview
    | MonthlyRetrospective
    | SharedBoard
    | Liaison
    | JobRotation
    | TeamBuilding
    | LeadershipExample
    | Custom
)

AnyIntervention = Annotated[_Any, Field(discriminator="kind")]
"""Any intervention, told apart by its `kind`."""

INTERVENTIONS: dict[str, type[Intervention]] = {str(cls.model_fields["kind"].default): cls for cls in get_args(_Any)}
"""Every intervention by its kind."""

__all__ = [
    "INTERVENTIONS",
    "Adoption",
    "AnyIntervention",
    "Custom",
    "DailyStandup",
    "Edit",
    "EscalationPath",
    "Evidence",
    "Expectation",
    "FirstContactOwnership",
    "Intervention",
    "JobRotation",
    "LeadershipExample",
    "Liaison",
    "Meeting",
    "MonthlyRetrospective",
    "Raci",
    "ResponseAgreement",
    "SharedBoard",
    "SharedKpi",
    "TeamBuilding",
    "WeeklyReview",
    "introduced",
]
