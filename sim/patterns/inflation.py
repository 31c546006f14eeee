"""P11: where everything is called urgent, nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import shipped
from sim.patterns.pattern import Pattern, Setting
from sim.patterns.reading import arrived
from sim.results import RunResult
from sim.scenario import Scenario

RUSH = 0.1
"""Share of the orders that are in a hurry, whatever they are called."""

EXPRESS = 0.9
"""How often the rule is followed that what is urgent is begun within the hour."""


def firm() -> Scenario:
    """Return the firm of order_delivery with its rush orders as a process of their own, and sales on its own side."""
    scenario = shipped("order_delivery")
    order = scenario.model_dump(by_alias=True, exclude_unset=True)["processes"]["order"]
    volume = order["demand"]["per_week"]
    rush = order | {"urgent_share": 1.0, "demand": order["demand"] | {"per_week": volume * RUSH}}
    rush["label"] = {"en": "Rush order", "zh": "急单"}
    changes = {
        "processes.rush": rush,
        "processes.order.urgent_share": 0.0,
        "processes.order.demand.per_week": volume * (1.0 - RUSH),
        "departments.sales.levers": {"alignment": 0.0, "inflation": 0.0},
    }
    return scenario.changed(changes)


class Inflation(Pattern):
    """One order in ten is in a hurry: without an express rule, with one, and where sales calls every order urgent."""

    key = "P11"
    quantities = ("called_urgent", "edge", "urgent_response")
    beside = ("lead_time_mean.order", "lead_time_mean.rush")
    tables = ("measures", "cases")
    replications = 20
    refused = frozenset({"gains"})

    def settings(self) -> dict[str, Setting]:
        """Return the firm as it is, with the rule, and with the rule and inflation."""
        usual = firm()
        express = usual.changed({"levers.express": EXPRESS})
        inflated = express.changed({"departments.sales.levers.inflation": 1.0})
        return {"usual": Setting(usual), "honest": Setting(express), "inflated": Setting(inflated)}

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return which share of the usual orders is called urgent, and by how much rush orders are quicker."""
        row = result.measures.iloc[0]
        rush, order = (float(row[f"lead_time_mean.{one}"]) for one in ("rush", "order"))
        urgent = 100.0 * float(arrived(result, "order")["urgent"].astype(float).mean())
        told = {"called_urgent": urgent, "edge": 100.0 * (1.0 - rush / order)}
        return told | {name: float(row[name]) for name in ("urgent_response", *self.beside)}

    def claims(self, found: Found) -> Iterator[Claim]:
        """An honest rule brings what is in a hurry ahead; called of everything, it brings it nowhere."""
        yield claim("ahead", found.change("edge", "usual", "honest"), above=5.0)
        yield claim("called", found("inflated", "called_urgent"), above=90.0)
        yield claim("nothing", found.change("edge", "usual", "inflated"), above=-5.0, below=5.0)
        yield claim("slower", found.change("lead_time_mean.rush", "honest", "inflated"), above=0.0)
        yield claim("gains", found.change("lead_time_mean.order", "usual", "inflated"), above=-5.0)
