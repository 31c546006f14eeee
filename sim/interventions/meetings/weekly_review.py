"""Weekly review."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.meetings.regular import OVERRUN, SETTLED, Regular
from sim.interventions.parts import Day, Evidence, Expectation
from sim.spec.base import number


class WeeklyReview(Regular):
    """Departments go through what is stuck once a week.

    What people do: a few of each department meet for half an hour on Fridays, answer what waits, tell each other where
    things stand, and clear up quarrels. What follows: it refreshes what the departments know of each other, answers as
    many questions and approvals, waiting or under way, as the news leaves time for, and may settle an open conflict.
    """

    kind: Literal["weekly_review"] = "weekly_review"
    minutes: Annotated[float, number(0.0, 480.0)] = 30.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 14.0
    """Hour of Friday."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.15
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 3.0
    """Minutes that a waiting question takes."""

    answers: ClassVar[tuple[str, ...]] = ("late_news", "waiting", "stuck")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("assumption", "no study found", "that what is stuck is answered where those concerned sit together"),
        OVERRUN,
        SETTLED,
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    days: ClassVar[tuple[Day, ...]] = ("fri",)
