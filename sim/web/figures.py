"""A few of the organization's own figures that a page may change: people, cases a week, and what is uncertain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario import Scenario
from sim.scenario.bundles import every_bundle
from sim.scenario.positions import main_process
from sim.scenario.uncertain import SHIFTED, assumptions_of
from sim.spec.base import text_of
from sim.spec.sites import called_at
from sim.words import Text, words

_TEXTS = words("catalogue")
_TERMS = words("terminal")
_ASSUMED = words("uncertain")

LESS, MORE = 0.5, 1.5
"""Between which shares of today's cases a week a page may go: with more, most organizations never finish."""

STEPS = 20
"""In how many steps a range is gone through."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the organization, as a page may change it.

    Attributes
    ----------
    place
        Where it stands, as in ``departments.production.staff``.
    label, unit
        What people call it, and in what it is counted.
    low, high, step
        From where to where it goes, and how finely.
    here
        What the scenario says.
    whole
        Whether it is a whole number.
    """

    place: str
    label: Text
    unit: Text
    low: float
    high: float
    step: float
    here: float
    whole: bool = False

    def told(self) -> dict[str, Any]:
        """Return it as plain data."""
        names = {"label": self.label.by_language(), "unit": self.unit.by_language()}
        return {"place": self.place, **names, "low": self.low, "high": self.high, "step": self.step, "here": self.here}


def figures_of(scenario: Scenario) -> dict[str, Figure]:
    """Return the figures of an organization that a page may change, by place.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.

    Returns
    -------
    dict of Figure
        The staff of every department, the cases of the main process, shares that a shipped bundle sets, and what the
        scenario gives ranges for.

    Examples
    --------
    >>> from sim.web.figures import figures_of
    >>> figures_of(sim.load("order_delivery"))["departments.production.staff"].high
    26
    """
    every = (*_staff(scenario), *_demand(scenario), *_in_bundles(scenario), *_uncertain(scenario))
    return {one.place: one for one in every}


def _staff(scenario: Scenario) -> Iterator[Figure]:
    for name, one in scenario.departments.items():
        label = _TEXTS.STAFF.format(department=called_at(one, name))
        yield Figure(f"departments.{name}.staff", label, _TEXTS.PEOPLE, 1, 2 * one.staff, 1, one.staff, whole=True)


def _demand(scenario: Scenario) -> Iterator[Figure]:
    process = main_process(scenario)
    name = next(name for name, one in scenario.processes.items() if one is process)
    here = process.demand.per_week
    if here:
        label = _TEXTS.DEMAND.format(process=text_of(process.label, name))
        step = 1.0 if here >= STEPS else round_step(here / STEPS)
        yield Figure(
            f"processes.{name}.demand.per_week",
            label,
            _TEXTS.A_WEEK,
            round(LESS * here, 3),
            round(MORE * here, 3),
            step,
            here,
        )


def _in_bundles(scenario: Scenario) -> Iterator[Figure]:
    """Yield the shares of an organization that shipped bundles set, such as trust at the start."""
    for place in dict.fromkeys(place for bundle in every_bundle().values() for place in bundle.set_):
        part, _, name = place.partition(".")
        if place in SHIFTED:
            here = getattr(getattr(scenario, part), name)
            yield Figure(place, _ASSUMED.PLACES[place], Text("", ""), 0, 1, 0.01, here)


def _uncertain(scenario: Scenario) -> Iterator[Figure]:
    units: Mapping[str, Text] = {"hours": _TERMS.UNITS["hours"]}
    for one in assumptions_of(scenario):
        if one.stated and one.low < one.high:
            step = 1.0 if one.whole else round_step((one.high - one.low) / STEPS)
            unit = units.get(one.unit, Text("", ""))
            yield Figure(one.place, one.label, unit, one.low, one.high, step, one.here, one.whole)


def round_step(least: float) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that is no smaller."""
    power = 10.0 ** math.floor(math.log10(least))
    return round(next(k * power for k in (1, 2, 5, 10) if k * power >= least * (1.0 - 1e-9)), 12)
