"""First-contact ownership: whoever received a matter first sees to it."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import LIVED, Evidence, Expectation, MinutesAWeek
from sim.spec.base import number


class FirstContactOwnership(Intervention):
    """Whoever received the matter first sees to it until it is closed.

    What people do: whoever received the matter first (the front department of the process) finds out who does it,
    chases and closes; the named doer may still refuse. What follows: the owner's finding out and chasing is work, for
    every such request.
    """

    kind: Literal["first_contact_ownership"] = "first_contact_ownership"
    after_bounces: Annotated[float, number(1.0, 100.0)] = 1.0
    """Disputes after which whoever received it first takes charge."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("ownership", 1.0, share=LIVED),
        Move("ownership_bounces", "after_bounces"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("nobody_responsible",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
        Evidence("assumption", "no study of the rule itself found", "that whoever received a matter first sees to it"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
