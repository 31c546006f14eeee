"""P18: to deliver the core first keeps dates and costs value; the best is in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

SCOPES = (1.0, 0.95, 0.9, 0.8, 0.65, 0.5)
BEST = "scope_90"
"""A tenth less work, of which a hundredth of the value is lost."""

GROUND: dict[str, Any] = {
    "processes.order.steps.produce.scalable": True,
    "departments.production.staff": 10,
    "processes.order.worth": 3000,
    "processes.order.delay_cost": 60,
    "processes.order.late_penalty": 500,
}
"""A production that is short of people, whose work can be cut; the money is that of docs/how-to/money.md."""


class Scope(Pattern):
    """The manufacturer, short of people, with less and less of the work of an order done."""

    key = "P18"
    quantities = ("on_time_target", "value_delivered", "net_value")
    replications = 30

    def settings(self) -> dict[str, Setting]:
        """Return the firm with so much of the work within scope."""
        return {
            f"scope_{round(100 * scope)}": Setting(changed("order_delivery", GROUND | {"levers.scope": scope}), scope)
            for scope in SCOPES
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """More is on time, less value is delivered, and the net is best in between."""
        yield claim("on_time", found.change("on_time_target", "scope_100", "scope_50"), above=0.0)
        yield claim("value", found.change("value_delivered", "scope_100", "scope_50"), below=0.0)
        yield claim("better_than_all", found.change("net_value", "scope_100", BEST), above=0.0)
        yield claim("better_than_half", found.change("net_value", "scope_50", BEST), above=0.0)
