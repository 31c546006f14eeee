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

Floats = NDArray[np.float64]

RECENT = 8
"""Weeks at the end of the log in which people are counted."""

MOST_STAFF = 100_000


@dataclass(frozen=True, eq=False)
class Load:
    """The people of each department.

    Attributes
    ----------
    staff
        How many there are.
    hours
        Of work on cases in a week.
    people
        People seen at work in a week; NaN where the log does not know people.
    """

    staff: tuple[int, ...]
    hours: Floats
    people: Floats


def load_of(
    log: EventLog,
    material: Material,
    departments: Departments,
    clocks: Clocks,
    sojourns: Sojourns,
    settings: Settings,
) -> Load:
    """Return the people of each department: as many as were seen, and enough for their work."""
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
    staff = np.fmax(needed, np.ceil(people))
    return Load(tuple(int(np.clip(one, 1, MOST_STAFF)) for one in staff), hours, people)


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
