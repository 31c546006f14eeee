"""Mentors."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf, OnceHours
from sim.interventions.grounds import PEOPLE_LEAVE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.interventions.shapes import RULE
from sim.spec.base import Share, number


class Mentors(Intervention):
    """Newcomers have mentors, also in the departments that they will deal with.

    What people do: a colleague spends some hours a week with each newcomer in the first two months, and takes him to
    the others. What follows: newcomers are soon as quick as the others; the mentors work less meanwhile. How many
    newcomers there are is taken from the rate at which people leave by themselves. That who is looked after stays
    longer is not modeled, nor that the others come to trust newcomers sooner. Where nobody leaves it only costs the
    hours in which mentors are prepared.
    """

    kind: Literal["mentors"] = "mentors"
    settled_weeks: Annotated[float, number(0.0, 104.0)] = 8.0
    """Weeks in which newcomers settle in at best."""
    support: Share = 0.5
    """Share of the way to that which mentors bring."""
    mentor_hours: Annotated[float, number(0.0, 40.0)] = 4.0
    """Hours a week that a mentor spends on a newcomer."""
    mentored_weeks: Annotated[float, number(0.0, 104.0)] = 8.0
    """Weeks for which a newcomer has a mentor."""
    preparing_hours: Annotated[float, number(0.0, 40.0)] = 0.5
    """Hours of everybody, once, to find and to prepare mentors."""
    adoption: Adoption = RULE

    table: ClassVar[tuple[Row, ...]] = (Move("onboarding_weeks", "settled_weeks", share="support"),)
    costs: ClassVar[tuple[CostRow, ...]] = (OnceHours("preparing_hours"), HoursOf("hours_a_newcomer", "newcomers"))
    answers: ClassVar[tuple[str, ...]] = ("people_leave",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "meta-analysis",
            "Bauer et al. 2007, 70 samples",
            "help in settling in works by clear roles, confidence and acceptance, on performance and staying",
        ),
        Evidence(
            "survey",
            "Mellon Financial, cited in MIT Sloan Management Review",
            "newcomers need 8 weeks (clerks) to 26 (executives) until they are productive",
        ),
        Evidence("assumption", "no number found", "how much of the time mentors save"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", PEOPLE_LEAVE),)

    @property
    def hours_a_newcomer(self) -> float:
        """Hours of a mentor for a newcomer, in all."""
        return self.mentor_hours * self.mentored_weeks
