"""What a scenario is made of: everything that was learned, by what the scenario calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.answers.logfit.structure.arrivals import Arrivals, arrivals_of
from sim.answers.logfit.structure.choosing import Chosen, chosen
from sim.answers.logfit.structure.clocks import Clocks, clocks_of
from sim.answers.logfit.structure.departments import Departments, departments_of
from sim.answers.logfit.structure.load import Load, load_of
from sim.answers.logfit.structure.material import Material, material_of
from sim.answers.logfit.structure.promises import Promises, promises_of
from sim.answers.logfit.structure.routing import ENDS, Routing, routing_of
from sim.answers.logfit.structure.settings import Settings
from sim.answers.logfit.structure.sojourns import Sojourns, pair_key, sojourns_of, waits_by_pair, works_by_kind
from sim.eventlog.log import EventLog
from sim.spec.distributions import Work
from sim.spec.process import END
from sim.workbook.raci import coded

Waits = Mapping[tuple[int, int], Work]
"""Hours between a step and the next one, by their places."""


@dataclass(frozen=True, eq=False)
class Parts:
    """What was learned.

    Attributes
    ----------
    log, settings
        From what, and how.
    departments, material, clocks, chosen, routing, sojourns, arrivals, promises, load
        What was found.
    owners
        What departments are called in the scenario.
    steps
        What steps are called, by their place in `routing`.
    works
        Hours of work by step.
    waits
        Hours between a step and the next one.
    seen
        How often each was seen.
    """

    log: EventLog
    settings: Settings
    departments: Departments
    material: Material
    clocks: Clocks
    chosen: Chosen
    routing: Routing
    sojourns: Sojourns
    arrivals: Arrivals
    promises: Promises
    load: Load
    owners: tuple[str, ...]
    steps: tuple[str, ...]
    works: tuple[Work, ...]
    waits: Waits
    seen: Mapping[tuple[int, int], int]

    def department(self, place: int) -> int:
        """Return the department of a step."""
        return int(self.material.kinds[self.routing.token[place], 1])

    def slow(self, place: int) -> bool:
        """Return whether who waits after a step usually waits for long."""
        return bool(self.sojourns.slow[self.routing.token[place]])

    def waiting(self, waits: Waits) -> Parts:
        """Return the same with other hours between steps."""
        return replace(self, waits=waits)


def parts_of(log: EventLog, settings: Settings) -> Parts:
    """Return what a scenario is made of."""
    departments = departments_of(log, settings)
    material = material_of(log, departments, settings)
    clocks = clocks_of(log, departments)
    found = chosen(material, settings)
    routing = routing_of(found)
    sojourns = sojourns_of(log, material, clocks, found.half_life)
    waits, seen = _waits(material, found, routing, sojourns, settings)
    parts = Parts(
        log=log,
        settings=settings,
        departments=departments,
        material=material,
        clocks=clocks,
        chosen=found,
        routing=routing,
        sojourns=sojourns,
        arrivals=arrivals_of(log, material),
        promises=promises_of(log, material),
        load=load_of(log, material, departments, clocks, sojourns, settings),
        owners=_owners(departments),
        steps=_steps(material, routing),
        works=_works(material, routing, sojourns, settings),
        waits=waits,
        seen=seen,
    )
    queues = dict(zip(parts.owners, map(float, parts.load.queue), strict=True))
    return parts.waiting(shorter(parts, queues, between=False))


def shorter(parts: Parts, hours: Mapping[str, float], *, between: bool) -> Waits:
    """Return waits without what cases wait for otherwise, so that all in all they wait as long as in the log.

    Parameters
    ----------
    parts
        What was learned.
    hours
        Mean open hours for which cases wait otherwise, by the department that is to do the next step.
    between
        Whether they do so only where they come from another department.
    """
    clocks = parts.clocks
    found: dict[tuple[int, int], Work] = {}
    for (one, other), work in parts.waits.items():
        there = parts.department(other)
        gone = hours[parts.owners[there]]
        found[one, other] = work
        if gone > 0.0 and work.mean > 0.0 and not (between and parts.department(one) == there):
            # an open hour of the department is more than one in which somebody works, where it has fewer of them
            usual = clocks.lively if parts.slow(one) else clocks.everybody
            gone *= usual.hours_per_week / clocks.departments[there].hours_per_week
            found[one, other] = scaled(work, max(0.0, 1.0 - gone / work.mean))
    return found


def scaled(work: Work, factor: float) -> Work:
    """Return hours as they were seen, all of them longer or shorter by a factor."""
    values = [round(value * factor, 6) for value in work.parameters]
    if max(values) <= 0.0:
        return Work.deterministic(0.0)
    return Work.empirical(values) if len(values) > 1 else Work.deterministic(values[0])


def _owners(departments: Departments) -> tuple[str, ...]:
    names: list[str] = []
    for label in departments.labels:
        names.append(coded(label, set(names), "department"))
    return tuple(names)


def _steps(material: Material, routing: Routing) -> tuple[str, ...]:
    """Return what steps are called: as their activity, with a number where several are that one."""
    names: list[str] = []
    taken = {END}
    for token in routing.token:
        names.append(coded(material.activities[int(material.kinds[token, 0])], taken, "step"))
        taken.add(names[-1])
    return tuple(names)


def _works(material: Material, routing: Routing, sojourns: Sojourns, settings: Settings) -> tuple[Work, ...]:
    pooled = works_by_kind(material, sojourns)
    by_token = {
        int(token): pooled.of([int(token), int(material.kinds[token, 0])], settings.quantiles)
        for token in np.unique(routing.token)
    }
    return tuple(by_token[int(token)] for token in routing.token)


def _waits(
    material: Material, found: Chosen, routing: Routing, sojourns: Sojourns, settings: Settings
) -> tuple[dict[tuple[int, int], Work], dict[tuple[int, int], int]]:
    """Return the wait between each state and each next one, and how often it was seen."""
    pooled = waits_by_pair(material, found, sojourns)
    states = int(found.memory.offsets[-1]) + 1
    tokens, activities = len(material.kinds), len(material.activities)
    waits, seen = {}, {}
    for place, table in enumerate(routing.next):
        for other in table:
            if other == ENDS:
                continue
            one, two = int(routing.token[place]), int(routing.token[other])
            keys = [
                int(pair_key(int(routing.states[place]), int(routing.states[other]), states)),
                int(pair_key(one, two, tokens)),
                int(pair_key(int(material.kinds[one, 0]), int(material.kinds[two, 0]), activities)),
                two,
            ]
            waits[place, other] = pooled.of(keys, settings.quantiles)
            seen[place, other] = pooled.count(keys[0])
    return waits, seen
