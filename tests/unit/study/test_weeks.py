"""Week by week: quantiles over replications, and paired changes with their interval."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import sim
from sim.study.compare import compare
from sim.study.statistics import paired_difference
from sim.study.weeks import COLUMNS, SERIES, weeks_table
from sim.words import LANGUAGES
from tests.worlds.fakes import FakeEngine, small_scenario

GRIDS = arrays(float, (5, 3), elements=st.one_of(st.just(np.nan), st.floats(-100.0, 100.0)))


def run(grid, first=0):
    """Return a run of which every series has these numbers, replications × weeks."""
    rows = [
        {"replication": first + n, "week": w - 1, **dict.fromkeys(SERIES, value)}
        for n, row in enumerate(grid)
        for w, value in enumerate(row)
    ]
    return SimpleNamespace(tables={"timeline": pd.DataFrame(rows)})


def of(table, label, series="trust"):
    """Return the rows of one alternative and series by week."""
    return table[(table["alternative"] == label) & (table["series"] == series)].set_index("week")


@settings(max_examples=40)
@given(GRIDS, GRIDS)
def test_each_week_is_what_it_is_alone(now, then):
    """Quantiles of the numbers that are known, and the paired difference that anybody can work out."""
    table = weeks_table({"Now": run(now), "Other": run(then)})
    for label, grid in (("Now", now), ("Other", then)):
        for week, row in of(table, label).iterrows():
            known = grid[:, week + 1][~np.isnan(grid[:, week + 1])]
            expected = [known.mean(), *np.quantile(known, (0.1, 0.9))] if len(known) else [np.nan] * 3
            np.testing.assert_allclose(row[["mean", "q10", "q90"]].astype(float), expected, atol=1e-9)
    for week, row in of(table, "Other").iterrows():
        found = paired_difference(now[:, week + 1], then[:, week + 1]).difference
        expected = [found.mean, found.low, found.high]
        np.testing.assert_allclose(row[["difference", "single_low", "single_high"]].astype(float), expected, atol=1e-9)
    assert of(table, "Now")[["difference", "single_low", "single_high"]].isna().all(axis=None)


def test_replications_are_paired_by_number():
    """One that failed on one side is left out on both; order does not matter."""
    now = np.arange(15.0).reshape(5, 3)
    then = now + np.array([[1.0], [2.0], [3.0], [4.0], [90.0]])
    table = weeks_table({"Now": run(now[1:], first=1), "Other": run(then[:4])})
    assert of(table, "Other")["difference"].to_list() == pytest.approx([3.0, 3.0, 3.0])


def test_a_comparison_has_the_table(monkeypatch):
    """With the mean of its timeline, as the columns say, every one with words."""
    FakeEngine().used(monkeypatch)
    comparison = compare(small_scenario(), {"Roles": ["raci"]}, 12)
    table = comparison.weeks
    assert list(table) == [one.name for one in COLUMNS]
    assert all(one.label.get(lang) for one in COLUMNS for lang in LANGUAGES)
    keys = ["alternative", "series", "week"]
    both = table.merge(comparison.timeline, on=keys, validate="one_to_one")
    assert len(both) == len(table) == len(comparison.timeline)
    np.testing.assert_allclose(both["mean_x"], both["mean_y"])
    assert (table["q10"] <= table["q90"]).all()


@pytest.mark.compiled
def test_a_week_is_surer_in_pairs():
    """Under the same luck, the change of a week is surer than the difference of its two means."""
    scenario = sim.load("order_delivery", {"warmup_weeks": 2, "horizon_weeks": 6})
    comparison = sim.compare(scenario, {"Staff": {"departments.production.staff": 14}}, replications=12)
    rows = of(comparison.weeks, "Staff", "backlog")
    apart = comparison.timeline[comparison.timeline["series"] == "backlog"].set_index(["alternative", "week"])
    unpaired = np.hypot(*((apart["high"] - apart["low"])[label].to_numpy() / 2 for label in ("Now", "Staff")))
    assert ((rows["single_high"] - rows["single_low"]).to_numpy() / 2 < unpaired).mean() > 0.5
