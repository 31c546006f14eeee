"""Patterns the model promises for its default parameters, as statistics over paired replications."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_rel

import sim
from sim.replications import replicate, run
from sim.scenario import Scenario


@pytest.mark.compiled
def test_the_on_time_rate_has_an_interior_optimum_in_adherence() -> None:
    """Asking nobody and asking everybody always are both worse than asking sometimes."""
    scenario = sim.load("order_delivery")

    def on_time(adherence: float) -> list[float]:
        levers = {**scenario.levers, "adherence": adherence}
        varied = scenario.model_copy(update={"levers": levers})
        return list(replicate(varied, replications=20, seed=1).measures["on_time_target"])

    nobody, sometimes, always = on_time(0.0), on_time(0.45), on_time(1.0)
    assert ttest_rel(sometimes, nobody, alternative="greater").pvalue < 0.001
    assert ttest_rel(sometimes, always, alternative="greater").pvalue < 0.001


def trust_by_week(scenario: Scenario, weeks: range) -> np.ndarray:
    """Return mean trust in some weeks, a row for each replication."""
    daily = run(scenario, replications=15, seed=1).daily
    weekly = daily.assign(week=daily["day"] // 7).groupby(["replication", "week"])["trust"].mean().unstack()
    return weekly[list(weeks)].to_numpy()


@pytest.mark.compiled
def test_a_day_of_team_building_lifts_trust_for_a_while() -> None:
    """Trust is up after the day, less and less so as work goes on as before; a second day lifts it again."""
    scenario = sim.load("order_delivery")
    watched = range(5, 60, 6)
    usual = trust_by_week(scenario, watched)
    once = trust_by_week(scenario.with_interventions(["team_building"]), watched) - usual
    again = scenario.with_interventions([{"kind": "team_building", "times": 2}])
    twice = trust_by_week(again, watched) - usual
    assert ttest_1samp(once[:, 0], 0.0, alternative="greater").pvalue < 0.001
    assert once[:, -1].mean() < 0.5 * once[:, 0].mean()
    assert (np.diff(once.mean(axis=0)) < 0.005).all()
    assert ttest_rel(twice[:, 4], once[:, 4], alternative="greater").pvalue < 0.001
