"""A second source of supply."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Pay
from sim.interventions.grounds import GOODS_MISSING
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.interventions.shapes import ONCE
from sim.spec.base import Share, number

Hours = Annotated[float, number(0.0, 100_000.0)]
"""Hours of average pay."""


class BackupSupplier(Intervention):
    """A second supplier, or a reserve, is kept for when goods are missing.

    What people do: they qualify a second source, and pay more for having it ready. What follows: the covered share of
    shortages does not arise, and of a supplier's failure only the rest is felt. Where steps are never short (`short`)
    and no supplier fails, it is only a premium. The premium is a figure of its own, whatever is bought: what goods cost
    is not in the model.
    """

    kind: Literal["backup_supplier"] = "backup_supplier"
    covered: Share = 0.7
    """Share of shortages that the second source covers, when lived."""
    premium: Hours = 10.0
    """What having it ready costs every week, in hours of average pay."""
    qualifying: Hours = 80.0
    """What finding and qualifying it costs once, in hours of average pay."""
    adoption: Adoption = ONCE

    table: ClassVar[tuple[Row, ...]] = (Move("backup", 1.0, share="covered"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Pay(once="qualifying", weekly="premium", per="total"),)
    answers: ClassVar[tuple[str, ...]] = ("goods_missing",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "assumption",
            "order-splitting theory (review: Thomas & Tyworth 2006)",
            "two sources make long waits rarer; whether that pays is disputed",
        ),
        Evidence("assumption", "no number found", "which share of shortages is covered, and the premium"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("goods_short", "down", GOODS_MISSING),
        Expectation("lead_time_mean", "down", GOODS_MISSING),
    )
