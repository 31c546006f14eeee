"""Interventions that are meetings."""

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import Adoption, Day, Edit, Evidence, Expectation, Meeting
from sim.spec.base import Share, number, whole
from sim.spec.organization import Organization

__all__ = ["DailyStandup", "MonthlyRetrospective", "WeeklyReview"]

OVERRUN = Evidence(
    "survey",
    "Stray, Lindsjorn & Sjoberg 2013, observed meetings",
    "22 minutes for a planned 15, and the interruption on top: half as much again",
)
SETTLED = Evidence("assumption", "no number found", "that one meeting in ten settles a quarrel between those present")

LOOK_BACK = 90.0
"""Minutes of a look back that finds all that those present can mend."""
LOOK_EVERY = 4.0
"""Weeks between two of them."""


class _Regular(Intervention):
    """A meeting that is held again and again; what else it brings is for each kind to say."""

    minutes: Annotated[float, number(0.0, 480.0)] = 15.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 9.0
    """Hour of the day."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.3
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 2.0
    """Minutes that a waiting question takes."""
    settles: Share = 0.1
    """Chance that an open conflict between participants is settled, each time."""

    days: ClassVar[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return one meeting on its days."""
        return (
            Meeting(
                at=self.at,
                days=self.days,
                minutes=self.minutes,
                staff_share=self.staff_share,
                item_minutes=self.item_minutes,
                settles=self.settles,
                every_weeks=self.weeks_between,
            ),
        )

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return 1


class DailyStandup(_Regular):
    """Departments meet for a quarter of an hour every working day.

    What people do: they tell each other what goes on, answer waiting questions, and clear up quarrels while small.
    Levers: none; it is a meeting: it refreshes what the departments know of each other, answers as many questions and
    approvals, waiting or under way, as the news leaves time for, and may settle an open conflict. Direction: conflicts
    settle sooner, answers come sooner: lead time down where people have slack. Evidence: Stray, Moe & Bergersen 2017
    [survey, n = 221]: neutral on average, negative in large teams. Cost: the minutes of everybody who takes part, every
    day, and half as much again, because meetings run over and interrupt.
    """

    kind: Literal["daily_standup"] = "daily_standup"

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("survey", "Stray, Moe & Bergersen 2017, n = 221", "neutral on average, negative in large teams"),
        OVERRUN,
        SETTLED,
        Evidence("claim", "practitioners", "urgent response from 4 h to 1 h, late orders down 30 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ()


class WeeklyReview(_Regular):
    """Departments go through what is stuck once a week.

    What people do: a few of each department meet for half an hour on Fridays, answer what waits, tell each other where
    things stand, and clear up quarrels.
    Levers: none; it is a meeting: it refreshes what the departments know of each other, answers as many questions and
    approvals, waiting or under way, as the news leaves time for, and may settle an open conflict. Direction: answers
    come sooner: lead time down. Evidence: no study of it found [assumption]. Cost: the minutes of those who take part,
    and half as much again, because meetings run over and interrupt.
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

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("assumption", "no study found", "that what is stuck is answered where those concerned sit together"),
        OVERRUN,
        SETTLED,
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ()
    days: ClassVar[tuple[Day, ...]] = ("fri",)


class MonthlyRetrospective(_Regular):
    """Departments look back once a month and put right what went wrong.

    What people do: a few of each department meet for an hour and a half on a Thursday every four weeks, answer what
    waits, clear up quarrels, and agree on small improvements, which somebody then carries out.
    Levers: clarity and documents towards 1, slowly: looking back acts only on what those present can act on, which is
    who does what and what is written down, not on targets, staff or suppliers; and it mends as much as people follow
    through. Direction: disputed hand-offs down.
    Evidence: Tannenbaum & Cerasoli 2013, d = 0.67; Keiser & Arthur 2021, d = 0.79 [meta-analyses]: debriefs, many in
    training settings. Cost: the length of the meeting for those who take part, half as much again because meetings run
    over and interrupt, and minutes a week of everybody for what was agreed.
    """

    kind: Literal["monthly_retrospective"] = "monthly_retrospective"
    minutes: Annotated[float, number(0.0, 480.0)] = 90.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 14.0
    """Hour of Thursday."""
    every_weeks: Annotated[int, whole(1, 52)] = 4
    """Weeks from one to the next."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.15
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 3.0
    """Minutes that a waiting question takes."""
    improvement: Share = 0.25
    """Share of what is unclear or unwritten that is mended in time, with 90 minutes in four weeks; less finds less."""
    action_minutes: Annotated[float, number(0.0, 600.0)] = 10.0
    """Minutes a week per person to carry out what was agreed."""
    adoption: Adoption = Adoption(ramp_weeks=26.0)

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tannenbaum & Cerasoli 2013", "debriefs d = 0.67, many in training settings"),
        Evidence("meta-analysis", "Keiser & Arthur 2021", "after-action reviews d = 0.79, many in training settings"),
        OVERRUN,
        SETTLED,
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("clarity", "documents", "overhead")
    days: ClassVar[tuple[Day, ...]] = ("thu",)

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make roles clearer and papers better, as far as there is time for it, and charge the work on it."""
        found = self.improvement * min(1.0, self.minutes / LOOK_BACK * LOOK_EVERY / self.every_weeks)
        return (
            replace(self.move("clarity", 1.0, found), followed=True),
            replace(self.move("documents", 1.0, found), followed=True),
            self.cost(self.action_minutes),
        )

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return self.every_weeks
