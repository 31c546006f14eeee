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


class Pairs:
    """Who deals with whom, how often judged by response time, and how often at all."""

    def __init__(self) -> None:
        self.dealings: dict[tuple[int, int], float] = {}
        self.contacts: dict[tuple[int, int], float] = {}

    def may_meet(self, i: int, j: int) -> None:
        """Note that `i` and `j` may come to deal with each other; both directions get a link."""
        if i != j:
            for pair in ((i, j), (j, i)):
                self.dealings.setdefault(pair, 0.0)
                self.contacts.setdefault(pair, 0.0)

    def asks(self, i: int, j: int, weekly: float, judged: bool) -> None:
        """Note that `i` asks `j` so many times a week, judged by response time or not."""
        if i != j:
            self.may_meet(i, j)
            self.dealings[i, j] += weekly if judged else 0.0
            self.contacts[i, j] += weekly
            self.contacts[j, i] += weekly

    def within(self, members: Iterable[int], weekly: float = 0.0) -> None:
        """Note that any two of these departments may come to deal with each other, so often a week in all."""
        unique = sorted(set(members))
        share = weekly / max(1, len(unique) * (len(unique) - 1))
        for i in unique:
            for j in unique:
                self.asks(i, j, share, judged=False)


def holders(step: Step, rows: Mapping[str, int], management: int) -> list[int]:
    """Return the departments that may come to hold a step."""
    found = [rows[step.R], *(rows[name] for name in step.contested_by)]
    if step.contested_by and management >= 0:
        found.append(management)
    return found


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
            share = weekly / max(1, len(before[name]))
            pairs.asks(rows[process.steps[earlier].R], rows[step.R], share, judged=step.response_hours is not None)
            for i in held[earlier]:
                for j in held[name]:
                    pairs.may_meet(i, j)
        if step.contested_by:
            pairs.within(held[name], weekly)
        questioned = (*step.C, *([step.A] if step.A else []))
        for asked in questioned:
            pairs.asks(rows[step.R], rows[asked], weekly, judged=True)
        for other in (*questioned, *step.I):
            for i in held[name]:
                pairs.may_meet(i, rows[other])
    if len(process.steps) <= SMALL:
        pairs.within(d for members in held.values() for d in members)


def link_tables(organization: Organization, rows: Mapping[str, int], weeks: float) -> tuple[Any, list[tuple[int, int]]]:
    """Return the links, sorted by department and other, and where each department's begin and how many they are."""
    management = rows[organization.management] if organization.management else -1
    pairs = Pairs()
    for process in organization.processes.values():
        _of_process(pairs, process, rows, management, weeks)
    if management >= 0:
        for name in organization.departments:
            pairs.may_meet(rows[name], management)
    relations = organization.relations
    special = {(rows[pair.from_], rows[pair.to]): pair for pair in relations.pairs}
    for i, j in special:
        pairs.may_meet(i, j)
    links = np.zeros(max(1, len(pairs.dealings)), layout.LINK)
    spans = [(0, 0)] * len(rows)
    for k, (i, j) in enumerate(sorted(pairs.dealings)):
        pair = special.get((i, j))
        dealings = pairs.dealings[i, j]
        row = links[k]
        row["other"] = j
        row["trust"] = relations.trust if pair is None or pair.trust is None else pair.trust
        told = None if pair is None else pair.understanding
        row["understanding"] = relations.understanding if told is None else told
        row["weight"] = pairs.contacts[i, j]
        row["norm"] = min(MOST, max(LEAST, USUAL / dealings)) if dealings > 0.0 else 1.0
        first, n = spans[i]
        spans[i] = (first if n else k, n + 1)
    return links, spans
