"""Recognition: awards, a thank-you wall, signs of a culture of cooperation."""

from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, Pay
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import GLOW
from sim.spec.base import Share, number


class Recognition(Intervention):
    """Those who help other departments are thanked where all can see it.

    What people do: in the preset `award` some are chosen every month and get something; on a `wall` everybody thanks
    whom he likes; a `culture` says with slogans, posters and stories what is valued here. What follows: an everyday
    good dealing weighs more in what departments think of each other, and everybody expects a little better of the
    others; an award counts a little in the appraisal, and a culture brings departments that are far apart closer. All
    of it fades within weeks, sooner where everybody knows when the next award is due.
    """

    kind: Literal["recognition"] = "recognition"
    thanks: Share = 0.3
    """Share of what an everyday good dealing weighs less than help beyond duty that it makes up for."""
    expected_good: Share = 0.1
    """Share of what is missing in the trust with which strangers meet that it adds."""
    counted: Share = 0.05
    """How much helping others counts in the appraisal with it."""
    closeness: Share = 0.0
    """Share of the weight of distance that it takes away."""
    minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""
    paid_hours: Annotated[float, number(0.0, 1000.0)] = 2.0
    """What is given away or printed a week, in hours of average pay, in all."""
    adoption: Adoption = GLOW

    table: ClassVar[tuple[Row, ...]] = (
        Move("routine_weight", 1.0, share="thanks"),
        Move("trust_baseline", 1.0, share="expected_good"),
        Move("credit", 1.0, share="counted"),
        Move("distance", 0.0, share="closeness"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"), Pay(weekly="paid_hours", per="total"))
    answers: ClassVar[tuple[str, ...]] = ("worst_expected", "does_not_last")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "trial",
            "Bradler et al. 2013, more than 300 people",
            "unexpected thanks raised performance; in an earlier draft nothing was left once they were announced",
        ),
        Evidence(
            "assumption", "no number found", "how thanks change what a dealing weighs, and that it fades in weeks"
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"),)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "award": {"counted": 0.05, "closeness": 0.0, "paid_hours": 2.0},
        "wall": {"counted": 0.0, "closeness": 0.0, "paid_hours": 0.0},
        "culture": {"counted": 0.0, "closeness": 0.2, "paid_hours": 1.0},
    }
