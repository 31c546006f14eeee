"""Net value a year and payback: to the digit on money made by hand, in pairs, and where nobody speaks of money."""

import json
import math
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.interventions import Hire, Pay
from sim.moneyweeks import COLUMNS
from sim.report.money import money_of, money_sentences, money_told
from sim.report.notebook import html_of_comparison
from sim.scenario import ScenarioError, loads
from sim.study.compare import compare, planned
from sim.study.directcost import direct_cost
from sim.study.money import money_table, money_weeks_table, payback_weeks
from sim.words import LANGUAGES, Text
from tests.worlds.fakes import FakeEngine, small_scenario

SHOP = """
name: shop
departments: {desk: {staff: 4, cost_per_hour: 40}}
processes:
  order:
    demand: {per_week: 10}
    target_days: 2
    steps: {serve: {R: desk, work: {exponential: 4}}}
    worth: 100
    delay_cost: 10
    late_penalty: 25
levers: {preset: neutral}
warmup_weeks: 0
horizon_weeks: 6
"""
TOOL = {"kind": "custom", "cost_minutes": 0, "money_once": 500, "money_per_week": 7}


def run(*years, first=0, weeks=None):
    """Return a run with so much revenue in each week, by replication, and what is spent once in the first."""
    rows = [
        {"replication": first + n, "week": w}
        | dict.fromkeys(COLUMNS, 0.0)
        | {"revenue": value, "spent_once": once * (not w)}
        for n, (once, *values) in enumerate(years)
        for w, value in enumerate(values)
    ]
    horizon = float(weeks or len(years[0]) - 1)
    return SimpleNamespace(tables={"money": pd.DataFrame(rows)}, scenario=SimpleNamespace(horizon_weeks=horizon))


def test_a_year_is_fifty_two_weeks_and_what_is_spent_once_counts_once():
    """Four weeks of 10 more are 520 a year; 300 that were spent once are 300, however short the horizon is."""
    now = run([0, 50, 50, 50, 50], [0, 70, 70, 70, 70])
    then = run([300, 60, 60, 60, 60], [300, 82, 78, 80, 80])
    row = money_table({"Now": now, "Tool": then}).loc["Tool"]
    assert row["net_value_year"] == pytest.approx(10 * 52 - 300)
    assert (row["revenue"], row["spent_once"]) == pytest.approx((520, 300))
    assert row["ci_low"] == pytest.approx(row["ci_high"]) == pytest.approx(220)
    assert (row["not_paid_back"], row["weeks"], row["pairs"]) == (1.0, 4, 2)
    assert math.isnan(row["payback_weeks"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([-100.0] + [10.0] * 20, 11),  # 100 in the first week, made up for by ten weeks of 10
        ([-90.0] + [10.0] * 20, 10),
        ([-1.0] + [0.1] * 20, 11),  # what rounds to nothing owes nothing
        ([5.0, 5.0, -20.0, 5.0, 6.0], 5),  # it was not to stay
        ([5.0, 5.0, -20.0, 5.0, 4.0], math.inf),
        ([0.0, 0.0], 1),
        ([1.0, 1.0], 1),
        ([-1.0], math.inf),
    ],
)
def test_payback_is_the_first_week_from_which_on_nothing_is_owed(changes, expected):
    """Not the first in which more was brought than spent, but that after which it stays so."""
    assert payback_weeks(np.array([changes])).tolist() == [expected]


def test_payback_has_an_interval_and_says_who_never_does():
    """Of ten replications seven pay back after 1 … 7 weeks and three do not: the median is the fifth."""
    weeks = 8
    now = run(*[[0, *[0.0] * weeks]] * 10)
    then = run(*[[one * 10.0, *[10.0] * weeks] for one in (1, 2, 3, 4, 5, 6, 7, 9, 9, 9)])
    row = money_table({"Now": now, "Tool": then}).loc["Tool"]
    assert (row["payback_weeks"], row["payback_low"], row["not_paid_back"]) == (5, 1, 0.3)
    assert math.isnan(row["payback_high"])
    told = money_weeks_table({"Now": now, "Tool": then}).set_index("week")
    assert told["difference"].tolist()[1:] == [10.0] * (weeks - 1)
    assert told["so_far"].iloc[-1] == pytest.approx(10 * weeks - 55)
    assert (told["q10"] <= told["so_far"]).all()


def test_replications_are_paired():
    """Luck that both share takes nothing from certainty; one that is missing on one side is left out."""
    luck = np.random.default_rng(1).normal(0, 1000, (20, 5))
    now, then = run(*[[0, *row] for row in luck]), run(*[[0, *(row + 1)] for row in luck[3:]], first=3)
    row = money_table({"Now": now, "Tool": then}).loc["Tool"]
    assert row["pairs"] == 17
    assert (row["ci_low"], row["net_value_year"], row["ci_high"]) == pytest.approx((52, 52, 52))


@pytest.mark.compiled
def test_what_only_costs_money_brings_that_much_less():
    """A tool that changes nothing: not a bit of the runs, so all of them say the same."""
    found = compare(loads(SHOP), {"Tool": [TOOL], "Half": [TOOL | {"strength": 0.5, "start_week": 2}]}, replications=4)
    money = found.tables["money"]
    for label, year in (("Tool", -(52 * 7 + 500)), ("Half", -(52 * 3.5 * 4 / 6 + 250))):
        row = money.loc[label]
        assert (row["ci_low"], row["net_value_year"], row["ci_high"]) == pytest.approx((year, year, year))
        assert row["not_paid_back"] == 1.0
    rows = found.runs["Tool"].measures["net_value"] - found.runs["Now"].measures["net_value"]
    assert rows.mean() == pytest.approx(-(7 + 500 / 6))
    assert found.to_json()["money"]["Tool"]["spent_once"] == 500


@pytest.mark.compiled
def test_what_a_hook_switches_off_costs_no_more():
    """Given up after two weeks of six, it has taken money for two; at the end of the run as in the tables."""
    scenario = loads(SHOP).with_interventions([TOOL])
    model = sim.LiveOrganization(scenario, seed=1, replication=0)
    while model.running:
        if model.day == 14:
            model.switch("custom", on=False)
        model.step()
    usual = sim.run(scenario, 1, keep=("measures", "money"))
    assert usual.money["spent"].tolist() == [7.0] * 6
    less = model.measure("total_cost") - usual.measures["total_cost"].iloc[0]
    assert less == pytest.approx(-7 * 4 / 6)
    assert model.result().measures["total_cost"].iloc[0] == model.measure("total_cost")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_told_where_nobody_speaks_of_money(lang, monkeypatch):
    """No table, no sentence, nothing in JSON, and nothing more is kept of a run."""
    FakeEngine().used(monkeypatch)
    found = compare(small_scenario(), {"KPIs": ["shared_kpi"]}, replications=3)
    assert not money_told(found)
    assert not money_sentences(found, ["KPIs"])
    assert not {"money", "money_weeks"} & {*found.tables, *found.to_json(), *found.runs["Now"].tables}
    assert "52" not in html_of_comparison(found, lang)
    spoken = planned(loads(SHOP), {"Tool": [TOOL]}, 3)
    assert all("money" in names for names in spoken.study.tables.values())


class Bought(sim.Intervention):
    """Something that is bought: money in hours of pay, and nobody's time."""

    costs = (Pay(once=20.0, weekly=0.5), Pay(once=4.0, per="total"))
    levers = ()


@pytest.mark.compiled
def test_what_is_bought_in_hours_of_pay_is_money_like_any_other():
    """What rows say counts like what a file says, in measures and years; what a file says comes on top."""
    shop = loads(SHOP)
    paid = shop.departments["desk"].staff * shop.departments["desk"].cost_per_hour
    once, weekly = 20.0 * paid + 4.0 * shop.departments["desk"].cost_per_hour, 0.5 * paid
    bills = {"money_once": once, "money_per_week": weekly, "kind": "custom", "cost_minutes": 0}
    both = Bought(money_once=500.0, money_per_week=7.0)
    found = compare(shop, {"Rows": [Bought()], "Bills": [bills], "Both": [both]}, replications=2)
    rows = found.money[["net_value_year", "spent", "spent_once", "payback_weeks"]]
    assert rows.loc["Rows"].to_list() == pytest.approx(rows.loc["Bills"].to_list(), nan_ok=True)
    assert rows.loc["Rows", ["spent", "spent_once"]].to_list() == pytest.approx([52 * weekly, once])
    assert rows.loc["Both", ["spent", "spent_once"]].to_list() == pytest.approx([52 * (weekly + 7), once + 500])
    costs = {label: one.measures["total_cost"].mean() for label, one in found.runs.items()}
    assert costs["Rows"] - costs[next(iter(costs))] == pytest.approx(weekly + once / 6)


@pytest.mark.compiled
def test_it_is_told_in_both_languages(tmp_path, capsys):
    """By the terminal, in notebooks, and in files."""
    (tmp_path / "shop.yaml").write_text(SHOP)
    tool = "custom:money_once=500,money_per_week=7,cost_minutes=0"
    for lang, told in (("en", "net value a year"), ("zh", "年净价值")):
        asked = ["compare", str(tmp_path / "shop.yaml"), "--with", tool, "-n", "3", "--lang", lang]
        assert main([*asked, "--out", str(tmp_path / lang)]) == 0
        printed = " ".join(capsys.readouterr().out.split())
        assert all(one in printed for one in (*told.split(), "> 6", "−864"))
        assert "net_value_year" in (tmp_path / lang / "money.csv").read_text(encoding="utf-8-sig")
        assert json.loads((tmp_path / lang / "comparison.json").read_text())["money"][tool]["weeks"] == 6
        assert (tmp_path / lang / "money_weeks.csv").exists()
    found = compare(loads(SHOP), {"Tool": [TOOL]}, replications=2)
    assert "−864" in html_of_comparison(found, "zh")
    assert len(money_sentences(found, ["Tool"])) == 2
    assert money_of(found, ["Tool"], "en").row_count == 1


@pytest.mark.parametrize("value", ["-1", ".nan", "1.0e+12", "much", "[1]", "true"])
@pytest.mark.parametrize("field", ["worth", "delay_cost", "late_penalty"])
def test_what_is_no_money_is_refused_in_one_sentence(field, value):
    """With the field, what was found and what is allowed."""
    line = next(one for one in SHOP.splitlines() if f"{field}:" in one)
    with pytest.raises(ScenarioError) as refused:
        loads(SHOP.replace(line, f"    {field}: {value}"))
    assert re.search(rf"{field}: found .+, expected a number .*1,000,000,000", str(refused.value))
    assert "\n" not in str(refused.value)


REINFORCED = """
name: reinforced
departments: {desk: {staff: 2, cost_per_hour: 40}, yard: {staff: 3, cost_per_hour: 20, calendar: always}}
processes:
  order: {demand: {per_week: 10}, steps: {serve: {R: desk, work: {exponential: 4}}}, worth: 100}
levers: {preset: neutral}
warmup_weeks: 1
horizon_weeks: 4
"""
HIRES = {
    "kind": "custom",
    "cost_minutes": 0,
    "hires": [{"department": "desk", "people": 2, "after_weeks": 1, "weeks": 2}, {"department": "yard", "people": 1}],
}


def staff_of(result, name):
    """Return the people of a department on each day."""
    days = result.daily
    return days[days["department"] == name].set_index("day")["staff"]


@pytest.mark.compiled
@pytest.mark.parametrize(("strength", "many"), [(1.0, (2, 1)), (0.5, (1, 0)), (0.2, (0, 0)), (0.0, (0, 0))])
def test_people_of_an_intervention_come_and_go_and_are_paid(strength, many):
    """From its second week on for two weeks, and as long as it lasts; half the strength brings half the people."""
    scenario = loads(REINFORCED).with_interventions([HIRES | {"strength": strength, "end_week": 3}])
    result = sim.run(scenario, 1, keep=("daily", "money"))
    desk, yard = staff_of(result, "desk"), staff_of(result, "yard")
    assert [desk[day] for day in (13, 14, 27, 28)] == [2, 2 + many[0], 2 + many[0], 2]
    assert [yard[day] for day in (6, 7, 27, 28)] == [3, 3 + many[1], 3 + many[1], 3]
    wages = [many[0] * 40 * 40, many[1] * 20 * 168]
    assert result.money["spent"].tolist() == pytest.approx([wages[1], sum(wages), sum(wages), 0])
    cost = direct_cost(loads(REINFORCED), HIRES | {"strength": strength, "end_week": 3})
    assert (cost.money, cost.most_money) == pytest.approx(((2 * wages[0] + 3 * wages[1]) / 4, sum(wages)))


@pytest.mark.compiled
@pytest.mark.parametrize("off", [0, 7, 10, 14, 20, 28])
def test_people_go_when_the_intervention_is_switched_off(off):
    """On that day, those who have come, and nobody comes later; when it is switched on again, they are back."""
    scenario = loads(REINFORCED).with_interventions([HIRES])
    model = sim.LiveOrganization(scenario, seed=1, replication=0)
    while model.running:
        if model.day in (off, 24):
            model.switch("custom", on=model.day == 24)
        model.step()
    result = model.result()
    there = [day for day in range(35) if day < off or day >= 24]
    if off > 24:
        there = list(range(off))
    desk, yard = staff_of(result, "desk"), staff_of(result, "yard")
    for day in range(35):
        assert desk[day] == 2 + 2 * (day in there and 14 <= day < 28)
        assert yard[day] == 3 + (day in there and day >= 7)


@pytest.mark.parametrize(
    ("hire", "told"),
    [
        ({"department": "dezk"}, r"hires\[0\].department: .*'dezk'.*did you mean 'desk'"),
        ({"department": "desk", "people": -1}, r"hires\[0\].people: found -1, expected"),
        ({"department": "desk", "people": 1.5}, r"hires\[0\].people: found 1.5, expected"),
        ({"department": "desk", "people": 10**9}, r"hires\[0\].people: found 1000000000, expected"),
        ({"department": "desk", "weeks": math.nan}, r"hires\[0\].weeks: found nan, expected"),
        ({"people": 1}, r"hires\[0\]"),
    ],
)
def test_what_are_no_people_is_refused_in_one_sentence(hire, told):
    """With its place, what was found and what is allowed."""
    with pytest.raises(ScenarioError, match=told) as refused:
        loads(REINFORCED).with_interventions([{"kind": "custom", "hires": [hire]}])
    assert "\n" not in str(refused.value)


class Lost(sim.Intervention):
    """Brings somebody to nowhere."""

    def recruits(self, organization):
        return (Hire(department="dezk"),)


class Nobody(sim.Intervention):
    """Brings what is nobody."""

    def recruits(self, organization):
        return ["two"]


@pytest.mark.parametrize(("one", "told"), [(Lost(), "'dezk' among the recruits of Lost"), (Nobody(), "tuple of Hire")])
def test_people_of_ones_own_are_looked_at(one, told):
    """They are checked like those of a file."""
    with pytest.raises(ScenarioError, match=told):
        loads(REINFORCED).with_interventions([one])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_all_replications_failed_nothing_is_made_up(lang):
    """No number, no week, no sentence."""
    now, none = run([0, 1, 2], [0, 1, 2]), run([0, 1, 2], first=7)
    runs = {"Now": now, "None": none}
    money = money_table(runs)
    assert (money.loc["None", "pairs"], money.loc["None", "weeks"]) == (0, 2)
    assert money_weeks_table(runs)["so_far"].isna().all()
    names = {label: Text(label, label) for label in runs}
    found = SimpleNamespace(tables={"money": money}, names=names, baseline="Now")
    columns = money_of(found, ["None"], lang).columns[1:]
    assert [str(next(iter(column.cells))) for column in columns] == ["–", "–", "–"]
    assert len(money_sentences(found, ["None"])) == 1
