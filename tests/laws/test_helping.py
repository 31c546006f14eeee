"""Helping out: whose hours, whose work, whose blame; nobody who could and would help stands idle."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.kernel.machine import Machine
from sim.measures import measures_of
from sim.outcome import Outcome, simulate
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import Event, Kind, Lever
from tests.worlds.anatomy import differing, moments, pending, queue_of, traces
from tests.worlds.drawn import World, compiled, end_of, finished, law, machine_of, worlds
from tests.worlds.hours import hours_of, people_at_work

pytestmark = pytest.mark.compiled  # many cases

EDGE = 1e-6
"""Hours from an edge of a shift within which nothing is said about who is at work."""


def without_own_levers(world: World, **levers: float) -> World:
    """Return a world in which these levers stand so everywhere, and nobody moves any."""
    teams = {name: team | {"levers": {}} for name, team in world["departments"].items()}
    return world | {"departments": teams, "interventions": [], "levers": world["levers"] | levers}


@law
@given(worlds())
def test_where_nobody_is_trained_speed_and_rules_change_no_bit(world: World) -> None:
    """The other two levers say how people help who do."""
    plain, told = (
        without_own_levers(world, cross_training=0.0, cross_skill=skill, help_rule=rule)
        for skill, rule in ((1.0, 0.0), (0.3, 1.0))
    )
    machine = finished(told)
    assert differing(traces(finished(plain)), traces(machine)) == []
    assert machine.state.days["today"][..., -1].sum() >= 0.0


def at_work(scenario: Scenario, name: str, time: float) -> bool | None:
    """Tell whether a department is open; None at the edge of a shift."""
    hours = hours_of(scenario, name)
    return None if hours.at_edge(time, EDGE) else hours.is_open(time, EDGE)


def could_lend(machine: Machine, scenario: Scenario, name: str, d: int, time: float) -> bool:
    """Tell whether somebody is free to help, by what a department's row says."""
    dept = machine.state.departments[d]
    many = math.floor(dept["lever"][Lever.CROSS_TRAINING] * dept["staff"] + 1e-9)
    there = people_at_work(scenario, name, int(dept["staff"]), time)
    free = dept["waiting"] == 0 and dept["busy"] < there and dept["lent"] < many
    return bool(free) and at_work(scenario, name, time) is True


def long_queue(machine: Machine, other: int, hours: float) -> bool:
    """Tell whether more than so many hours a head wait somewhere, and among them work that no conflict holds."""
    state, pool, dept = machine.state, machine.params.pools[other], machine.state.departments[other]
    ahead = dept["waiting_hours"] / (pool["skill"] * dept["productivity"] * max(1.0, dept["staff"] * pool["manned"]))
    rows = state.requests[queue_of(machine, other)]
    work = rows[rows["kind"] == Kind.WORK]
    numbers = state.cases["number"][work["case"]]
    return bool(ahead > hours + EDGE and (state.history["frozen"][numbers] == 0).any())


@law
@given(worlds())
def test_nobody_who_could_and_would_help_stands_idle(world: World) -> None:
    """At no moment is somebody free while in a department that he deals with more waits than he leaves alone."""
    world = without_own_levers(world, cross_training=1.0, alignment=1.0)
    ready = compiled(world)
    scenario, machine = ready.scenario, machine_of(world)
    full = 4.0 * scenario.pace
    for time in moments(machine, end_of(world)):
        for d, name in enumerate(ready.pools):
            if "." in name or not could_lend(machine, scenario, name, d, time):
                continue
            hours = full * (1.0 - machine.state.departments[d]["lever"][Lever.HELP_RULE])
            others = [other for one, other in ready.link_ends if one == d]
            assert not any(long_queue(machine, other, hours) for other in others), (time, name)


@law
@given(worlds())
def test_who_is_lent_works_elsewhere(world: World) -> None:
    """At any moment as many are lent as work for others, no more than are trained for it, and never on approvals."""
    machine = machine_of(world)
    most = np.ones(len(machine.state.departments))
    for _ in moments(machine, end_of(world)):
        events = pending(machine)
        rows = machine.state.requests[events["who"][events["kind"] == Event.COMPLETE]]
        lent = rows[rows["server"] != rows["dept"]]
        counted = np.bincount(lent["server"], minlength=len(most))
        assert (counted == machine.state.departments["lent"]).all()
        assert np.isin(lent["kind"], (Kind.WORK, Kind.STANDSTILL)).all()
        assert not machine.params.pools["approver"][lent["server"]].any()


@law
@given(worlds())
def test_hours_lent_are_those_of_work_for_others(world: World) -> None:
    """Piece by piece in the log, and day by day in the records; they are in the hours of work of whoever helps."""
    scenario = Scenario.model_validate(world)
    found = run(scenario, 1, log=True)
    moves, daily = found.moves, found.daily
    done = moves[moves["how"] == "served"]
    lent = done[done["worked_by"].astype(str) != done["to"].astype(str)]
    ours = compiled(world)
    for name in ours.pools:
        mine = lent[lent["worked_by"] == name]
        hours = sum(open_between(scenario, name, a, b) for a, b in zip(mine["begun"], mine["ended"], strict=True))
        rows = daily[daily["department"] == name]
        assert rows["lent"].sum() == pytest.approx(hours, abs=1e-6)
        assert (rows["lent"] <= rows["hours_work"] + rows["hours_standstill"] + 1e-9).all()


def open_between(scenario: Scenario, name: str, begin: float, end: float) -> float:
    """Return the open hours between two moments."""
    return hours_of(scenario, name).between(begin, end)


def two(work: float, at: int, levers: World | None = None, **more: Any) -> World:
    """Return two people next door to each other; `at` pieces of work come to the first on Monday morning."""
    always = {"staff": 1, "calendar": "always"}
    return {
        "departments": {"shop": always, "office": always, "lab": always},
        "processes": {"order": {"demand": {"at": [0.0] * at}, "steps": {"do": {"R": "shop", "work": work}}}},
        "relations": {"trust": 0.5, "understanding": 0.0, "pairs": [{"from": "shop", "to": "office", "distance": 0.0}]},
        "levers": {"preset": "neutral", "cross_training": 1.0, "alignment": 1.0, **(levers or {})},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
        **more,
    }


def lived(world: World) -> Outcome:
    """Return one replication of a world."""
    return simulate(compiled(world), 1, 0, events=True)


def by_department(found: Outcome, field: str) -> dict[str, float]:
    """Return a number of the days by department, summed."""
    days = found.days.reshape(-1, len(found.compiled.pools))
    return dict(zip(found.compiled.pools, days[field].sum(axis=0).tolist(), strict=True))


def test_the_hours_are_theirs_and_the_work_is_not() -> None:
    """Three pieces of ten hours: the office takes one at half the speed; the lab, which deals with nobody, none."""
    found = lived(two(10.0, 3, {"help_rule": 1.0, "cross_skill": 0.5}))
    assert sorted(found.cases["finish"]) == pytest.approx([10.0, 20.0, 20.0])
    assert by_department(found, "lent") == pytest.approx({"shop": 0.0, "office": 20.0, "lab": 0.0})
    assert by_department(found, "done") == {"shop": 3.0, "office": 0.0, "lab": 0.0}
    assert found.days["hours"][..., Kind.WORK].sum() == pytest.approx(40.0)
    assert measures_of(found)["hours_lent"] == pytest.approx(20.0)


@pytest.mark.parametrize(("rule", "finishes"), [(0.0, [3.0, 3.0, 6.0]), (0.5, [3.0, 3.0, 6.0]), (1.0, [3.0, 3.0, 6.0])])
def test_more_than_four_hours_have_to_wait(rule: float, finishes: list[float]) -> None:
    """Where three pieces of three hours come, six wait; of two, three wait, which is too few without a rule."""
    assert sorted(lived(two(3.0, 3, {"help_rule": rule})).cases["finish"]) == pytest.approx(finishes)
    second = 6.0 if rule < 0.25 else 3.0
    assert lived(two(3.0, 2, {"help_rule": rule})).cases["finish"].max() == pytest.approx(second)


def test_who_is_not_willing_does_not_help_but_by_rule() -> None:
    """Without trust, common goals and credit nothing happens; one piece in five is helped with at a trust of .2."""
    cold = {"alignment": 0.0, "trust_baseline": 0.0}
    stranger: World = {"relations": two(1.0, 1)["relations"] | {"trust": 0.0}}
    assert by_department(lived(two(10.0, 9, cold, **stranger)), "lent")["office"] == 0.0
    assert by_department(lived(two(10.0, 9, cold | {"help_rule": 1.0}, **stranger)), "lent")["office"] > 0.0
    assert by_department(lived(two(10.0, 9, cold | {"credit": 1.0}, **stranger)), "lent")["office"] > 0.0


@pytest.mark.parametrize("trust", [0.2, 0.8])
def test_as_many_are_helped_as_trust_says(trust: float) -> None:
    """Pairs of pieces that come far apart, so that one of each waits and is helped with or not: a share of `trust`."""
    pairs = 400
    at = [40.0 * pair for pair in range(pairs) for _ in range(2)]
    flow = {"demand": {"at": at}, "steps": {"do": {"R": "shop", "work": 10.0}}}
    relations = {"trust": trust, "pairs": [{"from": "shop", "to": "office", "distance": 0.0}]}
    still = {"alignment": 0.0, "trust_coupling": 1.0}
    world = two(10.0, 1, still, processes={"order": flow}, relations=relations, horizon_weeks=100.0)
    helped = by_department(lived(world), "lent")["office"] / 10.0
    assert abs(helped - trust * pairs) < 4.0 * math.sqrt(trust * (1.0 - trust) * pairs)


def test_help_is_a_good_dealing_that_counts_in_full() -> None:
    """However little routine counts: both sides gain by it, and come to know each other."""
    levers = {"help_rule": 1.0, "trust_gain": 0.1, "routine_weight": 0.0, "reciprocity": 0.5, "learning": 0.1}
    found = lived(two(10.0, 2, levers))
    ends = [tuple(found.compiled.pools[d] for d in pair) for pair in found.compiled.link_ends]
    trust = dict(zip(ends, found.links["trust"], strict=False))
    known = dict(zip(ends, found.links["understanding"], strict=False))
    assert trust["shop", "office"] == pytest.approx(0.5 + 0.1 * 0.5)
    assert trust["office", "shop"] == pytest.approx(0.5 + 0.1 * 0.5 * 0.5)
    assert known["shop", "office"] == known["office", "shop"] == pytest.approx(0.1)


def test_who_answers_for_the_work_is_blamed_for_it() -> None:
    """A promise that the lab cannot keep comes back to the shop, although the office did the work on it."""
    steps = {
        "sell": {"R": "shop", "C": ["lab"], "commitment": True, "work": 10.0},
        "make": {"R": "lab", "needs": ["sell"], "work": 1.0},
    }
    flow = {"demand": {"at": [0.0, 0.0]}, "steps": steps}
    levers = {"adherence": 0.0, "infeasible": 1.0, "skip_risk": 0.0, "help_rule": 1.0, "rework_share": 0.5}
    found = lived(two(10.0, 2, levers, processes={"order": flow}))
    assert by_department(found, "blamed") == {"shop": 2.0, "office": 0.0, "lab": 0.0}
    assert by_department(found, "lent")["office"] == pytest.approx(10.0)
    days = found.days.reshape(-1, 3)["hours"][..., Kind.REWORK].sum(axis=0)
    assert dict(zip(found.compiled.pools, days > 0.0, strict=True)) == {"shop": True, "office": False, "lab": False}


def test_the_log_says_who_worked() -> None:
    """In the event log, in moves and on the critical path; whose matter it is stays what it was."""
    found: RunResult = run(Scenario.model_validate(two(10.0, 2, {"help_rule": 1.0})), 1, events=True, log=True)
    assert sorted(found.events["department"].astype(str)) == ["office", "shop"]
    assert set(found.moves["to"].astype(str)) == {"shop"}
    assert sorted(found.moves["worked_by"].astype(str)) == ["office", "shop"]
    assert sorted(found.timelines["department"].astype(str)) == ["office", "shop"]
    busy = found.busy.groupby("department", observed=False)["busy"].sum()
    assert busy["office"] == pytest.approx(10.0)


def test_who_is_lent_is_missing_at_home() -> None:
    """Work of the office that comes meanwhile waits until the piece of the other is done."""
    flows = two(10.0, 2)["processes"] | {
        "letter": {"demand": {"at": [1.0]}, "steps": {"write": {"R": "office", "work": 1.0}}}
    }
    found = lived(two(10.0, 2, {"help_rule": 1.0}, processes=flows))
    assert sorted(found.cases["finish"]) == pytest.approx([10.0, 10.0, 11.0])
