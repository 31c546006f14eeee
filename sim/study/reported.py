"""Which measures a table shows, and what is known about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.characters import visible
from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.measures import MEASURES, MeasureSpec, kpi_measure
from sim.spec.nearest import did_you_mean

USUAL_MEASURES = (
    "on_time_target",
    "on_time_promise",
    "promise_mean",
    "lost_share",
    "lead_time_mean",
    "conflicts_per_100",
    "bounces_per_100",
    "trust",
    "rework_share",
    "urgent_response",
    "coordination_hours",
)
"""Reported where neither the caller nor the scenario says what: the headline, what could flatter it, the price."""


class MeasureError(ValueError):
    """A sentence about a measure that does not exist; whatever it quotes is visible."""

    def __init__(self, sentence: str) -> None:
        super().__init__(visible(sentence))


def measure_specs(scenario: Scenario) -> dict[str, MeasureSpec]:
    """Return every measure of a scenario by name, the KPI attainment of its departments included."""
    kpis = (kpi_measure(name, text_of(one.label, name)) for name, one in scenario.departments.items() if one.kpis)
    return MEASURES | {spec.name: spec for spec in kpis}


def reported_measures(
    scenario: Scenario, measures: Iterable[str] | str | None, specs: Mapping[str, MeasureSpec]
) -> tuple[str, ...]:
    """Return what to report: what was asked for, else what the scenario says, else the usual measures."""
    if measures == "all":
        return tuple(specs)
    asked = (measures,) if isinstance(measures, str) else tuple(measures or scenario.measures or USUAL_MEASURES)
    for name in asked:
        if name not in specs:
            raise MeasureError(f"unknown measure '{name}'{did_you_mean(name, specs)} (known: {', '.join(specs)})")
    return tuple(dict.fromkeys(asked))
