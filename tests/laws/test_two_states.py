"""Trust that tips: one organization, two states; which it is in depends on where it came from."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest
from scipy.stats import ttest_1samp, ttest_ind, ttest_rel

import sim
from sim.replications import replicate
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.spec.shocks import Surge

pytestmark = [pytest.mark.compiled, pytest.mark.statistics]

LOW, HIGH = 0.1, 0.9
REPLICATIONS = 10
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


AGREEMENT: tuple[Mapping[str, Any], ...] = ({"kind": "response_agreement", **WHILE},)
"""Answers in time by agreement, given up after a year and a half."""


def begun(trust: float, load: float, weeks: float, **levers: float) -> Scenario:
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
            "levers": {**scenario.levers, **levers},
            "horizon_weeks": weeks - scenario.warmup_weeks,
        }
    )


def weekly(scenario: Scenario, interventions: Sequence[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Return trust and on-time rate week by week, a column for each replication of each."""
    timeline = replicate(scenario.with_interventions(interventions), replications=REPLICATIONS, seed=3).timeline
    return timeline.pivot(index="week", columns="replication", values=["trust", "on_time_target"])


def around(weeks: pd.DataFrame, series: str, week: int) -> pd.Series:
    """Return the mean of twenty weeks up to `week`, one for each replication."""
    return weeks[series].iloc[week - 20 : week].mean()


def test_every_lever_is_plausible() -> None:
    """Two states need no lever beyond its plausible range; three are at the upper end of theirs."""
    scenario = sim.load("trust_trap")
    spec = {one.name: one.plausible for one in LEVERS.values()}
    assert all(spec[name][0] <= value <= spec[name][1] for name, value in scenario.levers.items())
    at_the_end = {name for name, value in scenario.levers.items() if value in spec[name]}
    assert at_the_end == {"attribution", "reluctance", "adherence"}


@pytest.mark.parametrize("load", [0.6, 0.8, 1.0])
def test_where_it_came_from_decides_where_it_stays(load: float) -> None:
    """Over a range of load, high and low trust at the start end far apart, on time too, and come no closer.

    No lever is beyond its plausible range: attribution, reluctance and adherence are at its upper end.
    """
    low, high = (weekly(begun(trust, load, 300.0)) for trust in (LOW, HIGH))
    assert ttest_ind(around(high, "trust", 300) - 0.5, around(low, "trust", 300), alternative="greater").pvalue < 1e-3
    late = ttest_ind(
        around(high, "on_time_target", 290) - 0.08, around(low, "on_time_target", 290), alternative="greater"
    )
    assert late.pvalue < 1e-3
    early, end = (around(high, "trust", week).mean() - around(low, "trust", week).mean() for week in (120, 300))
    assert end > 0.7 * early


def test_both_states_attract() -> None:
    """Begun a good way from either state, the organization goes on to that state and not to the middle."""
    low, high = (weekly(begun(trust, 1.0, 300.0)) for trust in (0.25, 0.75))
    assert ttest_1samp(around(low, "trust", 300), 0.25, alternative="less").pvalue < 0.01
    assert ttest_1samp(around(high, "trust", 300), 0.75, alternative="greater").pvalue < 0.01


def test_there_is_one_state_where_behavior_does_not_follow_trust() -> None:
    """With the coupling off the same two starts deliver alike and come ever closer."""
    low, high = (weekly(begun(trust, 1.0, 600.0, trust_coupling=0.0)) for trust in (LOW, HIGH))
    assert around(high, "on_time_target", 590).tolist() == around(low, "on_time_target", 590).tolist()
    early, end = (around(high, "trust", week).mean() - around(low, "trust", week).mean() for week in (100, 600))
    assert end < 0.6 * early
    assert end < 0.2


def test_there_is_one_state_where_events_are_read_alike() -> None:
    """With usual attribution the two starts meet: without the reading that trust gives, lateness alone is too weak."""
    low, high = (weekly(begun(trust, 1.0, 300.0, attribution=0.5)) for trust in (LOW, HIGH))
    assert ttest_ind(around(high, "trust", 300) - 0.1, around(low, "trust", 300), alternative="less").pvalue < 0.01
    late = ttest_rel(around(high, "on_time_target", 290) - 0.05, around(low, "on_time_target", 290), alternative="less")
    assert late.pvalue < 0.01


def test_a_bundle_tips_the_bad_state_into_the_good_one_and_it_stays_there() -> None:
    """A bundle that is given up again lifts trust beyond the threshold; three years later it is still there."""
    bad, helped = (weekly(begun(LOW, 1.0, 250.0), bundle) for bundle in ((), BUNDLE))
    for series, gain in (("trust", 0.5), ("on_time_target", 0.1)):
        assert (
            ttest_rel(around(helped, series, 245) - gain, around(bad, series, 245), alternative="greater").pvalue < 0.01
        )
    assert around(helped, "trust", 250).mean() > around(helped, "trust", 110).mean() - 0.1


def test_prompt_answers_by_agreement_do_not() -> None:
    """An agreement on response times helps as long as it lasts; given up, it leaves the organization where it was.

    It makes questions prompt, but not the hand-overs that relations hang on as well.
    """
    bad, tried = (weekly(begun(LOW, 1.0, 250.0), bundle) for bundle in ((), AGREEMENT))
    lasts = ttest_rel(
        around(tried, "on_time_target", 90) - 0.04, around(bad, "on_time_target", 90), alternative="greater"
    )
    assert lasts.pvalue < 0.01
    for series, most in (("trust", 0.15), ("on_time_target", 0.05)):
        assert ttest_rel(around(tried, series, 245) - most, around(bad, series, 245), alternative="less").pvalue < 0.01


def test_a_surge_takes_the_good_state_away() -> None:
    """Twice the demand for five months, and four years later trust has not come back to half of what it was."""
    good = begun(HIGH, 1.0, 250.0)
    hit = good.model_copy(
        update={"shocks": tuple(Surge(week=10.0, process=name, weeks=20.0, factor=2.0) for name in good.processes)}
    )
    spared, struck = (weekly(one) for one in (good, hit))
    left = ttest_rel(around(struck, "trust", 250), 0.5 * around(spared, "trust", 250), alternative="less")
    assert left.pvalue < 0.01
