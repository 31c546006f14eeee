"""At every hour the log says of what is set aside and of what is frozen what the kernel says."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from sim.kernel.machine import Machine
from sim.kernel.requests import REFILE
from sim.log import window_of
from sim.outcome import Outcome, cases_of, harvest, start
from sim.tables import TABLES, put_together
from tests.worlds.anatomy import live_requests
from tests.worlds.drawn import World, compiled, end_of, law, worlds

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled


def looked_at(machine: Machine) -> tuple[dict[str, Any], set[int]]:
    """Return how many requests of each department wait for answers, or for a conflict; and which cases are frozen."""
    state, live = machine.state, np.array(live_requests(machine), dtype=np.int64)
    rows = state.requests[live]
    these = {"answers": rows["pending"] > 0, "conflict": rows["held"] == REFILE}
    many = len(state.departments)
    aside = {reason: np.bincount(rows["dept"][here], minlength=many).tolist() for reason, here in these.items()}
    return aside, set(np.flatnonzero(cases_of(state)["frozen"]).tolist())


def watched(world: World) -> tuple[Outcome, list[tuple[float, dict[str, Any], set[int]]]]:
    """Run a world with a log from hour to hour; return what it leaves behind, and what was there at every hour."""
    ready = compiled(world)
    machine = start(ready, 1, 0, log=True)
    seen = []
    for hour in np.arange(end_of(world) + 1.0):
        machine.advance(hour)
        seen.append((hour, *looked_at(machine)))
    return harvest(ready, machine, 0, log=window_of(True, ready.scenario)), seen


def table(outcome: Outcome, name: str) -> pd.DataFrame:
    """Return a table of the log."""
    return put_together(name, [TABLES[name].rows(outcome)], [0])


def going_on(intervals: pd.DataFrame, hours: list[float]) -> Any:
    """Return which intervals have begun and not ended, a row an hour."""
    begin, end = intervals["begin"].to_numpy(), intervals["end"].to_numpy()
    at = np.array(hours)[:, np.newaxis]
    return (begin <= at) & ~(end <= at)


@law
@given(worlds())
def test_what_is_set_aside_and_frozen_is_so_in_the_kernel(world: World) -> None:
    """As many requests of each department, for the same reason; and the same cases."""
    outcome, seen = watched(world)
    parked, frozen = table(outcome, "parked").drop_duplicates(["move", "begin"]), table(outcome, "frozen")
    many, hours = len(outcome.compiled.pools), [hour for hour, *_ in seen]
    waits, stands = going_on(parked, hours), going_on(frozen, hours)
    owners, reasons, numbers = parked["department"].cat.codes, parked["reason"].to_numpy(), frozen["case"].to_numpy()
    for k, (hour, aside, cases) in enumerate(seen):
        for reason, expected in aside.items():
            found = np.bincount(owners[waits[k] & (reasons == reason)], minlength=many)
            assert found.tolist() == expected, (hour, reason)
        assert sorted(numbers[stands[k]]) == sorted(cases), hour


@law
@given(worlds())
def test_what_waits_for_a_request_is_work_on_the_same_step(world: World) -> None:
    """Whether it has asked, is disputed, or has to be done again; nothing waits for the others."""
    outcome, _ = watched(world)
    moves = table(outcome, "moves")
    children = moves[moves["parent"] >= 0]
    waiting = moves.loc[children["parent"]]
    assert (waiting["kind"] == "work").all()
    for name in ("case", "process", "step"):
        assert (waiting[name].to_numpy() == children[name].to_numpy()).all()
    assert set(moves["kind"][moves["parent"] < 0]) <= {
        "work",
        "inform",
        "own",
        "follow_up",
        "standstill",
        "negotiate",
        "mediate",
    }
