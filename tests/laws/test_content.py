"""What there is to do: work that machines take over is work that need not be done, whatever else happens."""

from copy import deepcopy
from typing import Any

import numpy as np
from hypothesis import given

from sim.outcome import cases_of
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds


def unmoved(world: World, *levers: str) -> World:
    """Return a copy of a world in which nobody and nothing says where these levers stand."""
    plain = deepcopy(world)
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
