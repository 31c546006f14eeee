"""Interventions on paths: where a matter goes that is stuck."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import LIVED, MANAGEMENT, Edit, Evidence, Expectation, Need
from sim.spec.base import Share, number
from sim.spec.organization import Organization

__all__ = ["EscalationPath"]


class EscalationPath(Intervention):
    """Stuck matters go up an agreed path in three tiers.

    What people do: after some disputes a request goes to management, which decides who does it; a conflict that two
    departments have not settled in time goes to their common superior, then to the executives.
    Levers: escalation towards 1; the number of disputes and the time limits of the tiers to the agreed figures;
    authority towards 1: superiors who are expected to decide leave less of a quarrel. Direction: disputed hand-offs
    down. Evidence: UCI incident log [log]: response targets are met in 62 % of incidents without reassignment and in
    9 % with five or more. Cost: management's time (mediation queues like all work) and minutes a week.
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
    upkeep_minutes: Annotated[float, number(0.0, 600.0)] = 3.0
    """Minutes a week per person."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    levers: ClassVar[tuple[str, ...]] = (
        "escalation",
        "escalation_bounces",
        "tier1_hours",
        "tier2_hours",
        "authority",
        "overhead",
    )
    needs: ClassVar[tuple[Need, ...]] = (MANAGEMENT,)
    at_pace: ClassVar[Mapping[str, float]] = {"tier1_hours": 8.0, "tier2_hours": 8.0}

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make the path lived and set its figures."""
        return (
            self.move("escalation", 1.0, LIVED),
            self.set_to("escalation_bounces", self.after_bounces),
            self.set_to("tier1_hours", self.paced("tier1_hours", organization, "tier1_hours")),
            self.set_to("tier2_hours", self.paced("tier2_hours", organization, "tier2_hours")),
            self.move("authority", 1.0, self.authority),
            self.cost(self.upkeep_minutes),
        )
