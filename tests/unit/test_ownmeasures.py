"""Measures of one's own: a number of every replication, beside the published ones wherever these are."""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.hooks import HookError
from sim.interventions import Raci
from sim.ownmeasures import OwnMeasureError
from sim.report.answer import Answer
from sim.report.numbers import changed, measured
from sim.results import RunResult
from sim.scenario import ScenarioError
from sim.study.reported import MeasureError
from sim.study.rerun import RerunWarning
from sim.words import Text
from tests.worlds.fakes import small_scenario

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

SHORT = {"warmup_weeks": 1.0, "horizon_weeks": 4.0}


def slowest(result: RunResult) -> float:
    """The longest time that any case took.

    Open ones are left out.
    """
    return float((result.cases["finish"] - result.cases["arrival"]).max())


def slack(result: RunResult) -> float:
    """Hours between what was wanted and what was, early being negative."""
    return float((result.cases["finish"] - result.cases["target"]).mean())


SLOWEST = sim.Measure("slowest", slowest, "hours", "lower", label={"en": "slowest case", "zh": "最慢事项"})
SLACK = sim.Measure("slack", slack, {"en": "h to go", "zh": "小时余量"}, "lower")


@pytest.fixture
def scenario() -> sim.Scenario:
    return small_scenario(**SHORT)


@pytest.mark.compiled
def test_a_run_has_a_column_more(scenario: sim.Scenario) -> None:
    """What the function says of the tables of the whole run, taken one replication at a time."""
    result = sim.run(scenario, 3, measures=[SLOWEST, SLACK])
    for number in range(3):
        assert result.measures["slowest"][number] == slowest(sim.run(scenario, 1, first=number))
    assert list(result.measures.columns)[-2:] == ["slowest", "slack"]
    usual = result.measures.drop(columns=["slowest", "slack"])
    pd.testing.assert_frame_equal(usual, sim.run(scenario, 3).measures)
    assert sim.run(scenario, measures=SLOWEST).measures["slowest"].size == 1


@pytest.mark.compiled
def test_the_function_sees_one_replication_with_every_table(scenario: sim.Scenario) -> None:
    """Also in a comparison, which keeps few tables; with manifest and scenario."""
    seen: list[tuple[Any, ...]] = []

    def look(result: RunResult) -> float:
        cases = result.cases["replication"].unique().tolist()
        seen.append((cases, result.manifest["first_replication"], len(result.daily) > 0, result.scenario.hash))
        assert {"cases", "case_ledger", "daily", "weekly"} <= set(result.tables)
        assert "events" not in result.tables
        with pytest.raises(AttributeError, match="tables: measures"):
            print(result.casess)
        return result.measures["on_time_target"].iloc[0]

    same = sim.Measure("same", look, "share", "higher")
    found = sim.compare(scenario, {"A": "raci"}, 2, measures=["on_time_target", same], threads=1)
    assert sorted(seen) == sorted(
        ([n], n, True, one.hash) for n in range(2) for one in (scenario, scenario.with_interventions([Raci()]))
    )
    rows = found.table.set_index("measure")
    for column in ("now", "mean", "difference", "verdict", "single_low"):
        assert rows[column]["same"] == pytest.approx(rows[column]["on_time_target"], nan_ok=True)


@pytest.mark.compiled
def test_it_is_reported_wherever_measures_are(scenario: sim.Scenario, tmp_path: Any) -> None:
    """Tables, intervals, the answer at a glance, JSON, notebook and pictures, with its label and unit."""
    found = sim.compare(scenario, {"A": "raci", "B": "shared_kpi"}, 4, measures=["all", SLACK, SLOWEST])
    assert {"slack", "slowest", "on_time_target"} <= set(found.table["measure"])
    assert {"slack", "slowest"} <= set(found.headlines["measure"])
    assert found.now.index.isin(["slack"]).any()
    assert "slack" in found.to_json()["alternatives"]["A"]
    assert set(found.manifest["own_measures"]) == {"slack", "slowest"}
    assert "slowest case" in found._repr_html_() or "最慢事项" in found._repr_html_()
    assert [Answer(found, lang).specs["slowest"].label.get(lang) for lang in ("en", "zh")] == [
        "slowest case",
        "最慢事项",
    ]
    pictures = found.plot(tmp_path, "zh")
    assert any("最慢事项" in one.read_text(encoding="utf-8") for one in pictures if one.suffix == ".svg")


@pytest.mark.compiled
def test_bounds_follow_the_unit_and_verdicts_the_direction(scenario: sim.Scenario) -> None:
    """Shares stay between 0 and 1; other numbers of one's own may be negative, and so may their intervals."""
    grow = {"raci": 5.0}
    high, low, either = (
        sim.Measure(better, lambda r: -10.0 + r.manifest["first_replication"] * 0.1
                    + sum(grow.get(one.kind, 0.0) for one in r.scenario.interventions), "points", better)
        for better in ("higher", "lower", "neither")
    )  # fmt: skip
    shifted = sim.compare(scenario, {"A": "raci"}, 5, measures=[high, low, either]).table.set_index("measure")
    assert shifted["verdict"][["higher", "lower", "neither"]].tolist() == ["better", "worse", "changed"]
    assert shifted["difference"]["higher"] == pytest.approx(5.0)
    assert shifted["ci_low"]["higher"] == pytest.approx(5.0)
    share = sim.Measure("rare", lambda r: 0.02 * (r.manifest["first_replication"] % 2), "share", "lower")
    now = sim.compare(scenario, {"A": []}, 4, measures=share).now.loc["rare"]
    assert 0.0 <= now["ci_low"] <= now["mean"] == pytest.approx(0.01)


def boom(result: RunResult) -> float:
    raise ZeroDivisionError("no\ncases")


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("function", "told"),
    [
        (boom, "measure 'mine' failed in replication 0: ZeroDivisionError: no cases"),
        (lambda result: result.cases["finsh"].max(), "failed in replication 0: KeyError: finsh"),
        (lambda result: "many", "measure 'mine' in replication 0: found 'many', expected a number"),
        (lambda result: math.inf, "in replication 0: found inf, expected a number that is finite, or None"),
        (lambda result: 1.5, "in replication 0: found 1.5, expected a share from 0 to 1"),
        (lambda result: result.cases["finish"], "expected a number"),
    ],
)
def test_a_failing_function_is_told_in_one_sentence(scenario: sim.Scenario, function: Any, told: str) -> None:
    """Measure, replication and error; what fails in every replication is raised."""
    with pytest.raises(HookError) as caught:
        sim.run(scenario, 2, measures=sim.Measure("mine", function, "share", "lower"))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.compiled
def test_a_replication_in_which_it_fails_is_left_out(scenario: sim.Scenario) -> None:
    """As one in which a hook fails."""
    third = sim.Measure("third", lambda r: 1 / (r.manifest["first_replication"] - 2), "points", "higher")
    found = sim.run(scenario, 4, measures=third)
    assert found.measures.index.tolist() == [0, 1, 3]
    assert found.errors == ("measure 'third' failed in replication 2: ZeroDivisionError: division by zero",)


@pytest.mark.compiled
@pytest.mark.parametrize("value", [None, math.nan, pd.NA, np.float32(0.5), np.int64(1), True, np.bool_(True)])
def test_what_counts_as_a_number(scenario: sim.Scenario, value: Any) -> None:
    """Numbers of any library; nothing where the measure is not defined."""
    found = sim.run(scenario, measures=sim.Measure("mine", lambda r: value, "share", "lower")).measures["mine"][0]
    missing = value is None or value is pd.NA or value != value
    assert math.isnan(found) if missing else found == float(value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("on_time_target", slowest, "hours", "lower"), "this name is taken"),
        (("kpi_sales", slowest, "share", "lower"), "this name is taken"),
        (("all", slowest, "share", "lower"), "this name is taken"),
        (("lead_time_mean.order", slowest, "share", "lower"), "expected letters, digits and underscores"),
        (("", slowest, "share", "lower"), "expected letters, digits and underscores"),
        ((3, slowest, "share", "lower"), "expected letters, digits and underscores"),
        (("mine", 3, "share", "lower"), "measure 'mine', function: found 3, expected a function"),
        (("mine", slowest, "share", "less"), "measure 'mine', better: found 'less', expected 'higher', 'lower'"),
        (("mine", slowest, "", "lower"), "measure 'mine', unit: found '', expected a text"),
        (("mine", slowest, 3, "lower"), "measure 'mine', unit: found 3, expected a text"),
        (("mine", slowest, "share", "lower", "a\nb"), "measure 'mine', label"),
    ],
)
def test_what_is_no_measure_is_refused_when_it_is_made(given: tuple[Any, ...], told: str) -> None:
    """In a sentence, before anything runs."""
    with pytest.raises(OwnMeasureError) as caught:
        sim.Measure(*given)
    assert told in str(caught.value)


def test_what_is_asked_for_is_a_name_or_a_measure(scenario: sim.Scenario) -> None:
    """Two of one name, numbers and functions are refused; a run takes measures of one's own only."""
    other = sim.Measure("slowest", slack, "hours", "lower")
    with pytest.raises(OwnMeasureError, match="'slowest' is given twice"):
        sim.compare(scenario, {"A": "raci"}, measures=[SLOWEST, other])
    with pytest.raises(MeasureError, match="expected the name of a measure, or a sim"):
        sim.compare(scenario, {"A": "raci"}, measures=[slowest])
    with pytest.raises(MeasureError, match=r"unknown measure 'slowst'.*'slowest'"):
        sim.compare(scenario, {"A": "raci"}, measures=["slowst", SLOWEST])
    with pytest.raises(OwnMeasureError, match="expected measures of your own"):
        sim.run(scenario, measures=["trust"])
    with pytest.raises(OwnMeasureError, match="expected the name of a measure, or a sim"):
        sim.run(scenario, measures=[slowest])


def test_words_and_units_of_ones_own() -> None:
    """Both languages where both are given; the docstring says what it means; known units are translated."""
    assert SLOWEST.spec.meaning.en == "The longest time that any case took."
    assert SLACK.spec.label == Text("slack", "slack")
    assert measured(3.0, SLACK.spec, "zh").endswith("小时余量")
    assert changed(-3.0, SLACK.spec).endswith("h to go")
    assert changed(3.0, SLOWEST.spec, "zh").endswith("小时")
    assert SLOWEST.code == sim.Measure("another", slowest, "days", "lower").code != SLACK.code


@pytest.mark.compiled
def test_what_was_run_with_them_is_run_again_with_them(scenario: sim.Scenario) -> None:
    """From the manifest and the measures, with the baseline's label and all that alternatives set."""
    alternatives = {"A": ["raci", {"departments.sales.staff": 7}], "B": scenario.changed({"pace": 0.5})}
    called = {"en": "As is", "zh": "维持"}
    first = sim.compare(scenario, alternatives, 3, measures=["trust", SLACK], baseline=called)
    manifest = json.loads(json.dumps(first.manifest))
    again = sim.rerun(manifest, own=[SLACK])
    pd.testing.assert_frame_equal(again.table, first.table, check_exact=True)
    assert (again.names, again.manifest) == (first.names, first.manifest)
    with pytest.raises(ScenarioError, match="own_measures: found the measure 'slack'"):
        sim.rerun(manifest)
    other = sim.Measure("slack", slowest, "hours", "lower")
    with pytest.warns(RerunWarning) as found:
        sim.rerun(manifest, own=[other])
    before, after = (str(one.message) for one in found)
    assert "the measure 'slack': does something else here than then" in before
    assert "A: 1 of" in after
