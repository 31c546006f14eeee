"""What people call departments and the owners of approval pools."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.spec.base import text_of


def called(scenario: Scenario, owner: str, lang: str) -> str:
    """Return what people call the owner of a queue: a department, or a pool such as ``sales.director``."""
    name, _, pool = owner.partition(".")
    department = scenario.departments[name]
    if not pool:
        return text_of(department.label, name).get(lang)
    return text_of(department.pools[pool].label, owner).get(lang)
