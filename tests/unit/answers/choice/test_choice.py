"""A choice from its question to its tables, on an organization that is really run."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import binom

import sim
from sim.engine import Threads
from sim.experiments.store import StoreError
from tests.worlds.fakes import small_scenario

ASKED = {"budget": "4h,100h", "offer": "raci,daily_standup", "at_most": 20, "fresh": 4, "worlds": 3}


@pytest.fixture(scope="module")
def scenario():
    """An organization that takes no time."""
    return small_scenario(horizon_weeks=2, warmup_weeks=0)


def alike(one, other):
    """Compare every table of two choices."""
    assert list(one.tables) == list(other.tables)
    for name, table in one.tables.items():
        assert_frame_equal(table, other.tables[name])
    assert one.to_json() == other.to_json()


@pytest.mark.compiled
def test_an_interrupted_choice_is_gone_on_with(scenario, tmp_path):
    """At whatever block; and the answer is the same on any number of workers."""
    whole = sim.choose(scenario, engine=Threads(2), **ASKED)
    told = []

    def interrupt(standing):
        told.append(standing.done)
        if standing.done > standing.before and len(told) % 3 == 0:
            raise KeyboardInterrupt

    for _ in range(40):
        try:
            again = sim.choose(scenario, out=tmp_path, engine=Threads(1), progress=interrupt, **ASKED)
        except KeyboardInterrupt:
            continue
        break
    assert len(told) > 3
    alike(whole, again)
    with pytest.raises(StoreError):  # what is there is of another question
        sim.choose(scenario, out=tmp_path, seed=2, **ASKED)


@pytest.mark.long
def test_the_best_is_chosen_in_an_organization_whose_best_is_known():
    """Of three ways to answer faster, the one that moves the same lever furthest is best for lead time.

    Under the same luck every wait for an answer is shorter with it. The zone is that of a real choice.
    """
    scenario = small_scenario(horizon_weeks=8, warmup_weeks=2)
    faster = [
        {"kind": "custom", "name": name, "moves": [{"lever": "latency", "toward": 0.1, "strength": strength}]}
        for name, strength in (("Little", 0.3), ("More", 0.6), ("Most", 0.9))
    ]
    found = [
        sim.choose(
            scenario, 100, finalists=faster, measure="lead_time_mean", seed=seed, fresh=2, at_most=200, worlds=0
        ).best()
        for seed in range(1, 41)
    ]
    assert found.count("Most") > binom.ppf(0.001, len(found), 0.95)
    assert np.mean([one == "Most" for one in found]) > 0.9
