"""Goal-breakdown table."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, OnceHours
from sim.interventions.grounds import PROJECTS
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import RULE
from sim.spec.base import Share, number


class GoalBreakdown(Intervention):
    """A common goal is broken down into dated parts, each with a department that is responsible for it.

    What people do: they write down who delivers what to whom by when, what is within the goal and what is not, and keep
    the table. What follows: work is ranked by the date of the own part, where steps have one (`due_days`); who is done
    tells whoever waits for it; and it is clearer who does what. Dates come from the scenario: where no step has any,
    only news and clarity are left.
    """

    kind: Literal["goal_breakdown"] = "goal_breakdown"
    dates: Share = 0.8
    """Share of work that is ranked by the date of its step instead of the customer's."""
    openness: Share = 0.6
    """Share of withheld news that is told at once."""
    clarity: Share = 0.15
    """Share of the missing clarity that it brings."""
    setting_hours: Annotated[float, number(0.0, 200.0)] = 3.0
    """Hours of everybody, once, to break the goal down."""
    upkeep_minutes: MinutesAWeek = 5.0
    """Minutes a week per person."""
    adoption: Adoption = RULE

    table: ClassVar[tuple[Row, ...]] = (
        Move("milestones", 1.0, share="dates"),
        Move("withholding", 0.0, share="openness"),
        Move("clarity", 1.0, share="clarity"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"), OnceHours("setting_hours"))
    answers: ClassVar[tuple[str, ...]] = ("late_news", "nobody_responsible", "own_numbers")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "meta-analysis",
            "Kleingeld, van Mierlo & Arends 2011",
            "specific group goals against vague ones d = 0.80, mostly laboratory",
        ),
        Evidence(
            "survey",
            "Kula et al. 2022",
            "refined requirements and dependencies between teams matter most for delivering software on time",
        ),
        Evidence("assumption", "no number found", "how many dates are kept in mind, and how much news comes in time"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("milestones_kept", "up", PROJECTS),
        Expectation("lead_time_mean", "down", PROJECTS),
    )
