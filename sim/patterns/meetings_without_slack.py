"""P4: where nobody has slack, a stand-up that removes no waiting makes every lead time worse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import loaded, shipped
from sim.patterns.pattern import Pattern, Setting
from sim.scenario import Scenario, loads

RELAY = """
departments: {desk: {staff: 4}, hall: {staff: 4}, yard: {staff: 4}}
processes:
  job:
    demand: {per_week: 20}
    target_days: 10
    steps:
      one: {R: desk, C: [hall], work: {exponential: 4}}
      two: {R: hall, C: [yard], work: {exponential: 4}}
      three: {R: yard, C: [desk], work: {exponential: 4}}
levers: {preset: neutral, answer_latency: 3}
warmup_weeks: 20
horizon_weeks: 100
"""
"""Three departments that hand work on and may ask each other, and nothing else that a meeting could mend."""

FULL, USUAL = 0.92, 0.70
"""Load of every department without slack, and with some."""

ASKING = 0.7
"""Share of the questions that are asked where people ask."""

FIRM_LOAD = 0.8
"""Planned load of the manufacturer, whose rework comes on top: its sales department has no hour left then."""


@cache
def relay(load: float, asking: float) -> Scenario:
    """Return the three departments with so much own work that they have this load."""
    return loaded(loads(RELAY).changed({"levers.adherence": asking}), load)


class MeetingsWithoutSlack(Pattern):
    """The same stand-up with and without slack, with and without questions, and in the manufacturer without slack."""

    key = "P4"
    quantities = ("lead_time_mean",)
    beside = ("rework_share", "conflicts_per_100")
    replications = 30
    refused = frozenset({"overfull"})

    def settings(self) -> dict[str, Setting]:
        """Return each organization without and with a daily stand-up."""
        grounds = {
            "full": relay(FULL, 0.0),
            "asking": relay(USUAL, ASKING),
            "firm": loaded(shipped("order_delivery"), FIRM_LOAD),
        }
        met = {f"{name}_met": one.with_interventions(["daily_standup"]) for name, one in grounds.items()}
        pairs = ((one, f"{one}_met") for one in grounds)
        return {name: Setting((grounds | met)[name]) for pair in pairs for name in pair}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Without slack lead times grow, with slack and questions they shrink; in the full firm they ought to grow."""
        yield claim("longer", found.change("lead_time_mean", "full", "full_met"), above=0.0)
        yield claim("shorter", found.change("lead_time_mean", "asking", "asking_met"), below=0.0)
        yield claim("overfull", found.change("lead_time_mean", "firm", "firm_met"), above=0.0)
