"""OKR: objectives and key results, broken down from the company to the departments."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, OnceHours
from sim.interventions.grounds import PROJECTS
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import LEARNED
from sim.spec.base import Share, number


class Okr(Intervention):
    """Departments derive their goals from common ones, where all can see them.

    What people do: every quarter they break the company's objectives down into key results of each department, publish
    them, and say every week where they stand. What follows: they weigh the common result more, see more of what the
    others are busy with, and tell sooner that something is done. No money hangs on it, so nothing is diluted; it takes
    half a year until it is more than another list of targets.
    """

    kind: Literal["okr"] = "okr"
    common_goal: Share = 0.25
    """Share of the missing goal alignment that it closes when lived."""
    visibility: Share = 0.2
    """Share of what cannot be seen of others' load that it shows when lived."""
    openness: Share = 0.2
    """Share of withheld news that is told at once."""
    setting_hours: Annotated[float, number(0.0, 200.0)] = 4.0
    """Hours of everybody, once, to break the goals down."""
    upkeep_minutes: MinutesAWeek = 15.0
    """Minutes a week per person."""
    adoption: Adoption = LEARNED

    table: ClassVar[tuple[Row, ...]] = (
        Move("alignment", 1.0, share="common_goal"),
        Move("transparency", 1.0, share="visibility"),
        Move("withholding", 0.0, share="openness"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"), OnceHours("setting_hours"))
    answers: ClassVar[tuple[str, ...]] = ("own_numbers", "unseen", "late_news")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Kleingeld, van Mierlo & Arends 2011", "group goals d = 0.56, mostly laboratory"),
        Evidence("claim", "Sears 2015, a firm's own figures", "a call center that used OKRs sold 8.5 % more an hour"),
        Evidence("assumption", "no number found", "how far OKRs align departments, and what they show and tell"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", PROJECTS),)
