"""Who deals with whom: links are built for every pair that a role, hand-over, contest or escalation brings together."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.scenario.traffic import visits
from sim.spec.organization import Organization
from sim.spec.process import Process, Step, routing

USUAL = 5.0
"""Dealings a week at which a link's step of trust is the lever's own; busier links take smaller steps."""
LEAST, MOST = 0.05, 4.0
SMALL = 60
"""Up to so many steps, any two holders of a Markov process may meet over rework; beyond, only those who hand over."""

Pairs = dict[tuple[int, int], float]


def holders(step: Step, rows: Mapping[str, int], management: int) -> list[int]:
    """Return the departments that may come to hold a step."""
    found = [rows[step.R], *(rows[name] for name in step.contested_by)]
    if step.contested_by and management >= 0:
        found.append(management)
    return found


def _pair(pairs: Pairs, i: int, j: int, dealings: float) -> None:
    """Note that `i` asks `j` so many times a week; both directions get a link."""
    if i != j:
        pairs[i, j] = pairs.get((i, j), 0.0) + dealings
        pairs.setdefault((j, i), 0.0)


def _within(pairs: Pairs, members: Iterable[int]) -> None:
    unique = sorted(set(members))
    for i in unique:
        for j in unique:
            _pair(pairs, i, j, 0.0)


def _before(process: Process) -> dict[str, tuple[str, ...]]:
    """Return the steps that may hand over to each step, looking through steps that can be skipped."""
    if process.markov:
        found: dict[str, list[str]] = {name: [] for name in process.steps}
        for name, step in process.steps.items():
            for follower in routing(step):
                found[follower].append(name)
        return {name: tuple(before) for name, before in found.items()}
    needs = process.predecessors()
    result: dict[str, tuple[str, ...]] = {}
    for name in process.steps:
        seen, waiting = [], list(needs[name])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.append(one)
                if process.steps[one].probability < 1.0:
                    waiting.extend(needs[one])
        result[name] = tuple(seen)
    return result


def _of_process(pairs: Pairs, process: Process, rows: Mapping[str, int], management: int, weeks: float) -> None:
    rate = process.demand.weekly(weeks)
    often = visits(process)
    held = {name: holders(step, rows, management) for name, step in process.steps.items()}
    before = _before(process)
    for name, step in process.steps.items():
        weekly = rate * often[name]
        for earlier in before[name]:
            dealings = weekly / max(1, len(before[name])) if step.response_hours else 0.0
            _pair(pairs, rows[process.steps[earlier].R], rows[step.R], dealings)
            for i in held[earlier]:
                for j in held[name]:
                    _pair(pairs, i, j, 0.0)
        if len(held[name]) > 1:
            _within(pairs, held[name])
        for asked in (*step.C, *([step.A] if step.A else [])):
            _pair(pairs, rows[step.R], rows[asked], weekly)
        for asked in (*step.C, *step.I, *([step.A] if step.A else [])):
            for i in held[name]:
                _pair(pairs, i, rows[asked], 0.0)
    if len(process.steps) <= SMALL:
        _within(pairs, (d for members in held.values() for d in members))


def link_tables(organization: Organization, rows: Mapping[str, int], weeks: float) -> tuple[Any, list[tuple[int, int]]]:
    """Return the links, sorted by department and other, and where each department's begin and how many they are."""
    management = rows[organization.management] if organization.management else -1
    pairs: Pairs = {}
    for process in organization.processes.values():
        _of_process(pairs, process, rows, management, weeks)
    if management >= 0:
        for name in organization.departments:
            _pair(pairs, rows[name], management, 0.0)
    relations = organization.relations
    special = {(rows[pair.from_], rows[pair.to]): pair for pair in relations.pairs}
    for i, j in special:
        _pair(pairs, i, j, 0.0)
    links = np.zeros(max(1, len(pairs)), layout.LINK)
    spans = [(0, 0)] * len(rows)
    for k, (i, j) in enumerate(sorted(pairs)):
        pair = special.get((i, j))
        dealings = pairs[i, j]
        row = links[k]
        row["other"] = j
        row["trust"] = relations.trust if pair is None or pair.trust is None else pair.trust
        told = None if pair is None else pair.understanding
        row["understanding"] = relations.understanding if told is None else told
        row["norm"] = min(MOST, max(LEAST, USUAL / dealings)) if dealings > 0.0 else 1.0
        first, n = spans[i]
        spans[i] = (first if n else k, n + 1)
    return links, spans
