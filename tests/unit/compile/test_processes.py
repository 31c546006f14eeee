"""Processes as rows: needs as bits, routes as cumulative chances, roles as lists, to the digit."""

from typing import Any

import numpy as np
import pytest

from sim.compile import Compiled, compile_scenario
from sim.compile.basics import quantile_table
from sim.compile.processes import in_order_of_needs
from sim.scenario import loads
from sim.spec import Work

TEXT = """
departments:
  a: {staff: 2, pools: {head: {hours_per_week: 5}}}
  b: {staff: 3}
  c: {staff: 1, calendar: always}
management: b
processes:
  graph:
    demand: {per_week: 8}
    urgent_share: 0.25
    value: 0.75
    promise: {standard_days: 10, elasticity: 0.5}
    target_days: 20
    steps:
      last: {R: b, needs: [left, right], work: 1.0, probability: 0.5, ambiguity: 0.3, novelty: 0.4, inspection: 2.5}
      left: {R: a, needs: [first], work: 2.0, C: [b], I: [c, b], A: a.head, commitment: true}
      right: {R: c, needs: [first], work: 1.0, contested_by: [b, a], response_hours: 3.0, short: 0.2, short_wait: 6.5}
      first: {R: a, needs: [], work: {exponential: 2.0}, external: {work: 4.0, calendar: always}}
  walk:
    demand: {at: [1.0, 30.0], during: always}
    steps:
      try: {R: c, work: 1.0, next: {again: 0.25, end: 0.25, try: 0, done: 0.5}}
      again: {R: b, work: 1.0, next: {try: 0.2, again: 0.3, done: 0.5}}
      done: {R: a, work: 1.0, next: {}}
warmup_weeks: 2
horizon_weeks: 10
"""
A, B, C, HEAD = range(4)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """A process with needs that are not in order, and a Markov process."""
    return compile_scenario(loads(TEXT))


def listed(compiled: Compiled, row: Any, field: str) -> list[int]:
    """Return the list that a row refers to."""
    first = row[field]
    return list(compiled.params.lists[first : first + row[f"n_{field}"]])


def step(compiled: Compiled, name: str) -> Any:
    """Return the row of a step."""
    return compiled.params.steps[[one for _, one in compiled.steps].index(name)]


def test_rows_stand_in_the_order_of_needs(compiled: Compiled) -> None:
    """Not in that of the file; a Markov process has no needs, and keeps it."""
    assert compiled.pools == ("a", "b", "c", "a.head")
    assert compiled.processes == ("graph", "walk")
    assert compiled.steps == (
        *(("graph", name) for name in ("first", "left", "right", "last")),
        *(("walk", name) for name in ("try", "again", "done")),
    )
    flows = compiled.scenario.processes
    assert [in_order_of_needs(flow) for flow in flows.values()] == [
        ["first", "left", "right", "last"],
        ["try", "again", "done"],
    ]


def test_needs_are_bits(compiled: Compiled) -> None:
    """A bit for the place of each step that has to be done before; all of them for the whole process."""
    steps, processes = compiled.params.steps, compiled.params.processes
    assert steps["need"].tolist() == [0b0000, 0b0001, 0b0001, 0b0110, 0, 0, 0]
    assert steps["place"].tolist() == [0, 1, 2, 3, 0, 1, 2]
    assert steps["process"].tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert processes["all"].tolist() == [0b1111, 0]
    assert processes["first_step"].tolist() == [0, 4]
    assert processes["n_steps"].tolist() == [4, 3]
    assert processes["markov"].tolist() == [0, 1]


def test_routes_are_cumulative(compiled: Compiled) -> None:
    """Up to which number each way is taken: leaving is what remains above the last, and nothing remains at one."""
    routes = compiled.params.routes
    ways = {
        name: [
            (float(one["upto"]), int(one["step"])) for one in routes[row["routes"] : row["routes"] + row["n_routes"]]
        ]
        for name, row in ((name, step(compiled, name)) for name in ("try", "again", "done", "first"))
    }
    assert ways == {"try": [(0.25, 5), (0.75, 6)], "again": [(0.2, 4), (0.5, 5), (1.0, 6)], "done": [], "first": []}
    walk = compiled.params.processes[1]
    assert walk["n_starts"] == 1
    assert routes[walk["starts"]].tolist() == (1.0, 4, -1)  # nobody outside is waited for on the way


def test_chances_of_a_tenth_end_at_one_exactly() -> None:
    """However the sum of ten tenths is rounded."""
    steps = {
        f"s{k}": {"R": "a", "work": 1.0, "next": {f"s{n}": 0.1 for n in range(10)} if k == 0 else {}} for k in range(10)
    }
    world = {"departments": {"a": {"staff": 1}}, "processes": {"p": {"demand": {"per_week": 1}, "steps": steps}}}
    routes = compile_scenario(loads(str(world))).params.routes
    assert np.cumsum([0.1] * 10)[-1] != 1.0
    assert routes["upto"][-1] == 1.0


def test_roles_are_rows_of_owners(compiled: Compiled) -> None:
    """Who does it, who approves, and lists of those who are asked, told, or contest it: the first is who should."""
    steps = compiled.params.steps
    assert steps["dept"].tolist() == [A, A, C, B, C, B, A]
    assert steps["approver"].tolist() == [-1, HEAD, -1, -1, -1, -1, -1]
    left, right = step(compiled, "left"), step(compiled, "right")
    assert listed(compiled, left, "consults") == [B]
    assert listed(compiled, left, "informs") == [C, B]
    assert listed(compiled, right, "contestants") == [C, B, A]
    assert listed(compiled, left, "contestants") == [A]
    assert listed(compiled, right, "consults") == []
    assert [listed(compiled, one, "members") for one in compiled.params.processes] == [[B, A, C], [C, B, A]]
    assert compiled.params.processes["front"].tolist() == [A, C]


def test_what_is_said_of_a_step_stands_in_its_row(compiled: Compiled) -> None:
    """Numbers as they are; nothing said is what is usual."""
    last, right, first = (step(compiled, name) for name in ("last", "right", "first"))
    assert (last["probability"], last["ambiguity"], last["novelty"], last["response"]) == (0.5, 0.3, 0.4, 0.0)
    assert (right["probability"], right["ambiguity"], right["novelty"], right["response"]) == (1.0, 1.0, 1.0, 3.0)
    assert (right["short"], compiled.params.works["scale"][right["short_wait"]]) == (0.2, 6.5)
    assert (last["short"], last["short_wait"]) == (0.0, -1)
    assert (last["inspection"], right["inspection"]) == (2.5, 1.0)
    assert compiled.params.steps["commitment"].tolist() == [0, 1, 0, 0, 0, 0, 0]
    assert compiled.params.works["scale"][first["external"]] == 4.0
    assert compiled.params.calendars["always"][first["external_calendar"]] == 1
    assert compiled.params.steps["external"][1:].tolist() == [-1] * 6


def test_demand_promise_and_target_are_in_hours(compiled: Compiled) -> None:
    """Customers an open hour; dates given one by one count from the end of the warm-up."""
    graph, walk = compiled.params.processes
    assert graph["rate"] == 8 / 40
    assert (graph["urgent_share"], graph["value"]) == (0.25, 0.75)
    assert (graph["promises"], graph["standard"], graph["elasticity"], graph["target"]) == (1, 240.0, 0.5, 480.0)
    assert (walk["promises"], walk["rate"], walk["target"]) == (0, 0.0, 0.0)
    assert compiled.params.numbers[walk["dates"] : walk["dates"] + walk["n_dates"]].tolist() == [337.0, 366.0]
    assert (graph["mapped_from"], graph["mapped_to"]) == (336.0, 2016.0)
    assert compiled.params.calendars["hours"][[graph["calendar"], walk["calendar"]]].tolist() == [40.0, 168.0]


def test_complexity_is_a_spread_of_mean_one() -> None:
    """A lognormal of that sigma; without it every case is as hard as any other."""
    hard = compile_scenario(loads(TEXT.replace("urgent_share: 0.25", "complexity: 0.5"))).params
    plain, spread = (hard.works[row] for row in hard.processes["complexity"][::-1])
    assert plain.tolist() == (0, 0, 1.0)
    assert (spread["family"], spread["scale"]) == (2, 1.0)
    table = quantile_table(Work.lognormal(1.0, (np.exp(0.25) - 1.0) ** 0.5))
    assert hard.numbers[spread["first"] : spread["first"] + len(table)].tolist() == table


def test_room_is_for_the_widest_step(compiled: Compiled) -> None:
    """More people to consult, or steps to go on with, are more rows that a stage may open."""
    margin = compiled.params.world[0]["margin"]
    many = [f"more_{n}" for n in range(30)]
    teams, steps = (
        "".join(f"  {one}: {{staff: 1}}\n" for one in many),
        "".join(f"      {one}: {{R: a, needs: [first], work: 1}}\n" for one in many),
    )
    wider = TEXT.replace("management:", f"{teams}management:").replace("C: [b]", f"C: [b, {', '.join(many)}]")
    longer = TEXT.replace("      first: {R: a, needs: []", f"{steps}      first: {{R: a, needs: []")
    assert all(compile_scenario(loads(one)).params.world[0]["margin"] > margin for one in (wider, longer))
