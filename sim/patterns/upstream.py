"""P7: more people before a bottleneck only move the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult

MAKING, SIGNING = 9, 4
"""People in production and sales: either is too few for the orders that come."""


class Upstream(Pattern):
    """A manufacturer that signs, and makes, less than is asked for; half as many people again who sign."""

    key = "P7"
    quantities = ("waiting_in_production", "under_way", "lead_time_mean", "throughput")
    replications = 30
    tables = ("measures", "timeline", "weekly")
    refused = frozenset({"more_under_way", "longer"})

    def settings(self) -> dict[str, Setting]:
        """Return the firm with few people before the bottleneck, and with half as many again."""
        people = {"few": SIGNING, "more": SIGNING + SIGNING // 2}
        return {
            name: Setting(
                changed("order_delivery", {"departments.production.staff": MAKING, "departments.sales.staff": signing})
            )
            for name, signing in people.items()
        }

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return measures, and how many cases are under way and wait before the bottleneck, on average."""
        weeks, days = result.timeline, result.weekly
        making = days[(days["department"] == "production") & (days["week"] >= 0)]
        row = result.measures.iloc[0]
        return {
            "waiting_in_production": float(making["queue"].mean()),
            "under_way": float(weeks[weeks["week"] >= 0]["backlog"].mean()),
            "lead_time_mean": float(row["lead_time_mean"]),
            "throughput": float(row["throughput"]),
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """More waits before the bottleneck; cases take longer, and more of them are under way."""
        yield claim("queue_moves", found.change("waiting_in_production", "few", "more"), above=0.0)
        yield claim("more_under_way", found.change("under_way", "few", "more"), above=0.0)
        yield claim("longer", found.change("lead_time_mean", "few", "more"), above=0.0)
