"""Liaison officers: who sits between departments."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf
from sim.interventions.moves import Contact, Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import Share, number


class Liaison(Intervention):
    """Every department has a liaison officer for the others.

    What people do: one person of each department spends hours a week with the others, knows whom to send what to, and
    is called in before a friction becomes a quarrel. What follows: departments deal with each other more often, and
    fewer requests go astray; the officer's hours weigh most in small departments. The price shows only where people
    leave: most of what two departments know and think of each other hangs on two persons, so that on average no more is
    lost, but all of it at once.
    """

    kind: Literal["liaison"] = "liaison"
    hours: Annotated[float, number(0.0, 40.0)] = 3.0
    """Hours a week of one person of each department."""
    dealings: Annotated[float, number(0.0, 10.0)] = 0.1
    """Good dealings a day, at a pace of 1, that the contact is worth, with every other."""
    mediation: Share = 0.1
    """Share of budding conflicts that officers take the heat from."""
    routing: Share = 0.15
    """Share of honest misrouting they prevent."""
    in_one_hand: Share = 0.8
    """Share of each relationship that hangs on the officer, when lived: a price."""

    table: ClassVar[tuple[Row, ...]] = (
        Contact("dealings"),
        Move("mediation", 1.0, share="mediation"),
        Move("misrouting", 0.0, share="routing"),
        Move("concentration", "in_one_hand", share=1.0, worsens=True),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (HoursOf("hours"),)
    answers: ClassVar[tuple[str, ...]] = ("quarrels", "nobody_responsible", "worst_expected")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Lawrence & Lorsch 1967, ten firms",
            "those that performed best had integrators whom both sides trusted",
        ),
        Evidence(
            "assumption",
            "no number found",
            "how many quarrels and misrouted requests an officer prevents, and how much hangs on him",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("conflicts_per_100", "down"),
        Expectation("bounces_per_100", "down"),
        Expectation("trust", "up"),
    )
