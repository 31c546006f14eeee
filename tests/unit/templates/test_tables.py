"""RACI table and plan of drawn scenarios: every step exactly once, every role as the file has it."""

import math

import pytest
from hypothesis import HealthCheck, given, settings

import sim
from sim.scenario import Scenario, loads
from sim.spec.findings import TextError
from sim.templates import plan, raci
from sim.templates.roles import hints, owners
from tests.worlds.scenarios import scenarios


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_every_step_stands_there_once_with_its_roles(scenario: Scenario) -> None:
    """In the order of the file, for whatever scenario there can be; hints can always be said."""
    steps = [(name, key) for name, process in scenario.processes.items() for key in process.steps]
    table, planned = raci(scenario), plan(scenario)
    for one in (table, planned):
        assert list(zip(one["process"], one["step"], strict=True)) == steps
    assert list(table.columns[2:-1]) == list(owners(scenario))
    assert set(owners(scenario)) == set(scenario.pools())
    for (name, key), row in zip(steps, table.to_dict("records"), strict=True):
        step = scenario.processes[name].steps[key]
        told = {letter: {one for one in owners(scenario) if letter in row[one].split("/")} for letter in "RACI"}
        assert told == {"R": {step.R}, "A": {step.A} - {None}, "C": set(step.C), "I": set(step.I)}
    assert all(text.en and text.zh for text in hints(scenario))
    known = planned[planned["start"].notna()]
    assert (known["start"] <= known["finish"]).all()
    assert (known["arrival"] <= known["start"]).all()


def test_hints_are_those_of_who_reads_a_raci_table() -> None:
    """Nobody accountable, asked everywhere, without a role: named, and nothing where nothing is so."""
    text = """
departments: {a: {staff: 1}, b: {staff: 1}, boss: {staff: 1}, idle: {staff: 1}}
management: boss
processes:
  p:
    demand: {per_week: 1}
    steps:
      x: {R: a, C: [b], A: boss, work: 1}
      y: {R: a, C: [b], work: 1}
      z: {R: a, C: [b], A: boss, work: 1}
"""
    said = [one.en for one in hints(loads(text))]
    assert said[0] == "p: nobody approves y (no A)."
    assert said[1].startswith("p: b is asked at every step that others do (C)")
    assert said[2] == "No role at any step: idle."
    assert hints(loads(text.replace("C: [b], work", "C: [idle], A: boss, work"))) == []


def test_dates_of_a_plan_begin_in_the_week_asked_for() -> None:
    """A week later everything is a week later where nothing but weeks differs; weeks outside of the run are refused."""
    scenario = sim.load("order_delivery")
    first, second = plan(scenario), plan(scenario, week=1)
    for name in ("arrival", "start", "finish", "latest_finish", "wanted", "served"):
        assert (second[name] - first[name]).tolist() == pytest.approx([168.0] * len(first))
    for week in (-11, 62, math.nan, "one", True):
        with pytest.raises(TextError, match=r"week: found .*, expected a week of the run, from -10 to 61"):
            plan(scenario, week)


def test_milestones_and_dated_cases_are_dates_of_the_plan() -> None:
    """A case that comes on a date is planned for that; `due_days` counts from there."""
    text = """
departments: {a: {staff: 1}}
processes:
  p:
    demand: {at: [100, 700]}
    target_days: 10
    steps: {x: {R: a, work: 1, due_days: 2, response_hours: 3}}
"""
    (row,) = plan(loads(text), week=1).to_dict("records")
    begin = loads(text).window[0]
    assert row["arrival"] == begin + 700.0
    assert row["milestone"] == begin + 748.0
    assert row["wanted"] == begin + 940.0
    assert row["response_hours"] == 3.0
