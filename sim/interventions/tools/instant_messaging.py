"""Instant messaging."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row, Times
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import HABIT
from sim.spec.base import Share, number


class InstantMessaging(Intervention):
    """Departments write to each other in a messenger that rings.

    What people do: who hands on work or asks something writes a message, and most are seen within minutes. What
    follows: hand-overs and questions are noticed sooner. The price is that everybody is interrupted, and that groups
    talk more with each member, so large teams lose the most of their time. That what is noticed is done sooner, or
    understood better, does not follow: it still waits in the queue. Papers and decisions that get lost in a chat are
    not modeled.
    """

    kind: Literal["instant_messaging"] = "instant_messaging"
    pickup_hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours until a message is noticed at best; empty = 0.25 times the pace."""
    reach: Share = 0.6
    """Share of requests and questions that are sent as a message when lived."""
    chatter: Annotated[float, number(0.0, 9.0)] = 0.3
    """How much more, as a share of what it takes now, talking to each member of a team takes when lived."""
    interruption_minutes: MinutesAWeek = 45.0
    """Minutes a week per person."""
    adoption: Adoption = HABIT

    table: ClassVar[tuple[Row, ...]] = (
        Move("latency", "pickup_hours", share="reach"),
        Move("answer_latency", "pickup_hours", share="reach"),
        Times("pair_load", "talk", worsens=True),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("interruption_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("waiting", "late_news")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("log", "Kooti et al. 2015, e-mail", "half of the replies came within 47 minutes"),
        Evidence(
            "survey",
            "Addas & Pinsonneault 2018, 365 and 212 salespeople",
            "interruptions by other matters harmed performance, those about the task at hand helped",
        ),
        Evidence("assumption", "no number found", "how much is sent as a message, and what interruptions take"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"pickup_hours": 0.25}

    @property
    def talk(self) -> float:
        """How many times as much talking to each member of a team takes when lived."""
        return 1.0 + self.chatter
