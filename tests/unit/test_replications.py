"""What replications keep of relations, loads and places agrees with what a full run says."""

import pandas as pd
import pytest

from sim.replications import replicate, run
from sim.vocab import LEDGER_PARTS, UNFINISHED
from tests.worlds.fakes import small_scenario

SHORT = {"warmup_weeks": 1.0, "horizon_weeks": 5.0}


def test_relations_are_those_of_the_full_run():
    """Every pair at the end of every replication, and at its start."""
    scenario = small_scenario(**SHORT)
    kept = replicate(scenario, replications=2, seed=3).relations
    full = run(scenario, replications=2, seed=3).relations
    pd.testing.assert_frame_equal(kept, full, check_exact=True)


def test_loads_are_hours_served_over_hours_open():
    """Forty hours a week for each of the staff, over the horizon."""
    scenario = small_scenario(**SHORT)
    busy = replicate(scenario, replications=2, seed=3).utilization
    kept = busy.set_index(["replication", "department"])["utilization"]
    daily = run(scenario, replications=2, seed=3).daily
    counted = daily[(daily["day"] >= 7) & (daily["day"] < 42)]
    hours = counted.filter(like="hours_").drop(columns="waiting_hours", errors="ignore").sum(axis=1)
    served = hours.groupby([counted["replication"], counted["department"]], observed=True).sum()
    for name, department in scenario.departments.items():
        expected = served[:, name] / (department.staff * 40.0 * 5.0)
        assert kept[:, name].tolist() == pytest.approx(expected.tolist())
        assert (kept[:, name] > 0).all()


def test_places_of_steps_in_a_row_add_up_to_the_ledger():
    """Where nothing is parallel and every case is finished, the steps share the hours of a case among them."""
    scenario = small_scenario(warmup_weeks=1.0, horizon_weeks=30.0, tail_weeks=30.0)
    kept = replicate(scenario, replications=2, seed=3)
    steps = kept.places[["process", "step"]].drop_duplicates()
    assert steps.values.tolist() == [["order", "sign"], ["order", "make"]]
    total, ledger = kept.places[list(LEDGER_PARTS)].sum() / 2, kept.ledger.mean()
    assert (kept.ledger[UNFINISHED] == 0.0).all()
    pd.testing.assert_series_equal(total, ledger[list(LEDGER_PARTS)], check_names=False, rtol=1e-9, atol=1e-9)


def test_without_replications_that_count_nothing_is_made_up():
    """A run of which everything is warm-up has no loads and no places."""
    kept = replicate(small_scenario(warmup_weeks=3.0, horizon_weeks=0.01), replications=1, seed=1)
    assert kept.places[list(LEDGER_PARTS)].isna().all().all()
    assert kept.utilization["utilization"].isna().all()
