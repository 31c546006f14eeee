"""P1: where coordination rests on two people who get along, one of them leaves and it is as if they had never met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from sim.patterns.found import Claim, Found, claim
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult
from sim.scenario import Scenario, loads
from sim.vocab import WEEK

TWO_MANAGERS = """
departments:
  sales: {staff: 4, own_work: {share: 0.3}, kpis: [{measures: volume, target: 20}, {measures: own_work, target: 0.9}]}
  workshop: {staff: 6, own_work: {share: 0.3}, kpis: [{measures: own_work, target: 0.9}]}
  management: {staff: 1, own_work: {share: 0.5}}
management: management
processes:
  order:
    demand: {per_week: 12}
    target_days: 12
    promise: {standard_days: 12}
    steps:
      agree: {R: sales, C: [workshop], work: {lognormal: {mean: 3, cv: 0.6}}, commitment: true}
      draw:
        R: workshop
        C: [sales]
        contested_by: [sales]
        ambiguity: 0.5
        work: {lognormal: {mean: 3, cv: 0.6}}
        response_hours: 24
      build: {R: workshop, C: [sales], work: {lognormal: {mean: 5, cv: 0.6}}}
      deliver: {R: sales, I: [workshop], work: {exponential: 1}, response_hours: 16}
response_targets: {consult: 16}
relations:
  pairs:
    - {from: sales, to: workshop, trust: 0.8, understanding: 0.8}
    - {from: workshop, to: sales, trust: 0.8, understanding: 0.8}
levers: {attribution: 1, trust_baseline: 0.3, alignment: 0.1}
shocks:
  - {kind: leaver, week: 20, from: workshop, to: sales}
"""
"""Two managers who get along in a culture of little trust, in which people see what they expect; one leaves."""

BEFORE, AFTER = (0.0, 20.0), (30.0, 46.0)
"""Weeks of arrival that are looked at: until he leaves, and when it has sunk in."""


@cache
def firm() -> Scenario:
    """Return the organization of the two managers."""
    return loads(TWO_MANAGERS)


class PeopleWithoutRules(Pattern):
    """The two managers, strangers in their place, and the same with written rules or with a shared goal."""

    key = "P1"
    quantities = ("on_time_before", "on_time_after")
    replications = 40
    tables = ("cases",)
    refused = frozenset({"rules_keep"})

    def settings(self) -> dict[str, Setting]:
        """Return each organization with the leaver, and spared."""
        helped = {
            "friends": firm(),
            "rules": firm().with_interventions(["raci", "sop"]),
            "goal": firm().with_interventions(["shared_kpi"]),
        }
        found = {"strangers": Setting(firm().changed({"relations.pairs": []}))}
        for name, one in helped.items():
            found[name] = Setting(one)
            found[f"{name}_spared"] = Setting(one.model_copy(update={"shocks": ()}))
        return found

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return how many orders are on time, percent, of those that arrive before and after he leaves."""
        cases = result.cases
        week = cases["arrival"] / WEEK - result.scenario.warmup_weeks
        on_time = 100.0 * (cases["finish"] <= cases["target"])
        found = {"on_time_before": BEFORE, "on_time_after": AFTER}
        return {name: float(on_time[week.between(*weeks)].mean()) for name, weeks in found.items()}

    def claims(self, found: Found) -> Iterator[Claim]:
        """What they had is gone; written rules keep some of it, and a shared goal more."""
        yield claim("had", found.change("on_time_before", "strangers", "friends"), above=0.0)
        yield claim("gone", found.change("on_time_after", "strangers", "friends"), above=-2.0, below=2.0)
        lost = {name: found.change("on_time_after", f"{name}_spared", name) for name in ("friends", "rules", "goal")}
        yield claim("rules_stay", found.change("on_time_after", "friends", "rules"), above=0.0)
        yield claim("rules_keep", lost["rules"] - lost["friends"], above=0.0)
        yield claim("goal_keeps_more", lost["goal"] - lost["rules"], above=0.0)
