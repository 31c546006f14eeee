"""Who has nothing to do with anybody changes nobody's luck, wherever the file mentions it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compile import Compiled
from sim.compile.identities import identities
from sim.kernel.machine import Machine
from sim.outcome import start
from sim.scenario import Scenario
from tests.worlds.anatomy import bits, differing, traces
from tests.worlds.drawn import World, compiled, departments, end_of, law, worlds
from tests.worlds.witness import WITNESS

NEWCOMER = "newcomer"


def inserted(table: World, place: int, name: str, value: Any) -> World:
    """Return a table with one more entry, at some place."""
    entries = list(table.items())
    return dict([*entries[:place], (name, value), *entries[place:]])


def with_department(world: World, place: int, one: World) -> World:
    """Return a world with one more department, which nobody deals with; only management has approvers."""
    if "management" not in world:
        one = {name: value for name, value in one.items() if name != "pools"}
    levers = one.get("levers", {}) | {"cross_training": 0.0}  # whoever has a link to management could help there
    return world | {"departments": inserted(world["departments"], place, NEWCOMER, one | {"levers": levers})}


def with_approver(world: World, place: int) -> World:
    """Return a world in which every department has one more approver, whom nobody asks."""
    teams = {
        name: one | {"pools": inserted(one.get("pools", {}), place, NEWCOMER, {"hours_per_week": 5})}
        for name, one in world["departments"].items()
    }
    return world | {"departments": teams}


def left_by(world: World) -> dict[str, dict[str, bytes]]:
    """Return what becomes of the cases, and of all departments and approvers but the newcomer, day by day."""
    ready = compiled(world)
    machine = start(ready, 1, 0, events=False)
    machine.advance(end_of(world))
    found = traces(machine)
    return {"cases": found["cases"], "lines": found["lines"]} | days_of(ready, machine)


def days_of(ready: Compiled, machine: Machine) -> dict[str, dict[str, bytes]]:
    """Return the days of every owner of a queue but the newcomer, by its name."""
    days = machine.state.days[: machine.state.now[0]["n_days"]]
    kept = [field for field in days.dtype.names if field != "department"]
    return {
        name: bits(days[days["department"] == row][kept])
        for row, name in enumerate(ready.pools)
        if NEWCOMER not in name
    }


def alone(world: World) -> World:
    """Return a world without interventions, which may count departments."""
    return world | {"interventions": []}


@law
@given(worlds(), st.integers(0, 5), departments(managed=True))
def test_a_department_that_nobody_deals_with_changes_no_bit(world: World, place: int, one: World) -> None:
    """Wherever it stands in the file, all cases, departments and approvers are as they were."""
    one.pop("own_work", None)
    before = left_by(alone(world))
    assert differing(before, left_by(with_department(alone(world), place, one))) == []


@law
@given(worlds(), st.integers(0, 5), departments(managed=True))
def test_own_work_of_a_newcomer_changes_no_case(world: World, place: int, one: World) -> None:
    """A department that is busy with itself has luck of its own, and leaves the cases alone."""
    own: World = {"share": 0.5, "size": {"exponential": 1.0}, "target_hours": 4.0}
    before, after = left_by(alone(world)), left_by(with_department(alone(world), place, one | {"own_work": own}))
    for table in ("cases", "lines"):
        assert differing({table: before[table]}, after) == []


@law
@given(worlds(managed=True), st.integers(0, 1))
def test_approvers_whom_nobody_asks_change_no_bit(world: World, place: int) -> None:
    """Before or behind those who are asked, they are not there."""
    assert differing(left_by(alone(world)), left_by(with_approver(alone(world), place))) == []


@pytest.mark.parametrize("place", [0, 1, 4])
def test_where_everything_happens_a_newcomer_changes_no_bit(place: int) -> None:
    """The same where approvals, conflicts and own work are sure to occur."""
    one: World = {"staff": 3, "pools": {"head": {"hours_per_week": 5}}}
    assert differing(left_by(alone(WITNESS)), left_by(with_department(alone(WITNESS), place, one))) == []
    assert differing(left_by(alone(WITNESS)), left_by(with_approver(alone(WITNESS), min(place, 1)))) == []


def on_the_fringe() -> World:
    """Return a world with a department that has own work only, and one that approves but does nothing else."""
    own: World = {"share": 0.5, "size": {"exponential": 1.0}, "target_hours": 4.0}
    project = WITNESS["processes"]["project"]
    sell = project["steps"]["sell"] | {"A": "distant.head"}
    fringe: World = {
        "lone": {"staff": 1, "own_work": own},
        "distant": {"staff": 1, "pools": {"head": {"hours_per_week": 20}}},
    }
    return alone(WITNESS) | {
        "departments": fringe | WITNESS["departments"],
        "processes": WITNESS["processes"] | {"project": project | {"steps": project["steps"] | {"sell": sell}}},
    }


def test_a_newcomer_changes_no_bit_for_those_who_hardly_take_part() -> None:
    """Who has own work only, or approves only, has the same luck as before."""
    before = left_by(on_the_fringe())
    assert differing(before, left_by(with_department(on_the_fringe(), 0, {"staff": 1}))) == []


@law
@given(worlds(managed=True))
def test_no_two_have_the_same_identity(world: World) -> None:
    """Whoever can be asked is somebody; and nobody in particular is somebody else."""
    for one in (world, with_approver(world, 0), with_department(world, 1, {"staff": 1})):
        found = identities(Scenario.model_validate(one))
        assert len(set(found.values())) == len(found)
        assert min(found.values()) == 0


def test_the_order_of_edits_does_not_hang_on_digits() -> None:
    """Two pairs of departments take up the same at different times: who comes first stays so from row 9 to row 10."""
    crowd: World = {f"idle_{n}": {"staff": 1} for n in range(6)}
    teams = {name: one for name, one in WITNESS["departments"].items() if name != "dept_c"}
    first: World = {"kind": "shared_board", "departments": ["dept_a", "dept_c"]}
    second: World = {"kind": "shared_board", "departments": ["dept_a", "dept_boss"], "start_week": 0.1}
    world = WITNESS | {
        "departments": teams | crowd | {"dept_c": WITNESS["departments"]["dept_c"]},
        "interventions": [first, second],
    }
    assert differing(left_by(world), left_by(with_department(world, 0, {"staff": 1}))) == []
