"""The direct cost of interventions: what a run takes from working time, known before anything is run."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.cli import main
from sim.interventions import INTERVENTIONS
from sim.scenario.outline import notation
from sim.study.directcost import cost_between, direct_cost, direct_costs
from sim.words.numbers import digits
from tests.worlds.organizations import organization

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

SHORT = {"warmup_weeks": 1, "horizon_weeks": 6}
KINDS = [kind for kind in INTERVENTIONS if kind != "custom"]


def scenario(*there):
    """Return the demo for six weeks, with what is there already."""
    return sim.load("order_delivery", SHORT | {"interventions": list(there)})


def lost(before, after):
    """Return the hours a week that a run takes from working time, beyond those of another run."""
    begin, end = (int(hour // 24) for hour in after.window)
    found = []
    for one in (before, after):
        days = sim.run(one, keep="daily").daily
        days = days[days["day"].between(begin, end - 1) & days["department"].isin(list(one.departments))]
        hours = days["department"].astype(str).map({name: one.hours_per_week(name) for name in one.departments})
        found.append((days["productivity"] * days["staff"] * hours / 7.0).groupby(days["day"]).sum())
    return (found[0] - found[1]).to_numpy()


PLANS = [
    *([kind] for kind in KINDS),
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


@settings(max_examples=30)
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5, unique=True))
def test_together_they_cost_no_more_than_one_by_one(kinds):
    """Time is spent once; each in turn, on top of those before it, adds up to all."""
    before = scenario()
    alone, whole = direct_costs(before), direct_cost(before, kinds)
    assert whole.hours <= alone.loc[kinds, "hours"].sum() + 1e-9
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


def test_the_figures_of_the_demo():
    """As they stand in the notes on the page; a stand-up of 15 hours takes half as much again."""
    costs = direct_costs(sim.load("order_delivery"))["hours"]
    found = costs[["shared_kpi", "raci", "response_agreement", "daily_standup"]]
    np.testing.assert_allclose(found, [5, 7, 10, 15 * 1.5], atol=0.7)
    assert "custom" not in costs.index


def test_what_cannot_be_had_is_left_out():
    """An escalation path needs somebody who manages."""
    nobody = organization(4, 1, approvers=False).model_copy(update={"management": None})
    assert set(direct_costs(nobody).index) == set(KINDS) - {"escalation_path"}


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
