"""Goal meeting."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.grounds import PROJECTS
from sim.interventions.meetings.regular import OVERRUN, SETTLED, Regular
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Day, Evidence, Expectation
from sim.interventions.shapes import HABIT
from sim.spec.base import Share, number, whole


class GoalMeeting(Regular):
    """Departments align their goals and plans once a month.

    What people do: some of each department meet for an hour and a half on a Tuesday every four weeks, go through the
    common goals and what each will do and need for them, and answer what waits. What follows: plans are told before
    they are carried out, so less news is withheld; each weighs the common result a little more; what the departments
    know of each other is refreshed, though a month is long. What is agreed counts as far as people follow through.
    """

    kind: Literal["goal_meeting"] = "goal_meeting"
    minutes: Annotated[float, number(0.0, 480.0)] = 90.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 9.0
    """Hour of Tuesday."""
    every_weeks: Annotated[int, whole(1, 52)] = 4
    """Weeks from one to the next."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.15
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 3.0
    """Minutes that a waiting question takes."""
    openness: Share = 0.5
    """Share of withheld news that is told in time when plans are aligned."""
    common_goal: Share = 0.1
    """Share of the missing goal alignment that it closes."""
    adoption: Adoption = HABIT

    table: ClassVar[tuple[Row, ...]] = (
        Move("withholding", 0.0, share="openness", followed=True),
        Move("alignment", 1.0, share="common_goal", followed=True),
    )
    answers: ClassVar[tuple[str, ...]] = ("late_news", "own_numbers")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("assumption", "no study found", "how much news a monthly look at plans brings in time"),
        OVERRUN,
        SETTLED,
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", PROJECTS),)
    days: ClassVar[tuple[Day, ...]] = ("tue",)

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return self.every_weeks
