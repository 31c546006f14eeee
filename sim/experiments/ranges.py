"""Ranges of what is not known for certain, as far as several organizations agree on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.experiments.axes import Axis
from sim.interventions import Intervention
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption, assumptions_of
from sim.spec.findings import TextError
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("experimentfile")


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


def drawn(name: str, one: Assumption) -> Axis:
    return Axis(name, (), float(one.low), float(one.high), one.whole, float(one.here))
