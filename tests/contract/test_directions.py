"""What practice says an intervention does, it does where there is the problem that it is for."""

from functools import cache

import pandas as pd
import pytest
from scipy import stats

import sim
from sim.interventions import INTERVENTIONS
from sim.interventions.grounds import Ground
from sim.interventions.parts import Expectation
from sim.replications import replicate

FEW, MANY = 10, 30
"""Replications: most effects are plain from few."""


@cache
def paired(replications: int, ground: Ground, *added: str) -> pd.DataFrame:
    """Return the measures of an organization that has a problem, with some interventions."""
    changed = sim.load(ground.scenario, ground.changes).with_interventions(added)
    return replicate(changed, replications=replications, seed=11).measures


@pytest.mark.statistics
@pytest.mark.compiled
@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.expects])
def test_the_stated_direction_holds(kind: str) -> None:
    """On paired replications where there is the problem the measure moves the stated way (one-sided t, p < .001)."""
    for expected in INTERVENTIONS[kind].expects:
        p, mean = moved(FEW, kind, expected)
        if p >= 0.0001:
            p, mean = moved(MANY, kind, expected)
        assert p < 0.001, f"{expected.measure} by {mean:.4g}, expected {expected.direction}: p = {p:.3g}"


def moved(replications: int, kind: str, expected: Expectation) -> tuple[float, float]:
    """Return how likely a measure moves so far the stated way by luck, and how far it moves."""
    both = (paired(replications, expected.ground, kind), paired(replications, expected.ground))
    difference = both[0][expected.measure] - both[1][expected.measure]
    side = "greater" if expected.direction == "up" else "less"
    return float(stats.ttest_1samp(difference, 0.0, alternative=side).pvalue), float(difference.mean())
