"""Steps of one name and one department as one, where a process knows where its cases came from.

A Markov process remembers no more than its step: a process that was read off a log has the same work in one
department as many steps, by what was done before. A map of it shows the work, and what follows it all in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.distributions import Work
from sim.spec.process import END, External, Process, Step, routing
from sim.spec.traffic import visits

Likeness = tuple[object, ...]


def standing_for(process: Process) -> dict[str, str]:
    """Return for each step the one that stands for all that people would take for the same; the first of them."""
    if not process.markov:
        return {name: name for name in process.steps}
    first: dict[Likeness, str] = {}
    return {name: first.setdefault(_likeness(step, name), name) for name, step in process.steps.items()}


def _likeness(step: Step, name: str) -> Likeness:
    label = text_of(step.label, name)
    return (label.en, label.zh, step.R, step.A, step.C, step.I, step.contested_by)


def gathered(process: Process, stands: Mapping[str, str]) -> Process:
    """Return a process in which one step stands for several: with what follows, and the mean hours, all in all."""
    if all(one == other for one, other in stands.items()):
        return process
    often = visits(process)
    alike: dict[str, list[str]] = {}
    for name, one in stands.items():
        alike.setdefault(one, []).append(name)
    steps = {one: _step(process, names, stands, often) for one, names in alike.items()}
    start: dict[str, float] = {}
    for name, share in process.first_steps().items():
        there = name if name == END else stands[name]
        start[there] = start.get(there, 0.0) + share
    return process.model_copy(update={"steps": steps, "start": start})


def _step(process: Process, names: list[str], stands: Mapping[str, str], often: Mapping[str, float]) -> Step:
    """Return the step that stands for some."""
    first, weights = process.steps[names[0]], {name: often[name] for name in names}
    if len(names) == 1:
        weights = {names[0]: 1.0}
    total = sum(weights.values())
    table: dict[str, float] = {}
    for name, weight in weights.items():
        for to, share in routing(process.steps[name]).items():
            table[stands[to]] = table.get(stands[to], 0.0) + weight * share
    changed: dict[str, Any] = {"next": _shares(table, total)}
    outside = next((one.external for one in map(process.steps.__getitem__, names) if one.external is not None), None)
    if len(names) > 1 and total > 0.0:
        changed["work"] = Work.deterministic(
            sum(w * process.steps[name].work.mean for name, w in weights.items()) / total
        )
    if outside is not None and total > 0.0:
        wait = sum(w * process.steps[name].outside for name, w in weights.items()) / total
        changed["external"] = External(work=Work.deterministic(wait), calendar=outside.calendar)
    return first.model_copy(update=changed)


def _shares(table: Mapping[str, float], total: float) -> dict[str, float]:
    """Return chances of what follows, the most frequent first; where nobody ever is, none."""
    if total <= 0.0:
        return {}
    return {to: table[to] / total for to in sorted(table, key=lambda to: -table[to])}


def gathered_places(places: pd.DataFrame, stands: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return the hours of steps with those of others that they stand for."""
    if all(one == other for each in stands.values() for one, other in each.items()):
        return places
    keys = [name for name in places.columns if not pd.api.types.is_float_dtype(places[name])]
    named = zip(places["process"].map(str), places["step"].map(str), strict=True)
    step = [stands.get(process, {}).get(name, name) for process, name in named]
    return places.assign(step=step).groupby(keys, sort=False, observed=True, as_index=False).sum(min_count=1)


def gathered_in(scenario: Scenario) -> Scenario:
    """Return a scenario of which people read what is done where; it is not one to run."""
    processes = {name: gathered(one, standing_for(one)) for name, one in scenario.processes.items()}
    if all(processes[name] is one for name, one in scenario.processes.items()):
        return scenario
    return scenario.model_copy(update={"processes": processes})
