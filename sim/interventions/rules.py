"""Interventions on rules: who does what, who decides, and by when."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit, Evidence, Expectation
from sim.spec.organization import Organization


class Raci(Intervention):
    """The written RACI roles are made known and lived.

    What people do: they agree who is responsible, accountable, consulted and informed, and act accordingly.
    Levers: clarity towards 1 (fewer disputes) and adherence towards 1: more consultations, approvals and notices really
    happen, which prevents misunderstandings and takes time — that is the price. Direction: disputed hand-offs down.
    Evidence: Tubre & Collins 2000 [meta-analysis]: role ambiguity and performance only weakly related (rho = -0.21).
    Cost: minutes of upkeep a week, and the load of the consultations themselves.
    """

    kind: Literal["raci"] = "raci"
    clarity: float = Field(
        default=0.6, ge=0.0, le=1.0, description="share of the missing clarity that it brings when lived"
    )
    adherence: float = Field(
        default=0.6, ge=0.0, le=1.0, description="share of the skipped roles that are then observed"
    )
    upkeep_minutes: float = Field(default=10.0, ge=0.0, le=600.0, description="minutes a week per person")

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tubre & Collins 2000", "role ambiguity and performance rho = -0.21"),
        Evidence("claim", "practitioners", "buck-passing down 90 %, customer complaints down 60 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("clarity", "adherence", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Raise clarity and adherence; charge the upkeep."""
        return (
            self.move("clarity", 1.0, self.clarity),
            self.move("adherence", 1.0, self.adherence),
            self.cost(self.upkeep_minutes),
        )


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
    after_bounces: float = Field(default=2.0, ge=1.0, le=100.0, description="disputes after which management decides")
    tier1_hours: float | None = Field(
        default=None, ge=0.0, le=2000.0, description="open hours for the two departments; empty = 8 times the pace"
    )
    tier2_hours: float | None = Field(
        default=None, ge=0.0, le=2000.0, description="open hours for the common superior; empty = 8 times the pace"
    )
    authority: float = Field(
        default=0.3, ge=0.0, le=1.0, description="share of what superiors lack in authority that the path gives them"
    )
    upkeep_minutes: float = Field(default=3.0, ge=0.0, le=600.0, description="minutes a week per person")

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
    at_pace: ClassVar[Mapping[str, float]] = {"tier1_hours": 8.0, "tier2_hours": 8.0}

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make the path lived and set its figures."""
        return (
            self.move("escalation", 1.0, 0.95),
            self.set_to("escalation_bounces", self.after_bounces),
            self.set_to("tier1_hours", self.paced("tier1_hours", organization, "tier1_hours")),
            self.set_to("tier2_hours", self.paced("tier2_hours", organization, "tier2_hours")),
            self.move("authority", 1.0, self.authority),
            self.cost(self.upkeep_minutes),
        )


class ResponseAgreement(Intervention):
    """Those who are asked agree to answer within a time.

    What people do: questions, consultations and approvals alike, carry a due time, those asked look often enough to see
    them in time, they are ranked by it, and an overdue one is raised to the top. Levers: agreement towards 1, the
    agreed hours to the figure. Direction: lead time down. Evidence: practitioners [claim]: stuck requests down 60 %.
    Cost: being interrupted, minutes a week; other work waits longer.
    """

    kind: Literal["response_agreement"] = "response_agreement"
    hours: float | None = Field(
        default=None, gt=0.0, le=400.0, description="open hours of those asked; empty = 4 times the pace"
    )
    interruption_minutes: float = Field(default=15.0, ge=0.0, le=600.0, description="minutes a week per person")

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "response times for consulted roles cut stuck requests by 60 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("agreement", "agreement_hours", "overhead")
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 4.0}

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Put questions under the agreement and charge the interruptions."""
        return (
            self.move("agreement", 1.0, 0.95),
            self.set_to("agreement_hours", self.paced("hours", organization, "agreement_hours")),
            self.cost(self.interruption_minutes),
        )


class FirstContactOwnership(Intervention):
    """Whoever received the matter first sees to it until it is closed.

    What people do: whoever received the matter first (the front department of the process) finds out who does it,
    chases and closes; the named doer may still refuse.
    Levers: ownership towards 1, the number of disputes after which it counts to the agreed figure. Direction: disputed
    hand-offs down. Evidence: UCI incident log [log]: response targets are met in 62 % of incidents without reassignment
    and in 9 % with five or more. Cost: the owner's finding out and chasing for every such request, and minutes a week.
    """

    kind: Literal["first_contact_ownership"] = "first_contact_ownership"
    after_bounces: float = Field(
        default=1.0, ge=1.0, le=100.0, description="disputes after which whoever received it first takes charge"
    )
    upkeep_minutes: float = Field(default=3.0, ge=0.0, le=600.0, description="minutes a week per person")

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
        Evidence("assumption", "no study of the rule itself found", "that whoever received a matter first sees to it"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("ownership", "ownership_bounces", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make the rule lived, set its figure, charge the upkeep."""
        return (
            self.move("ownership", 1.0, 0.95),
            self.set_to("ownership_bounces", self.after_bounces),
            self.cost(self.upkeep_minutes),
        )
