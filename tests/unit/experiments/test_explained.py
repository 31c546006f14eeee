"""What explains most between points that are spread over ranges."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.explained import FEWEST, bands, explained


def spread(count, value, seed=1):
    """Return points of three factors, and runs in which a measure is what `value` makes of them."""
    random = np.random.default_rng(seed)
    points = pd.DataFrame(random.random((count, 2)), columns=["x", "y"]).rename_axis("point")
    points["way"] = np.where(points["y"] > 0.5, "left", "right")
    rows = pd.DataFrame({"point": np.repeat(points.index.to_numpy(), 2), "replication": [0, 1] * count})
    rows["m"] = value(points, random).to_numpy()[rows["point"]] + random.normal(0.0, 0.01, len(rows))
    return points, rows


def test_the_factor_that_decides_comes_first():
    """Whatever the shape of its curve; a factor that does nothing cannot be told from nothing."""
    points, runs = spread(160, lambda points, random: np.cos(6.0 * points["x"]) + random.normal(0.0, 0.2, len(points)))
    found = explained(points, runs, ["y", "way", "x"], "m").set_index("factor")
    assert found.index[0] == "x"
    assert found.loc["x", "low"] > 0.8
    assert (found["low"] <= found["share"]).all()
    assert (found["share"] <= found["high"]).all()
    assert found.loc["y", "low"] == 0.0
    assert found.loc["x", "p"] < 0.001 < 0.05 < found.loc["y", "p"]


def test_luck_explains_nothing():
    """The interval of a factor that does nothing leaves out zero in few experiments."""
    low = [
        explained(*spread(60, lambda points, random: pd.Series(random.normal(0.0, 1.0, len(points))), seed), ["x"], "m")
        for seed in range(100)
    ]
    assert sum(float(one["low"].iloc[0]) > 0.0 for one in low) <= 8


def test_many_factors_do_not_explain_by_their_number():
    """Of forty that do nothing, none is certain in nearly all experiments."""
    wrong = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        points = pd.DataFrame(random.random((80, 40)), columns=[f"f{k}" for k in range(40)]).rename_axis("point")
        runs = pd.DataFrame({"point": points.index.to_numpy(), "replication": 0, "m": random.normal(0.0, 1.0, 80)})
        wrong += bool((explained(points, runs, list(points), "m")["p"] < 0.05).any())
    assert wrong <= 4


def test_nothing_to_explain():
    """Too few points, and a measure that does not differ between them."""
    points, runs = spread(FEWEST - 1, lambda points, random: points["x"])
    assert explained(points, runs, ["x"], "m").empty
    points, runs = spread(FEWEST, lambda points, random: points["x"])
    assert explained(points, runs.assign(m=1.0), ["x"], "m").empty


def test_bands_hold_nine_of_ten_points():
    """Bin by bin along the factor, the median within."""
    random = np.random.default_rng(3)
    x = random.random(600)
    y = x + random.normal(0.0, 0.1, 600)
    found = bands(x, y)
    assert len(found) == 10
    assert (found["low"] < found["middle"]).all()
    place = np.clip((np.argsort(np.argsort(x)) * 10) // 600, 0, 9)
    inside = (y >= found["low"].to_numpy()[place]) & (y <= found["high"].to_numpy()[place])
    assert inside.mean() == pytest.approx(0.9, abs=0.02)
