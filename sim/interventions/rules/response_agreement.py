"""Response-time agreement: by when those who are asked answer."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import LIVED, Evidence, Expectation, MinutesAWeek
from sim.spec.base import number


class ResponseAgreement(Intervention):
    """Those who are asked agree to answer within a time.

    What people do: questions, consultations and approvals alike, carry a due time, those asked look often enough to see
    them in time, they are ranked by it, and an overdue one is raised to the top. What follows: people are interrupted,
    and other work waits longer.
    """

    kind: Literal["response_agreement"] = "response_agreement"
    hours: Annotated[float, number(0.0, 400.0, above=True)] | None = None
    """Open hours of those asked; empty = 4 times the pace."""
    interruption_minutes: MinutesAWeek = 15.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (Move("agreement", 1.0, share=LIVED), Move("agreement_hours", "hours"))
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("interruption_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("waiting",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "response times for consulted roles cut stuck requests by 60 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 4.0}
