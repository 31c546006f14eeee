"""Double-check alerts at critical hand-overs."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, PerCase
from sim.interventions.grounds import GOODS_MISSING
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import DECREE
from sim.spec.base import Share, number


class DoubleCheck(Intervention):
    """Before work begins somebody confirms that what it needs is there.

    What people do: an alert asks whoever is about to begin to confirm stock, dates and versions with those who have
    them. What follows: goods that would be missing are found in time, as often as people confirm. As a rule from above
    it is soon clicked away. It is another thing than the checking out of distrust, which the lever `double_check`
    says and which nobody has decided upon. Only supplies are confirmed here; errors in the work itself are left to
    acceptance and review.
    """

    kind: Literal["double_check"] = "double_check"
    confirmed: Share = 0.8
    """Share of supplies that are confirmed when lived."""
    confirmation_minutes: Annotated[float, number(0.0, 240.0)] = 6.0
    """Minutes that a confirmation takes."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person."""
    adoption: Adoption = DECREE

    table: ClassVar[tuple[Row, ...]] = (Move("confirmation", 1.0, share="confirmed"),)
    costs: ClassVar[tuple[CostRow, ...]] = (PerCase("minutes_a_case", "supplied"), Minutes("upkeep_minutes"))
    answers: ClassVar[tuple[str, ...]] = ("goods_missing",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "before/after",
            "Koyama et al. 2020, review of 13 hospital studies",
            "of three good studies one found fewer errors; 52 to 97 % of the checks were done",
        ),
        Evidence("assumption", "no number found", "that confirming supplies works as checking doses does"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("goods_short", "down", GOODS_MISSING),)

    @property
    def minutes_a_case(self) -> float:
        """Minutes that confirming takes for each step of a case that needs goods."""
        return self.confirmed * self.confirmation_minutes
