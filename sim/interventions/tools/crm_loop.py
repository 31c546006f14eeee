"""CRM loop: what customers complain about reaches whoever can mend its cause."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, Pay
from sim.interventions.grounds import PREVENTABLE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import LEARNED
from sim.spec.base import Share, number


class CrmLoop(Intervention):
    """Customers' complaints go back to the departments that can mend their cause.

    What people do: every complaint is recorded with its cause, the causes are counted, and product, production or
    purchasing mend the commonest. What follows: some of the cases that could have been prevented do not come any more,
    and what customers want is written down. It does nothing for a complaint that is there already, and nothing where
    processes have no preventable cases; that causes are mended takes months, and how is not modeled. Where complaints
    are quicker than other cases, the mean lead time of all cases rises when they stay away.
    """

    kind: Literal["crm_loop"] = "crm_loop"
    prevention: Share = 0.3
    """Share of the preventable cases that no longer come when lived."""
    written: Share = 0.15
    """Share of the misreadings left that recorded wishes of customers prevent when lived."""
    upkeep_minutes: MinutesAWeek = 15.0
    """Minutes a week per person."""
    price: Annotated[float, number(0.0, 5000.0)] = 8.0
    """Hours of everybody's pay that it costs once in money."""
    fee: Annotated[float, number(0.0, 40.0)] = 0.25
    """Hours of everybody's pay that licenses and maintenance cost a week in money."""
    adoption: Adoption = LEARNED

    table: ClassVar[tuple[Row, ...]] = (
        Move("prevention", 1.0, share="prevention"),
        Move("documents", 1.0, share="written"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"), Pay("price", "fee"))
    answers: ClassVar[tuple[str, ...]] = ("same_again",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "the same complaints stop once whoever causes them hears of them"),
        Evidence("assumption", "no number found", "how many causes are mended, and what the system costs in pay"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("prevented_share", "up", PREVENTABLE),)
