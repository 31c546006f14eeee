"""Mediator: a neutral office between departments."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import MANAGEMENT, Evidence, Expectation, Hire, MinutesAWeek, Need
from sim.spec.base import Share, whole
from sim.spec.organization import Organization


class Mediator(Intervention):
    """A project office, or a coordination committee, stands between departments and takes no side.

    What people do: somebody who belongs to no department is called in before a friction becomes a quarrel, and decides
    what two departments cannot settle; everybody reports to that office a little. What follows: fewer quarrels begin,
    and of those that go to a superior less is left; the person works in management, so whatever waits for a decision or
    a signature there waits less long too. One mediator more or less is a whole person: half a strength may bring none.
    An office that sets strategy, instead of coordinating, is not modeled; in practice it does harm.
    """

    kind: Literal["mediator"] = "mediator"
    people: Annotated[int, whole(0, 100)] = 1
    """People who are hired for it, into management."""
    mediation: Share = 0.2
    """Share of budding conflicts that they take the heat from."""
    authority: Share = 0.4
    """Share of what superiors lack in authority that they bring."""
    reporting_minutes: MinutesAWeek = 5.0
    """Minutes a week per person to keep them informed."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("mediation", 1.0, share="mediation"),
        Move("authority", 1.0, share="authority"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("reporting_minutes"),)
    needs: ClassVar[tuple[Need, ...]] = (MANAGEMENT,)
    answers: ClassVar[tuple[str, ...]] = ("quarrels", "stuck")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Otra-Aho et al. 2018, Finnish firms",
            "project offices that coordinate go with better projects, those that set strategy with worse ones",
        ),
        Evidence("assumption", "no number found", "how many quarrels a neutral party prevents, and its authority"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("conflicts_per_100", "down"),)

    def recruits(self, organization: Organization) -> tuple[Hire, ...]:
        """Return the people of the office, who work in management."""
        if organization.management is None or self.people == 0:
            return ()
        return (Hire(department=organization.management, people=self.people),)
