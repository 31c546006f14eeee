"""Interventions on times: by when somebody answers."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import LIVED, Edit, Evidence, Expectation
from sim.spec.base import number
from sim.spec.organization import Organization

__all__ = ["ResponseAgreement"]


class ResponseAgreement(Intervention):
    """Those who are asked agree to answer within a time.

    What people do: questions, consultations and approvals alike, carry a due time, those asked look often enough to see
    them in time, they are ranked by it, and an overdue one is raised to the top. Levers: agreement towards 1, the
    agreed hours to the figure. Direction: lead time down. Evidence: practitioners [claim]: stuck requests down 60 %.
    Cost: being interrupted, minutes a week; other work waits longer.
    """

    kind: Literal["response_agreement"] = "response_agreement"
    hours: Annotated[float, number(0.0, 400.0, above=True)] | None = None
    """Open hours of those asked; empty = 4 times the pace."""
    interruption_minutes: Annotated[float, number(0.0, 600.0)] = 15.0
    """Minutes a week per person."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "response times for consulted roles cut stuck requests by 60 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("agreement", "agreement_hours", "overhead")
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 4.0}

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Put questions under the agreement and charge the interruptions."""
        return (
            self.move("agreement", 1.0, LIVED),
            self.set_to("agreement_hours", self.paced("hours", organization, "agreement_hours")),
            self.cost(self.interruption_minutes),
        )
