"""Escalation path: where a matter goes that is stuck."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import LIVED, MANAGEMENT, Evidence, Expectation, MinutesAWeek, Need
from sim.spec.base import Share, number


class EscalationPath(Intervention):
    """Stuck matters go up an agreed path in three tiers.

    What people do: after some disputes a request goes to management, which decides who does it; a conflict that two
    departments have not settled in time goes to their common superior, then to the executives. What follows: superiors
    who are expected to decide leave less of a quarrel; their deciding queues like all work of management.
    """

    kind: Literal["escalation_path"] = "escalation_path"
    after_bounces: Annotated[float, number(1.0, 100.0)] = 2.0
    """Disputes after which management decides."""
    tier1_hours: Annotated[float, number(0.0, 2000.0)] | None = None
    """Open hours for the two departments; empty = 8 times the pace."""
    tier2_hours: Annotated[float, number(0.0, 2000.0)] | None = None
    """Open hours for the common superior; empty = 8 times the pace."""
    authority: Share = 0.3
    """Share of what superiors lack in authority that the path gives them."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("escalation", 1.0, share=LIVED),
        Move("escalation_bounces", "after_bounces"),
        Move("tier1_hours", "tier1_hours"),
        Move("tier2_hours", "tier2_hours"),
        Move("authority", 1.0, share="authority"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    needs: ClassVar[tuple[Need, ...]] = (MANAGEMENT,)
    answers: ClassVar[tuple[str, ...]] = ("stuck", "nobody_responsible", "quarrels")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"tier1_hours": 8.0, "tier2_hours": 8.0}
