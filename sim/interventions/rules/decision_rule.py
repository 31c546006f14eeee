"""Decision rule: how departments that disagree come to a decision."""

from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, OnceHours, Pay
from sim.interventions.moves import Move, Row
from sim.interventions.parts import FULL_WEEK, Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class DecisionRule(Intervention):
    """It is agreed how a disagreement is decided: the lead department does, there is a vote, or data decide.

    What people do: they agree beforehand who or what decides; in the preset `lead` the department in the lead, in
    `vote` all that are concerned, in `data` figures that an analyst provides. What follows: two sides that disagree
    stand off for a shorter time; where they had a say, or figures, fewer frictions become quarrels in the first place.
    Whether a decision is right is not modeled, nor that whoever is outvoted may resent it.
    """

    kind: Literal["decision_rule"] = "decision_rule"
    shorter: Share = 0.5
    """Share by which stand-offs become shorter."""
    calmer: Share = 0.0
    """Share of the frictions that no longer become quarrels."""
    analysts: Annotated[float, number(0.0, 100.0)] = 0.0
    """People who provide figures, at average pay; a half = half of somebody's time."""
    agreeing_hours: Annotated[float, number(0.0, 100.0)] = 1.0
    """Hours of everybody to agree on it, once."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("standoff_hours", 0.0, share="shorter"),
        Move("severity", 0.0, share="calmer"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (
        OnceHours("agreeing_hours"),
        Minutes("upkeep_minutes"),
        Pay(weekly="analysts_pay", per="total"),
    )
    answers: ClassVar[tuple[str, ...]] = ("stuck", "quarrels")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "disagreements are settled sooner where it is agreed who or what decides"),
        Evidence(
            "assumption", "no number found", "how much shorter stand-offs become, and how many quarrels do not begin"
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("on_time_target", "up"),)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "lead": {"shorter": 0.5, "calmer": 0.0, "analysts": 0.0},
        "vote": {"shorter": 0.2, "calmer": 0.1, "analysts": 0.0},
        "data": {"shorter": 0.3, "calmer": 0.3, "analysts": 0.5},
    }

    @property
    def analysts_pay(self) -> float:
        """Hours of pay a week of those who provide figures."""
        return FULL_WEEK * self.analysts
