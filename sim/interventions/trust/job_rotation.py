"""Job rotation."""

import math
from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Contact, Move, Row
from sim.interventions.parts import FULL_WEEK, Adoption, Evidence, Expectation
from sim.interventions.shapes import ONCE
from sim.spec.base import Share, number
from sim.spec.organization import Organization


class JobRotation(Intervention):
    """Some people of every department work in another one for a while.

    What people do: a share of the staff changes places, for a week or for half a year, is of little use at first, and
    knows both sides afterwards. In the preset `front_help` people of the back learn the front's simple jobs in two
    weeks, and then help out whenever they have nothing to do and the front is behind, half of the time as a rule; it is
    meant for `departments: [front, back]`. What follows: trust and understanding grow as long as people meet, and those
    who are there explain the other side at home, which is modeled as understanding of all others, and less of it where
    few of them take part. Those who have learned the other trade can stand in once they are back, not as fast as the
    others; as only whole people are lent, a tenth of a small department is nobody. What is left leaves with these
    people.
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
    explained: Share = 0.05
    """Share of what is not understood of the other side that somebody who is there explains in a day."""
    stand_in_speed: Annotated[float, number(0.05, 1.0)] = 0.7
    """Speed of those who stand in later, against that of the others."""
    rule: Share = 0.0
    """How far standing in is a rule, and not a favor."""
    adoption: Adoption = ONCE

    table: ClassVar[tuple[Row, ...]] = (
        Contact("contact_a_day", weeks="weeks"),
        Move("teaching", 1.0, share="explained_a_day", weeks="weeks"),
        Move("cross_training", 1.0, share="learned", after_weeks="weeks"),
        Move("cross_skill", "stand_in_speed", share=1.0, after_weeks="weeks", worsens=True),
        Move("help_rule", 1.0, share="rule", after_weeks="weeks"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("lost_minutes", weeks="weeks", fades_weeks="fades_weeks"),)
    answers: ClassVar[tuple[str, ...]] = ("worst_expected", "misread", "scarce_people")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Mlekus & Maier 2021, 56 studies", "productivity r = 0.13, flexibility r = 0.32"),
        Evidence("claim", "practitioners", "complaints between departments down 80 %"),
        Evidence("assumption", "newcomers need 8 to 20 weeks", "the loss of those who are new halves every 5 weeks"),
        Evidence("assumption", "no number found", "what being there explains, and how fast those who stand in are"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"), Expectation("bounces_per_100", "down"))
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "week": {"staff_share": 0.2, "weeks": 1.0},
        "half_year": {"staff_share": 0.1, "weeks": 26.0},
        "front_help": {"staff_share": 0.3, "weeks": 2.0, "learning_weeks": 1.0, "rule": 0.5},
    }

    @property
    def contact_a_day(self) -> float:
        """Dealings a day of any two departments, with as many people as change places."""
        return self.dealings * self.staff_share

    def explained_a_day(self, organization: Organization) -> float:
        """Return what all who are there explain in a day, less where few of the others take part."""
        there = len(organization.staffed)
        part = len(self.departments or organization.staffed)
        return self.explained * self.staff_share * (part - 1) / max(1, there - 1)

    @property
    def learned(self) -> float:
        """The share of the staff that can stand in afterwards: who has changed places, as far as the loss has faded."""
        still_lost: float = 2.0 ** (-self.weeks / self.fades_weeks)
        return self.staff_share * (1.0 - still_lost)

    @property
    def lost_minutes(self) -> float:
        """Minutes a week of everybody that are lost at first."""
        return 60.0 * FULL_WEEK * self.staff_share * self.loss

    @property
    def fades_weeks(self) -> float:
        """Weeks in which the loss becomes half as much."""
        return math.inf if self.learning_weeks is None else self.learning_weeks
