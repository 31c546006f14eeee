"""Two scenarios side by side: what differs, which of both has what, and whether they share their luck."""

import json

import pytest

import sim
from sim.cli import main
from sim.report.settings import setting_told
from sim.scenario.changes import changes_of
from sim.study.difference import change, only_in, told
from sim.study.differing import ABSENT
from tests.worlds.fakes import FakeEngine

DEMO = sim.load("order_delivery")
CHANGED = DEMO.changed(
    {
        "departments.production.staff": 15,
        "departments.audit": {"staff": 2},
        "processes.order.steps.sign.work": {"lognormal": {"mean": 5.0, "cv": 0.6}},
        "processes.order.promise": None,
        "interventions": [{"kind": "raci", "clarity": 0.5}, "daily_standup"],
        "shocks": [{"kind": "surge", "process": "order", "week": 5, "weeks": 2, "factor": 1.5}],
        "title": "Our plant",
    }
)


def found(one):
    """Return an input as its place, who has it, and how far apart both are."""
    said = told(one)
    return said["place"], said["only"], said["difference"], said["percent"], said["unit"]


def test_what_differs_is_listed_with_difference_and_percent():
    """A whole department in a line, the mean of hours of work, and words for people only where everything is wanted."""
    assert [found(one) for one in sim.diff(DEMO, CHANGED).inputs] == [
        ("departments.production.staff", "", 2.0, pytest.approx(200 / 13), "people"),
        ("departments.audit", "B", None, None, ""),
        ("processes.order.steps.sign.work", "", 1.0, 25.0, "hours"),
        ("processes.order.promise", "A", None, None, ""),
        ("interventions[0]", "B", None, None, ""),
        ("interventions[1]", "B", None, None, ""),
        ("shocks[0]", "B", None, None, ""),
    ]
    every = {one.place for one in sim.diff(DEMO, CHANGED, every=True).inputs}
    assert {"title", "departments.audit.staff"} <= every


@pytest.mark.parametrize("pair", [("order_delivery", "service_chain"), ("double11", "trust_trap")])
def test_the_other_way_round_everything_is_the_other_way_round(pair):
    """The same places, with signs and sides exchanged."""
    there, back = (sim.diff(*names).inputs for names in (pair, pair[::-1]))
    said, turned = ([told(one) for one in some] for some in (there, back))
    assert len(said) > 20
    assert sorted(repr((one["part"], one["a"], one["b"], -(one["difference"] or 0))) for one in said) == sorted(
        repr((one["part"], one["b"], one["a"], one["difference"] or 0)) for one in turned
    )
    assert [only_in(one) for one in there].count("A") == [only_in(one) for one in back].count("B")


def test_items_of_lists_are_matched_by_name():
    """Another one before it moves none, and a dose that only one states is told with what it usually is."""
    one = CHANGED.changed({"interventions": ["raci"]})
    other = CHANGED.changed({"interventions": ["daily_standup", {"kind": "raci", "clarity": 0.5}]})
    usual = one.interventions[0].clarity
    assert [(each.place, each.base, each.here) for each in sim.diff(one, other).inputs] == [
        ("interventions[0]", ABSENT, "daily_standup"),
        ("interventions[1].clarity", usual, 0.5),
    ]


def test_pairs_are_matched_by_who_they_are():
    """And are called by both departments, with what a pair leaves open left out."""
    one = DEMO.changed({"relations.pairs": [{"from": "sales", "to": "finance", "trust": 0.4}]})
    more = [{"from": "finance", "to": "sales", "trust": 0.5}, {"from": "sales", "to": "finance", "trust": 0.6}]
    new, moved = sim.diff(one, DEMO.changed({"relations.pairs": more})).inputs
    assert (new.place, only_in(new), new.called.zh) == ("relations.pairs[0]", "B", "财务部 → 销售部")
    assert (moved.place, change(moved)) == ("relations.pairs[1].trust", (0.2, pytest.approx(50.0)))
    assert setting_told(new.here, "en") == "from finance, to sales, trust 0.5"


def test_nothing_differs_between_a_scenario_and_itself(capsys):
    """Nor is anything run; another order of names is told apart from that."""
    assert sim.diff(DEMO, DEMO).table.empty
    assert main(["diff", "order_delivery", "order_delivery", "--run"]) == 0
    told_so = capsys.readouterr().out
    assert "Nothing differs" in told_so
    assert "Nothing was run" in told_so
    turned = DEMO.model_copy(update={"departments": dict(reversed(DEMO.departments.items()))})
    other = sim.diff(DEMO, turned)
    assert not other.inputs
    assert not other.same
    assert "at another place" in other.luck.en


def test_whether_luck_is_shared_is_said():
    """Throughout where names, numbers and weeks are the same."""
    more = DEMO.changed(changes_of({"departments.production.staff": 15}))
    assert "pair by pair" in sim.diff(DEMO, more).luck.en
    apart = sim.diff("order_delivery", "service_chain").luck.en
    assert all(name in apart for name in ("goods_return", "departments that only one has", "weeks"))


def test_both_are_compared_under_the_same_luck(monkeypatch, capsys):
    """Through the comparison that every other command makes: A as now, B as the alternative."""
    engine = FakeEngine().used(monkeypatch)
    assert main(["diff", "order_delivery", "trust_trap", "--run", "-n", "3", "--seed", "5", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["outcomes"]
    assert {label: call[1:] for label, call in engine.calls.items()} == {"A": (3, 5), "B": (3, 5)}
    row = said["measures"]["lead_time_mean"]
    assert row["difference"] == pytest.approx(row["b"] - row["a"])
    assert row["percent"] == pytest.approx(100 * row["difference"] / row["a"])
    assert row["ci_low"] <= row["difference"] <= row["ci_high"]
