"""Asking for the log of what happens: of which weeks, in which ways, and again; its laws stand in `tests/laws`."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim import outcome
from sim.compile import compile_scenario
from sim.scenario import Scenario
from sim.spec.findings import ScenarioError
from sim.tables import EVERYTHING, LOGGED
from tests.worlds.fakes import small_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A small organization with a meeting and a warm-up."""
    return small_scenario(warmup_weeks=1.0, horizon_weeks=3.0).with_interventions(["daily_standup"])


def same(one: Any, other: Any) -> None:
    """Compare the tables of two results, to the bit."""
    assert list(one.tables) == list(other.tables)
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name], check_exact=True, obj=name)


def test_it_is_kept_where_it_is_asked_for(scenario: Scenario) -> None:
    """Beside what is kept anyway, or by the name of one of its tables."""
    assert list(sim.run(scenario).tables) == list(EVERYTHING)
    whole = sim.run(scenario, log=True)
    assert set(whole.tables) == {*EVERYTHING, *LOGGED}
    alone = sim.run(scenario, keep="moves")
    assert list(alone.tables) == ["moves"]
    pd.testing.assert_frame_equal(alone.moves, whole.moves, check_exact=True)
    counted = sim.run(scenario, 2, log=(0, 0), keep=lambda one: len(one.moves)).kept
    assert counted[0] == len(sim.run(scenario, log=(0, 0), keep="moves").moves) < len(whole.moves)


def test_a_live_organization_has_it_too(scenario: Scenario) -> None:
    """The same to the bit, whole or of some weeks."""
    for log in (True, (1, 1)):
        model = sim.LiveOrganization(scenario, seed=3, log=log)
        model.run_model()
        same(model.result(), sim.run(scenario, seed=3, log=log))


def test_a_window_is_told_in_the_manifest_and_found_again(scenario: Scenario) -> None:
    """From the file alone, and refused in a sentence where it makes no sense."""
    first = sim.run(scenario, log=(-1, 0))
    manifest = json.loads(json.dumps(first.manifest))
    assert manifest["log"] == [-1, 0]
    same(sim.rerun(manifest), first)
    for wrong in ([1], [1, 0], [0, 1.5], "all", [True, True]):
        with pytest.raises(ScenarioError, match="expected a list of two weeks, the first and the last"):
            sim.rerun(manifest | {"log": wrong})
    model = sim.LiveOrganization(scenario, log=(-1, 0))
    model.run_model()
    assert model.result().manifest["log"] == [-1, 0]


@pytest.mark.parametrize("log", [3, (2, 1), (1,), (0, 1.5), "week", (0, 1, 2), (True, True)])
def test_what_is_no_window_is_refused(scenario: Scenario, log: Any) -> None:
    """Before anything is computed."""
    sentence = r"log: found .*, expected True, False or \(first week, last week\)"
    with pytest.raises(ValueError, match=sentence):
        sim.run(scenario, log=log)
    with pytest.raises(ValueError, match=sentence):
        sim.LiveOrganization(scenario, log=log)


def test_what_did_not_happen_leaves_empty_tables() -> None:
    """With all their columns: no meeting without somebody who holds one."""
    quiet = sim.run(small_scenario(warmup_weeks=0.0, horizon_weeks=1.0), 2, log=(5, 6), keep=LOGGED)
    held = sim.run(small_scenario(warmup_weeks=0.0, horizon_weeks=1.0), 2, log=True, keep="meetings").meetings
    for name in LOGGED:
        assert list(quiet.tables[name]) == ["replication", *(one.name for one in sim.tables.TABLES[name].every[1:])]
    assert len(held) == 0
    assert "begin" in held


@pytest.mark.compiled
def test_room_for_a_log_changes_nothing(monkeypatch):
    """Enough of it from the start, or enlarged again and again: the same lines."""
    compiled = compile_scenario(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 8}))
    roomy = outcome.simulate(compiled, 1, 0, log=(0.0, 1.0)).log
    assert len(roomy) < outcome.expected_lines(compiled)
    monkeypatch.setattr(outcome, "MOST_LINES", 1)
    np.testing.assert_array_equal(outcome.simulate(compiled, 1, 0, log=(0.0, 1.0)).log, roomy)
