"""P10: a bonus that many share moves each of them less."""

from __future__ import annotations

from collections.abc import Iterator

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

REACH = ("sales", "production", "purchasing", "warehouse")
"""Departments that reach the result together: those that carry an order."""

RIDERS = ("service", "finance", "product", "personnel", "it", "legal")
"""Departments that share the bonus and have no part in an order; of some the firm has to be told."""

SHARERS = {"equal": (2, 4, 7, 10), "contribution": (4, 10)}
"""How many share the bonus, by how it is split; between two there is no difference."""

OFFICE = {
    "staff": 4,
    "own_work": {"share": 0.6, "size": {"exponential": 1.0}},
    "kpis": [{"measures": "own_work", "target": 0.9}],
}
"""A department that has only work of its own."""

LEAD = "lead_time_mean.order"


class FreeRiding(Pattern):
    """The same bonus shared by 2 to 10 departments, split equally and by contribution."""

    key = "P10"
    quantities = (LEAD,)
    replications = 44

    def settings(self) -> dict[str, Setting]:
        """Return the firm of order_delivery with three offices more, whose bonus ever more departments share."""
        firm = changed("order_delivery", {f"departments.{name}": OFFICE for name in RIDERS[3:]})
        found = {}
        for split, numbers in SHARERS.items():
            for sharers in numbers:
                shared = {"kind": "shared_kpi", "split": split, "departments": list((*REACH, *RIDERS)[:sharers])}
                found[f"{split}_{sharers}"] = Setting(firm.with_interventions([shared]), sharers, split)
        return found

    def claims(self, found: Found) -> Iterator[Claim]:
        """Who reaches it together should share it; every further sharer costs, and less where contribution counts."""
        yield claim("reached", found.change(LEAD, "equal_2", "equal_4"), below=0.0)
        yield claim("seven", found.change(LEAD, "equal_4", "equal_7"), above=0.0)
        yield claim("ten", found.change(LEAD, "equal_7", "equal_10"), above=0.0)
        equal, split = (found.change(LEAD, f"{one}_4", f"{one}_10") for one in ("equal", "contribution"))
        yield claim("flatter", equal - split, above=0.0)
