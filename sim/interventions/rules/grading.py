"""Grading: complaints and incidents get a class as they come in."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, PerCase
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class Grading(Intervention):
    """Every case is graded as it comes in: how urgent it is, and whose.

    What people do: whoever takes a case in grades it by agreed criteria; the highest class goes ahead and is begun
    within a time, and the class says who deals with it. What follows: fewer cases are called urgent, those that are go
    ahead, and less is sent to the wrong place. Grading is work for whoever takes cases in, on every case; what the
    highest class gains the others lose. Grading wrongly is not modeled.
    """

    kind: Literal["grading"] = "grading"
    routing: Share = 0.4
    """Share of honest misrouting that it prevents."""
    honesty: Share = 0.6
    """Share of the needless urgency that ends when it is lived."""
    express: Share = 0.9
    """Share of what urgent cases ask for that is then begun within the time."""
    hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours within which urgent requests are begun; empty = the pace."""
    triage_minutes: Annotated[float, number(0.0, 480.0)] = 6.0
    """Minutes that grading a case takes."""
    upkeep_minutes: MinutesAWeek = 5.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("misrouting", 0.0, share="routing"),
        Move("inflation", 0.0, share="honesty"),
        Move("express", 1.0, share="express"),
        Move("express_hours", "hours"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (PerCase("triage_minutes", who="front"), Minutes("upkeep_minutes"))
    answers: ClassVar[tuple[str, ...]] = ("all_urgent", "nobody_responsible")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "UCI incident management log", "target met 62 % without reassignment, 9 % with five or more"),
        Evidence(
            "log",
            "event logs of four firms (BPI challenges)",
            "the two highest classes of priority hold 2 to 35 % of the cases",
        ),
        Evidence(
            "assumption",
            "no number found",
            "how much misrouting and needless urgency grading ends, and that an hour is agreed on",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("urgent_response", "down"),
        Expectation("bounces_per_100", "down"),
    )
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 1.0}
