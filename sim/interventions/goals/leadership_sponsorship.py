"""Leadership sponsorship."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf
from sim.interventions.grounds import SUPERIORS_ASKED
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.interventions.shapes import RULE
from sim.spec.base import Share, number
from sim.spec.organization import Organization


class LeadershipSponsorship(Intervention):
    """Somebody at the top stands for cooperation between departments.

    What people do: a leader takes the common goal on as his own, gives those who settle matters the authority for it,
    and spends hours a week on it. What follows: management weighs the company's result against its own agenda, so that
    what waits for its approval or decision is noticed sooner; what it decides cuts quarrels shorter, where matters are
    brought before it; and what else was introduced is meant more seriously. The departments themselves are as they
    were. Money and people that a sponsor gives are not modeled here: say them as money, or as people who are added.
    """

    kind: Literal["leadership_sponsorship"] = "leadership_sponsorship"
    backing: Share = 0.3
    """Share of what others' adoption lacks that the sponsor makes up for."""
    common_goal: Share = 0.6
    """Share of management's missing goal alignment that it closes."""
    authority: Share = 0.5
    """Share of what management cannot settle yet that it then may."""
    leader_hours: Annotated[float, number(0.0, 40.0)] = 4.0
    """Hours a week of every leader."""
    adoption: Adoption = RULE

    table: ClassVar[tuple[Row, ...]] = (
        Move("leadership", 1.0, share="backing"),
        Move("alignment", 1.0, share="common_goal", where="above"),
        Move("authority", 1.0, share="authority", where="above"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (HoursOf("leader_hours", "leaders"),)
    answers: ClassVar[tuple[str, ...]] = ("stuck", "does_not_last", "own_numbers")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Porter & Nohria 2018, 27 chief executives",
            "43 % of their time goes to their own agenda, 36 % to what comes up",
        ),
        Evidence("claim", "practitioners", "without somebody at the top nothing between departments lasts"),
        Evidence("assumption", "no number found", "how far a sponsor moves management, and what others make of it"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", SUPERIORS_ASKED),)

    def above(self, organization: Organization) -> tuple[str, ...]:
        """Return management, where it takes part."""
        leads = organization.management
        return (leads,) if leads and leads in (self.departments or organization.staffed) else ()
