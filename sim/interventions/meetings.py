"""Interventions that are meetings."""

from typing import ClassVar, Literal

from pydantic import Field

from sim.interventions.base import Edit, Evidence, Expectation, Intervention, Meeting
from sim.spec.organization import Organization
from sim.vocab import Text


class DailyStandup(Intervention):
    """Departments meet for a quarter of an hour every working day.

    What people do: they tell each other what goes on, answer waiting questions, and clear up quarrels while small.
    Levers: none; it is a meeting: it refreshes what the departments know of each other, answers as many waiting
    consultations as fit into its minutes, and may settle an open conflict. Direction: conflicts settle sooner, answers
    come sooner: lead time down where people have slack. Evidence: Stray, Moe & Sjoberg 2020 [survey, n = 221]: neutral
    on average, negative in large teams. Cost: the minutes of everybody who takes part, every day.
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
        Evidence("survey", "Stray, Moe & Sjoberg 2020, n = 221", "neutral on average, negative in large teams"),
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
