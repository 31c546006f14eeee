"""Job rotation."""

import math
from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Contact, Row
from sim.interventions.parts import FULL_WEEK, Adoption, Evidence, Expectation
from sim.spec.base import Share, number


class JobRotation(Intervention):
    """Some people of every department work in another one for a while.

    What people do: a share of the staff changes places, for a week or for half a year, is of little use at first, and
    knows both sides afterwards. In the preset `front_help` people of the back departments help at the front for a day a
    week; it is meant for `departments: [front, back]`, and what they get done there is not modeled yet: only that they
    meet, and that a fifth of their own work is lost. What follows: trust and understanding grow by themselves as long
    as people meet, and stay as long as these people do.
    """

    kind: Literal["job_rotation"] = "job_rotation"
    staff_share: Share = 0.1
    """Share of the staff that changes places."""
    weeks: Annotated[float, number(0.0, 520.0, above=True)] = 26.0
    """How long they stay in the other department."""
    loss: Share = 0.5
    """Share of their work that is lost at first."""
    learning_weeks: Annotated[float, number(0.0, 520.0, above=True)] | None = 5.0
    """Half-life of the loss in weeks: newcomers need 8 to 20 weeks; assumption; empty = it stays."""
    dealings: Annotated[float, number(0.0, 50.0)] = 2.0
    """Good dealings a day, at a pace of 1, that somebody's being there is worth."""
    adoption: Adoption = Adoption(ramp_weeks=0.0)

    table: ClassVar[tuple[Row, ...]] = (Contact("contact_a_day", weeks="weeks"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("lost_minutes", weeks="weeks", fades_weeks="fades_weeks"),)
    answers: ClassVar[tuple[str, ...]] = ("worst_expected", "misread")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Mlekus & Maier 2021, 56 studies", "productivity r = 0.13, flexibility r = 0.32"),
        Evidence("claim", "practitioners", "complaints between departments down 80 %"),
        Evidence("assumption", "newcomers need 8 to 20 weeks", "the loss of those who are new halves every 5 weeks"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"), Expectation("bounces_per_100", "down"))
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "week": {"staff_share": 0.2, "weeks": 1.0},
        "half_year": {"staff_share": 0.1, "weeks": 26.0},
        "front_help": {"staff_share": 0.1, "weeks": 26.0, "loss": 0.2, "learning_weeks": None, "dealings": 0.4},
    }

    @property
    def contact_a_day(self) -> float:
        """Dealings a day of any two departments, with as many people as change places."""
        return self.dealings * self.staff_share

    @property
    def lost_minutes(self) -> float:
        """Minutes a week of everybody that are lost at first."""
        return 60.0 * FULL_WEEK * self.staff_share * self.loss

    @property
    def fades_weeks(self) -> float:
        """Weeks in which the loss becomes half as much."""
        return math.inf if self.learning_weeks is None else self.learning_weeks
