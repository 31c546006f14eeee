"""Whether what was found of an organization as it is lies where its file says that it is known to lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sim.scenario import Scenario
from sim.study.effects import scale_of
from sim.study.reported import all_specs
from sim.study.statistics import Interval, mean_interval

Verdict = Literal["within", "open", "outside", "undefined"]


@dataclass(frozen=True, slots=True)
class Met:
    """A measure whose figure is known, beside what was found.

    Attributes
    ----------
    measure
        Its name.
    low, high
        Between what it is known to lie.
    found
        Mean and 95 % interval over replications.
    verdict
        ``within`` the band; ``open`` where only luck may keep the mean outside, because the interval reaches into the
        band or too few replications have none; ``outside``; ``undefined`` where the measure says nothing here.
    """

    measure: str
    low: float
    high: float
    found: Interval
    verdict: Verdict


def met_by(scenario: Scenario, measures: pd.DataFrame) -> tuple[Met, ...]:
    """Return what the file says is known, beside what was found; nothing where it says nothing.

    Parameters
    ----------
    scenario
        What was run.
    measures
        A row per replication, a column per measure.
    """
    if scenario.expected is None:
        return ()
    specs = all_specs([scenario])
    told = scenario.expected.measures.items()
    return tuple(
        _met(name, one.band, mean_interval(measures.get(name, ()), scale=scale_of(specs[name]))) for name, one in told
    )


def _met(name: str, band: tuple[float, float], found: Interval) -> Met:
    low, high = band
    return Met(name, low, high, found, _verdict(low, high, found))


def _verdict(low: float, high: float, found: Interval) -> Verdict:
    if found.mean != found.mean:  # NaN
        return "undefined"
    if low <= found.mean <= high:
        return "within"
    seen = found.high > found.low  # that a few replications came out alike is no certainty
    return "outside" if seen and (found.low > high or found.high < low) else "open"
