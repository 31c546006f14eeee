"""Dates of a plan are those of the one case that comes, to the digit, where nothing is left to luck."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.scenario import Scenario, loads
from sim.templates.schedule import Planner
from sim.templates.ways import way_of
from sim.vocab import DAY
from tests import ROOT

CALENDARS = {
    "early": {"mon-fri": "06:00-14:00"},
    "week": {"mon-sun": ["09:00-12:00", "13:00-20:00"]},
    "night": {"mon-sat": "22:00-24:00", "sun": "00:00-06:00"},
}
NAMES = ["one", "two", "three", "four"]


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario in which one case comes, all times are fixed and everybody has people enough."""
    hours = st.sampled_from([0.25, 1.0, 2.5, 7.0, 8.0, 13.0, 40.0])
    calendars = st.sampled_from(["office", "always", *CALENDARS])
    departments = {
        name: {
            "staff": 20,
            "calendar": draw(calendars),
            "skill": draw(st.sampled_from([0.5, 1.0, 1.7])),
            "levers": {
                "latency": draw(st.sampled_from([0.0, 1.5, 9.0])),
                "answer_latency": draw(st.sampled_from([0.0, 2.0, 11.0])),
                "overhead": draw(st.sampled_from([0.0, 0.2])),
            },
        }
        for name in NAMES
    }
    departments["one"]["pools"] = {"boss": {"hours_per_week": draw(st.sampled_from([5.0, 20.0]))}}
    steps: dict[str, Any] = {}
    for place in range(draw(st.integers(1, 5))):
        steps[f"s{place}"] = step = {"R": draw(st.sampled_from(NAMES)), "work": draw(hours)}
        step["needs"] = draw(st.lists(st.sampled_from(list(steps)[:-1]), unique=True, max_size=2)) if place else []
        step["C"] = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))
        step["A"] = draw(st.sampled_from([None, "one.boss", *NAMES]))
        if draw(st.booleans()):
            step["external"] = {"work": draw(hours), "calendar": draw(calendars)}
    if len(steps) > 1 and not any(step["needs"] for step in steps.values()):
        steps["s1"]["needs"] = ["s0"]
    closures = [{"from": draw(st.integers(0, 5)), "to": 6, "calendars": ["office"]}] if draw(st.booleans()) else []
    return {
        "management": "two",
        "calendars": CALENDARS,
        "closures": closures,
        "departments": departments,
        "processes": {"flow": {"demand": {"at": [draw(st.floats(0.0, 160.0))]}, "target_days": 90, "steps": steps}},
        "levers": {"preset": "neutral", "adherence": draw(st.sampled_from([0.0, 1.0])), "latency_spread": 0.0}
        | {"answer_spread": 0.0, "on_the_spot": 0.0},
        "warmup_weeks": 0,
        "horizon_weeks": 2,
        "tail_weeks": 60,
    }


def made(world: dict[str, Any]) -> Scenario:
    """Return the scenario of a world, by way of its file."""
    return loads(json.dumps(world))


@pytest.mark.compiled
@settings(max_examples=25, deadline=None)
@given(worlds())
def test_a_case_that_meets_nobody_else_is_finished_as_planned(world: dict[str, Any]) -> None:
    """To the digit: questions, answers, approvals, waits outside, hand-overs, days off, nights."""
    scenario = made(world)
    arrival = world["processes"]["flow"]["demand"]["at"][0]
    planned = Planner(scenario, "flow").schedule(arrival)
    (case,) = sim.run(scenario, replications=1, log=True).cases.to_dict("records")
    assert case["served"] == pytest.approx(planned.served, abs=1e-6)
    assert case["finish"] == pytest.approx(max(one.finish for one in planned.steps.values()), abs=1e-6)
    assert case["target"] == planned.wanted


@pytest.mark.compiled
@settings(max_examples=30, deadline=None)
@given(worlds())
def test_every_step_is_begun_when_it_is_planned(world: dict[str, Any]) -> None:
    """Not only the last: the log of the run has each where the plan has it."""
    scenario = made(world)
    planned = Planner(scenario, "flow").schedule(world["processes"]["flow"]["demand"]["at"][0])
    moves = sim.run(scenario, replications=1, log=True).moves
    for name, dates in planned.steps.items():
        work = moves[(moves["step"] == name) & (moves["kind"] == "work")].iloc[0]
        assert work["begun"] >= dates.start - 1e-6
        step = scenario.processes["flow"].steps[name]
        if scenario.lever("adherence") == 0.0 or not set(step.C) - {step.R}:
            assert work["begun"] == pytest.approx(dates.start, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(worlds(), st.floats(1.0, 40.0))
def test_the_latest_dates_keep_the_date_and_no_later_ones_do(world: dict[str, Any], days: float) -> None:
    """Nothing begins before it must, the critical chain least of all; what ends by its latest date is in time."""
    world["processes"]["flow"]["target_days"] = days
    planner = Planner(made(world), "flow")
    found = planner.schedule(world["processes"]["flow"]["demand"]["at"][0])
    in_time = found.served <= found.wanted
    for name, one in found.steps.items():
        assert one.latest_finish <= found.wanted + 1e-6
        assert planner._steps[name].ends(one.latest_start) <= one.latest_finish + 1e-6
        for needed in planner.needs[name]:  # whatever is handed over at the latest is noticed in time
            giver = planner.process.steps[needed].R
            handed = planner._steps[name].noticed(giver, found.steps[needed].latest_finish)
            assert handed <= one.latest_start + 1e-6
    assert max(one.latest_finish for one in found.steps.values()) == found.wanted
    for one in found.steps.values():
        assert one.start <= one.finish
        if in_time:
            assert one.start <= one.latest_start + 1e-6
    chain = [name for name, one in found.steps.items() if one.critical]
    assert max(one.finish for one in found.steps.values()) in [found.steps[name].finish for name in chain]
    assert any(not planner.needs[name] for name in chain)
    if not in_time:
        assert any(found.steps[name].start > found.steps[name].latest_start - 1e-6 for name in chain)


def test_a_release_takes_along_what_is_done_by_then() -> None:
    """One that has missed the list goes with the next; the work has to be done before the last that keeps the date."""
    scenario = sim.load(str(ROOT / "tests" / "laws" / "software_house.yaml"))
    begin = scenario.window[0]
    date = next(date for _, date, _ in scenario.releases["monthly"].moments(begin, scenario.weeks * 168.0))
    early, late = (Planner(scenario, "fix").schedule(time) for time in (begin + 8.0, date - 6 * DAY))
    assert early.release == ("monthly", date)
    assert early.served == date
    assert late.served == date + 30 * DAY
    assert early.steps["repair"].latest_finish == date
    assert early.steps["repair"].finish < date


def test_chance_is_planned_on_its_likeliest_way() -> None:
    """Until it leaves or comes round; steps beside it have no dates."""
    text = """
departments: {a: {staff: 1}, b: {staff: 1}}
processes:
  p:
    demand: {per_week: 1}
    target_days: 10
    steps:
      x: {R: a, work: 1, next: {y: 0.7, z: 0.3}}
      y: {R: b, work: 1, next: {x: 0.6}}
      z: {R: b, work: 1}
"""
    scenario = loads(text)
    assert way_of(scenario.processes["p"]) == {"x": (), "y": ("x",)}
    table = sim.templates.plan(scenario).set_index("step")
    assert table["start"].isna().to_dict() == {"x": False, "y": False, "z": True}
    assert table.index.tolist() == ["x", "y", "z"]
