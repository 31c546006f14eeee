"""The comparison: who is compared with whom, under which luck, and what may be said about it."""

import json

import numpy as np
import pandas as pd
import pytest

from sim.study import changed
from sim.study.compare import compare
from sim.study.reported import USUAL_MEASURES, MeasureError
from sim.vocab import LEDGER_PARTS, UNFINISHED
from tests.worlds.fakes import USUAL, FakeEngine, small_scenario

BOTH = {"Roles": ["raci"], "All": ["raci", "shared_kpi", "daily_standup"]}


@pytest.fixture
def replicate(monkeypatch):
    """The stand-in for runs, put where the comparison finds it."""
    return FakeEngine().used(monkeypatch)


def test_every_alternative_meets_the_luck_of_the_baseline(replicate):
    """Baseline first, then each alternative, all with the same seed and number of replications."""
    compare(small_scenario(), BOTH, replications=7, seed=3)
    assert [(len(scenario.interventions), n, seed) for scenario, n, seed in replicate.calls.values()] == [
        (0, 7, 3),
        (1, 7, 3),
        (3, 7, 3),
    ]


def test_interventions_are_added_to_what_the_file_has(replicate):
    """The baseline keeps the file's own interventions, and so do the alternatives."""
    compare(small_scenario(interventions=["shared_board"]), {"Roles": ["raci"]}, replications=2)
    kinds = [[one.kind for one in scenario.interventions] for scenario, _, _ in replicate.calls.values()]
    assert kinds == [["shared_board"], ["shared_board", "raci"]]


def test_table_has_a_row_for_each_alternative_and_measure(replicate):
    """Alternatives in the order given, measures in the usual order."""
    table = compare(small_scenario(), BOTH, replications=30).table
    assert list(zip(table["alternative"], table["measure"], strict=True)) == [
        (label, name) for label in BOTH for name in USUAL_MEASURES
    ]


def test_what_was_put_in_comes_out(replicate):
    """The made-up RACI saves 21 bounces per 100 cases and costs 14 hours: better and worse, both beyond doubt."""
    table = compare(small_scenario(), BOTH, replications=40).table.set_index(["alternative", "measure"])
    bounces, hours = table.loc[("Roles", "bounces_per_100")], table.loc[("Roles", "coordination_hours")]
    assert bounces["ci_low"] < -21 < bounces["ci_high"]
    assert (bounces["verdict"], hours["verdict"]) == ("better", "worse")
    assert (bounces["better_in"], hours["better_in"]) == (1.0, 0.0)
    assert bounces["variance_reduction"] > 5


def test_nothing_compared_with_nothing_cannot_be_told_from_zero(replicate):
    """An alternative without interventions differs by exactly nothing."""
    table = compare(small_scenario(), {"nothing": []}, replications=20).table
    assert (table["difference"] == 0).all()
    assert (table["p"] == 1).all()
    assert set(table["verdict"]) == {"cannot be told from zero"}
    neutral = table["measure"] == "promise_mean"  # no direction is better
    assert set(table["better_in"][~neutral]) == {0.5}
    assert table["better_in"][neutral].isna().all()


def test_p_values_are_corrected_over_alternatives_and_measures_together(replicate):
    """Asking more questions makes each answer more careful."""
    few = compare(small_scenario(), {"Roles": ["raci"]}, replications=20, measures=["on_time_target"]).table
    many = compare(small_scenario(), BOTH, replications=20, measures="all").table
    row = many[(many["alternative"] == "Roles") & (many["measure"] == "on_time_target")]
    assert row["p"].iloc[0] > few["p"].iloc[0]


def test_one_replication_gives_a_difference_and_no_claims(replicate):
    """No intervals, no p-values, no crash, and valid JSON."""
    comparison = compare(small_scenario(), BOTH, replications=1)
    assert set(comparison.table["verdict"]) == {"n/a"}
    text = json.dumps(comparison.to_json(), allow_nan=False)
    assert json.loads(text)["alternatives"]["Roles"]["on_time_target"]["ci_low"] is None


def test_a_measure_that_a_run_does_not_know_is_undefined(replicate):
    """A department's KPI that no replication could compute is n/a rather than an error."""
    table = compare(small_scenario(), {"Roles": ["raci"]}, replications=5, measures=["kpi_sales"]).table
    assert table["verdict"].tolist() == ["n/a"]


def test_failed_replications_are_left_out_of_both_sides_and_reported(replicate):
    """Pairs need both halves."""
    replicate.failing = {2: "no room", 4: "no room"}
    comparison = compare(small_scenario(), {"Roles": ["raci"]}, replications=6)
    assert comparison.errors == ("Roles: replication 2: no room", "Roles: replication 4: no room")
    assert np.isfinite(comparison.table["difference"]).all()


@pytest.mark.parametrize(
    "failing",
    [{("raci", 2): "no room"}, {("raci", 2): "no room", ("daily_standup", "raci", "shared_kpi", 3): "no room"}],
    ids=["of one alternative", "different ones"],
)
def test_every_alternative_keeps_the_pairs_it_has(replicate, failing):
    """A replication that one alternative loses is still a pair of the others."""
    replicate.failing = failing
    comparison = compare(small_scenario(), BOTH, replications=6)
    assert len(comparison.errors) == len(failing)
    assert np.isfinite(comparison.table["difference"]).all()
    whole = compare(small_scenario(), {"Roles": ["raci"]}, replications=2).table
    cut = compare(small_scenario(), BOTH, replications=2).table.query("alternative == 'Roles'")
    assert whole["difference"].to_list() == cut["difference"].to_list()


def test_json_has_the_published_shape(replicate):
    """Manifest, baseline, what is typical, alternatives, ledger; nothing else."""
    comparison = compare(small_scenario(), BOTH, replications=4, seed=9)
    data = comparison.to_json()
    assert list(data) == ["manifest", "baseline", "typical_replication", "now", "alternatives", "ledger"]
    assert data["typical_replication"] == comparison.typical_replication()
    assert list(data["alternatives"]) == list(BOTH)
    assert list(data["now"]["on_time_target"]) == ["mean", "ci_low", "ci_high"]
    assert list(data["alternatives"]["All"]["on_time_target"]) == [
        "mean",
        "difference",
        "ci_low",
        "ci_high",
        "single_low",
        "single_high",
        "p",
        "better_in",
        "matters",
        "verdict",
    ]
    assert list(data["ledger"]) == ["Now", *BOTH]
    assert list(data["ledger"]["All"]) == [*LEDGER_PARTS, UNFINISHED]
    assert data["manifest"]["seed"] == 9


def test_measures_come_from_the_caller_the_scenario_or_the_usual_ones(replicate):
    """In this order."""
    named = small_scenario(measures=["lead_time_mean", "kpi_sales"])
    ask = {"Roles": ["raci"]}
    assert tuple(compare(named, ask, 2).now.index) == ("lead_time_mean", "kpi_sales")
    assert tuple(compare(named, ask, 2, measures="conflicts_per_100").now.index) == ("conflicts_per_100",)
    assert set(compare(named, ask, 2, measures="all").now.index) == {*USUAL, "kpi_sales"}


def test_a_misspelled_measure_is_answered_with_the_nearest(replicate):
    """Before anything is run."""
    with pytest.raises(MeasureError, match="did you mean 'on_time_target'"):
        compare(small_scenario(), BOTH, replications=2, measures=["on_time_targt"])
    assert replicate.calls == {}


def test_at_least_one_replication_is_needed(replicate):
    """Zero is refused in a sentence."""
    with pytest.raises(ValueError, match="at least 1"):
        compare(small_scenario(), BOTH, replications=0)


def test_progress_runs_through_the_whole_comparison(replicate):
    """One bar for all alternatives, ending at its total."""
    seen = []
    compare(small_scenario(), BOTH, replications=5, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 15) for done in range(1, 16)]


def test_timeline_has_bands_for_every_series_and_week(replicate):
    """Means lie inside their bands."""
    timeline = compare(small_scenario(), BOTH, replications=5).timeline
    assert list(timeline.columns) == ["alternative", "series", "week", "mean", "low", "high"]
    assert set(timeline["series"]) == {"on_time_target", "backlog", "conflicts", "trust"}
    assert ((timeline["low"] <= timeline["mean"]) & (timeline["mean"] <= timeline["high"])).all()


class _Run:
    def __init__(self, cases):
        self.cases = cases
        self.scenario = small_scenario(warmup_weeks=0.0, horizon_weeks=2.0)


def _cases(finishes, queue, on_time):
    size = len(finishes)
    frame = pd.DataFrame(
        {
            "replication": [0] * size,
            "process": ["order"] * size,
            "case": range(size),
            "arrival": [10.0] * size,
            "target": [100.0] * size,
            "served": finishes,
            "lost": [False] * size,
            "caused": [False] * size,
            "on_time_target": pd.array(on_time, dtype="boolean"),
        }
    )
    for part in LEDGER_PARTS:
        frame[f"ledger_{part}"] = 1.0
    frame["ledger_queue"] = queue
    return frame


def test_changed_cases_names_the_part_that_moved_most():
    """Of three cases one becomes on time, by waiting less; one stays late; one is not counted on one side."""
    runs = (
        _Run(_cases([120.0, 130.0, 90.0], [50.0, 60.0, 5.0], [False, False, None])),
        _Run(_cases([90.0, 125.0, 99.0], [20.0, 55.0, 9.0], [True, False, False])),
    )
    found = changed.changed_between(*runs)
    assert found[["case", "on_time_before", "on_time_after", "part", "part_hours"]].values.tolist() == [
        [0, False, True, "queue", -30.0]
    ]
    assert found.attrs["counted"] == 2


def test_changed_cases_of_an_unknown_label_names_the_nearest(replicate):
    """A misspelled label is answered."""
    comparison = compare(small_scenario(), BOTH, replications=2)
    with pytest.raises(KeyError, match="did you mean 'Roles'"):
        comparison.changed_cases("Role")


def test_a_case_that_never_finished_has_no_ledger_to_compare(monkeypatch):
    """It is late all the same."""
    before = _Run(_cases([float("nan")], [float("nan")], [False]))
    before.cases[[f"ledger_{part}" for part in LEDGER_PARTS]] = float("nan")
    found = changed.changed_between(before, _Run(_cases([90.0], [20.0], [True])))
    assert found["part"].tolist() == ["unfinished"]


def test_cases_that_do_not_count_for_the_headline_do_not_count_here(monkeypatch):
    """Lost customers, arrivals in the warm-up and in the tail are left out."""
    before, after = _Run(_cases([120.0] * 4, [1.0] * 4, [False] * 4)), _Run(_cases([90.0] * 4, [1.0] * 4, [True] * 4))
    for side in (before, after):
        side.scenario = small_scenario(warmup_weeks=0.05, horizon_weeks=1.0)
        side.cases.loc[0, "lost"] = True
        side.cases.loc[1, "arrival"] = 5.0
        side.cases.loc[2, "arrival"] = 1.06 * 168.0
    assert changed.changed_between(before, after)["case"].tolist() == [3]
