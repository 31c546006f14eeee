"""What the map of processes shows of each: its steps in order, hours as things are, and what alternatives change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.report.processgraph import Map, mapped
from sim.spec.process import Process
from sim.vocab import LEDGER_PARTS

MOST_PROCESSES = 8
MOST_ROWS = 40
"""Processes and, in all of them, steps that a page has room for."""

LEAST_SHARE = 1e-3
"""Share of the hours of a process that a step needs to be shown, where there is no room for all."""

LEAST_MOVED = 0.5
"""Hours below which no change is worth stressing."""

_WORST = 3
_LOST = ("tax", "queue", "handover", "answer", "ping_pong", "rework", "conflict")
"""Parts in which time is lost: neither work, nor the outside world, nor nights."""

Parts = Mapping[str, float]
"""Hours per case that counts by part of the ledger."""

_Hours = dict[tuple[str, str, str], Parts]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the map needs to know about a scenario, in the words that are drawn.

    Attributes
    ----------
    processes
        Processes by name, in the order of the file.
    rates
        Cases a week by process.
    titles, steps, people
        What people call processes, the steps of each, and departments and approvers.
    """

    processes: Mapping[str, Process]
    rates: Mapping[str, float]
    titles: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One process as it will be drawn.

    Attributes
    ----------
    name, process, plan
        Its name, what it is, and where its steps stand.
    hours
        By step, as things are; steps of processes without cases that count are missing.
    changes
        Change of a step's hours by alternative and step, NaN where one side is not known.
    stressed
        Alternative and step where most is saved and most added.
    left_out
        How many steps have no room.
    """

    name: str
    process: Process
    plan: Map
    hours: Mapping[str, Parts]
    changes: Mapping[str, Mapping[str, float]]
    stressed: frozenset[tuple[str, str]]
    left_out: int


def panels_of(places: pd.DataFrame, sheet: Sheet, labels: Sequence[str]) -> list[Panel]:
    """Return the processes in which most hours a week pass, in the order of the file, with their costliest steps."""
    hours = _hours(places)
    weekly = {
        name: sheet.rates[name] * sum(_total(hours, labels[0], name, step) for step in process.steps)
        for name, process in sheet.processes.items()
    }
    kept = sorted(weekly, key=lambda name: -weekly[name])[:MOST_PROCESSES]
    room = max(3, MOST_ROWS // max(1, len(kept)))
    return [_panel(hours, name, process, labels, room) for name, process in sheet.processes.items() if name in kept]


def _hours(places: pd.DataFrame) -> _Hours:
    parts = [part for part in LEDGER_PARTS if part in places]
    rows: list[dict[Any, Any]] = places.to_dict("records")
    return {
        (str(row["alternative"]), str(row["process"]), str(row["step"])): {
            part: float(row[part]) if math.isfinite(row[part]) else 0.0 for part in parts
        }
        for row in rows
    }


def _total(hours: _Hours, label: str, process: str, step: str) -> float:
    return sum(hours.get((label, process, step), {}).values())


def _panel(hours: _Hours, name: str, process: Process, labels: Sequence[str], room: int) -> Panel:
    costly = _costly({step: _total(hours, labels[0], name, step) for step in process.steps}, room)
    plan = mapped(process, costly)
    base, others = labels[0], labels[1:]
    changes = {label: {step: _change(hours, base, label, name, step) for step in plan.steps} for label in others}
    stressed = frozenset((label, step) for label, moved in changes.items() for step in _extremes(moved))
    now = {step: hours[base, name, step] for step in plan.steps if (base, name, step) in hours}
    return Panel(name, process, plan, now, changes, stressed, len(process.steps) - len(plan.steps))


def _costly(hours: Mapping[str, float], room: int) -> list[str]:
    """Return the steps that are shown: all, or where there is no room for them those in which time passes."""
    ranked = sorted(hours, key=lambda step: -hours[step])
    if len(ranked) <= room:
        return ranked
    least = LEAST_SHARE * sum(hours.values())
    return [step for place, step in enumerate(ranked[:room]) if place < 3 or hours[step] >= least]


def _change(hours: _Hours, before: str, after: str, process: str, step: str) -> float:
    if (before, process, step) not in hours or (after, process, step) not in hours:
        return math.nan
    return _total(hours, after, process, step) - _total(hours, before, process, step)


def _extremes(moved: Mapping[str, float]) -> set[str]:
    """Return the steps where most is saved and most added, if that is worth a look."""
    known = [step for step in moved if math.isfinite(moved[step])]
    if not known:
        return set()
    least, most = min(known, key=moved.__getitem__), max(known, key=moved.__getitem__)
    found = {least} if moved[least] <= -LEAST_MOVED else set()
    return found | {most} if moved[most] >= LEAST_MOVED else found


def worst_places(panels: Sequence[Panel], rates: Mapping[str, float]) -> dict[tuple[str, str], int]:
    """Return the rank of the steps, by process and step, where most hours a week are lost."""
    lost = {
        (panel.name, step): rates[panel.name] * sum(parts.get(part, 0.0) for part in _LOST)
        for panel in panels
        for step, parts in panel.hours.items()
    }
    ranked = sorted((key for key in lost if lost[key] > 0.0), key=lambda key: -lost[key])
    return {key: rank for rank, key in enumerate(ranked[:_WORST], 1)}
