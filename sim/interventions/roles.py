"""Interventions on roles: who does what, and who sees to it."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import LIVED, Edit, Evidence, Expectation
from sim.spec.base import Share, number
from sim.spec.organization import Organization

__all__ = ["FirstContactOwnership", "Raci"]


class FirstContactOwnership(Intervention):
    """Whoever received the matter first sees to it until it is closed.

    What people do: whoever received the matter first (the front department of the process) finds out who does it,
    chases and closes; the named doer may still refuse.
    Levers: ownership towards 1, the number of disputes after which it counts to the agreed figure. Direction: disputed
    hand-offs down. Evidence: UCI incident log [log]: response targets are met in 62 % of incidents without reassignment
    and in 9 % with five or more. Cost: the owner's finding out and chasing for every such request, and minutes a week.
    """

    kind: Literal["first_contact_ownership"] = "first_contact_ownership"
    after_bounces: Annotated[float, number(1.0, 100.0)] = 1.0
    """Disputes after which whoever received it first takes charge."""
    upkeep_minutes: Annotated[float, number(0.0, 600.0)] = 3.0
    """Minutes a week per person."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
        Evidence("assumption", "no study of the rule itself found", "that whoever received a matter first sees to it"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("ownership", "ownership_bounces", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make the rule lived, set its figure, charge the upkeep."""
        return (
            self.move("ownership", 1.0, LIVED),
            self.set_to("ownership_bounces", self.after_bounces),
            self.cost(self.upkeep_minutes),
        )


class Raci(Intervention):
    """The written RACI roles are made known and lived.

    What people do: they agree who is responsible, accountable, consulted and informed, and act accordingly.
    Levers: clarity towards 1 (fewer disputes) and adherence towards 1: more consultations, approvals and notices really
    happen, which prevents misunderstandings and takes time — that is the price. Direction: disputed hand-offs down.
    Evidence: Tubre & Collins 2000 [meta-analysis]: role ambiguity and performance only weakly related (rho = -0.21).
    Cost: minutes of upkeep a week, and the load of the consultations themselves.
    """

    kind: Literal["raci"] = "raci"
    clarity: Share = 0.6
    """Share of the missing clarity that it brings when lived."""
    adherence: Share = 0.6
    """Share of the skipped roles that are then observed."""
    upkeep_minutes: Annotated[float, number(0.0, 600.0)] = 10.0
    """Minutes a week per person."""

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
