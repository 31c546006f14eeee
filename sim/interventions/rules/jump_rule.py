"""Jump rule: who may jump the queue."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class JumpRule(Intervention):
    """It is agreed which cases may jump the queue, and that these may.

    What people do: they write down what counts as urgent; who has such a case calls, and it is begun within a time; who
    has none does not ask. What follows: fewer cases are called urgent, and those that are go ahead and are no longer
    refused. What they gain the others lose: a rule on who comes first makes no queue shorter, and the calls take time.
    """

    kind: Literal["jump_rule"] = "jump_rule"
    honesty: Share = 0.8
    """Share of the needless urgency that ends when the rule is lived."""
    express: Share = 0.9
    """Share of what urgent cases ask for that is then begun within the time."""
    acceptance: Share = 0.8
    """Share of the refusals to hurry that end when the rule is lived."""
    hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours within which urgent requests are begun; empty = the pace."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("inflation", 0.0, share="honesty"),
        Move("express", 1.0, share="express"),
        Move("express_hours", "hours"),
        Move("refusal", 0.0, share="acceptance"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("all_urgent",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "log",
            "event logs of four firms (BPI challenges)",
            "the two highest classes of priority hold 2 to 35 % of the cases",
        ),
        Evidence(
            "assumption",
            "no number found",
            "how much needless urgency a rule ends, how many keep to it, and that an hour is agreed on",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("urgent_response", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 1.0}
