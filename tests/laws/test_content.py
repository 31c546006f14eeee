"""What there is to do: what machines take over, or is out of scope, need not be done, whatever else happens.

What is prevented does not come, and those who come anyway are the same customers.
"""

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy import stats

from sim.interventions import INTERVENTIONS, ShareOfWork
from sim.outcome import cases_of
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases


def unmoved(world: World, *levers: str) -> World:
    """Return a copy of a world in which nobody and nothing says where these levers stand, and nobody complains.

    Without complaints the same customers come, whatever becomes of them.
    """
    plain = deepcopy(world)
    for flow in plain["processes"].values():
        flow.pop("complains", None)
    for one in (plain, *plain["departments"].values()):
        one["levers"] = {name: value for name, value in one["levers"].items() if name not in levers}
    for one in plain["interventions"]:
        if "moves" in one:
            one["moves"] = [move for move in one["moves"] if move["lever"] not in levers]
    return plain


def steps_of(world: World) -> list[World]:
    """Return every step of every process."""
    return [step for flow in world["processes"].values() for step in flow["steps"].values()]


def half(work: Any) -> Any:
    """Return half of an amount of work, of the same distribution."""
    if not isinstance(work, dict):
        return work / 2.0
    ((family, parameters),) = work.items()
    return {family: parameters | {"mean": parameters["mean"] / 2.0} if family == "gamma" else parameters / 2.0}


def same(one: World, other: World) -> None:
    """Two worlds are the same to the bit: every case, day, event and line of the log."""
    assert differing(traces(finished(one)), traces(finished(other))) == []


@law
@given(worlds())
def test_machines_that_do_half_of_all_work_leave_as_much_as_steps_of_half_the_work(world: World) -> None:
    """To the bit, with everything else on: rework, double-checks and places in queues follow what people do."""
    automated, easier = unmoved(world, "automation"), unmoved(world, "automation")
    automated["levers"]["automation"] = 0.5
    for step in steps_of(automated):
        step["routine"] = 1.0
    for step in steps_of(easier):
        step["work"] = half(step["work"])
    same(automated, easier)


@law
@given(worlds())
def test_machines_that_do_everything_leave_nothing_to_do(world: World) -> None:
    """Nobody works on a case then; questions, disputes and quarrels are left."""
    automated = unmoved(world, "automation")
    automated["levers"]["automation"] = 1.0
    for step in steps_of(automated):
        step["routine"] = 1.0
    assert not np.any(cases_of(finished(automated).state)["worked"])


PRICED_BY_WORK = {
    kind for kind, cls in INTERVENTIONS.items() if any(isinstance(cost, ShareOfWork) for cost in cls.costs)
}
"""What takes a share of the planned work, whatever the scope of a case."""


@law
@given(worlds())
def test_half_the_scope_is_half_the_work(world: World) -> None:
    """To the bit, where all steps are scalable: nothing but the scope itself tells the two apart."""
    kept = [one for one in world["interventions"] if one["kind"] not in PRICED_BY_WORK]
    smaller, easier = (unmoved(world | {"interventions": kept}, "scope") for _ in range(2))
    smaller["levers"]["scope"] = 0.5
    for step in steps_of(smaller):
        step["scalable"] = True
    for step in steps_of(easier):
        step["scalable"], step["work"] = False, half(step["work"])
    assert set(differing(traces(finished(smaller)), traces(finished(easier)))) <= {"cases.scope"}


@law
@given(worlds())
def test_a_case_keeps_the_scope_with_which_it_came(world: World) -> None:
    """It is that of the front department when it arrives, and all of it where no step can be cut."""
    machine = finished(world)
    cases, params = cases_of(machine.state), machine.params
    whole = params.processes["scalable"][cases["process"]] == 0
    assert (cases["scope"][whole] == 1.0).all()
    assert ((cases["scope"] >= 0.1) & (cases["scope"] <= 1.0)).all()


def coming(world: World, prevention: float) -> Any:
    """Return the cases of a world in which every case could be prevented."""
    plain = unmoved(world, "prevention")
    plain["levers"]["prevention"] = prevention
    for flow in plain["processes"].values():
        flow["preventable"] = 0.8
    return cases_of(finished(plain).state)


@law
@given(worlds())
def test_who_comes_anyway_is_the_same_customer(world: World) -> None:
    """With more prevention some of the others stay away as well, and nobody comes in their place."""
    none, some, more = (coming(world, share) for share in (0.0, 0.4, 1.0))
    for fewer in (some, more):
        for field in ("process", "ordinal", "key", "arrival", "complexity"):
            np.testing.assert_array_equal(fewer[field], none[field])
    assert not none["prevented"].any()
    assert (some["prevented"] <= more["prevented"]).all()
    away = more[more["prevented"] > 0]
    assert not away["worked"].any()
    assert not away["bounces"].any()
    assert np.isnan(away["finish"]).all()


def stream(prevention: float) -> World:
    """Return many customers who come round the clock, of whom half could be prevented."""
    process = {"demand": {"per_week": 2000.0, "during": "always"}, "preventable": 0.5}
    return {
        "name": "stream",
        "departments": {"desk": {"staff": 99, "calendar": "always"}},
        "processes": {"ask": process | {"steps": {"do": {"R": "desk", "work": 0.01}}}},
        "levers": {"preset": "neutral", "prevention": prevention},
        "horizon_weeks": 10.0,
        "warmup_weeks": 0.0,
    }


@pytest.mark.parametrize("prevention", [0.3, 0.8])
def test_what_remains_is_a_poisson_stream_of_fewer(prevention: float) -> None:
    """With rate (1 - prevention / 2): so many come, and between them pass times of an exponential distribution."""
    cases = cases_of(finished(stream(prevention)).state)
    came, gone = cases[cases["prevented"] == 0], int(cases["prevented"].sum())
    assert stats.binomtest(gone, len(cases), prevention / 2).pvalue > 0.001
    mean = 168.0 / (2000.0 * (1.0 - prevention / 2))
    assert stats.kstest(np.diff(came["arrival"]) / mean, "expon").pvalue > 0.001
    assert stats.kstest(np.diff(cases["arrival"]) / mean, "expon").pvalue < 0.001  # as all of them are not
