"""A cap on the size of teams."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, OnceHours
from sim.interventions.grounds import TWICE_THE_PEOPLE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.interventions.shapes import RULE
from sim.spec.base import number, whole


class TeamSizeCap(Intervention):
    """No team is larger than two pizzas feed: larger departments work as several teams.

    What people do: a department with more people than the cap is split, and each team talks mainly within. What
    follows: less of everybody's time goes into talking to all the others (lever `pair_load`), and something into
    talking between teams. It counts from the first day, since a team is as large as it is. Where talking to one more
    colleague costs nothing, as at `pair_load` 0, or where a department is small already, it only costs.
    """

    kind: Literal["team_size_cap"] = "team_size_cap"
    people: Annotated[int, whole(2, 10_000)] = 8
    """People up to whom a department stays one team."""
    hours: Annotated[float, number(0.0, 40.0)] = 2.0
    """Hours of everybody to draw the new lines, once."""
    adoption: Adoption = RULE

    table: ClassVar[tuple[Row, ...]] = (Move("team_size", "people"),)
    costs: ClassVar[tuple[CostRow, ...]] = (OnceHours("hours"),)
    answers: ClassVar[tuple[str, ...]] = ("scarce_people",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "log",
            "Staats, Milkman & Fox 2012, projects of a software firm and two laboratory experiments",
            "the larger the team, the more people underestimate the hours that it will need",
        ),
        Evidence("assumption", "no number found", "what talking within and between teams takes, and a split"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", TWICE_THE_PEOPLE),)
