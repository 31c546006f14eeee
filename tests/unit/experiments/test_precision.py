"""What precision costs: the fewest replications that are enough, and how unsure a pilot is of that."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiments.axes import Axis
from sim.experiments.designs import FullFactorial, LatinHypercube
from sim.experiments.precision import MOST, cost, precision, replications_for, widest

AXES = [Axis("a", (False, True)), Axis("b", (False, True))]


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=12, unique=True), st.floats(0.05, 20.0))
def test_as_many_as_needed_and_none_more(values, wanted):
    """One fewer would be too wide, by Student's t and the spread of the pilot."""
    found = replications_for(values, wanted)

    def half(count):
        return stats.t.ppf(0.975, count - 1) * np.std(values, ddof=1) / math.sqrt(count)

    assert half(found.replications) <= wanted * (1 + 1e-9)
    assert found.replications == 2 or half(found.replications - 1) > wanted * (1 - 1e-9)
    assert found.half_width == pytest.approx(half(len(values)))
    assert found.replications <= found.replications_high


def test_a_textbook_number():
    """A pilot of ten with a standard deviation of 5, wanted ± 1: 98 by the normal distribution, and a few for t."""
    values = np.array([-1.0, 1.0] * 5) * 5.0 * math.sqrt(9 / 10)
    found = replications_for(values, 1.0)
    assert found.spread == pytest.approx(5.0)
    assert (1.959964 * 5.0) ** 2 < 97 < found.replications == 99
    assert found.spread_high == pytest.approx(5.0 * math.sqrt(9 / 4.168159))


def test_the_bound_of_the_spread_holds_as_often_as_it_says():
    """In 90 of 100 pilots of five, drawn four thousand times."""
    drawn = np.random.default_rng(5).normal(size=(4000, 5))
    below = np.mean([replications_for(one, math.inf).spread_high >= 1.0 for one in drawn])
    assert below == pytest.approx(0.9, abs=0.015)


def test_shares_near_their_bounds_need_no_more_than_the_longer_side():
    """Of a share of 0.97 the interval is longer below: the same spread in the middle needs fewer."""
    spread = np.array([-0.02, 0.0, 0.02, 0.01, -0.01])
    high, middle = (replications_for(spread + mean, 0.01, "share").replications for mean in (0.97, 0.5))
    assert high > middle == replications_for(spread, 0.01).replications


def test_what_a_pilot_cannot_tell():
    """One replication has no spread; where nothing varies, two are enough; there is an end to counting."""
    assert replications_for([1.0, np.nan], 0.1).replications is None
    assert replications_for([], 0.1).pilot == 0
    assert replications_for([2.0, 2.0, 2.0], 0.1).replications_high == 2
    assert replications_for([0.0, 1.0], 1e-9).replications == MOST


def pilot(replications=10, points=None):
    """Return points and runs of a measure with luck that all share, and a little of their own."""
    points = pd.DataFrame((points or FullFactorial().points(AXES, 1)).columns()).rename_axis("point")
    rng = np.random.default_rng(2)
    values = 0.6 + rng.normal(scale=0.05, size=replications) + rng.normal(scale=0.005, size=(len(points), replications))
    wide = pd.DataFrame(values, index=points.index).rename_axis("replication", axis=1)
    return points, wide.reset_index().melt("point", var_name="replication", value_name="y")


def test_every_question_has_its_price():
    """Means cost most, as luck is not shared with anything; effects least, as they are averaged over points."""
    points, runs = pilot()
    table = precision(points, runs, AXES, {"y": 0.002}, {"y": "share"})
    assert table["what"].tolist() == ["mean"] * 4 + ["difference"] * 3 + ["main effect"] * 2 + ["interaction"]
    assert table["about"].tolist() == ["0", "1", "2", "3", "1", "2", "3", "a", "b", "a × b"]
    worst = widest(table).set_index("what")["replications"]
    assert worst["mean"] > worst["difference"] > worst["main effect"]
    assert worst["interaction"] > worst["main effect"]
    for what, needed in worst.items():
        assert needed == table.loc[table["what"] == what, "replications"].max()
    y = runs.pivot(index="point", columns="replication", values="y").to_numpy()
    alone = replications_for(y[3] - y[0], 0.002)
    row = table.iloc[6]
    assert (row["replications"], row["replications_high"], row["spread"]) == (
        alone.replications, alone.replications_high, pytest.approx(alone.spread)
    )  # fmt: skip


def test_a_sampled_design_has_means_and_differences():
    """And no effects of levels; a measure that is nowhere defined has no rows."""
    axes = [Axis("load", low=0.7, high=0.9)]
    points, runs = pilot(3, LatinHypercube(points=20).points(axes, 1))
    table = precision(points, runs, axes, {"y": 0.01})
    assert set(table["what"]) == {"mean", "difference"}
    assert widest(table)["what"].tolist() == ["mean", "difference"]
    assert precision(points, runs.assign(y=np.nan), axes, {"y": 0.01}).empty


def test_runs_and_hours():
    """128 points, 50 times, at 90 ms on two workers."""
    found = cost(50, 128, 0.09, 2)
    assert (found.runs, found.hours) == (6400, pytest.approx(0.08))
