"""P15: who leaves makes others leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult

STRAIN = {"calm": 0.0, "strained": 1.5}
"""How much conflict and load add to the wish to leave."""

PEOPLE = {"quit_rate": 0.1, "concentration": 0.4, "onboarding_weeks": 20}
"""What the firm of order_delivery is told of people who leave, which it does not say by itself."""

GAP = {"kind": "short_staffed", "department": "warehouse", "week": 2, "people": 2, "weeks": 16}
"""Two of five people in the warehouse are away for sixteen weeks."""

HALF_A_YEAR = 26


class Quits(Pattern):
    """The online shop without and with strain; and a firm in which some are away, without and with strain."""

    key = "P15"
    quantities = ("quits", "lead_orders", "trust")
    replications = 28

    def settings(self) -> dict[str, Setting]:
        """Return double11 and order_delivery, both without and with strain, the latter with and without a gap."""
        found = {}
        for name, strain in STRAIN.items():
            found[f"shop_{name}"] = Setting(
                changed("double11", {"levers.strain": strain, "horizon_weeks": HALF_A_YEAR})
            )
        for name, strain in STRAIN.items():
            levers = {f"levers.{lever}": value for lever, value in (PEOPLE | {"strain": strain}).items()}
            firm = changed("order_delivery", levers)
            found[f"firm_{name}"] = Setting(firm)
            found[f"firm_{name}_gap"] = Setting(firm.changed({"shocks": [GAP]}))
        return found

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return how many leave in a year, how long orders take, and the trust between departments."""
        row = result.measures.iloc[0]
        names = {"quits": "quits", "lead_orders": "lead_time_mean.order", "trust": "trust"}
        return {name: float(row[measure]) for name, measure in names.items()}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Under strain more leave, orders take longer and trust falls; and where some are away, others leave."""
        for place in ("shop", "firm"):
            settings = f"{place}_calm", f"{place}_strained"
            yield claim(f"{place}_quits", found.change("quits", *settings), above=0.0)
            yield claim(f"{place}_longer", found.change("lead_orders", *settings), above=0.0)
        yield claim("firm_trust", found.change("trust", "firm_calm", "firm_strained"), below=0.0)
        calm, strained = (found.change("quits", f"firm_{name}", f"firm_{name}_gap") for name in STRAIN)
        yield claim("breeds", strained - calm, above=0.0)
