"""Assembly: the row of the world, first rows of departments and approvers, and the hours in which anybody works."""

import numpy as np
import pytest

from sim.compile import Compiled, compile_scenario
from sim.scenario import load, loads
from sim.spec.levers import LEVERS
from sim.vocab import Lever

TEXT = """
calendars: {early: {mon: "06:00-10:00"}, late: {mon: ["09:00-12:00", "14:00-15:00"]}}
departments:
  a:
    staff: 2
    calendar: early
    skill: 2.0
    kpis: [{measures: volume, target: 1, weight: 3}, {measures: response, target: 0.5}, {measures: own_work, target: 1}]
    levers: {clarity: 0.3}
  b: {staff: 3, calendar: late, own_work: {share: 0.3, size: {exponential: 2.0}, target_hours: 16}}
  boss: {staff: 4, pools: {head: {hours_per_week: 5}}}
management: boss
processes: {p: {demand: {per_week: 1, during: early}, steps: {s: {R: a, work: 1}, t: {R: b, C: [a], work: 1}}}}
queue: {rule: strict, urgency: 3, value: 1, due: 4}
response_targets: {consult: 6, approve: 9}
coordination_work: {consult: 0.25, triage: {exponential: 0.5}}
levers: {clarity: 0.6, latency: 5}
pace: 2
warmup_weeks: 1
horizon_weeks: 3
tail_weeks: 2
"""
A, B, BOSS, HEAD = range(4)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """Three departments with hours of their own."""
    return compile_scenario(loads(TEXT))


def test_owners_of_queues_are_departments_and_then_approvers(compiled: Compiled) -> None:
    """An approver has the clock of the department, and the beginning of its shifts."""
    pools = compiled.params.pools
    assert compiled.pools == ("a", "b", "boss", "boss.head")
    assert pools["approver"].tolist() == [0, 0, 0, 1]
    assert pools["skill"].tolist() == [2.0, 1.0, 1.0, 1.0]
    assert pools["clock"].tolist()[BOSS] == pools["clock"].tolist()[HEAD]
    hours = compiled.params.calendars["hours"]
    assert hours[pools["calendar"]].tolist() == [4.0, 4.0, 40.0, 5.0]
    assert hours[pools["clock"]].tolist() == [4.0, 4.0, 40.0, 40.0]


def test_own_work_comes_as_often_as_it_takes_its_share(compiled: Compiled) -> None:
    """Pieces an open hour: the share of all who work, over the mean of a piece."""
    pools = compiled.params.pools
    assert pools["own_rate"].tolist() == pytest.approx([0.0, 0.3 * 3 / 2.0, 0.0, 0.0])
    assert pools["own_target"].tolist() == [0.0, 16.0, 0.0, 0.0]
    assert (pools["own_work"] >= 0).tolist() == [False, True, False, False]
    assert pools["own_volume"].tolist() == [0.8, 0.0, 0.0, 0.0]


def test_departments_begin_empty_with_their_levers(compiled: Compiled) -> None:
    """What a department says goes before what the organization says; an approver has the levers of its department."""
    rows = compiled.departments
    assert rows["staff"].tolist() == [2, 3, 4, 1]
    assert rows["lever"][:, Lever.CLARITY].tolist() == [0.3, 0.6, 0.6, 0.6]
    assert (rows["lever"][:, Lever.LATENCY] == 5.0).all()
    assert rows["base"].tobytes() == rows["lever"].tobytes()
    assert rows["productivity"].tolist() == [1.0] * 4
    assert all((rows[name] == -1).all() for name in ("root", "head", "tail", "under_way"))
    assert not any(rows[name].any() for name in ("busy", "waiting", "waiting_hours", "today"))


def test_the_world_is_counted(compiled: Compiled) -> None:
    """How many of each there are; who decides; weights of the queue over their sum."""
    world = compiled.params.world[0]
    counted = ("n_departments", "n_processes", "n_calendars", "n_edits", "n_meetings", "n_shocks", "n_switches")
    assert [int(world[name]) for name in counted] == [4, 1, len(compiled.params.calendars), 0, 0, 0, 0]
    assert (world["management"], world["strict"]) == (BOSS, 1)
    assert (world["urgency"], world["value"], world["due"]) == (3 / 8, 1 / 8, 4 / 8)
    assert (world["consult_response"], world["approve_response"]) == (6.0, 9.0)
    works = compiled.params.works
    assert [works["scale"][world[kind]] for kind in ("consult", "triage")] == [0.25, 0.5]
    assert works["family"][[world["consult"], world["triage"]]].tolist() == [0, 1]
    assert world["full_desk"] == 8.0 * 2.0


def test_where_nobody_manages_nobody_decides() -> None:
    """The world names management by its row, or nobody."""
    assert compile_scenario(loads(TEXT)).params.world["management"].tolist() == [BOSS]
    alone = compile_scenario(
        loads(TEXT.replace("management: boss", "").replace(", pools: {head: {hours_per_week: 5}}", ""))
    )
    assert alone.params.world["management"].tolist() == [-1]


def test_levers_stand_in_the_world_as_they_are_declared(compiled: Compiled) -> None:
    """Groups as bits, neutral values, and which concern two departments."""
    world = compiled.params.world[0]
    for spec in LEVERS.values():
        assert world["group"][spec.lever] == (0 if spec.group is None else 1 << spec.group), spec.name
        assert world["neutral"][spec.lever] == spec.neutral, spec.name
        assert world["between"][spec.lever] == spec.between, spec.name


def test_hours_of_work_are_those_of_all_who_take_part(compiled: Compiled) -> None:
    """Merged where they overlap: management, whom no step names, does not count."""
    calendar = compiled.params.calendars[compiled.params.world[0]["clock"]]
    first = calendar["first"]
    segments = compiled.params.segments[first : first + calendar["n"]]
    assert segments[["start", "end", "before"]].tolist() == [(6.0, 12.0, 0.0), (14.0, 15.0, 6.0)]
    assert calendar["hours"] == 7.0


def test_keepers_are_those_who_open_then(compiled: Compiled) -> None:
    """Of the calendars of queues; demand and the world's clock have none to keep them."""
    lists = compiled.params.lists
    kept = {
        row: lists[one["keepers"] :][: one["n_keepers"]].tolist() for row, one in enumerate(compiled.params.calendars)
    }
    calendars = compiled.params.pools["calendar"].tolist()
    assert sorted(owner for owners in kept.values() for owner in owners) == [A, B, BOSS, HEAD]
    assert all(calendars[owner] == row for row, owners in kept.items() for owner in owners)


def test_a_run_ends_after_the_tail(compiled: Compiled) -> None:
    """Warm-up, horizon and tail, in hours."""
    assert (compiled.tail, compiled.end) == (336.0, 6 * 168.0)
    assert compiled.scenario.window == (168.0, 672.0)


def test_compiling_twice_gives_the_same_bits(compiled: Compiled) -> None:
    """And leaves the scenario as it was."""
    scenario = loads(TEXT)
    before = scenario.hash
    again = compile_scenario(scenario)
    assert scenario.hash == before
    for name, table in compiled.params._asdict().items():
        assert np.asarray(table).tobytes() == np.asarray(getattr(again.params, name)).tobytes(), name


def test_what_was_just_made_is_not_looked_at_again():
    """The tables are the same bytes, with whatever departments and pools say of levers themselves."""
    scenario = load("order_delivery").changed({"departments.sales.levers.latency": 2}).with_interventions(["raci"])
    once, again = compile_scenario(scenario, fresh=True), compile_scenario(scenario)
    assert once.stated is scenario
    assert once.departments.tobytes() == again.departments.tobytes()
    assert [one.tobytes() for one in once.params] == [one.tobytes() for one in again.params]
    row = once.pools.index("sales")
    for lever in LEVERS:
        assert once.departments[row]["base"][Lever[lever.upper()]] == scenario.lever(lever, "sales")
