"""What may not change a bit of a result: how it is computed, and what changes nothing in the organization."""

import copy
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.agents import Department
from sim.kernel.machine import Machine, base_key
from sim.outcome import start
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.tables import EVERYTHING
from sim.vocab import DAY
from tests.worlds.anatomy import differing, moments, traces
from tests.worlds.drawn import (
    BOSS,
    DEPARTMENTS,
    PLAIN_KINDS,
    World,
    compiled,
    end_of,
    finished,
    interventions,
    law,
    machine_of,
    worlds,
)
from tests.worlds.witness import WITNESS


class Silent(Department):
    """Is asked every day and says nothing."""

    def on_day(self) -> None:
        """Do nothing."""


FRAMES = (*EVERYTHING, "events")


def left_by(machine: Machine) -> dict[str, dict[str, bytes]]:
    """Return what a run leaves behind without the log, whose rows an idle meeting may rearrange."""
    return {name: table for name, table in traces(machine).items() if name != "log"}


@law
@given(worlds())
def test_whole_horizon_day_by_day_odd_cuts_and_event_by_event_are_one_run(world: World) -> None:
    """Where a run is cut changes nothing of it, at a time of events or between them."""
    until = end_of(world)
    whole = traces(finished(world))
    cuts = {
        "days": np.arange(DAY, until + DAY, DAY),
        "odd": np.append(np.arange(0.0, until, 7.3), until),
        "twice": np.array([9.0, 9.0, until, until]),
    }
    for name, times in cuts.items():
        machine = machine_of(world)
        for time in times:
            machine.advance(time)
        assert differing(whole, traces(machine)) == [], name
    machine = machine_of(world)
    for _ in moments(machine, until):
        pass
    assert differing(whole, traces(machine)) == []


@law
@given(worlds())
def test_room_and_records_do_not_matter(world: World) -> None:
    """Tables that grow often or never, and whether days and events are written down, change no bit."""
    ready = compiled(world)
    whole = left_by(finished(world))
    for days, log in ((True, False), (False, True)):
        machine = start(ready, 1, 0, events=log, daily=days)
        machine.advance(end_of(world))
        found = left_by(machine) | ({} if days else {"days": whole["days"]})
        assert differing(whole, found) == []
    machine = Machine(ready.params, ready.departments, ready.links, 1, 0, recording=True, cases=100_000)
    machine.advance(end_of(world))
    assert differing(whole, left_by(machine)) == []


def frames(result: RunResult) -> dict[str, Any]:
    """Return the tables of a result."""
    return {name: getattr(result, name) for name in FRAMES}


def assert_same(one: RunResult, other: RunResult) -> None:
    """Compare all tables of two results, to the bit."""
    for name, frame in frames(one).items():
        pd.testing.assert_frame_equal(frame, frames(other)[name], check_exact=True, obj=name)


@pytest.mark.compiled
@settings(law, max_examples=max(2, law.max_examples // 3))
@given(worlds())
def test_threads_count_and_order_of_replications_do_not_matter(world: World) -> None:
    """Replication 2 is replication 2, on one thread or many, alone or among others."""
    scenario = Scenario.model_validate(world)
    whole = run(scenario, replications=4, seed=7, threads=1, events=True)
    assert_same(whole, run(scenario, replications=4, seed=7, threads=3, events=True))
    alone = run(scenario, replications=1, seed=7, first=2, events=True)
    for name, frame in frames(whole).items():
        if frame.index.name == "replication":
            part = frame[frame.index.get_level_values("replication") == 2]
        else:
            part = frame[frame["replication"] == 2].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, frames(alone)[name], check_exact=True, obj=name)


@pytest.mark.compiled  # many events
@settings(law, max_examples=max(2, law.max_examples // 3))
@given(worlds(), st.sampled_from(["day", "week"]))
def test_following_relations_changes_no_bit(world: World, every: str) -> None:
    """Looking at every pair as each day ends, in one go or where somebody is asked, is the same run."""
    scenario = Scenario.model_validate(world)
    plain = run(scenario, replications=2, seed=7, events=True)
    followed = run(scenario, replications=2, seed=7, events=True, links_every=every)
    assert_same(plain, followed)
    asked = run(scenario, replications=2, seed=7, events=True, links_every=every, department=Silent)
    assert_same(plain, asked)
    for name in set(followed.tables) - set(plain.tables):
        pd.testing.assert_frame_equal(followed.tables[name], asked.tables[name], check_exact=True)


@law
@given(worlds(managed=True), st.sampled_from([*PLAIN_KINDS, "custom"]), st.sampled_from([0.0, 0.5]))
def test_an_intervention_of_strength_zero_changes_no_bit(world: World, kind: str, week: float) -> None:
    """Whatever else is done, an intervention with all its effects set to nothing passes through without a trace."""
    nothing: World = {"kind": kind, "strength": 0.0, "start_week": week}
    if kind == "custom":
        nothing["moves"] = [{"lever": "clarity", "toward": 0.0}, {"lever": "latency", "toward": 9.0}]
        nothing["meets"] = [{"at": 11.0, "minutes": 30}]
    added = world | {"interventions": [*world["interventions"], nothing]}
    assert differing(left_by(finished(world)), left_by(finished(added))) == []


@law
@given(worlds(managed=True), st.lists(interventions(managed=True), min_size=2, max_size=4), st.randoms())
def test_the_order_of_interventions_changes_no_bit(world: World, some: list[World], chance: Any) -> None:
    """A list of interventions is a set."""
    shuffled = copy.deepcopy(some)
    chance.shuffle(shuffled)
    first = finished(world | {"interventions": some})
    assert differing(traces(first), traces(finished(world | {"interventions": shuffled}))) == []


NEW_NAMES = {name: f"renamed_{9 - n}" for n, name in enumerate((*DEPARTMENTS, BOSS))}


def renamed(data: Any) -> Any:
    """Return plain data with every department called otherwise, in reversed alphabetical order."""
    if isinstance(data, dict):
        return {renamed(key): renamed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [renamed(one) for one in data]
    if isinstance(data, str):
        name, dot, pool = data.partition(".")
        return NEW_NAMES.get(name, name) + dot + pool
    return data


@law
@given(worlds())
def test_renaming_departments_changes_only_names(world: World) -> None:
    """Departments may be called what one likes: every number stays the same."""
    assert differing(traces(finished(world)), traces(finished(renamed(world)))) == []


@pytest.mark.parametrize("kind", ["shared_board", "raci"])
def test_the_order_of_edits_does_not_hang_on_names(kind: str) -> None:
    """Two pairs of departments take up the same at different times: who comes first is not a matter of the alphabet."""
    first: World = {"kind": kind, "departments": ["dept_a", "dept_b"]}
    second: World = {"kind": kind, "departments": ["dept_b", "dept_c"], "start_week": 0.1}
    world = WITNESS | {"interventions": [first, second]}
    assert differing(traces(finished(world)), traces(finished(renamed(world)))) == []


def test_renamed_renames_everywhere() -> None:
    """Names change as keys and values, also before a pool's name, and nothing else does."""
    data = {"dept_a": {"A": "dept_a.head", "C": ["dept_b", "step_1"]}}
    assert renamed(data) == {"renamed_9": {"A": "renamed_9.head", "C": ["renamed_8", "step_1"]}}


@pytest.mark.parametrize("field", ["seed", "replication"])
def test_other_luck_is_other(field: str) -> None:
    """Seeds and replications differ: sameness above is not for lack of chance."""
    keys = {base_key(n, 0) if field == "seed" else base_key(0, n) for n in range(10_000)}
    assert len(keys) == 10_000
