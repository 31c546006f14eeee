"""Patterns the model promises for its default parameters, as statistics over paired replications."""

import re

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_rel

import sim
from sim.replications import replicate, run
from sim.scenario import Scenario, loads
from tests import ROOT

pytestmark = pytest.mark.statistics


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
    watched = range(15, 60, 6)  # weeks of the run; the day is in week 10, when counting begins
    usual = trust_by_week(scenario, watched)
    once = trust_by_week(scenario.with_interventions(["team_building"]), watched) - usual
    again = scenario.with_interventions([{"kind": "team_building", "times": 2}])
    twice = trust_by_week(again, watched) - usual
    assert ttest_1samp(once[:, 0], 0.0, alternative="greater").pvalue < 0.001
    assert once[:, -1].mean() < 0.5 * once[:, 0].mean()
    assert (np.diff(once.mean(axis=0)) < 0.005).all()
    assert ttest_rel(twice[:, 4], once[:, 4], alternative="greater").pvalue < 0.001


HOW_TO = ROOT / "docs" / "how-to" / "shocks.md"


@pytest.mark.long
@pytest.mark.compiled
def test_of_two_managers_rules_keep_disputes_away_and_a_shared_goal_the_delay_too() -> None:
    """As the how-to on shocks tells of its firm, when one of them leaves."""
    (told,) = re.findall(r"^```yaml\n(# two_managers.yaml\n.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)
    managers = loads(told)
    lost = {}
    for kinds in ((), ("raci",), ("shared_kpi",)):
        hit = managers.with_interventions(kinds)
        both = (hit, hit.model_copy(update={"shocks": ()}))
        with_shock, without = (replicate(one, replications=80, seed=1).measures for one in both)
        lost[kinds] = with_shock - without
    now, raci, shared = lost.values()
    for helped in (raci, shared):
        assert ttest_rel(helped["bounces_per_100"], now["bounces_per_100"], alternative="less").pvalue < 0.001
    for other in (now, raci):
        assert ttest_rel(shared["on_time_target"], other["on_time_target"], alternative="greater").pvalue < 0.001


def varied(scenario: Scenario, **levers: float) -> Scenario:
    """Return the scenario with some levers elsewhere."""
    return scenario.model_copy(update={"levers": {**scenario.levers, **levers}})


def effect(scenario: Scenario, kind: str, measure: str, replications: int = 30) -> np.ndarray:
    """Return what an intervention changes, a number for each replication."""
    both = (scenario, scenario.with_interventions([kind]))
    before, after = (replicate(one, replications=replications, seed=1).measures[measure] for one in both)
    return (after - before).to_numpy()


@pytest.mark.compiled
def test_raci_helps_more_with_trust_than_without() -> None:
    """Where trust is held high RACI keeps a larger part of the disputes away, and costs less lead time, than low."""
    scenario = varied(sim.load("order_delivery"), trust_gain=0.0, trust_loss=0.0, trust_drift=0.0)
    low, high = (
        scenario.model_copy(update={"relations": scenario.relations.model_copy(update={"trust": trust})})
        for trust in (0.1, 0.9)
    )
    kept_away, delay = [], []
    for organization in (low, high):
        both = (organization, organization.with_interventions(["raci"]))
        before, after = (replicate(one, replications=60, seed=1).measures for one in both)
        kept_away.append((after - before)["bounces_per_100"] / before["bounces_per_100"])
        delay.append((after - before)["lead_time_mean"])
    assert ttest_rel(kept_away[1], kept_away[0], alternative="less").pvalue < 0.001
    assert ttest_rel(delay[1], delay[0], alternative="less").pvalue < 0.01


@pytest.mark.compiled
def test_a_response_agreement_works_where_nobody_can_jump_the_queue() -> None:
    """With an overtaking limit of 0 answers still come sooner, and the cases are sooner done."""
    first_come = varied(sim.load("order_delivery"), boost=0.0)
    both = (first_come, first_come.with_interventions(["response_agreement"]))
    before, after = (replicate(one, replications=20, seed=1) for one in both)
    assert ttest_rel(after.ledger["answer"], before.ledger["answer"], alternative="less").pvalue < 0.001
    lead = after.measures["lead_time_mean"], before.measures["lead_time_mean"]
    assert ttest_rel(*lead, alternative="less").pvalue < 0.001


@pytest.mark.compiled
def test_without_ownership_some_complaints_wander_and_lateness_rises() -> None:
    """Some are passed on five times and more; on time falls with every dispute; with an owner none goes so far."""
    scenario = sim.load("order_delivery")
    cases = run(scenario, replications=60, seed=1).cases
    complaints = cases[(cases["process"] == "complaint") & cases["on_time_target"].notna()]
    on_time = complaints.groupby(complaints["bounces"].clip(upper=4))["on_time_target"].mean().to_numpy(float)
    assert 0.004 < (complaints["bounces"] >= 5).mean() < 0.15
    assert (np.diff(on_time) < 0.0).all()
    assert on_time[0] - on_time[-1] > 0.2
    owned = scenario.with_interventions(
        [{"kind": "first_contact_ownership", "adoption": {"fidelity": 1.0, "ramp_weeks": 0}}]
    )
    settled = run(owned, replications=20, seed=1).cases
    assert (settled["bounces"] >= 5).mean() < 0.2 * (cases["bounces"] >= 5).mean()


@pytest.mark.compiled
def test_living_all_roles_is_not_worse_than_asking_nobody() -> None:
    """What the written roles prevent is worth more than the time that asking takes, at the usual defaults."""
    none, lived = (
        replicate(varied(sim.load("order_delivery"), adherence=adherence), replications=40, seed=1).measures
        for adherence in (0.0, 1.0)
    )
    assert ttest_rel(lived["on_time_target"], none["on_time_target"], alternative="greater").pvalue < 0.001
    assert ttest_rel(lived["rework_share"], none["rework_share"], alternative="less").pvalue < 0.001


@pytest.mark.compiled
def test_raci_pays_where_answers_are_quick_and_not_where_they_are_slow() -> None:
    """It makes people ask more: with answers in half the usual time it helps, in double the time it costs."""
    scenario = sim.load("order_delivery")
    quick = effect(varied(scenario, answer_latency=1.5), "raci", "on_time_target", 40)
    slow = effect(varied(scenario, answer_latency=6.0), "raci", "on_time_target", 40)
    assert ttest_1samp(quick, 0.0, alternative="greater").pvalue < 0.001
    assert ttest_1samp(slow, 0.0, alternative="less").pvalue < 0.001


@pytest.mark.compiled
def test_what_is_written_cuts_rework_by_a_tenth_at_least() -> None:
    """The third root of the trouble, information, is alive: papers, and what departments understand of each other."""
    scenario = sim.load("order_delivery")
    usual, written = (replicate(one, replications=20, seed=1) for one in (scenario, varied(scenario, documents=1.0)))
    assert written.measures["rework_share"].mean() < 0.9 * usual.measures["rework_share"].mean()
    links = run(scenario, replications=4, seed=1).relations
    busy = links[
        (links["dealings"] > 300)
        & ~(links["from"].astype(str) + links["to"].astype(str)).str.contains(".", regex=False)
    ]
    assert 0.5 < busy["understanding"].mean() < 0.95


@pytest.mark.compiled
def test_a_path_with_limits_shortens_the_longest_conflicts() -> None:
    """With 8 and 8 hours the longest tenth of stand-offs is a sixth shorter at least; shorter limits, shorter still."""
    scenario = sim.load("order_delivery")

    def longest(*interventions: object) -> float:
        cases = run(scenario.with_interventions(interventions), replications=16, seed=29).cases
        return float(cases.loc[cases["conflicts"] == 1, "frozen_hours"].quantile(0.9))

    without, path = longest(), longest("escalation_path")
    short = longest({"kind": "escalation_path", "tier1_hours": 4.0, "tier2_hours": 4.0})
    assert path < 0.84 * without
    assert short < 0.9 * path
