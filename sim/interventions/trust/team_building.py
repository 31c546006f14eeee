"""Team building."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import Adoption, Edit, Evidence, Expectation
from sim.spec.base import number, whole
from sim.spec.organization import Organization


class TeamBuilding(Intervention):
    """Everybody spends a day together outside work.

    What people do: they meet as people; it is forgotten unless work confirms it or it is repeated. What follows: on
    that day departments deal with each other many times, from which trust and understanding grow. It fades as these do
    between dealings, not by a half-life of its own: a day cannot fade twice.
    """

    kind: Literal["team_building"] = "team_building"
    hours: Annotated[float, number(0.0, 40.0)] = 8.0
    """Hours of everybody, once."""
    dealings: Annotated[float, number(0.0, 100.0)] = 10.0
    """Good dealings between any two departments, at a pace of 1, that the day is worth."""
    times: Annotated[int, whole(1, 100)] = 1
    """How often it is held."""
    every_weeks: Annotated[float, number(1.0, 520.0)] = 26.0
    """Weeks from one to the next."""
    adoption: Adoption = Adoption(ramp_weeks=0.0)

    answers: ClassVar[tuple[str, ...]] = ("worst_expected",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Klein et al. 2009", "team outcomes rho = 0.31, affective ones most"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"),)
    levers: ClassVar[tuple[str, ...]] = ("contact", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Bring departments together for a day and charge its hours in that week, each time."""
        starts = [n * self.every_weeks for n in range(self.times)]
        return tuple(
            edit
            for start in starts
            for edit in (
                self.meet(organization, self.dealings, weeks=1 / 7, after_weeks=start),
                self.cost(60.0 * self.hours, weeks=1.0, after_weeks=start),
            )
        )
