"""Ranges of what is not known for certain, as far as several organizations agree on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from sim.experiments.axes import Axis
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption, assumptions_of
from sim.spec.base import bounds_of
from sim.spec.findings import TextError
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("experimentfile")

NEAR = 0.1
"""How small a figure that has to be above nothing may become, as a share of the lower end of its range."""


def ranges_of(scenario: Scenario, tried: Sequence[Intervention], place: str = "") -> dict[str, Assumption]:
    """Return the assumptions of a scenario by place, and a lever that is asked for although it is none."""
    found = {one.place: one for one in assumptions_of(scenario, tried)}
    name = place.removeprefix("levers.")
    if place and place not in found and place.startswith("levers.") and name in LEVERS:
        spec, here = LEVERS[name], scenario.lever(name)
        low, high = (scenario.usual(name, figure) for figure in spec.plausible)
        found[place] = Assumption(place, min(low, here), max(high, here), here, spec.label, spec.unit)
    return found


def agreed(place: str, ranges: Mapping[str, Mapping[str, Assumption]]) -> Assumption:
    """Return an assumption whose range is the same in all organizations."""
    found: dict[str, Assumption] = {}
    for scenario, known in ranges.items():
        if place not in known:
            facts = {"place": place, "scenario": scenario, "hint": did_you_mean(place, known)}
            raise TextError(texts.NO_RANGE.format(**facts))
        found[scenario] = known[place]
    (first, one), *others = found.items()
    for name, other in others:
        if (one.low, one.high, one.whole) != (other.low, other.high, other.whole):
            facts = {"place": place, "first": first, "second": name}
            limits = {"low": one.low, "high": one.high, "other_low": other.low, "other_high": other.high}
            raise TextError(texts.RANGES_DIFFER.format(**facts, **limits))
    if not one.low < one.high:
        raise TextError(texts.NO_WIDTH.format(place=place, here=one.here))
    return one


def widened(one: Assumption, widths: float) -> Assumption:
    """Return an assumption whose range goes on beyond both ends by so many widths of it, as far as values are allowed.

    Levers and doses have documented bounds; a share lies between 0 and 1, and other figures stay above nothing.
    """
    if widths == 0.0:
        return one
    low, high = _allowed(one)
    more = widths * (one.high - one.low)
    return replace(one, low=min(one.low, max(low, one.low - more)), high=max(one.high, min(high, one.high + more)))


def _allowed(one: Assumption) -> tuple[float, float]:
    """Return between what an assumption can be at all."""
    kind, *path = one.place.split(".")
    if kind == "levers" and path[-1] in LEVERS:
        return LEVERS[path[-1]].low, LEVERS[path[-1]].high
    field = INTERVENTIONS[kind].model_fields.get(path[0]) if kind in INTERVENTIONS and len(path) == 1 else None
    bounds = None if field is None else bounds_of(field)
    if bounds is not None:
        return max(bounds.low, NEAR * one.low if bounds.open_low else bounds.low), bounds.high
    return (0.0, 1.0) if one.unit == "share" else (NEAR * one.low, inf)


def drawn(name: str, one: Assumption) -> Axis:
    return Axis(name, (), float(one.low), float(one.high), one.whole, float(one.here))
