"""Patterns the model promises for its default parameters, as statistics over paired replications."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_rel

import sim
from sim.replications import replicate, run
from sim.scenario import Scenario, loads


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


HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "shocks.md"


@pytest.fixture(scope="module")
def managers() -> Scenario:
    """Return the firm of the how-to in which coordination rests on two managers, one of whom leaves."""
    (told,) = re.findall(r"^```yaml\n(# two_managers.yaml\n.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)
    return loads(told)


def lost(scenario: Scenario, measure: str) -> np.ndarray:
    """Return what the shock changes, a number for each replication."""
    spared = scenario.model_copy(update={"shocks": ()})
    hit, not_hit = (replicate(one, replications=20, seed=1).measures[measure] for one in (scenario, spared))
    return (hit - not_hit).to_numpy()


@pytest.mark.compiled
def test_people_without_rules_are_as_badly_off_as_if_they_had_never_met(managers: Scenario) -> None:
    """When one of two managers who got along leaves, orders are soon as late as where nobody ever got along."""
    strangers = managers.model_copy(update={"relations": managers.relations.model_copy(update={"pairs": ()})})
    rates = {}
    for name, scenario in {"friends": managers, "strangers": strangers}.items():
        cases = run(scenario, replications=40, seed=1).cases.assign(week=lambda t: t["arrival"] // 168)
        on_time = cases.assign(on_time=cases["finish"] <= cases["target"])
        rates[name] = [
            on_time[on_time["week"].between(*weeks)].groupby("replication")["on_time"].mean().to_numpy()
            for weeks in ((10, 15), (40, 56))
        ]
    assert ttest_rel(rates["friends"][0], rates["strangers"][0], alternative="greater").pvalue < 0.001
    assert rates["friends"][0].mean() - rates["friends"][1].mean() > 0.2
    assert abs(rates["friends"][1].mean() - rates["strangers"][1].mean()) < 0.05


@pytest.mark.compiled
def test_a_shared_goal_protects_better_than_written_rules(managers: Scenario) -> None:
    """RACI keeps some of the disputes away that the leaver would bring, not the delay; shared KPIs keep both away."""
    raci, shared = (managers.with_interventions([kind]) for kind in ("raci", "shared_kpi"))
    disputes, delay = (lost(managers, name) for name in ("bounces_per_100", "on_time_target"))
    assert ttest_rel(lost(raci, "bounces_per_100"), disputes, alternative="less").pvalue < 0.001
    assert ttest_rel(lost(shared, "bounces_per_100"), disputes, alternative="less").pvalue < 0.001
    assert ttest_rel(lost(shared, "on_time_target"), delay, alternative="greater").pvalue < 0.001
    assert ttest_rel(lost(shared, "on_time_target"), lost(raci, "on_time_target"), alternative="greater").pvalue < 0.001
