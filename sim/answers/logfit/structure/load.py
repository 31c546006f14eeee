"""How many people departments have, and what else they have to do."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.clocks import Clocks
from sim.answers.logfit.structure.departments import Departments
from sim.answers.logfit.structure.material import Material
from sim.answers.logfit.structure.settings import Settings
from sim.answers.logfit.structure.sojourns import Sojourns
from sim.eventlog.counted import codes_of
from sim.eventlog.log import EventLog
from sim.vocab import WEEK
from sim.words import Text, clauses, series, words

texts = words("logstructure")

Floats = NDArray[np.float64]

RECENT = 8
"""Weeks at the end of the log in which people are counted."""

MOST_STAFF = 100_000

SHORT = 0.1
"""Share of the waits for a department that are shorter than those that have to leave room for a queue."""

SIZE = 0.5
"""Hours of a piece of work from elsewhere, of which a log says nothing."""

STEPS = 20
"""Sizes of a load from elsewhere that are tried."""


@dataclass(frozen=True, eq=False)
class Load:
    """The people of each department.

    Attributes
    ----------
    staff
        How many there are.
    own_share
        Share of their time that work from elsewhere takes.
    queue
        Open hours that a case waits until somebody is free, by the usual formula.
    hours
        Of work on cases in a week.
    people
        People seen at work in a week; NaN where the log does not know people.
    notes
        What is to be said of them.
    """

    staff: tuple[int, ...]
    own_share: Floats
    queue: Floats
    hours: Floats
    people: Floats
    notes: tuple[Text, ...] = ()


def load_of(
    log: EventLog,
    material: Material,
    departments: Departments,
    clocks: Clocks,
    sojourns: Sojourns,
    settings: Settings,
) -> Load:
    """Return the people of each department: as many as a file lists, or as were seen, and enough for their work."""
    count = len(departments.labels)
    begin = float(material.begin.min()) if len(material.begin) else 0.0
    weeks = float(np.clip((material.until - begin) / WEEK, 1.0, RECENT))
    recent = material.end > material.until - weeks * WEEK
    whole = max(1.0, (material.until - begin) / WEEK)
    every = np.bincount(material.department, sojourns.work, count) / whole
    late = np.bincount(material.department[recent], sojourns.work[recent], count) / weeks
    hours = np.maximum(every, late)
    people = _people(log, departments, material.until, weeks)
    capacity = np.array([one.hours_per_week for one in clocks.departments])
    needed = np.ceil(hours / capacity / (settings.load / 2.0)) + 1.0
    listed = np.array([_listed(log, departments, one) for one in range(count)])
    enough = np.ceil(hours / capacity / settings.load)
    staff = np.where(listed > 0, np.maximum(listed, enough), np.fmax(needed, np.ceil(people)))
    staff = np.clip(staff, 1, MOST_STAFF)
    own, queue = np.zeros(count), np.zeros(count)
    for one in range(count):
        rows = (material.department == one) & ~material.first
        room = float(np.quantile(sojourns.wait[rows], SHORT)) if rows.any() else 0.0
        room *= capacity[one] / max(clocks.everybody.hours_per_week, 1e-9)
        busy = float(hours[one] / capacity[one] / staff[one])
        own[one], queue[one] = _elsewhere(int(staff[one]), busy, settings.load, room)
    return Load(tuple(int(one) for one in staff), own, queue, hours, people, _notes(departments, staff, listed))


def _listed(log: EventLog, departments: Departments, one: int) -> int:
    """Return how many people a file says to belong to a department; 0 where none does."""
    return sum(people for name, people in log.listed.items() if departments.of_group.get(name) == one)


def _notes(departments: Departments, staff: Floats, listed: Floats) -> tuple[Text, ...]:
    """Say where people were taken from a file, and where these are too few for the work of the log."""
    told = np.flatnonzero(listed > 0)
    if not len(told):
        return ()
    said = clauses(f"{departments.labels[one]} {listed[one]:.0f}" for one in told)
    more = [departments.labels[one] for one in told if staff[one] > listed[one]]
    notes = [texts.LISTED.format(said=said)]
    if more:
        notes.append(texts.LISTED_TOO_FEW.format(names=series(more)))
    return tuple(notes)


def _elsewhere(staff: int, busy: float, most: float, room: float) -> tuple[float, float]:
    """Return how much work from elsewhere there can be, and how long cases wait for it.

    As the wait for somebody who is free is part of the waits of the log, it can be no longer than the shortest of
    these; where work is often taken up at once, there is nobody who is busy with something else.
    """
    for share in np.arange(STEPS, 0, -1) / STEPS * max(0.0, most - busy):
        queue = waiting(staff, busy + share, SIZE)
        if queue <= room:
            return round(float(share), 2), queue
    return 0.0, 0.0


def waiting(staff: int, busy: float, size: float) -> float:
    """Return the mean hours until somebody is free, where so many share work of a mean size (a queue M/M/c)."""
    offered = staff * busy
    blocked = 1.0
    for servers in range(1, staff + 1):
        blocked = offered * blocked / (servers + offered * blocked)
    queued = blocked / (1.0 - busy * (1.0 - blocked))
    return queued * size / (staff * (1.0 - busy))


def _people(log: EventLog, departments: Departments, until: float, weeks: float) -> Floats:
    """Return how many people of each department were seen at work in a week on average."""
    count = len(departments.labels)
    if "resource" not in log.known:
        return np.full(count, math.nan)
    end = log.events["end"].to_numpy(dtype=np.float64)
    resource, department = codes_of(log.events["resource"]), departments.codes(log)
    here = (resource >= 0) & (end > until - weeks * WEEK)
    seen = np.unique(np.column_stack([department[here], resource[here], ((until - end[here]) // WEEK)]), axis=0)
    return np.bincount(seen[:, 0].astype(np.int64), minlength=count) / weeks
