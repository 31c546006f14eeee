"""Tables grow on demand, and no faster than what is in them."""

import numpy as np
import pytest

from sim.kernel.machine import Machine
from sim.outcome import cases_of
from sim.spec.levers import LEVERS
from sim.vocab import WEEK
from tests.worlds.drawn import World, compiled, machine_of


def flooded(per_week: float) -> World:
    """Return a department of one to which far more comes than it can do."""
    step = {"R": "desk", "work": 10.0}
    return {
        "name": "flood",
        "departments": {"desk": {"staff": 1, "calendar": "always"}},
        "processes": {"flood": {"demand": {"per_week": per_week, "during": "always"}, "steps": {"do": step}}},
        "levers": {"preset": "neutral"},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }


def drown(per_week: float) -> Machine:
    """Run a flood for a week; check that all that came is there."""
    machine = machine_of(flooded(per_week), events=False)
    machine.advance(WEEK)
    now = machine.state.now[0]
    done = int((~np.isnan(cases_of(machine.state)["finish"])).sum())
    assert now["n_cases"] == pytest.approx(per_week, rel=0.05)
    assert now["n_requests"] == now["n_cases"] - done
    assert machine.state.departments["waiting"][0] == now["n_requests"] - 1
    return machine


@pytest.mark.compiled
def test_a_hundred_thousand_open_requests() -> None:
    """Far more open requests than the tables began with."""
    machine = drown(110_000.0)
    assert machine.state.now[0]["n_requests"] > 100_000


@pytest.mark.long
@pytest.mark.compiled
def test_a_million_open_requests() -> None:
    """A million open requests fit: tables grow until they do."""
    machine = drown(1_050_000.0)
    assert machine.state.now[0]["n_requests"] > 1_000_000


def chained(departments: int) -> World:
    """Return many departments of which each hands over to the next one only."""
    names = [f"d{n}" for n in range(departments)]
    flows = {
        f"p{n}": {
            "demand": {"per_week": 5.0},
            "steps": {"one": {"R": names[n], "work": 1.0}, "two": {"R": names[n + 1], "work": 1.0}},
        }
        for n in range(0, departments - 1, 2)
    }
    return {
        "name": "chain",
        "departments": {name: {"staff": 1} for name in names},
        "processes": flows,
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }


@pytest.mark.compiled
def test_thousands_of_departments_use_room_for_their_links_only() -> None:
    """Departments that each deal with one other have one link each, and every table is in proportion."""
    sizes = {}
    for departments in (500, 5_000):
        ready = compiled(chained(departments))
        assert len(ready.links) == len(ready.link_ends) == departments
        machine = Machine(ready.params, ready.departments, ready.links, 1, 0, recording=False)
        machine.advance(24.0)
        sizes[departments] = sum(table.nbytes for table in (*machine.state, *ready.params))
    assert sizes[5_000] < 20.0 * sizes[500]  # tables that grow double; departments squared would be a hundred times
    assert sizes[5_000] < 5_000 * (len(LEVERS) * 8 * 2 + 20_000)
