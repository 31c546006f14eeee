"""Interventions that are meetings."""

from typing import ClassVar, Literal

from pydantic import Field

from sim.interventions.base import Adoption, Edit, Evidence, Expectation, Intervention, Meeting
from sim.spec.organization import Organization
from sim.vocab import Text


class DailyStandup(Intervention):
    """Departments meet for a quarter of an hour every working day.

    What people do: they tell each other what goes on, answer waiting questions, and clear up quarrels while small.
    Levers: none; it is a meeting: it refreshes what the departments know of each other, answers as many waiting
    consultations as fit into its minutes, and may settle an open conflict. Direction: conflicts settle sooner, answers
    come sooner: lead time down where people have slack. Evidence: Stray, Moe & Bergersen 2017 [survey, n = 221]:
    neutral on average, negative in large teams. Cost: the minutes of everybody who takes part, every day.
    """

    kind: Literal["daily_standup"] = "daily_standup"
    minutes: float = Field(default=15.0, ge=0.0, le=240.0, description="length of the meeting")
    at: float = Field(default=9.0, ge=0.0, lt=24.0, description="hour of the day")
    staff_share: float = Field(
        default=0.3, gt=0.0, le=1.0, description="share of each department's staff that takes part"
    )
    item_minutes: float = Field(default=2.0, ge=0.1, le=240.0, description="minutes that a waiting question takes")

    label: ClassVar[Text] = Text("Daily stand-up", "每日站会")
    summary: ClassVar[Text] = Text("A short daily meeting of the departments.", "各部门每天短会，同步信息、当场答复。")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("survey", "Stray, Moe & Bergersen 2017, n = 221", "neutral on average, negative in large teams"),
        Evidence("claim", "practitioners", "urgent response from 4 h to 1 h, late orders down 30 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ()

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Return nothing: the cost is the meeting's own length."""
        return ()

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return one meeting on every weekday."""
        return (
            Meeting(at=self.at, minutes=self.minutes, staff_share=self.staff_share, item_minutes=self.item_minutes),
        )


class WeeklyReview(Intervention):
    """Departments look back once a week and put right what went wrong.

    What people do: a few of each department meet for an hour, answer what waits, clear up quarrels, and agree on small
    improvements, which somebody then carries out.
    Levers: clarity and documents towards 1, slowly: a review acts only on what those present can act on, which is who
    does what and what is written down, not on targets, staff or suppliers. Direction: conflicts down, disputed
    hand-offs down. Evidence: Tannenbaum & Cerasoli 2013, d = 0.67; Keiser & Arthur 2021, d = 0.79
    [meta-analyses]: debriefs, many in training settings. Cost: the hour of those who take part, and minutes a week for
    what was agreed.
    """

    kind: Literal["weekly_review"] = "weekly_review"
    minutes: float = Field(default=60.0, ge=0.0, le=480.0, description="length of the meeting")
    at: float = Field(default=14.0, ge=0.0, lt=24.0, description="hour of Friday")
    staff_share: float = Field(
        default=0.15, gt=0.0, le=1.0, description="share of each department's staff that takes part"
    )
    item_minutes: float = Field(default=3.0, ge=0.1, le=240.0, description="minutes that a waiting question takes")
    improvement: float = Field(
        default=0.3,
        ge=0.0,
        le=1.0,
        description="share of what is unclear or unwritten that is mended once it has settled",
    )
    action_minutes: float = Field(
        default=10.0, ge=0.0, le=600.0, description="minutes a week per person to carry out what was agreed"
    )
    adoption: Adoption = Adoption(ramp_weeks=26.0)

    label: ClassVar[Text] = Text("Weekly review", "每周复盘")
    summary: ClassVar[Text] = Text(
        "A weekly look back, with small improvements that are carried out.", "每周复盘，当场答复并落实小改进。"
    )
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tannenbaum & Cerasoli 2013", "debriefs d = 0.67, many in training settings"),
        Evidence("meta-analysis", "Keiser & Arthur 2021", "after-action reviews d = 0.79, many in training settings"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("conflicts_per_100", "down"),
        Expectation("bounces_per_100", "down"),
    )
    levers: ClassVar[tuple[str, ...]] = ("clarity", "documents", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Make roles clearer and papers better, and charge the work on it."""
        return (
            self.move("clarity", 1.0, self.improvement),
            self.move("documents", 1.0, self.improvement),
            self.cost(self.action_minutes),
        )

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return one longer meeting of few people on Fridays."""
        return (
            Meeting(
                at=self.at,
                days=("fri",),
                minutes=self.minutes,
                staff_share=self.staff_share,
                item_minutes=self.item_minutes,
                settles=0.5,
            ),
        )
