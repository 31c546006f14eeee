"""Common random numbers: with and without an intervention the same customers come, with the same work and luck."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from sim.kernel.machine import Machine
from sim.outcome import cases_of
from sim.scenario import loads
from sim.vocab import Activity, Kind
from tests.worlds.anatomy import moments
from tests.worlds.drawn import World, end_of, law, machine_of, worlds
from tests.worlds.settled import settled
from tests.worlds.witness import WITNESS

pytestmark = pytest.mark.compiled  # many cases

BUNDLE = [
    {"kind": kind, "adoption": {"fidelity": 1.0, "ramp_weeks": 0.0}}
    for kind in ("shared_kpi", "raci", "escalation_path", "response_agreement", "daily_standup", "shared_board")
]


def with_bundle(world: World) -> World:
    """Return a world in which everything is done at once."""
    return world | {"interventions": BUNDLE}


def without(world: World) -> World:
    """Return a world in which nothing is done."""
    return world | {"interventions": []}


def cases(machine: Machine) -> Any:
    """Return the cases so far that come by themselves, those of one process after those of another."""
    found = cases_of(machine.state)
    found = found[found["caused"] == 0]
    return found[np.lexsort((found["ordinal"], found["process"]))]


@law
@given(worlds(managed=True))
def test_the_same_customers_come(world: World) -> None:
    """Arrivals, keys, complexity and target dates are equal to the bit; urgency only ever falls away."""
    machines = [machine_of(one) for one in (without(world), with_bundle(world))]
    for machine in machines:
        machine.advance(end_of(world))
    before, after = map(cases, machines)
    for field in ("process", "ordinal", "key", "arrival", "complexity", "target"):
        assert before[field].tobytes() == after[field].tobytes(), field
    assert (after["urgent"] <= before["urgent"]).all()


def contents(machine: Machine, until: float) -> dict[tuple[int, int, int], float]:
    """Return the work content of every step, by case, step and visit, as people begin it."""
    found = {}
    for _ in moments(machine, until):
        rows = machine.state.requests
        steps = (rows["clock"] == 1) & (rows["token"] >= 0) & (rows["kind"] == Kind.WORK)
        for one in rows[steps & (rows["activity"] == Activity.TOUCH)]:
            key = int(machine.state.history[machine.state.cases[one["case"]]["number"]]["key"])
            found[key, int(one["step"]), int(one["visit"])] = float(one["work"])
    return found


@law
@given(worlds(managed=True))
def test_the_same_work_is_to_be_done(world: World) -> None:
    """A step of a case has the same content whoever comes to do it, however often it was disputed, and whenever.

    Some departments may have more of it done by machines than others; so there are none here.
    """
    world = settled(world, automation=0.0)
    until = end_of(world)
    before = contents(machine_of(without(world)), until)
    after = contents(machine_of(with_bundle(world)), until)
    both = before.keys() & after.keys()
    assume(both)
    assert {key: before[key] for key in both} == {key: after[key] for key in both}


def test_most_steps_are_begun_with_and_without() -> None:
    """The law above has something to compare: in a world in which much is disputed most steps are begun either way."""
    before, after = (contents(machine_of(one(WITNESS)), end_of(WITNESS)) for one in (without, with_bundle))
    assert len(before.keys() & after.keys()) > 0.7 * len(before) > 20


@law
@given(worlds(managed=True))
def test_own_work_comes_all_the_same(world: World) -> None:
    """Own work arrives as often and at the same open hours, whatever is done."""
    machines = [machine_of(one) for one in (without(world), with_bundle(world))]
    for machine in machines:
        machine.advance(end_of(world))
    before, after = (machine.state.departments for machine in machines)
    assert before["own_ordinal"].tobytes() == after["own_ordinal"].tobytes()
    assert before["own_clock"].tobytes() == after["own_clock"].tobytes()


def test_pairing_narrows_a_difference() -> None:
    """Common luck does what it is for: paired differences vary several times less than unpaired ones."""
    import sim

    scenario = sim.load("order_delivery").model_copy(update={"horizon_weeks": 20.0, "warmup_weeks": 4.0})
    plain = sim.run(scenario, replications=16, seed=1).measures["bounces_per_100"]
    raci = sim.run(scenario.with_interventions(["raci"]), replications=16, seed=1).measures["bounces_per_100"]
    paired = (raci - plain).var()
    unpaired = raci.var() + plain.var()
    assert paired < 0.7 * unpaired


STANDING = """
levers: {preset: typical, severity: 1}
relations: {trust: 0.1}
departments: {a: {staff: 3}, b: {staff: 3}}
processes:
  p: {demand: {per_week: 15}, steps: {s: {R: a, C: [b], work: {exponential: 3}}, t: {R: b, work: {exponential: 3}}}}
warmup_weeks: 2
horizon_weeks: 8
interventions: [daily_standup]
"""


def test_a_meeting_that_is_held_already_keeps_its_luck() -> None:
    """People of one department who also meet by themselves at that hour change nothing for the others."""
    import sim

    scenario = loads(STANDING)
    more = scenario.with_interventions([{"kind": "daily_standup", "departments": ["a"]}])
    before, after = (sim.run(one, replications=3, seed=1).cases for one in (scenario, more))
    assert before["conflicts"].sum() > 10
    assert before.equals(after)
