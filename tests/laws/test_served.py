"""The customer's clock may stop before the case ends: `served_by` changes when, and nothing of what happens."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.outcome import cases_of
from sim.scenario import ScenarioError, loads
from sim.vocab import CaseCount
from tests.worlds.drawn import World, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases

SAME = ("key", "arrival", "promise", "target", "finish", "complexity", "worked", "reworked", "frozen_hours")


def undated(world: World) -> World:
    """Return a copy in which no date presses, so that nobody does anything sooner for it."""
    plain = deepcopy(world)
    plain["queue"]["due"] = 0.0
    plain["releases"] = {}
    plain["queue"]["value"] = 1.0
    return plain


def everywhere(world: World, place: int | None) -> World:
    """Return a copy in which every process serves its customers by one of its steps, or by its end."""
    plain = undated(world)
    for flow in plain["processes"].values():
        flow.pop("served_by", None)
        flow.pop("complains", None)
        if place is not None:
            steps = sorted(flow["steps"])
            flow["served_by"] = steps[place % len(steps)]
    return plain


@law
@given(worlds(), st.integers(0, 3))
def test_a_clock_that_stops_earlier_changes_nothing_else(world: World, place: int) -> None:
    """Every case goes its way to the same end; its customer is served on the way there, and never after it."""
    early, late = (cases_of(finished(everywhere(world, one)).state) for one in (place, None))
    for field in SAME:
        np.testing.assert_array_equal(early[field], late[field])
    for one in CaseCount:
        if one != CaseCount.DEFECTIVE:
            np.testing.assert_array_equal(early[one.column], late[one.column])
    np.testing.assert_array_equal(late["served"], late["finish"])
    over = ~np.isnan(early["finish"])
    assert (early["served"][over] <= early["finish"][over]).all()
    assert (early["served"] >= early["arrival"])[~np.isnan(early["served"])].all()


@law
@given(worlds())
def test_whoever_is_served_by_the_last_step_of_a_row_is_served_by_the_end(world: World) -> None:
    """One step after another: the last one over, the case is over, unless somebody accepts it first."""
    row = undated(world)
    for one in (row, *row["departments"].values()):
        one["levers"] = {name: value for name, value in one["levers"].items() if name != "acceptance"}
    row["interventions"] = []
    for flow in row["processes"].values():
        names = list(flow["steps"])
        for n, step in enumerate(flow["steps"].values()):
            step.pop("next", None)
            step["needs"] = names[n - 1 : n] if n else []
        flow["served_by"] = names[-1]
    cases = cases_of(finished(row).state)
    np.testing.assert_array_equal(cases["served"], cases["finish"])


TOLD = """
departments: {desk: {staff: 1, calendar: always}}
processes:
  complaint:
    demand: {at: [0]}
    target_hours: 5
    served_by: tell
    steps:
      solve: {R: desk, work: 3}
      tell: {R: desk, work: 1, external: {work: 0.5, calendar: always}}
      call_back: {R: desk, work: 2, external: {work: 20, calendar: always}}
levers: {preset: neutral}
horizon_weeks: 1
warmup_weeks: 0
"""


def test_a_complaint_is_answered_before_it_is_closed() -> None:
    """By hand: told after 4.5 hours, which is in time; closed after 26.5; the ledger tells of the 4.5."""
    result = sim.run(loads(TOLD), seed=1)
    case, found = result.cases.iloc[0], result.measures.iloc[0]
    assert (case["served"], case["finish"], case["on_time_target"]) == (4.5, 26.5, True)
    assert (found["lead_time_mean"], found["on_time_target"], found["unfinished_share"]) == (4.5, 1.0, 0.0)
    assert found["throughput"] == 1.0
    assert (case["ledger_touch"], case["ledger_external"]) == (4.0, 0.5)
    late = sim.run(loads(TOLD.replace("served_by: tell", "label: late")), seed=1)
    assert (late.measures["lead_time_mean"].iloc[0], late.measures["on_time_target"].iloc[0]) == (26.5, 0.0)


def test_a_step_that_is_passed_over_has_served_all_the_same() -> None:
    """Who needs no telling is served when the case passes the step by."""
    text = TOLD.replace("tell: {R", "tell: {probability: 0.000001, R")
    case = sim.run(loads(text), seed=1).cases.iloc[0]
    assert (case["served"], case["finish"]) == (3.0, 25.0)


def test_whoever_comes_back_to_a_step_was_served_the_first_time() -> None:
    """A step that nearly everybody goes through again: the first hour of it is what the customer waits for."""
    text = TOLD.replace("served_by: tell", "served_by: solve").replace("work: 3}", "work: 3, next: {solve: 0.99}}")
    text = "\n".join(line for line in text.splitlines() if "tell:" not in line and "call_back" not in line)
    result = sim.run(loads(text), seed=1)
    case = result.cases.iloc[0]
    assert (case["served"], case["ledger_touch"], case["worked"] > 3.0) == (3.0, 3.0, True)


PRESSED = """
departments: {desk: {staff: 1, calendar: always}}
processes:
  complaint:
    demand: {at: [0]}
    target_hours: 5
    served_by: solve
    steps:
      solve: {R: desk, work: 1}
      wait: {R: desk, work: 0, external: {work: 10, calendar: always}}
      call_back: {R: desk, work: 2}
  long: {demand: {at: [9]}, steps: {do: {R: desk, work: 4}}}
  other: {demand: {at: [10.5]}, target_hours: 1000, steps: {do: {R: desk, work: 1}}}
queue: {urgency: 0, value: 0, due: 1}
levers: {preset: neutral, alignment: 1, boost: 50}
horizon_weeks: 1
warmup_weeks: 0
"""


@pytest.mark.parametrize(("served", "finish"), [("served_by: solve", 16.0), ("label: late", 15.0)])
def test_the_date_of_who_is_served_presses_no_more(served: str, finish: float) -> None:
    """By hand: calling back is filed at 11, after the date of 5; only who still waits overtakes."""
    result = sim.run(loads(PRESSED.replace("served_by: solve", served)), seed=1)
    assert result.cases.set_index("process").loc["complaint", "finish"] == finish


def test_only_steps_of_the_process_serve() -> None:
    """Another name is told in one sentence, with the nearest that there is."""
    with pytest.raises(ScenarioError, match=r"processes.complaint.served_by: found 'tel'.*did you mean 'tell'"):
        loads(TOLD.replace("served_by: tell", "served_by: tel"))
