"""Minutes of meetings, with somebody and a date for every action."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf
from sim.interventions.grounds import LITTLE_CARRIED_OUT
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import Share, number


class MeetingMinutes(Intervention):
    """Every meeting ends with who does what by when, and the next one begins with it.

    What people do: somebody of each department writes down or reads what was settled, and sees to it that it is done.
    What follows: more of what meetings tell, answer, settle and mend is carried on to the others and done. Where there
    are no meetings, or where people do what they agreed upon anyway, it is only paper.
    """

    kind: Literal["minutes"] = "minutes"
    done: Share = 0.7
    """Share of what is not carried out after meetings that is, when lived."""
    minutes: Annotated[float, number(0.0, 240.0)] = 10.0
    """Minutes after each meeting, of one person of each department."""
    meetings_a_week: Annotated[float, number(0.0, 50.0)] = 1.0
    """Meetings a week that have minutes."""

    table: ClassVar[tuple[Row, ...]] = (Move("follow_through", 1.0, share="done"),)
    costs: ClassVar[tuple[CostRow, ...]] = (HoursOf("hours"),)
    answers: ClassVar[tuple[str, ...]] = ("does_not_last", "same_again")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "meta-analysis",
            "Gollwitzer & Sheeran 2006, 94 tests",
            "who says when and where does more of it, d = 0.65; of individuals, about their own goals",
        ),
        Evidence(
            "meta-analysis",
            "Sheeran, Listrom & Gollwitzer 2024, 642 tests",
            "plans that say when and how: d = 0.27 to 0.66, most where they have an if and a then",
        ),
        Evidence("assumption", "no number found", "how much of what meetings settle is carried out, before and after"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down", LITTLE_CARRIED_OUT),)

    @property
    def hours(self) -> float:
        """Hours a week of one person of each department."""
        return self.minutes * self.meetings_a_week / 60.0
