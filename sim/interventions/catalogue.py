"""The catalogue of interventions: one tuple, from which all that can be named follows.

An intervention is a class in the module of its family, and an entry here.
"""

from typing import TYPE_CHECKING, Annotated, TypeAlias, Union

from pydantic import Field

from sim.interventions import custom, goals, meetings, paths, roles, structure, times, tools, trust
from sim.interventions.base import Intervention

CATALOGUE: tuple[type[Intervention], ...] = (
    goals.SharedKpi,
    roles.Raci,
    paths.EscalationPath,
    roles.FirstContactOwnership,
    times.ResponseAgreement,
    meetings.DailyStandup,
    meetings.WeeklyReview,
    meetings.MonthlyRetrospective,
    tools.SharedBoard,
    structure.Liaison,
    trust.JobRotation,
    trust.TeamBuilding,
    trust.LeadershipExample,
    custom.Custom,
)
"""Every intervention that a file can name."""

INTERVENTIONS: dict[str, type[Intervention]] = {str(cls.model_fields["kind"].default): cls for cls in CATALOGUE}
"""Every intervention by its kind."""

if TYPE_CHECKING:
    AnyIntervention: TypeAlias = Intervention
else:
    AnyIntervention = Annotated[Union[CATALOGUE], Field(discriminator="kind")]  # noqa: UP007 - built from the tuple
"""Any intervention of the catalogue, told apart by its `kind`."""
