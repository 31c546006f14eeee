"""Rows of tables are used again: whatever a free row still says from before, nobody reads it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.machine import LISTED, Machine
from tests.worlds.anatomy import chain, differing, traces
from tests.worlds.drawn import World, end_of, finished, law, machine_of, worlds

pytestmark = pytest.mark.compiled  # many cases

TOLD = {"cases": ("link", "number"), "requests": ("link", "serial"), "defects": ("link",)}
"""Fields that say of a free row that it is free."""


def scramble(machine: Machine, chance: Any) -> None:
    """Write numbers that mean nothing into every free row."""
    for table, one in LISTED.items():
        rows = getattr(machine.state, table)
        free = chain(rows["link"], machine.state.now[0][f"free_{one}"])
        for field in set(rows.dtype.names) - set(TOLD[table]):
            column = rows[field]
            column[free] = chance.integers(0, 2**40 if column.dtype.kind == "u" else 40, column[free].shape)


def scrambled(world: World, seed: int) -> Machine:
    """Return a machine at the end of a world's time, its free rows scrambled over and over."""
    machine, chance = machine_of(world), np.random.default_rng(seed)
    for time in np.append(np.arange(0.0, end_of(world), 5.0), end_of(world)):
        scramble(machine, chance)
        machine.advance(float(time))
    return machine


@law
@given(worlds(), st.integers(0, 1000))
def test_what_a_free_row_says_changes_no_bit(world: World, seed: int) -> None:
    """Whose row a case, request or defect gets is a matter of what else happens, and must not matter to it."""
    assert differing(traces(finished(world)), traces(scrambled(world, seed))) == []


def test_a_notice_takes_as_long_whatever_its_row_was_used_for() -> None:
    """The luck of a notice to somebody who also contests the step is its own, and not that of an old request."""
    step = {"R": "dept_a", "I": ["dept_b"], "contested_by": ["dept_b"], "work": 1.0}
    world = {
        "name": "told",
        "departments": {"dept_a": {"staff": 1}, "dept_b": {"staff": 1}},
        "processes": {"visit": {"demand": {"per_week": 20}, "steps": {"serve": step}}},
        "levers": {"preset": "neutral", "adherence": 1.0, "latency": 4.0},
        "horizon_weeks": 2.0,
        "warmup_weeks": 0.0,
    }
    assert differing(traces(finished(world)), traces(scrambled(world, 1))) == []
