"""The direct cost of interventions: what a run takes from working time, known before anything is run."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.cli import main
from sim.interventions import INTERVENTIONS, OnceHours, Pay
from sim.scenario.outline import notation
from sim.study.directcost import cost_between, direct_cost, direct_costs
from sim.words.numbers import digits, few
from tests.worlds.organizations import organization

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

SHORT = {"warmup_weeks": 1, "horizon_weeks": 6}
KINDS = [kind for kind in INTERVENTIONS if kind != "custom"]


def scenario(*there):
    """Return the demo for six weeks, with what is there already."""
    return sim.load("order_delivery", SHORT | {"interventions": list(there)})


def lost(before, after):
    """Return the hours a week that a run takes from working time, beyond those of another run.

    Of those who are there anyway: people whom an intervention brings are paid in full.
    """
    begin, end = (int(hour // 24) for hour in after.window)
    found = []
    for one in (before, after):
        days = sim.run(one, keep="daily").daily
        days = days[days["day"].between(begin, end - 1) & days["department"].isin(list(one.departments))]
        hours = days["department"].astype(str).map({name: one.hours_per_week(name) for name in one.departments})
        staff = days["department"].astype(str).map({name: team.staff for name, team in one.departments.items()})
        found.append((days["productivity"] * staff * hours / 7.0).groupby(days["day"]).sum())
    return (found[0] - found[1]).to_numpy()


PLANS = [
    *([kind] for kind in KINDS if "team_size" not in INTERVENTIONS[kind].levers),  # talking is no direct cost
    ["daily_standup", "weekly_review", "monthly_retrospective", "raci"],
    [{"kind": "job_rotation", "preset": "week", "start_week": 2}, {"kind": "shared_kpi", "end_week": 4}],
    [{"kind": "raci", "strength": 0.5, "departments": ["sales"]}, "team_building"],
]


@pytest.mark.parametrize("there", [(), ("raci", "daily_standup")], ids=["alone", "on top"])
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: "+".join(map(str, plan)))
def test_it_is_what_a_run_takes_from_working_time(plan, there):
    """Whatever is introduced, and whatever is there: day by day what the kernel takes, to the last minute."""
    before = scenario(*there)
    cost = direct_cost(before, plan)
    days = lost(before, before.with_interventions(plan))
    assert cost.hours == pytest.approx(days.mean() * 7.0, abs=1e-9)
    assert cost.most_hours == pytest.approx(days.reshape(-1, 7).sum(axis=1).max(), abs=1e-9)
    assert sum(cost.departments.values()) == pytest.approx(cost.hours)


@pytest.fixture(scope="module")
def alone():
    """Return what each intervention takes by itself."""
    return direct_costs(scenario())["hours"]


@settings(max_examples=12)
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=5, unique=True))
def test_together_they_cost_no_more_than_one_by_one(alone, kinds):
    """Time is spent once; each in turn, on top of those before it, adds up to all."""
    before = scenario()
    whole = direct_cost(before, kinds)
    assert whole.hours <= alone.loc[kinds].sum() + 1e-9
    assert 0.0 <= whole.meeting_hours <= whole.hours + 1e-9
    assert whole.hours <= whole.most_hours + 1e-9
    added, steps = before, 0.0
    for kind in kinds:
        after = added.with_interventions([kind])
        steps, added = steps + cost_between(added, after).hours, after
    assert steps == pytest.approx(whole.hours)
    assert cost_between(added, before).hours == pytest.approx(-whole.hours)


def test_money_is_what_the_people_are_paid():
    """Hours of each department at its rate."""
    one = scenario()
    cost = direct_cost(one, "shared_kpi")
    paid = sum(hours * one.departments[name].cost_per_hour for name, hours in cost.departments.items())
    assert cost.money == pytest.approx(paid)
    assert direct_cost(one, "daily_standup").meeting_hours == pytest.approx(direct_cost(one, "daily_standup").hours)
    assert cost.meeting_hours == 0.0


def test_money_beside_time_is_week_by_week_and_once():
    """What a system costs in hours of pay, over weeks of which the last two are without it."""
    one = scenario()
    paid = sum(team.staff * team.cost_per_hour for team in one.departments.values())
    cost = direct_cost(one, {"kind": "erp", "price": 100, "fee": 0.3, "training_hours": 0, "end_week": 4})
    assert (cost.hours, cost.once) == (0.0, pytest.approx(100 * paid))
    assert cost.money == cost.spent == pytest.approx(0.3 * paid * 4 / 6)
    assert cost.most_money == pytest.approx(100.3 * paid)
    run = sim.run(one.with_interventions([{"kind": "erp", "price": 100, "fee": 0.3, "end_week": 4}]))
    measures = run.measures.iloc[0]
    expected = cost.money + cost.once / 6
    assert measures["total_cost"] - measures["coordination_cost"] == pytest.approx(expected)


class Doubled(sim.Intervention):
    """Sales has twice as many people, who all learn something."""

    costs = (OnceHours(6.0, over_weeks=3.0), Pay(once=2.0, weekly=1.0))
    levers = ("overhead",)

    def reshape(self, organization):
        """Return it with twice the people in sales."""
        return organization.changed({"departments.sales.staff": 2 * organization.departments["sales"].staff})


def test_it_is_of_the_structure_that_interventions_give():
    """People whom an intervention brings into the structure spend time and are paid for like all others."""
    before = scenario()
    after = before.with_interventions([Doubled(departments=("sales",))])
    cost = cost_between(before, after)
    assert cost.departments["sales"] == pytest.approx(10 * 6.0 / 6)
    assert (cost.once, cost.spent) == (pytest.approx(2 * 10 * 55), pytest.approx(10 * 55))
    measures = sim.run(after).measures.iloc[0]
    taken = measures["total_cost"] - measures["coordination_cost"]
    assert taken == pytest.approx(cost.spent + cost.once / 6)


def test_the_figures_of_the_demo():
    """As they stand in the notes on the page; a stand-up of 15 hours takes half as much again."""
    costs = direct_costs(sim.load("order_delivery"))["hours"]
    found = costs[["shared_kpi", "raci", "response_agreement", "daily_standup"]]
    np.testing.assert_allclose(found, [5, 10, 10, 15 * 1.5], atol=0.7)
    assert "custom" not in costs.index


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_show_tells_money_too(lang, tmp_path, capsys):
    """Of what is suggested: beside the hours, or alone where nobody's time is taken."""
    file = tmp_path / "bought.yaml"
    tool = "{kind: custom, cost_minutes: 0, money_once: 5000, money_per_week: 70}"
    file.write_text(
        f"parent: order_delivery\ncompare: [{{label: Bought, with: [{tool}]}}, {{label: ERP, with: [erp]}}]\n"
    )
    assert main(["show", str(file), "--lang", lang]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    cost = direct_cost(sim.load("order_delivery"), "erp")
    assert "5,000" in printed
    assert {"en": "(70 of money a week, 5,000 of money once)", "zh": "（每周资金 70；一次性资金 5,000）"}[
        lang
    ] in printed
    assert all(told in printed for told in (digits(cost.hours), few(cost.spent), few(cost.once)))


def test_what_cannot_be_had_is_left_out():
    """An escalation path and a mediator need somebody who manages."""
    nobody = organization(4, 1, approvers=False).model_copy(update={"management": None})
    assert set(direct_costs(nobody).index) == set(KINDS) - {kind for kind in KINDS if INTERVENTIONS[kind].needs}


def test_nothing_costs_nothing():
    """Neither none at all, nor one at strength 0."""
    one = scenario("raci")
    assert direct_cost(one, []).hours == 0.0
    assert direct_cost(one, {"kind": "daily_standup", "strength": 0}).hours == pytest.approx(0.0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_show_tells_it(lang, capsys):
    """With what a scenario suggests, in words and as data."""
    assert main(["show", "order_delivery", "--lang", lang]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    suggested = sim.load("order_delivery").compare[0]
    hours = direct_cost(sim.load("order_delivery"), suggested.with_).hours
    assert digits(hours) in printed[printed.index(notation(suggested.with_[0])) :]
    assert main(["show", "order_delivery", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["compare"][0]["direct_cost"]["hours"] == pytest.approx(hours)
    assert told["direct_costs"]["raci"]["hours"] == pytest.approx(
        direct_costs(sim.load("order_delivery")).hours["raci"]
    )
