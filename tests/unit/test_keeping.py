"""What is kept of replications: tables by name, or what a function makes of each result, in order and one by one."""

import weakref
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.hooks import HookError
from sim.scenario import Scenario
from sim.tables import EVERYTHING, TABLES
from tests.worlds.fakes import small_scenario

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Two departments for a month."""
    return small_scenario(warmup_weeks=1.0, horizon_weeks=3.0)


@pytest.fixture(scope="module")
def whole(scenario: Scenario) -> sim.RunResult:
    """Everything of three replications."""
    return sim.run(scenario, 3, seed=5, keep=TABLES)


@pytest.mark.parametrize(
    ("keep", "names"),
    [
        ("measures", ["measures"]),
        (["cases", "measures"], ["measures", "cases"]),
        ({"events", "timeline"}, ["timeline", "events"]),
        (("relations_weekly",), ["relations_weekly"]),
        (None, list(EVERYTHING)),
    ],
)
def test_only_what_is_named_is_kept(scenario: Scenario, whole: sim.RunResult, keep: Any, names: list[str]) -> None:
    """In the order of the catalog, and to the bit what a run has that keeps everything."""
    result = sim.run(scenario, 3, seed=5, keep=keep)
    assert list(result.tables) == names
    assert result.kept is None
    for name in names:
        pd.testing.assert_frame_equal(result.tables[name], whole.tables[name], check_exact=True)


def test_what_is_asked_for_beside_is_added(scenario: Scenario) -> None:
    """The event log and relations over time, whatever else is kept."""
    result = sim.run(scenario, keep="measures", events=True, links_every="week")
    assert list(result.tables) == ["measures", "events", "relations_weekly"]


@pytest.mark.parametrize(
    ("keep", "sentence"),
    [
        ("measure", r"keep: no table is called 'measure'; did you mean 'measures'\? \(tables: measures, ledger, "),
        (("measures", "case"), r"keep: no table is called 'case'; did you mean 'cases'\? \(tables: "),
        ((), r"keep: found \(\), expected names of tables or a function of a RunResult"),
        (3, "keep: found 3, expected names of tables or a function of a RunResult"),
        ([None], r"keep: found \[None\], expected names of tables"),
    ],
)
def test_what_cannot_be_meant_is_refused(scenario: Scenario, keep: Any, sentence: str) -> None:
    """Before anything is run, with the nearest name."""
    with pytest.raises(ValueError, match=f"^{sentence}"):
        sim.run(scenario, 10**6, keep=keep)


def test_a_function_sees_every_table(scenario: Scenario, whole: sim.RunResult) -> None:
    """It is called once a replication with what a run of that replication alone returns."""
    seen: list[sim.RunResult] = []
    result = sim.run(scenario, 3, seed=5, keep=lambda one: seen.append(one) or len(one.cases), events=True)
    assert [one.manifest["first_replication"] for one in seen] == [0, 1, 2]
    for number, one in enumerate(seen):
        assert list(one.tables) == [*EVERYTHING, "events"]
        alone = sim.run(scenario, 1, seed=5, first=number, events=True)
        for name, frame in alone.tables.items():
            pd.testing.assert_frame_equal(one.tables[name], frame, check_exact=True)
        told = alone.manifest.keys() - {"tables", "results"}
        assert {name: one.manifest[name] for name in told} == {name: alone.manifest[name] for name in told}
        assert "relations_weekly" not in one.tables
        assert repr(one) == repr(alone)
    assert list(result.tables) == ["measures"]
    pd.testing.assert_frame_equal(result.measures, whole.measures, check_exact=True)
    assert result.kept.to_dict() == whole.cases.groupby("replication").size().to_dict()


def late(one: sim.RunResult) -> float:
    """Return the share of late cases."""
    return 1.0 - one.measures["on_time_target"].iloc[0]


def test_numbers_become_a_series(scenario: Scenario, whole: sim.RunResult) -> None:
    """Indexed by replication, called as the function."""
    kept = sim.run(scenario, 2, seed=5, first=1, keep=late).kept
    pd.testing.assert_series_equal(kept, (1.0 - whole.measures["on_time_target"].loc[1:]).rename("late"))


def test_mappings_and_series_become_a_table(scenario: Scenario, whole: sim.RunResult) -> None:
    """A column for each of their keys, a row for each replication; what one has not is missing."""
    by = sim.run(scenario, 3, seed=5, keep=lambda one: one.cases.groupby("process", observed=True).size()).kept
    assert by.index.name == "replication"
    assert by.stack().sum() == len(whole.cases)

    def some(one: sim.RunResult) -> dict[str, float]:
        n = one.manifest["first_replication"]
        return {"n": n} | ({"odd": 1.5} if n % 2 else {})

    found = sim.run(scenario, 3, keep=some).kept
    expected = pd.DataFrame({"n": [0, 1, 2], "odd": [np.nan, 1.5, np.nan]}, index=found.index)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("made", [[1, 2], (1, 2), np.arange(3), pd.DataFrame({"a": [1]}), None, "word", {1}])
def test_whatever_else_is_kept_as_it_is(scenario: Scenario, made: Any) -> None:
    """Lists, arrays and tables are not looked into."""
    kept = sim.run(scenario, 2, keep=lambda _: made).kept
    assert list(kept.index) == [0, 1]
    assert all(one is made or one == made for one in kept)


def brittle(one: sim.RunResult) -> int:
    """Fail in the second of three replications."""
    return {0: 10, 2: 12}[one.manifest["first_replication"]]


def test_a_failure_is_told_and_left_out(scenario: Scenario) -> None:
    """One sentence names the function, the replication and the error; the others are kept."""
    result = sim.run(scenario, 3, keep=brittle)
    assert result.kept.to_dict() == {0: 10, 2: 12}
    assert list(result.measures.index) == [0, 2]
    assert result.errors == ("replication 1: keep=brittle failed: KeyError: 1",)


def test_a_function_that_always_fails_is_an_error(scenario: Scenario) -> None:
    """After the last replication, with the first error and what caused it."""
    with pytest.raises(HookError, match=r"^replication 0: keep=<lambda> failed: AttributeError: .*no 'case'") as caught:
        sim.run(scenario, 3, keep=lambda one: one.case)
    assert isinstance(caught.value.__cause__, AttributeError)


@pytest.mark.parametrize("threads", [1, 3])
def test_replications_are_let_go_of(scenario: Scenario, threads: int) -> None:
    """However many there are, hardly more than are being worked on exist at a time, also of those that fail."""
    alive: list[weakref.ref[sim.RunResult]] = []
    most = []

    def forgetful(one: sim.RunResult) -> int:
        alive.append(weakref.ref(one))
        most.append(sum(ref() is not None for ref in alive))
        if one.manifest["first_replication"] > 5:
            raise ValueError
        return len(one.cases)

    result = sim.run(scenario, 12, keep=forgetful, threads=threads)
    assert (len(result.kept), len(result.errors)) == (6, 6)
    assert max(most) <= 3


def test_interruptions_pass_through(scenario: Scenario) -> None:
    """Whoever presses Ctrl-C in a function stops the run."""

    def stop(_: sim.RunResult) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.run(scenario, 3, keep=stop)


def test_a_diagnosis_says_what_it_lacks(scenario: Scenario) -> None:
    """A result without weeks cannot be diagnosed; it is shown without."""
    result = sim.run(scenario, 2, keep=("measures", "timeline"))
    with pytest.raises(ValueError, match=r"^diagnosis: this result keeps measures, timeline; missing: weekly, "):
        _ = result.diagnosis
    assert "<table" in result._repr_html_()
    assert "events" in sim.run(scenario, keep="events")._repr_html_()


def test_measures_of_ones_own_are_kept_beside_anything(scenario: Scenario) -> None:
    """Whatever tables are named, and for a function to see; a measure sees what is asked for."""
    own = sim.Measure("talks", lambda one: len(one.events) + len(one.relations_weekly), "talks", "neither")
    expected = sim.run(scenario, 2, events=True, links_every="week", measures=own).measures
    result = sim.run(scenario, 2, keep=("relations_weekly", "events"), measures=own)
    assert list(result.tables) == ["measures", "events", "relations_weekly"]
    pd.testing.assert_frame_equal(result.measures, expected)
    seen = sim.run(
        scenario, 2, keep=lambda one: one.measures["talks"].iloc[0], events=True, links_every="week", measures=own
    )
    pd.testing.assert_frame_equal(seen.measures, expected)
    assert seen.kept.tolist() == expected["talks"].tolist()
