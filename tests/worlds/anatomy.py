"""Looking into a machine between two events: who is where. Nothing here shares code with the kernel."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.recfunctions import append_fields

from sim.kernel.heap import RANK
from sim.kernel.machine import Machine
from sim.outcome import cases_of
from sim.vocab import Event, Kind

NONE = -1
LISTED = -2
"""What stands for the first child of a request in the list of a queue."""


def chain(links: Any, first: int) -> list[int]:
    """Return the rows of a linked list."""
    found, row = [], int(first)
    while row != NONE:
        found.append(row)
        assert len(found) <= len(links), "a list runs in a circle"
        row = int(links[row])
    return found


def open_cases(machine: Machine) -> list[int]:
    """Return the rows of cases in use: all that are not on the free list."""
    state, now = machine.state, machine.state.now[0]
    free = chain(state.cases["link"], now["free_case"])
    assert len(set(free)) == len(free) == now["free_cases"]
    assert (state.cases["number"][free] == NONE).all()
    return sorted(set(range(len(state.cases))) - set(free))


def live_requests(machine: Machine) -> list[int]:
    """Return the request rows in use: all that are not on the free list."""
    state, now = machine.state, machine.state.now[0]
    free = chain(state.requests["link"], now["free_request"])
    assert len(set(free)) == len(free) == now["free_requests"]
    return sorted(set(range(len(state.requests))) - set(free))


def queue_of(machine: Machine, department: int) -> list[int]:
    """Return who waits in a queue; check that list and heap are such: in order, and linked both ways.

    Check also that helpers overlook no step of a case: none is passed in the list, and those of the heap are counted.
    """
    rows, queue = machine.state.requests, machine.state.departments[department]
    listed, heaped = _listed(machine, department), _heaped(machine, department)
    first = int(queue["work_from"])
    passed = listed if first == NONE else listed[: listed.index(first)]
    assert not (rows["kind"][passed] == Kind.WORK).any()
    assert queue["works"] == (rows["kind"][heaped] == Kind.WORK).sum()
    return listed + heaped


def _listed(machine: Machine, department: int) -> list[int]:
    rows, queue = machine.state.requests, machine.state.departments[department]
    found = chain(rows["q_next"], queue["head"])
    assert int(queue["tail"]) == (found[-1] if found else NONE)
    for before, row in zip([NONE, *found], found, strict=False):
        assert rows[row]["q_prev"] == before
        assert rows[row]["q_child"] == LISTED
        assert before == NONE or _rank(rows[before]) < _rank(rows[row])
    return found


def _heaped(machine: Machine, department: int) -> list[int]:
    rows = machine.state.requests
    root = int(machine.state.departments[department]["root"])
    if root == NONE:
        return []
    assert rows[root]["q_prev"] == NONE
    assert rows[root]["q_next"] == NONE
    found, waiting = [], [root]
    while waiting:
        parent = waiting.pop()
        found.append(parent)
        before = parent
        for child in chain(rows["q_next"], rows[parent]["q_child"]):
            assert rows[child]["q_prev"] == before
            assert _rank(rows[parent]) < _rank(rows[child])
            waiting.append(child)
            before = child
    return found


def _rank(row: Any) -> tuple[float, int]:
    return float(row["q_key"]), int(row["q_seq"])


def pending(machine: Machine) -> Any:
    """Return the events to come."""
    rows = machine.state.events[: machine.state.now[0]["n_events"]]
    return append_fields(rows, "kind", rows["order"] // RANK, usemask=False)


def places(machine: Machine) -> dict[int, list[str]]:
    """Return for every request in use the places at which it is found; there should be one."""
    state = machine.state
    found: dict[int, list[str]] = {row: [] for row in live_requests(machine)}
    for department in range(len(state.departments)):
        for row in queue_of(machine, department):
            assert state.requests[row]["dept"] == department
            found[row].append("queue")
    names = {Event.COMPLETE: "service", Event.RECEIVE: "sent", Event.EXTERNAL: "outside", Event.NEWS: "withheld"}
    for event in pending(machine):
        early = event["kind"] == Event.RECEIVE and event["stamp"] != state.requests[event["who"]]["token"]
        if event["kind"] in names and not early:  # a question that a meeting brought up has been received before
            found[int(event["who"])].append(names[Event(event["kind"])])
    for train in state.trains:
        for row in chain(state.requests["link"], train["first"]):
            found[row].append("waits for its release")
    for row, where in found.items():
        if state.requests[row]["held"]:
            where.append("held")
        if state.requests[row]["pending"]:
            where.append("parked")
    return found


def answers_out(machine: Machine) -> Counter[int]:
    """Return how many questions are out for every request that has asked."""
    rows = machine.state.requests
    parents = [int(rows[row]["parent"]) for row in live_requests(machine)]
    return Counter(parent for parent in parents if parent != NONE)


def at_work(machine: Machine) -> Any:
    """Return how many people of each department are at work, by the events that will end it."""
    events = pending(machine)
    rows = events["who"][events["kind"] == Event.COMPLETE]
    return np.bincount(machine.state.requests["server"][rows], minlength=len(machine.state.departments))


def moments(machine: Machine, until: float) -> Iterator[float]:
    """Advance from one time at which something happens to the next, and stop at each."""
    while True:
        time = float(machine.state.events[0]["time"])
        if time > until:
            break
        machine.advance(time)
        yield time
    machine.advance(until)
    yield until


def done_at(machine: Machine, until: float) -> dict[tuple[int, int], float]:
    """Advance, and return when each step was done or skipped, by the number of its case and its place; graphs only."""
    done: dict[tuple[int, int], float] = {}
    for time in moments(machine, until):
        for c in open_cases(machine):
            live = machine.state.cases[c]
            for place in range(live["done"].item().bit_length()):
                if live["done"].item() >> place & 1:
                    done.setdefault((int(live["number"]), place), time)
    processes, steps, cases = machine.params.processes, machine.params.steps, cases_of(machine.state)
    for number, case in enumerate(cases):
        if np.isfinite(case["finish"]) and not processes[case["process"]]["markov"]:
            for place in steps["place"][steps["process"] == case["process"]]:
                done.setdefault((number, int(place)), float(case["finish"]))
    return done


def bits(rows: Any) -> dict[str, bytes]:
    """Return every field of a table as its bits."""
    return {name: np.ascontiguousarray(rows[name]).tobytes() for name in rows.dtype.names}


def traces(machine: Machine) -> dict[str, dict[str, bytes]]:
    """Return all that a run leaves behind, as bits: cases, their ledgers, days, links, log."""
    state, now = machine.state, machine.state.now[0]
    return {
        "cases": bits(cases_of(state)),
        "lines": bits(state.lines[: now["n_lines"]]),
        "days": bits(state.days[: now["n_days"]]),
        "links": bits(state.links),
        "departures": bits(state.departures),
        "log": bits(state.log[: now["n_log"]]),
    }


def differing(one: dict[str, dict[str, bytes]], other: dict[str, dict[str, bytes]]) -> list[str]:
    """Return which fields of which tables differ."""
    return [f"{table}.{name}" for table, fields in one.items() for name in fields if fields[name] != other[table][name]]
