"""Every shipped organization is, with luck of its own, as its file says it was found, and settled when it counts."""

from collections.abc import Iterator
from math import hypot

import numpy as np
import pandas as pd
import pytest

import sim
from sim.replications import replicate
from sim.scenario import Scenario
from sim.study.effects import scale_of
from sim.study.reported import all_specs
from sim.study.statistics import mean_interval

pytestmark = [pytest.mark.compiled, pytest.mark.statistics]

REPLICATIONS = 40
SEED = 2
"""Not the one with which what stands in the files was found."""
FEW = 4.0
"""Standard errors that luck hardly ever exceeds: of the thirty measures of all files, once in five hundred times."""
WIDE = 2.0 * 1.97
"""Standard errors from one end of a 95 % interval to the other, of two hundred replications."""
ROUNDED = 0.003
"""Of a number of three digits, what it may lack to the one that was found."""
DRIFT = {"on_time_target": 0.04, "trust": 0.04}
"""What may still drift from the first third of the weeks that count to the last, beside luck ..."""
SHARE = 0.15
"""... and of the cases in progress, as a share of them."""
EDGE = 4
"""Weeks at either end of a year of dates, in which nothing but its season is the same."""


def dated(scenario: Scenario) -> bool:
    """Tell whether single dates make some weeks others than the rest: then a year has no thirds that are alike."""
    demands = [process.demand for process in scenario.processes.values()]
    return bool(scenario.shocks or scenario.closures or any(one.at or one.peaks for one in demands))


def drifts(scenario: Scenario, timeline: pd.DataFrame) -> Iterator[tuple[str, float, float]]:
    """Yield what moves beyond what it may, by how much, and the standard error of that.

    Where dates make waves, only trust can be compared, which outlasts them: in the same season, at both ends.
    """
    weeks = int(scenario.horizon_weeks)
    counted = timeline[(timeline["week"] >= 0) & (timeline["week"] < weeks)]
    part = EDGE if dated(scenario) else weeks // 3
    levels = ("trust",) if dated(scenario) else ("trust", "on_time_target", "backlog")
    first = counted[counted["week"] < part].groupby("replication")[list(levels)].mean()
    last = counted[counted["week"] >= weeks - part].groupby("replication")[list(levels)].mean()
    for name in levels:
        changes = (last[name] - first[name]).dropna().to_numpy()
        mean, error = float(changes.mean()), float(changes.std(ddof=1) / np.sqrt(changes.size))
        limit = DRIFT.get(name, SHARE * float(first[name].mean()))
        if abs(mean) > max(limit, FEW * error):
            yield name, mean, error


@pytest.mark.parametrize("name", sim.shipped())
def test_a_shipped_organization_is_as_its_file_says(name: str) -> None:
    """Each measure within its band and, beside luck, where it was found; nothing goes on moving while it counts."""
    scenario = sim.load(name)
    expected = scenario.expected
    assert expected is not None, "a shipped scenario says what was found of it"
    assert 2 <= len(expected.measures) <= 5
    assert expected.seed != SEED
    result = replicate(scenario, replications=REPLICATIONS, seed=SEED, tables=("measures", "timeline"))
    specs = all_specs([scenario])
    for measure, one in expected.measures.items():
        assert one.mean is not None, measure
        assert one.interval is not None, measure
        found = mean_interval(result.measures[measure], scale=scale_of(specs[measure]))
        assert one.band[0] <= found.mean <= one.band[1], (measure, found)
        error = hypot(found.high - found.low, one.interval[1] - one.interval[0]) / WIDE
        assert abs(found.mean - one.mean) <= FEW * error + ROUNDED * abs(one.mean), (measure, found, one)
    assert not list(drifts(scenario, result.tables["timeline"]))


def test_what_goes_on_moving_is_found() -> None:
    """Trust that begins where it does not settle."""
    scenario = sim.load("order_delivery", {"relations.trust": 0.9, "warmup_weeks": 0})
    result = replicate(scenario, replications=4, seed=SEED, tables=("measures", "timeline"))
    assert "trust" in [name for name, *_ in drifts(scenario, result.tables["timeline"])]
