"""Collaboration score."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number

HALF_WAY = 0.3
"""Share of the appraisal at which helping others counts half as much as one's own work."""


class CollaborationScore(Intervention):
    """How well a department works with others is a part of its appraisal.

    What people do: departments rate each other, and 10 to 20 % of the appraisal hangs on it. What follows: answers,
    approvals and other departments' matters count in what people are judged by, so they wait less, and hand-overs meet
    less reluctance. People learn to be rated well rather than to help: half of it is gone within a year. Ratings that
    are traded, and quarrels over them, are not modeled otherwise.
    """

    kind: Literal["collaboration_score"] = "collaboration_score"
    weight: Share = 0.15
    """Share of the appraisal that hangs on it."""
    eagerness: Annotated[float, number(0.0, 1.0)] = 0.3
    """Share of the reluctance towards others' requests that it takes away."""
    minutes: MinutesAWeek = 10.0
    """Minutes a week per person to rate and to talk about it."""
    adoption: Adoption = Adoption(fidelity=0.5, ramp_weeks=2.0, retention_weeks=52.0)

    table: ClassVar[tuple[Row, ...]] = (
        Move("credit", 1.0, share="pull"),
        Move("reluctance", 0.0, share="eagerness"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("own_numbers", "waiting", "does_not_last")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "meta-analysis",
            "Smither, London & Reilly 2005, 24 studies",
            "people who are rated by colleagues improve, but generally little",
        ),
        Evidence(
            "assumption", "no number found", "how far a score makes helping count, and that half is lost in a year"
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)

    @property
    def pull(self) -> float:
        """The share of the gap: weight/(weight + 0.3)."""
        return self.weight / (self.weight + HALF_WAY)
