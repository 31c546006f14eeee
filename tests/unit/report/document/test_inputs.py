"""Inputs that differ: exactly what a child says, and levers that are not as usual."""

import pytest

import sim
from sim.report.document.inputs import Base, base_of, base_of_file, inputs_of
from sim.scenario.changes import read_change
from sim.study.differing import ABSENT, UNKNOWN

CHILD = """
format: 1
parent: {parent}
title: {{en: Our plant, zh: 我们的工厂}}
departments:
  production: {{staff: 15, levers: {{latency: 3}}}}
  sales: {{kpis: [{{measures: response, target: 0.9}}]}}
processes:
  order: {{steps: {{sign: {{work: {{lognormal: {{mean: 5, cv: 0.6}}}}}}}}}}
relations: {{trust: 0.4}}
interventions: [raci, {{kind: daily_standup, minutes: 20}}]
ranges: {{levers.latency: [2, 6]}}
"""
SET = {
    "departments.production.staff": (13, 15),
    "departments.production.levers.latency": (4.0, 3.0),
    "processes.order.steps.sign.work": (
        {"lognormal": {"mean": 4.0, "cv": 0.6}},
        {"lognormal": {"mean": 5.0, "cv": 0.6}},
    ),
    "relations.trust": (0.26, 0.4),
    "interventions[0]": (ABSENT, "raci"),
    "interventions[1]": (ABSENT, "daily_standup:minutes=20"),
    "ranges.levers.latency": (ABSENT, [2.0, 6.0]),
}


@pytest.fixture
def child(tmp_path):
    """A file that says only what differs from a shipped scenario."""
    path = tmp_path / "plant.yaml"
    path.write_text(CHILD.format(parent="order_delivery"), encoding="utf-8")
    return path


def test_exactly_what_a_child_says_is_listed(child):
    """Each with what its parent says; words for people are no inputs."""
    base = base_of_file(str(child), ())
    found = {one.place: (one.base, one.here) for one in inputs_of(sim.load(child), base)}
    assert (base.kind, base.scenario.name) == ("parent", "order_delivery")
    assert {place: found[place] for place in SET} == SET
    assert set(found) == {*SET, "departments.sales.kpis[0]", "departments.sales.kpis[1]"}


def test_a_child_of_a_child_is_told_from_the_one_that_it_names(child, tmp_path):
    """Also where that is a file beside it, from wherever one looks."""
    other = tmp_path / "other.yaml"
    other.write_text("format: 1\nparent: plant.yaml\ndepartments: {finance: {staff: 9}}\n", encoding="utf-8")
    found = inputs_of(sim.load(other), base_of_file(str(other), ()))
    assert [one.place for one in found if one.differs] == ["departments.finance.staff"]
    assert [one.place for one in found if not one.differs] == ["departments.production.levers.latency"]


def test_options_are_told_from_what_the_file_says(child):
    """Which of both set a value; without a parent, only what options changed differs."""
    changes = (read_change("departments.finance.staff=4"), read_change("levers.latency=2"))
    found = {one.place: one for one in inputs_of(sim.load(child, changes), base_of_file(str(child), changes))}
    assert {place for place, one in found.items() if one.option} == {"departments.finance.staff", "levers.latency"}
    assert (found["levers.latency"].typical, found["levers.latency"].unit) == (4.0, "hours")
    alone = inputs_of(sim.load("order_delivery", changes), base_of_file("order_delivery", changes))
    assert {one.place for one in alone} == {"departments.finance.staff", "levers.latency"}
    assert base_of_file("order_delivery", ()) is None


def test_in_python_the_shipped_scenario_of_the_name_is_what_one_began_with():
    """None where nothing was changed."""
    scenario = sim.load("order_delivery", {"relations.trust": 0.5})
    assert [one.place for one in inputs_of(scenario, base_of(scenario))] == ["relations.trust"]
    assert base_of(sim.load("order_delivery")) is None
    assert [one.base for one in inputs_of(sim.load("order_delivery", {"levers.latency": 2}), None)] == [UNKNOWN]


def test_what_is_new_and_what_is_gone_is_told():
    """A department more, field by field, and a target less."""
    before = sim.load("order_delivery")
    after = before.changed({"departments.audit": {"staff": 2}, "processes.order.promise": None})
    found = {one.place: one for one in inputs_of(after, Base(before, "parent"))}
    assert (found["departments.audit.staff"].base, found["departments.audit.staff"].here) == (ABSENT, 2)
    assert found["processes.order.promise"].here is None
    assert found["departments.audit.staff"].numeric


def test_without_a_base_nothing_is_said_to_differ():
    """A lever away from its usual place is told, and not as a difference from something that nobody knows."""
    mine = sim.load("order_delivery", {"levers.latency": 3.0, "name": "mine"})
    (one,) = (found for found in inputs_of(mine, None) if found.place == "levers.latency")
    assert (one.base is UNKNOWN, one.differs, one.unusual) == (True, False, True)
