"""Robotic automation of routine steps."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, Pay
from sim.interventions.grounds import ROUTINE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import SOFTWARE
from sim.spec.base import Share, number


class Rpa(Intervention):
    """Software robots do the routine part of steps.

    What people do: what is typed from one system into another is left to a robot, and people see to its exceptions.
    What follows: steps with routine work take people less time, which shortens waits where people are busy. It helps
    nobody to agree, and nothing where steps have no routine; robots that break when a form changes are in the upkeep
    only, and that they make other mistakes than people is not modeled.
    """

    kind: Literal["rpa"] = "rpa"
    automation: Share = 0.6
    """Share of routine work that robots do when lived."""
    upkeep_minutes: MinutesAWeek = 5.0
    """Minutes a week per person."""
    price: Annotated[float, number(0.0, 5000.0)] = 16.0
    """Hours of everybody's pay that it costs once in money."""
    fee: Annotated[float, number(0.0, 40.0)] = 0.25
    """Hours of everybody's pay that licenses and maintenance cost a week in money."""
    adoption: Adoption = SOFTWARE

    table: ClassVar[tuple[Row, ...]] = (Move("automation", 1.0, share="automation"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"), Pay("price", "fee"))
    answers: ClassVar[tuple[str, ...]] = ("routine",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Wewerka & Reichert, 12 projects",
            "shorter times and better quality were not confirmed",
        ),
        Evidence("assumption", "no number found", "how much of routine work robots do, and what they cost in pay"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", ROUTINE),)
