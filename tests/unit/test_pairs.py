"""Trust and understanding of every pair over time: what days and weeks say of departments is said of their pairs."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.scenario import Scenario, loads
from tests.worlds.workshop import WORKSHOP

SHORT = {"warmup_weeks": 1.0, "horizon_weeks": 5.0}


@pytest.fixture(scope="module")
def demo() -> Scenario:
    """The demo for six weeks, the first of which is warm-up."""
    return sim.load("order_delivery").model_copy(update=SHORT)


@pytest.fixture(scope="module")
def daily(demo: Scenario) -> sim.RunResult:
    """Two replications of it, followed day by day."""
    return sim.run(demo, 2, seed=3, links_every="day")


def weighted(rows: pd.DataFrame, planned: pd.Series, by: list[str], column: str) -> pd.Series:
    """Return a column of pairs by how often they are planned to deal with each other."""
    weight = planned.loc[pd.MultiIndex.from_frame(rows[["from", "to"]].astype(str))].to_numpy()
    sums = pd.DataFrame({"part": rows[column] * weight, "whole": weight}).groupby([rows[key] for key in by]).sum()
    return sums["part"] / sums["whole"]


def planned_of(result: sim.RunResult) -> pd.Series:
    """Return planned dealings of every pair, which are the same in every replication."""
    first = result.relations[result.relations["replication"] == result.relations["replication"].min()]
    return first.astype({"from": str, "to": str}).set_index(["from", "to"])["planned"]


@pytest.mark.compiled
@pytest.mark.parametrize("column", ["trust", "understanding"])
def test_days_of_pairs_are_the_days_of_departments(daily: sim.RunResult, column: str) -> None:
    """By planned dealings, how a department's pairs stand as a day ends is what `daily` says of it."""
    rows = daily.relations_daily.astype({"from": str})
    found = weighted(rows, planned_of(daily), ["replication", "day", "from"], column).dropna()
    expected = daily.daily.astype({"department": str}).set_index(["replication", "day", "department"])[column]
    assert len(found) == len(expected.dropna())
    np.testing.assert_allclose(found, expected.loc[found.index], rtol=0.0, atol=1e-12)


@pytest.mark.compiled
def test_weeks_of_pairs_are_the_weeks_of_the_timeline(demo: Scenario) -> None:
    """By planned dealings, the mean of all pairs in a week is the trust of the timeline."""
    result = sim.run(demo, 2, seed=3, links_every="week")
    found = weighted(result.relations_weekly, planned_of(result), ["replication", "week"], "trust")
    expected = result.timeline.set_index(["replication", "week"])["trust"]
    assert found.index.equals(expected.index)
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("update", [SHORT, {"warmup_weeks": 0.5, "horizon_weeks": 2.3}, {"horizon_weeks": 0.01}])
def test_weeks_are_means_of_their_days(demo: Scenario, update: dict[str, float]) -> None:
    """Also where weeks are cut at the beginning, at the end, or have no day at all; days of the tail belong to none."""
    scenario = demo.model_copy(update=update)
    kept = sim.run(scenario, 1, keep=("relations_weekly", "relations_daily"))
    days, pair = kept.relations_daily, ["from", "to"]
    hours, begin = days["day"] * 24.0, scenario.warmup_weeks * 168.0
    counted = days[hours < scenario.window[1]]
    week = np.floor((counted["day"] * 24.0 - begin) / 168.0).astype(int).rename("week")
    expected = counted.groupby([week, *pair], observed=True)[["trust", "understanding"]].mean()
    found = kept.relations_weekly.set_index(["week", *pair])[["trust", "understanding"]]
    pd.testing.assert_frame_equal(found.sort_index(), expected.sort_index(), check_exact=False, rtol=1e-12)


@pytest.mark.compiled  # many runs
def test_the_last_day_is_near_the_end(daily: sim.RunResult) -> None:
    """The run ends at the midnight of its last day, and hardly anything happens there but what time does by itself."""
    last = daily.relations_daily[daily.relations_daily["day"] == daily.relations_daily["day"].max()]
    ends = daily.relations.set_index(["replication", "from", "to"])["trust"]
    found = last.set_index(["replication", "from", "to"])["trust"]
    assert (found - ends).abs().max() < 0.01


def test_departments_of_ones_own_are_followed_too() -> None:
    """Before they are asked; what they set counts from the next day on."""

    class Cold(sim.Department):
        def on_day(self) -> None:
            self.set_lever("trust_drift", 0.1)

    cold = sim.run(loads(WORKSHOP), 1, links_every="day", department=Cold).relations_daily
    usual = sim.run(loads(WORKSHOP), 1, links_every="day").relations_daily
    first = cold["day"] == 0
    pd.testing.assert_frame_equal(cold[first], usual[first], check_exact=True)
    assert not cold["trust"].equals(usual["trust"])


@pytest.mark.parametrize("every", ["month", 7, 0, True, "Week"])
def test_other_steps_are_refused(every: object) -> None:
    """In one sentence."""
    with pytest.raises(ValueError, match=f"links_every: found {every!r}, expected 'day', 'week' or None"):
        sim.run(loads(WORKSHOP), links_every=every)
