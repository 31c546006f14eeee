"""Trust that tips: one organization, two states; which it is in depends on where it came from."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest
from scipy.stats import ttest_ind, ttest_rel

import sim
from sim.replications import replicate
from sim.scenario import Scenario

pytestmark = pytest.mark.compiled

LOW, HIGH = 0.1, 0.9
REPLICATIONS = 8
ADOPTION = {"ramp_weeks": 2.0, "fidelity": 0.9}
WHILE = {"end_week": 80.0, "adoption": ADOPTION}
BUNDLE: tuple[Mapping[str, Any], ...] = (
    {"kind": "shared_kpi", "bonus_share": 0.4, **WHILE},
    {"kind": "daily_standup", **WHILE},
    {"kind": "shared_board", **WHILE},
    {"kind": "raci", **WHILE},
    {"kind": "first_contact_ownership", **WHILE},
    {"kind": "job_rotation"},
)
"""Something against each root of the trouble, given up after a year and a half."""


def begun(trust: float, load: float, weeks: float, coupling: float = 1.0) -> Scenario:
    """Return the organization with this trust at the start, at this load, watched for so many weeks."""
    scenario = sim.load("trust_trap")
    flows = {
        name: flow.model_copy(
            update={"demand": flow.demand.model_copy(update={"per_week": (flow.demand.per_week or 0.0) * load})}
        )
        for name, flow in scenario.processes.items()
    }
    return scenario.model_copy(
        update={
            "processes": flows,
            "relations": scenario.relations.model_copy(update={"trust": trust}),
            "levers": {**scenario.levers, "trust_coupling": coupling},
            "horizon_weeks": weeks - scenario.warmup_weeks,
        }
    )


def weekly(scenario: Scenario, interventions: Sequence[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Return trust and on-time rate week by week, a column for each replication of each."""
    timeline = replicate(scenario.with_interventions(interventions), replications=REPLICATIONS, seed=3).timeline
    return timeline[["trust", "on_time_target"]].unstack("replication")


def around(weeks: pd.DataFrame, series: str, week: int) -> pd.Series:
    """Return the mean of twenty weeks up to `week`, one for each replication."""
    return weeks[series].iloc[week - 20 : week].mean()


@pytest.mark.parametrize("load", [0.6, 0.8, 1.0])
def test_where_it_came_from_decides_where_it_stays(load: float) -> None:
    """Over a range of load, high and low trust at the start end far apart, on time too, and come no closer."""
    low, high = (weekly(begun(trust, load, 300.0)) for trust in (LOW, HIGH))
    assert ttest_ind(around(high, "trust", 300) - 0.3, around(low, "trust", 300), alternative="greater").pvalue < 1e-3
    late = ttest_ind(around(high, "on_time_target", 290), around(low, "on_time_target", 290), alternative="greater")
    assert late.pvalue < 1e-3
    early, end = (around(high, "trust", week).mean() - around(low, "trust", week).mean() for week in (120, 300))
    assert end > 0.7 * early


def test_there_is_one_state_where_behavior_does_not_follow_trust() -> None:
    """With the coupling off the same two starts deliver alike and come ever closer."""
    low, high = (weekly(begun(trust, 1.0, 600.0, coupling=0.0)) for trust in (LOW, HIGH))
    assert around(high, "on_time_target", 590).tolist() == around(low, "on_time_target", 590).tolist()
    early, end = (around(high, "trust", week).mean() - around(low, "trust", week).mean() for week in (100, 600))
    assert end < 0.6 * early
    assert end < 0.2


def test_a_bundle_tips_the_bad_state_into_the_good_one_and_it_stays_there() -> None:
    """A bundle that is given up again lifts trust beyond the threshold; three years later it is still there."""
    bad, helped = (weekly(begun(LOW, 1.0, 250.0), bundle) for bundle in ((), BUNDLE))
    for series, gain in (("trust", 0.35), ("on_time_target", 0.1)):
        assert (
            ttest_rel(around(helped, series, 245) - gain, around(bad, series, 245), alternative="greater").pvalue < 0.01
        )
    assert around(helped, "trust", 250).mean() > around(helped, "trust", 110).mean() - 0.1


def test_one_measure_alone_does_not() -> None:
    """The same stand-up, for the same time and given up again, leaves the organization where it was."""
    bad, tried = (weekly(begun(LOW, 1.0, 250.0), bundle) for bundle in ((), BUNDLE[1:2]))
    assert around(tried, "trust", 250).mean() < around(bad, "trust", 250).mean() + 0.15
