"""The organizations that patterns start from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.scenario import Scenario, load, planned_loads


@cache
def shipped(name: str) -> Scenario:
    """Return a shipped scenario."""
    return load(name)


def changed(name: str, changes: Mapping[str, Any]) -> Scenario:
    """Return a shipped scenario with values set by place."""
    return shipped(name).changed(dict(changes))


def loaded(scenario: Scenario, load: float) -> Scenario:
    """Return the scenario with more or less own work, so that every department has this planned load."""
    shares = {}
    for one in planned_loads(scenario):
        if one.owner in scenario.departments:
            share = load - (one.work + one.coordination) / one.capacity
            shares[f"departments.{one.owner}.own_work.share"] = share
    return scenario.changed(shares)
