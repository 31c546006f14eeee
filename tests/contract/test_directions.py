"""What practice says an intervention does, it does where there is the problem that it is for."""

from functools import cache

import pandas as pd
import pytest
from scipy import stats

import sim
from sim.interventions import INTERVENTIONS
from sim.interventions.grounds import Ground
from sim.replications import replicate

REPLICATIONS = 30


@cache
def paired(ground: Ground, *added: str) -> pd.DataFrame:
    """Return the measures of an organization that has a problem, with some interventions."""
    changed = sim.load(ground.scenario, ground.changes).with_interventions(added)
    return replicate(changed, replications=REPLICATIONS, seed=11).measures


@pytest.mark.statistics
@pytest.mark.compiled
@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.expects])
def test_the_stated_direction_holds(kind: str) -> None:
    """On paired replications where there is the problem the measure moves the stated way (one-sided t, p < .001)."""
    for expected in INTERVENTIONS[kind].expects:
        measures, baseline = paired(expected.ground, kind), paired(expected.ground)
        difference = measures[expected.measure] - baseline[expected.measure]
        side = "greater" if expected.direction == "up" else "less"
        p = stats.ttest_1samp(difference, 0.0, alternative=side).pvalue
        assert p < 0.001, f"{expected.measure} by {difference.mean():.4g}, expected {expected.direction}: p = {p:.3g}"
