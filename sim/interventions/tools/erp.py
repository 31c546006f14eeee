"""ERP: one system for orders, stock and money."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, OnceHours, Pay
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.spec.base import Share, number


class Erp(Intervention):
    """One system carries orders, stock and money through all departments.

    What people do: they enter what they do into one system, which hands the case on by itself. What follows: the next
    department has it at once, everybody sees what is under way, forms go, and the machine does a part of the routine
    work. Before that it costs: for half a year people are slower than with what they were used to, in everything the
    system is to help with. Custom work, wrong master data and projects that are broken off are not modeled, and
    answers to questions come no sooner.
    """

    kind: Literal["erp"] = "erp"
    notice_hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours until what the system hands on is noticed at best; empty = 0.1 times the pace."""
    reach: Share = 0.8
    """Share of hand-overs, and of their forms, that go through the system when lived."""
    visibility: Share = 0.7
    """Share of what cannot be seen of others' load that it shows when lived."""
    automation: Share = 0.3
    """Share of routine work that it does when lived."""
    training_hours: Annotated[float, number(0.0, 400.0)] = 24.0
    """Hours of everybody, once, over the first eight weeks."""
    price: Annotated[float, number(0.0, 5000.0)] = 160.0
    """Hours of everybody's pay that it costs once in money."""
    fee: Annotated[float, number(0.0, 40.0)] = 0.5
    """Hours of everybody's pay that licenses and maintenance cost a week in money."""
    adoption: Adoption = Adoption(fidelity=0.7, ramp_weeks=26.0, dip=0.3)

    table: ClassVar[tuple[Row, ...]] = (
        Move("latency", "notice_hours", share="reach"),
        Move("transparency", 1.0, share="visibility"),
        Move("automation", 1.0, share="automation"),
        Move("form_hours", 0.0, share="reach"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (OnceHours("training_hours", over_weeks=8.0), Pay("price", "fee"))
    answers: ClassVar[tuple[str, ...]] = ("waiting", "unseen", "promises", "heavy_procedures", "goods_missing")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "natural experiment",
            "McAfee 2002, one manufacturer",
            "lead time and on-time delivery suffered at first; after several months both were better than before",
        ),
        Evidence("assumption", "no number found", "what goes through the system, and what it costs in pay"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"notice_hours": 0.1}
