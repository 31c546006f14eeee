"""Chapters that only some reports have: what rests on assumptions where somebody asked, and money."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.report.document.blocks import Chart, Said, Table
from sim.report.document.chapters import answer, departments, money, question, sure
from sim.report.document.facts import facts_of
from sim.report.document.loads import Load
from sim.study.compare import compare
from sim.study.robust import robust
from sim.words import LANGUAGES
from tests.worlds.fakes import FakeEngine, small_scenario

BOTH = {"Roles": ["raci"], "Rhythm": ["daily_standup"]}


class Latency(FakeEngine):
    """A world in which roles help the more, the sooner work is noticed, and harm from five hours on."""

    def kept(self, scenario, number, seed):
        rows = super().kept(scenario, number, seed)
        kinds = {one.kind for one in scenario.interventions}
        help_ = 0.02 * (5.0 - scenario.lever("latency")) * ("raci" in kinds) + 0.3 * ("daily_standup" in kinds)
        rows["measures"]["on_time_target"] = np.array([0.5 + 0.01 * number + help_])
        return rows


@pytest.fixture(scope="module")
def found():
    """A comparison in that world, at a dozen points of its assumptions."""
    return robust(small_scenario(), BOTH, points=12, each=2, replications=4, engine=Latency(noise=0.0))


def of_kind(chapter, kind):
    """Return the blocks of a kind, by name."""
    return {one.name: one for one in chapter.blocks if isinstance(one, kind)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ranges_are_those_that_were_found(found, lang):
    """Per alternative in the table as in the chart, how often it is better, and of how many points."""
    chapter = sure.chapter(facts_of(found), lang)
    tables, charts = of_kind(chapter, Table), of_kind(chapter, Chart)
    rows = found.robustness[found.robustness["measure"] == "on_time_target"].set_index("alternative")
    keys = [one.key for one in tables["robustness"].columns]
    for label, line in zip(charts["ranges"].categories, tables["robustness"].rows, strict=True):
        told = dict(zip(keys, line, strict=True))
        assert told["alternative"] == label
        for name in ("low", "middle", "high"):
            assert told[name] == pytest.approx(rows.loc[label, name] * 100.0)
        assert told["better"] == pytest.approx(rows.loc[label, "better_in"])
    assert charts["ranges"].series[0].values == pytest.approx(
        [row[keys.index("middle")] for row in tables["robustness"].rows]
    )
    assert len(tables["assumptions"].rows) == len(found.assumptions)
    assert "Rhythm" in chapter.title
    assert any("12" in sentence for one in chapter.blocks if isinstance(one, Said) for sentence in one.sentences)


def test_money_adds_up(found):
    """The net value is what stands beside it; weeks that nobody saw have no number."""
    parts = {"revenue": 900.0, "delay_cost": -50.0, "coordination_cost": 200.0, "spent": 30.0, "spent_once": 20.0}
    net = parts["revenue"] - sum(value for name, value in parts.items() if name != "revenue")
    ends = {"net_value_year": net, "ci_low": 1.0, "ci_high": 1400.0, "single_low": 2.0, "single_high": 1300.0}
    payback = {"payback_weeks": math.nan, "payback_low": math.nan, "payback_high": math.nan, "not_paid_back": 1.0}
    table = pd.DataFrame({label: {**ends, **parts, **payback, "weeks": 50.0, "pairs": 4} for label in BOTH}).T
    weeks = pd.DataFrame([(label, week, 1.0, float(week)) for label in BOTH for week in range(3)],
                         columns=["alternative", "week", "difference", "so_far"])  # fmt: skip
    comparison = replace(found, tables={**found.tables, "money": table, "money_weeks": weeks})
    chapter = money.chapter(facts_of(comparison), "en")
    tables = of_kind(chapter, Table)
    for _, year, revenue, *costs in tables["money_parts"].rows:
        assert year == pytest.approx(revenue - sum(costs))
    assert {row[tables["money"].columns.index(next(c for c in tables["money"].columns if c.key == "payback"))]
            for row in tables["money"].rows} == {None}  # fmt: skip
    assert tables["money"].tones == ("better", "better")
    assert of_kind(chapter, Chart)["money_so_far"].series[0].values == (0.0, 1.0, 2.0)
    assert money.chapter(facts_of(found), "en") is None


def test_the_question_tells_every_part_of_every_alternative(found):
    """Interventions with their doses, and weeks in columns of their own."""
    timed = replace(found, scenarios={
        **found.scenarios,
        "Roles": found.scenario.with_interventions([{"kind": "raci", "clarity": 0.5, "start_week": 3, "end_week": 9}]),
    })  # fmt: skip
    table = of_kind(question.chapter(facts_of(timed), "en"), Table)["alternatives"]
    assert [one.key for one in table.columns] == ["alternative", "part", "written", "begins", "ends"]
    assert ("Roles", "RACI matrix", "raci:clarity=0.5", 3.0, 9.0) in table.rows
    assert ("Rhythm", "Daily stand-up", "daily_standup", 0.0, None) in table.rows


class Sooner(FakeEngine):
    """A world in which nothing moves what decides, and a meeting every day makes cases quicker."""

    def kept(self, scenario, number, seed):
        rows = super().kept(scenario, number, seed)
        kinds = {one.kind for one in scenario.interventions}
        rows["measures"]["on_time_target"] = np.array([0.5 + 0.01 * number + (-0.1) ** number * ("raci" in kinds)])
        rows["measures"]["lead_time_mean"] = np.array([400.0 + number - 90.0 * ("daily_standup" in kinds)])
        return rows


def test_where_nothing_is_best_the_report_is_about_what_brings_most(monkeypatch):
    """The one that makes other measures better beyond doubt, and the answer says why it is told of."""
    Sooner().used(monkeypatch)
    facts = facts_of(compare(small_scenario(), BOTH, replications=6))
    assert not facts.best.sure
    assert facts.leading == "Rhythm"
    assert "lead_time_mean" in facts.gained("Rhythm")
    _, why, certain = answer.chapter(facts, "en").blocks[0].sentences
    assert why.startswith("This report tells most of 'Rhythm', as it makes other measures better beyond doubt: ")
    assert "Rhythm: " in why
    assert "no alternative has an interval" in certain


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_pays_most_and_who_gains_most(found, monkeypatch, lang):
    """By what is paid in all; the chart has both loads, and work on cases stands behind the sum that leaves it out."""
    gains = Load("sales", 0.5, 0.4, 1.0, {"answers": 0.0, "rework": -6.0, "disputes": 0.0, "work": 9.0}, 0)
    pays = Load("production", 0.6, 0.7, 2.0, {"answers": 1.0, "rework": 0.0, "disputes": 0.25, "work": -9.0}, 0)
    monkeypatch.setattr(departments, "loads_of", lambda *_: (gains, pays))
    facts = facts_of(found)
    chapter, told = departments.chapter(facts, lang), facts.spoken(lang)
    first, second = (told.owner(one) for one in ("production", "sales"))
    assert chapter.title.index(first) < chapter.title.index("3.25") < chapter.title.index(second)
    assert chapter.title.index(second) < chapter.title.index("5.00")
    chart, table = of_kind(chapter, Chart)["busy"], of_kind(chapter, Table)["loads"]
    assert [one.values for one in chart.series] == [(50.0, 60.0), (40.0, 70.0)]
    assert [one.key for one in table.columns][-3:] == ["disputes", "net", "work"]
    assert [row[-2:] for row in table.rows] == [(-5.0, 9.0), (3.25, -9.0)]
