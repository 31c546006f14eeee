"""The scenario that says what was learned."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.logfit.structure.arrivals import Arrivals
from sim.answers.logfit.structure.choosing import Chosen
from sim.answers.logfit.structure.clocks import Clocks
from sim.answers.logfit.structure.departments import Departments
from sim.answers.logfit.structure.material import Material
from sim.answers.logfit.structure.routing import ENDS, Routing
from sim.answers.logfit.structure.settings import Settings
from sim.answers.logfit.structure.sojourns import Sojourns, pair_key, waits_by_pair, works_by_kind
from sim.eventlog.log import EventLog
from sim.scenario import Scenario
from sim.spec.distributions import Work
from sim.spec.process import END
from sim.vocab import WEEK
from sim.workbook.raci import coded

PROCESS = "cases"
"""What the process is called."""

EVERYBODY = "somebody"
"""What the calendar is called in which somebody works."""

IDLE = 0.5
"""Share of their time that people work at most on cases where it is not known how many there are."""


def built(
    log: EventLog,
    settings: Settings,
    departments: Departments,
    material: Material,
    clocks: Clocks,
    chosen: Chosen,
    routing: Routing,
    sojourns: Sojourns,
    arrivals: Arrivals,
) -> tuple[Scenario, Mapping[str, pd.DataFrame]]:
    """Return the scenario, and what was found as tables."""
    owners = _named(departments.labels, "department")
    steps = _steps(material, routing)
    works = works_by_kind(material, sojourns)
    by_token = {
        int(token): works.of([int(token), int(material.kinds[token, 0])], settings.quantiles)
        for token in np.unique(routing.token)
    }
    waits, seen = _waits(material, chosen, routing, sojourns, settings)
    calendars, called = _calendars(clocks)
    made: dict[str, Any] = {}
    for place, step in enumerate(steps):
        token = int(routing.token[place])
        activity, department = (int(one) for one in material.kinds[token])
        made[step] = {
            "label": _label(material.activities[activity]),
            "R": owners[department],
            "work": by_token[token],
            "next": _table(routing.next[place], steps),
        }
        mine = {steps[other]: work for (one, other), work in waits.items() if one == place}
        if mine:
            usual = max(mine.values(), key=lambda work: work.mean)
            made[step]["external"] = {
                "work": usual,
                "by_next": {**mine, END: Work.deterministic(0.0)},
                "calendar": called[-1],
            }
    staff = _staff(log, material, departments, clocks, sojourns, arrivals)
    after = log.origin + dt.timedelta(weeks=math.ceil(max(material.until, 1.0) / WEEK))
    said = {
        "name": coded(log.name, {}, "log"),
        "title": _label(log.name),
        "starts_on": after.date().isoformat(),
        "horizon_weeks": settings.horizon,
        "warmup_weeks": 0.0,
        "calendars": calendars,
        "profiles": {"arrivals": dict(arrivals.profile)},
        "departments": {
            name: {"label": _label(departments.labels[n]), "staff": staff[n], "calendar": called[n]}
            for n, name in enumerate(owners)
        },
        "processes": {
            PROCESS: {
                "demand": {"per_week": arrivals.per_week, "during": "always", "profile": "arrivals"},
                "steps": made,
                "start": _table(routing.start, steps),
            }
        },
        "levers": {"preset": "neutral"},
    }
    tables = {
        "departments": pd.DataFrame(
            {"department": owners, "label": departments.labels, "staff": staff, "calendar": called[:-1]}
        ),
        "states": pd.DataFrame(
            {
                "step": steps,
                "activity": [material.activities[int(material.kinds[one, 0])] for one in routing.token],
                "department": [owners[int(material.kinds[one, 1])] for one in routing.token],
            }
        ),
        "waits": pd.DataFrame(
            [(steps[one], steps[other], work.mean, seen[one, other]) for (one, other), work in waits.items()],
            columns=["step", "next", "hours", "seen"],
        ),
    }
    return Scenario.model_validate(said), tables


def _label(text: str) -> str:
    return text


def _named(labels: tuple[str, ...], otherwise: str) -> list[str]:
    names: list[str] = []
    for label in labels:
        names.append(coded(label, set(names), otherwise))
    return names


def _steps(material: Material, routing: Routing) -> list[str]:
    """Return what steps are called: as their activity, with a number where several are that one."""
    names: list[str] = []
    taken = {END}
    for token in routing.token:
        names.append(coded(material.activities[int(material.kinds[token, 0])], taken, "step"))
        taken.add(names[-1])
    return names


def _table(chances: Mapping[int, float], steps: list[str]) -> dict[str, float]:
    """Return chances as a scenario writes them, rounded so that they do not exceed 1."""
    named = {END if one == ENDS else steps[one]: chance for one, chance in chances.items()}
    rounded = {name: math.floor(chance * 1e6) / 1e6 for name, chance in named.items()}
    best = max(rounded, key=lambda name: rounded[name])
    rounded[best] = round(1.0 - math.fsum(chance for name, chance in rounded.items() if name != best), 6)
    return rounded


def _waits(
    material: Material, chosen: Chosen, routing: Routing, sojourns: Sojourns, settings: Settings
) -> tuple[dict[tuple[int, int], Work], dict[tuple[int, int], int]]:
    """Return the wait between each state and each next one, and how often it was seen."""
    pooled = waits_by_pair(material, chosen, sojourns)
    states = int(chosen.memory.offsets[-1]) + 1
    tokens, activities = len(material.kinds), len(material.activities)
    found, seen = {}, {}
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
            found[place, other] = pooled.of(keys, settings.quantiles)
            seen[place, other] = pooled.count(keys[0])
    return found, seen


def _calendars(clocks: Clocks) -> tuple[dict[str, Any], list[str]]:
    """Return calendars by name, and what the one of each department is called; the last is that of everybody."""
    named: dict[Any, str] = {}
    called = []
    for calendar in (*clocks.departments, clocks.everybody):
        if calendar.always:
            called.append("always")
            continue
        if calendar.intervals not in named:
            named[calendar.intervals] = f"hours_{len(named) + 1}"
        called.append(named[calendar.intervals])
    written = {named[one.intervals]: one for one in (*clocks.departments, clocks.everybody) if not one.always}
    return written, called


def _staff(
    log: EventLog,
    material: Material,
    departments: Departments,
    clocks: Clocks,
    sojourns: Sojourns,
    arrivals: Arrivals,
) -> list[int]:
    """Return how many people each department has: as many as were seen at work in a week, or as the work needs."""
    del log, arrivals
    weeks = max(1.0, (material.until - float(material.begin.min())) / WEEK)
    recent = material.end > material.until - min(8.0, weeks) * WEEK
    span = min(8.0, weeks)
    staff = []
    for department in range(len(departments.labels)):
        here = material.department == department
        load = float(sojourns.work[here & recent].sum()) / span
        load = max(load, float(sojourns.work[here].sum()) / weeks)
        capacity = clocks.departments[department].hours_per_week
        staff.append(int(np.clip(math.ceil(load / capacity / IDLE) + 1, 1, 100_000)))
    return staff
