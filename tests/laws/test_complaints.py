"""Complaints: cases that come late or with a defect cause other cases, and nothing else does."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.kernel.complaints import FAULTY, LATE
from sim.kernel.machine import Machine
from sim.measures import measures_of
from sim.outcome import cases_of, harvest, start
from sim.scenario import ScenarioError, loads
from sim.vocab import Event, Purpose
from tests.laws.test_luck import with_bundle, without
from tests.worlds.anatomy import differing, pending, traces
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.probe import streamed, uniforms
from tests.worlds.witness import WITNESS

pytestmark = pytest.mark.compiled  # many cases

WHY = {Purpose.COMPLAIN_LATE: LATE, Purpose.COMPLAIN_FAULTY: FAULTY}


def complaining(world: World, **shares: float) -> World:
    """Return a world in which the customers of the first process complain in the second, or in one of its own."""
    flows = dict(world["processes"])
    first = next(iter(flows))
    step = {"R": flows[first]["steps"][next(iter(flows[first]["steps"]))]["R"], "work": 0.1}
    if len(flows) == 1:
        flows["grief"] = {"demand": {"per_week": 0}, "steps": {"listen": step}, "target_days": 1}
    to = next(name for name in flows if name != first)
    flows[first] = {"target_days": 0.5} | flows[first] | {"complains": {"process": to} | shares}
    return world | {"processes": flows}


def would(cases: Any, purpose: Purpose) -> Any:
    """Return the luck of cases in a question, as numbers below which the answer is yes."""
    found, nothing = np.empty(len(cases)), np.zeros(len(cases), np.uint64)
    same = np.zeros(len(cases), np.int64)
    uniforms(cases["key"].astype(np.uint64), nothing, np.full(len(cases), purpose), same - 1, same, same, found)
    return found


def key_of(case: Any, identity: int, why: int) -> int:
    """Return the key of a complaint about a case: of the case's own stream in that process."""
    found = np.empty(1, np.uint64)
    streamed(case["key"], np.array([identity], np.uint64), np.array([why]), found)
    return int(found[0])


def about(machine: Machine) -> tuple[Any, dict[Purpose, Any]]:
    """Return the cases of a run that may be complained of, and which of them are, of lateness and of defects.

    Of lateness complains who would, has a date that has passed, and was not served by then; of defects who would and
    was served with some.
    """
    cases, flows = cases_of(machine.state), machine.params.processes[cases_of(machine.state)["process"]]
    came = (flows["complains"] >= 0) & (cases["lost"] == 0) & (cases["prevented"] == 0)
    time = machine.state.now[0]["time"]
    late = (cases["target"] <= time) & ~(cases["served"] <= cases["target"])
    faulty = cases["defective"] == 1
    found = {
        Purpose.COMPLAIN_LATE: came & late & (would(cases, Purpose.COMPLAIN_LATE) < flows["complains_late"]),
        Purpose.COMPLAIN_FAULTY: came & faulty & (would(cases, Purpose.COMPLAIN_FAULTY) < flows["complains_faulty"]),
    }
    return cases, found


def is_told(machine: Machine) -> None:
    """Check that the cases that were caused are those that should have been, with the keys that they should have."""
    cases, found = about(machine)
    assert (cases["complaints"] == sum(one.astype(int) for one in found.values())).all()
    flows, expected = machine.params.processes, []
    for purpose, those in found.items():
        for case in cases[those]:
            to = flows[case["process"]]["complains"]
            expected.append((key_of(case, flows[to]["id"], WHY[purpose]), to))
    caused = cases[cases["caused"] == 1]
    assert sorted(zip(caused["key"].tolist(), caused["process"].tolist(), strict=True)) == sorted(expected)


@law
@given(worlds())
def test_who_complains_is_who_would_and_has_reason_to(world: World) -> None:
    """Caused is a sum of coins: one for each that was late, one for each that was served with a defect."""
    machine = finished(complaining(world, late=0.5, defective=0.7))
    is_told(machine)


def test_there_is_something_to_tell() -> None:
    """The law above is about hundreds of complaints of both kinds where much goes wrong."""
    machine = finished(complaining(WITNESS | {"horizon_weeks": 8.0}, late=0.8, defective=0.8))
    _, found = about(machine)
    assert min(one.sum() for one in found.values()) > 10
    is_told(machine)


@law
@given(worlds())
def test_where_nobody_would_complain_nothing_changes(world: World) -> None:
    """Late and defective at 0 is as if nothing were said, to the bit."""
    quiet = complaining(world, late=0.0, defective=0.0)
    quiet["processes"] = {name: _with_demand(one) for name, one in quiet["processes"].items()}
    silent = quiet | {"processes": {name: _silent(one) for name, one in quiet["processes"].items()}}
    assert differing(traces(finished(quiet)), traces(finished(silent))) == []


def _with_demand(process: World) -> World:
    """Return a process to which somebody comes anyway."""
    return process | ({"demand": {"per_week": 1}} if process["demand"].get("per_week") == 0 else {})


def _silent(process: World) -> World:
    """Return a process that says nothing of complaints."""
    return {name: said for name, said in process.items() if name != "complains"}


@law
@given(worlds(managed=True))
def test_a_complaint_is_the_same_whatever_is_done(world: World) -> None:
    """With and without interventions the complaint about a case has the same key, the same work and the same luck."""
    world = complaining(world, late=0.6, defective=0.6)
    before, after = (cases_of(finished(one).state) for one in (without(world), with_bundle(world)))
    known = {int(case["key"]): case for case in before[before["caused"] == 1]}
    for case in after[after["caused"] == 1]:
        if int(case["key"]) in known:
            other = known[int(case["key"])]
            assert (case["process"], case["complexity"]) == (other["process"], other["complexity"])


SHOP = """
departments: {desk: {staff: 1, calendar: always}, ear: {staff: 9, calendar: always}}
processes:
  order:
    demand: {at: [1, 2, 40]}
    target_hours: 12
    steps: {make: {R: desk, work: 10}}
    complains: {process: grief, late: 1, defective: 1}
  grief: {demand: {per_week: 0}, steps: {listen: {R: ear, work: 0.5}}}
levers: {preset: neutral}
warmup_weeks: 0
horizon_weeks: 1
"""


def shop(text: str = SHOP) -> Any:
    """Return the outcome of a week in the shop."""
    made = compiled_from(text)
    machine = start(made, 1, 0)
    machine.advance(168.0)
    return harvest(made, machine, 0)


def compiled_from(text: str) -> Any:
    """Return a scenario ready to run."""
    from sim.compile import compile_scenario

    return compile_scenario(loads(text))


def test_a_complaint_comes_when_the_date_passes() -> None:
    """The second order waits until 11 and is ready at 21, seven hours after its date; the others are in time."""
    found = shop()
    cases = found.cases
    assert cases["complaints"].tolist() == [0, 1, 0, 0]
    (grief,) = np.flatnonzero(cases["caused"])
    assert (cases["arrival"][grief], cases["finish"][grief]) == (14.0, 14.5)
    measures = measures_of(found)
    assert measures["complaints_per_100"] == measures["complaints_per_100.order"] == pytest.approx(100 / 3)
    assert np.isnan(measures["complaints_per_100.grief"])
    assert measures["throughput"] == 4.0


def test_a_complaint_of_a_defect_comes_when_it_is_served() -> None:
    """What every hand-over garbles is complained of at once; one that is late as well is complained of twice."""
    text = SHOP.replace("make: {R: desk, work: 10}", "take: {R: ear, work: 0}, make: {R: desk, work: 10}")
    garbled = text.replace("preset: neutral", "preset: neutral, novelty: 1, documents: 0, sync_decay: 0.01")
    found = shop(garbled + "relations: {understanding: 0}\n")
    cases = found.cases
    orders, grief = cases[cases["caused"] == 0], cases[cases["caused"] == 1]
    assert orders["defective"].tolist() == [1, 1, 1]
    assert orders["complaints"].tolist() == [1, 2, 1]
    assert sorted(grief["arrival"].tolist()) == sorted([*orders["served"].tolist(), 14.0])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("process: grief", "process: greif", "complains.process: found 'greif', expected a process .*'grief'"),
        ("process: grief", "process: order", "found 'order', in which customers complain of complaints"),
        (
            "complains: {process: grief, late: 1, defective: 1}",
            "value: 0",
            "per_week: found 0, expected a number above 0",
        ),
        ("late: 1,", "late: 2,", "complains.late: found 2, expected a number of at least 0 and at most 1"),
    ],
)
def test_mistakes_are_told_in_one_sentence(old: str, new: str, told: str) -> None:
    """A process that is not there, complaints about complaints, and a process to which nothing comes."""
    with pytest.raises(ScenarioError, match=told):
        loads(SHOP.replace(old, new))


def test_what_is_to_come_goes_with_the_case() -> None:
    """A case whose customer may still complain is kept, though it is finished."""
    machine = start(compiled_from(SHOP), 1, 0)
    machine.advance(11.5)
    waiting = pending(machine)
    assert machine.state.history["finish"][0] == 11.0
    assert (waiting["kind"] == Event.COMPLAINT).sum() == 2
