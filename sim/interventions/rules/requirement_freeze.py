"""Requirement freeze: shortly before the date nothing new is taken on."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.grounds import LATE_CHANGES
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class RequirementFreeze(Intervention):
    """From some days before the date on changes are refused, unless they are core.

    What people do: everybody knows the day from which on nothing new is taken on; what comes later has to be core, or
    waits for the next time; and a part of the wishes is not even said once there is such a day. What follows: less is
    done twice shortly before the date, where it costs most. Customers pay: each refused change takes something from the
    value of their case. How many weeks the next time is away is not modeled, nor that people hurry to ask before the
    day.
    """

    kind: Literal["requirement_freeze"] = "requirement_freeze"
    days: Annotated[float, number(0.0, 365.0)] = 10.0
    """Days before the date from which on changes are refused."""
    fewer: Share = 0.2
    """Share of the changes that are not asked for once there is such a day."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person to decide what is core."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("freeze_days", "days"),
        Move("changes", 0.0, share="fewer"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("late_changes",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey", "Boehm 1981; Jones 1994, cited by McConnell", "about 25 % of the requirements of a project change"
        ),
        Evidence("assumption", "no study of the rule itself found", "how many wishes a known day holds back"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("changes_refused", "up", LATE_CHANGES),
        Expectation("changes_accepted", "down", LATE_CHANGES),
        Expectation("on_time_target", "up", LATE_CHANGES),
    )
