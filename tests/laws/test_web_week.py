"""What the page draws of a week is what the kernel had at that moment, in tenths of an hour."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.frames import KINDS
from sim.kernel.machine import Machine
from sim.outcome import cases_of, start
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario, load
from sim.vocab import DAY, WEEK
from sim.web.asked import asked_of
from sim.web.shown import PARTS
from sim.web.week import KEPT, UNSEEN, told, week_of
from tests.worlds.anatomy import queue_of
from tests.worlds.drawn import World, compiled, law, worlds

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

HALF_A_TENTH = 0.05
"""What is rounded to a tenth that is over by now happened before this long after it."""

Row = list[Any]


def begun(begin: int | None, end: int | None, at: int) -> bool:
    """Tell whether something has begun and not ended at a tenth of an hour."""
    return begin is not None and begin <= at and (end is None or end > at)


def waits(move: Row, at: int) -> bool:
    """Tell whether a dot is drawn that waits in the queue of whoever is asked."""
    _, _, _, _, _, received, taken, ended, *aside = move
    over = taken if taken is not None else ended
    between = zip(aside[::2], aside[1::2], strict=True)
    return begun(received, over, at) and not any(begun(*times, at) for times in between)


def waiting_in(machine: Machine, owners: Sequence[str]) -> dict[str, int]:
    """Return how many wait in each queue of what is drawn, where there are any."""
    kinds = machine.state.requests["kind"]
    unseen = [KINDS.index(name) for name in UNSEEN]
    found = {name: int((~np.isin(kinds[queue_of(machine, d)], unseen)).sum()) for d, name in enumerate(owners)}
    return {name: many for name, many in found.items() if many}


def frozen_in(machine: Machine) -> set[int]:
    """Return which cases a conflict freezes."""
    return set(np.flatnonzero(cases_of(machine.state)["frozen"]).tolist())


def run_of_world(world: World, index: int) -> RunResult:
    """Return a run that kept what the page is told of a week."""
    scenario = Scenario.model_validate(world)
    return run(scenario, 1, 1, keep=KEPT, links_every="day", log=(index, index), threads=1)


def week_of_world(world: World, index: int) -> dict[str, Any]:
    """Return what the page is told of a week."""
    return told(run_of_world(world, index), index)


@law
@given(worlds(), st.integers(0, 1))
def test_dots_and_diamonds_are_what_the_kernel_has_at_every_hour(world: World, week: int) -> None:
    """As many dots wait at each department as requests in its queue, and the same cases are frozen."""
    index = week % int(world["horizon_weeks"])
    ready = compiled(world)
    shown, machine = week_of_world(world, index), start(ready, 1, 0)
    names = Scenario.model_validate(world).pools()
    for hour in range(int(WEEK)):
        machine.advance(index * WEEK + hour + HALF_A_TENTH)
        at = 10 * hour
        dots = Counter(names[move[1]] for move in shown["moves"] if waits(move, at))
        assert dots == waiting_in(machine, ready.pools)
        assert {row[0] for row in shown["frozen"] if begun(row[3], row[4], at)} == frozen_in(machine)


@law
@given(worlds(), st.integers(0, 1))
def test_a_case_is_told_from_its_arrival_to_its_finish(world: World, week: int) -> None:
    """Pieces come one after another, none like the one before it, and the last ends when the case does.

    Their open hours are those of the critical path, part by part.
    """
    index = week % int(world["horizon_weeks"])
    result = run_of_world(world, index)
    open_hours = result.tables["timelines"].groupby(["case", "part"], observed=True)["open"].sum()
    for case, (_, arrival, _, finish, path) in told(result, index)["cases"].items():
        for place in {piece[1] for piece in path}:
            hours = [piece[3] for piece in path if piece[1] == place]
            assert abs(sum(hours) - open_hours[int(case), PARTS[place]]) <= HALF_A_TENTH * len(hours) + 1e-9
        ends = [piece[0] for piece in path]
        assert arrival <= ends[0]
        assert ends == sorted(ends)
        assert ends[-1] == finish >= 0
        assert arrival < 10 * WEEK
        assert all(one[1:3] != other[1:3] for one, other in pairwise(path))


@law
@given(worlds(), st.integers(0, 1))
def test_a_week_is_plain_data_and_tells_nothing_of_what_comes_after_it(world: World, week: int) -> None:
    """Numbers, names and nothing; no time of a move or conflict beyond the week."""
    shown = week_of_world(world, week % int(world["horizon_weeks"]))
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    times = [time for move in shown["moves"] for time in move[4:]]
    times += [time for row in shown["frozen"] for time in row[3:5]]
    assert all(time is None or time <= 10 * WEEK for time in times)
    assert all(len(hours) == WEEK and min(hours) >= 0.0 for hours in shown["busy"])
    assert all(0 <= share <= 100 for row in shown["trust"] for share in row[2:])


@law
@given(worlds(), st.integers(0, 1))
def test_trust_and_people_at_work_are_those_of_their_day_and_hour(world: World, week: int) -> None:
    """Each department in its row, each pair with both directions in one, each day and hour at its place."""
    index = week % int(world["horizon_weeks"])
    result = run_of_world(world, index)
    shown, owners = told(result, index), list(result.scenario.pools())
    busy = result.tables["busy"]
    for row in busy[busy["week"] == index].itertuples():
        assert abs(shown["busy"][owners.index(row.department)][row.hour] - row.busy) <= HALF_A_TENTH + 1e-9
    daily = result.tables["relations_daily"].set_index(["day", "from", "to"])["trust"]
    monday = int(result.scenario.window[0] // DAY) + 7 * index
    for i, j, *days in shown["trust"]:
        for day, percent in enumerate(days):
            both = [daily[monday + day, owners[a], owners[b]] for a, b in ((i, j), (j, i))]
            assert abs(percent - 50.0 * sum(both)) <= 0.5 + 1e-6


def test_a_week_of_the_demo_is_small_and_the_same_every_time() -> None:
    """At most 60 KB as it is sent, and the same bytes from two runs."""
    scenario = load("order_delivery")
    for items in ([], ["shared_kpi", "raci", "daily_standup", "job_rotation", "response_agreement"]):
        asked = asked_of(scenario, items)
        one, other = (json.dumps(week_of(scenario, asked, 6, 1), separators=(",", ":")) for _ in range(2))
        assert one == other
        assert len(one) <= 60_000
        assert len(json.loads(one)["moves"]) > 100
