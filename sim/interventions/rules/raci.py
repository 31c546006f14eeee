"""RACI matrix: who is responsible, accountable, consulted and informed."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share


class Raci(Intervention):
    """The written RACI roles are made known and lived.

    What people do: they agree who is responsible, accountable, consulted and informed, and act accordingly. What
    follows: fewer disputes; and more consultations, approvals and notices really happen, which prevents
    misunderstandings and takes time: that is the price.
    """

    kind: Literal["raci"] = "raci"
    clarity: Share = 0.6
    """Share of the missing clarity that it brings when lived."""
    adherence: Share = 0.6
    """Share of the skipped roles that are then observed."""
    upkeep_minutes: MinutesAWeek = 10.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("clarity", 1.0, share="clarity"),
        Move("adherence", 1.0, share="adherence"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("nobody_responsible", "misread")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tubre & Collins 2000", "role ambiguity and performance rho = -0.21"),
        Evidence("claim", "practitioners", "buck-passing down 90 %, customer complaints down 60 %"),
        Evidence("assumption", "no trial found", "how much clearer roles become, and how many are then observed"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
