"""P9: with a new ERP system it becomes worse before it becomes better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import shipped
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult

EARLY, LATE = (0, 7), (39, 49)
"""Weeks of arrival: the first eight, and the last eleven of the year."""


class ErpDips(Pattern):
    """The manufacturer over a year, without and with an ERP system that begins in week 0."""

    key = "P9"
    quantities = ("on_time_early", "on_time_late")
    replications = 40
    tables = ("timeline",)

    def settings(self) -> dict[str, Setting]:
        """Return the firm without and with the system."""
        firm = shipped("order_delivery")
        return {"now": Setting(firm), "erp": Setting(firm.with_interventions(["erp"]))}

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return how many of the cases that come early, and late, are on time, percent."""
        weeks = result.timeline.set_index("week")["on_time_target"]
        spans = {"on_time_early": EARLY, "on_time_late": LATE}
        return {name: 100.0 * float(weeks.loc[first:last].mean()) for name, (first, last) in spans.items()}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Fewer are on time at first, more later."""
        yield claim("dip", found.change("on_time_early", "now", "erp"), below=0.0)
        yield claim("gain", found.change("on_time_late", "now", "erp"), above=0.0)
