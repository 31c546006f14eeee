"""Regret and satisficing, against a calculation by hand and where the truth is known."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.choice.regret import Enough, checked_regret, regret_table, worlds_table
from sim.study.statistics import wilson

ENOUGH = Enough(0.02)


def values_of(means, replications=1, luck=0.0, seed=0):
    """Return values by world and replication from means by world; luck is each bundle's own."""
    random = np.random.default_rng(seed)
    places = pd.MultiIndex.from_product([range(len(means)), range(replications)], names=["world", "replication"])
    table = np.repeat(np.array(means, dtype=float), replications, axis=0)
    return pd.DataFrame(table + random.normal(0.0, luck, table.shape), places, ["now", "a", "b"])


BY_HAND = values_of([[0.5, 0.6, 0.55], [0.5, 0.4, 0.45], [0.5, 0.51, 0.58]])


def test_regret_is_what_the_best_of_a_world_brings_more():
    """In the second world, doing nothing is best."""
    found = worlds_table(BY_HAND, ENOUGH).pivot(index="world", columns="bundle", values="regret")
    assert found["now"].tolist() == pytest.approx([0.1, 0.0, 0.08])
    assert found["a"].tolist() == pytest.approx([0.0, 0.1, 0.07])
    assert found["b"].tolist() == pytest.approx([0.05, 0.05, 0.0])


def test_a_table_tells_median_high_and_share():
    """Of three worlds, by hand."""
    found = regret_table(BY_HAND, ENOUGH, 200).set_index("bundle")
    assert found["median"].tolist() == pytest.approx([0.08, 0.07, 0.05])
    assert found["high"].tolist() == pytest.approx([0.096, 0.094, 0.05])
    assert found["best_in"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert found["good"].tolist() == pytest.approx([0.0, 1 / 3, 2 / 3])
    interval = wilson(2, 3)
    assert (found["good_low"]["b"], found["good_high"]["b"]) == (interval.low, interval.high)


def test_where_less_is_better_regret_is_the_other_way_round():
    """The same table, its signs turned."""
    mirrored = regret_table(-BY_HAND, Enough(0.02, None, False), 50)
    assert mirrored.equals(regret_table(BY_HAND, ENOUGH, 50))


def test_a_target_is_about_the_measure_itself():
    """Not about what is gained."""
    reached = worlds_table(BY_HAND, Enough(0.0, 0.55)).pivot(index="world", columns="bundle", values="good_enough")
    assert reached.to_numpy().tolist() == [[True, True, False], [False, False, False], [False, True, False]]
    below = worlds_table(BY_HAND, Enough(0.0, 0.45, False)).set_index(["world", "bundle"])["good_enough"]
    assert below[below].index.tolist() == [(1, "a"), (1, "b")]


def test_luck_makes_regret_and_checking_takes_it_away():
    """All bundles are the same; the best of few replications seems ahead, and is not where it is looked at again."""
    alike = values_of([[0.5, 0.5, 0.5]] * 300, replications=4, luck=0.1)
    found = regret_table(alike, ENOUGH, 100).set_index("bundle")
    assert found["mean"].min() > 0.03
    assert abs(found["mean_checked"]).max() < 0.01
    assert checked_regret(BY_HAND, True).isna().all()


def test_a_replication_that_failed_is_left_out_for_all():
    """And a world of which nothing is left."""
    values = values_of([[0.5, 0.6, 0.7], [0.5, 0.6, 0.7]], replications=2)
    values.loc[(0, 0), "a"] = np.nan
    values.loc[(1, slice(None)), "b"] = np.nan
    assert worlds_table(values, ENOUGH)["world"].unique().tolist() == [0]


def test_intervals_of_quantiles_hold_what_they_should():
    """The median regret of a known distribution lies within 95 % intervals about as often."""
    regrets = np.random.default_rng(1).exponential(1.0, (80, 60))
    places = pd.MultiIndex.from_product([range(80), [0]], names=["world", "replication"])
    values = pd.DataFrame(-regrets, places).assign(now=0.0)
    rows = regret_table(values, ENOUGH, 300).set_index("bundle").drop("now")
    held = (rows["median_low"] <= np.log(2.0)) & (np.log(2.0) <= rows["median_high"])
    assert held.sum() >= 51  # 95 % of 60, less three standard errors
