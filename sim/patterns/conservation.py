"""P8: a rule on who comes first makes no queue shorter: what the urgent win the others lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.patterns.found import Claim, Found, claim
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult
from sim.scenario import loads

COUNTER = """
departments: {counter: {staff: 2}}
processes:
  matter:
    demand: {per_week: 34}
    urgent_share: 0.2
    target_days: 7
    steps: {settle: {R: counter, work: {exponential: 2}}}
levers: {preset: neutral}
warmup_weeks: 10
horizon_weeks: 200
"""
"""Two people with one queue, busy for 85 % of their hours; every fifth matter is urgent."""


class Conservation(Pattern):
    """One queue, with and without a rule on who may jump it."""

    key = "P8"
    quantities = ("urgent_waits", "ordinary_waits", "all_wait")
    replications = 20
    tables = ("cases",)

    def settings(self) -> dict[str, Setting]:
        """Return the counter without and with the rule."""
        counter = loads(COUNTER)
        return {"no_rule": Setting(counter), "rule": Setting(counter.with_interventions(["jump_rule"]))}

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return how many open hours urgent and ordinary matters, and all of them, wait for somebody."""
        waits, urgent = result.cases["ledger_queue"], result.cases["urgent"].astype(bool)
        return {
            "urgent_waits": float(waits[urgent].mean()),
            "ordinary_waits": float(waits[~urgent].mean()),
            "all_wait": float(waits.mean()),
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """Urgent matters wait less, others more, all together the same but for the minutes that the rule takes."""
        yield claim("urgent_less", found.change("urgent_waits", "no_rule", "rule"), below=0.0)
        yield claim("ordinary_more", found.change("ordinary_waits", "no_rule", "rule"), above=0.0)
        change = 100.0 * (found("rule", "all_wait") / found("no_rule", "all_wait") - 1.0)
        yield claim("conserved", change, above=-2.0, below=2.0)
