"""The scenario that says what was learned."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.logfit.structure.clocks import Clocks
from sim.answers.logfit.structure.departments import NOWHERE, shown
from sim.answers.logfit.structure.holidays import closed_again, closures, nobody_comes
from sim.answers.logfit.structure.load import SIZE
from sim.answers.logfit.structure.parts import Parts, Waits
from sim.answers.logfit.structure.routing import ENDS
from sim.answers.logfit.structure.seasons import Seasons, seasons_of
from sim.eventlog.clock import CLOSED
from sim.spec.base import NAME_LENGTH
from sim.spec.distributions import Work
from sim.spec.process import END
from sim.vocab import DAY, WEEK
from sim.words import words
from sim.workbook.raci import coded

texts = words("logstructure")

PROCESS, OPEN = "cases", "open_cases"
"""What the process is called, and the one of cases that are open when counting begins."""

PROFILE, WAITING = "arrivals", "waiting_hours"
"""What the profile of arrivals is called, and the hours of the week by how much they count for whoever waits."""

LONGEST_TAIL = 12
"""Weeks after a run in which cases are finished, at most where nothing is said."""

SHARES = 1e6
"""Parts in which chances are written."""


def said_of(parts: Parts, begins: dt.date | None = None) -> dict[str, Any]:
    """Return what a scenario file says of what was learned; by default it begins on the Monday after the log."""
    calendars, called = calendars_of(parts.clocks)
    after = (parts.log.origin + dt.timedelta(weeks=math.ceil(max(parts.material.until, 1.0) / WEEK))).date()
    begins = begins or after
    off, seasons, per_week = days_off(parts, begins), seasons_in(parts), parts.arrivals.per_week
    if seasons is not None:
        per_week = seasons.usual(per_week, after, parts.arrivals.weeks)
    people = zip(parts.owners, parts.departments.labels, parts.load.staff, called, parts.load.own_share, strict=False)
    demand = {"per_week": float(f"{per_week:.6g}"), "during": "always", "profile": PROFILE}
    if off and arrivals_rest(parts):
        demand["peaks"] = nobody_comes(off)
    return {
        "name": coded(parts.log.name, {}, "log")[:NAME_LENGTH],
        "title": shown(parts.log.name),
        "description": texts.DESCRIPTION.by_language(),
        "outside": texts.OUTSIDE.by_language(),
        "starts_on": begins.isoformat(),
        "horizon_weeks": parts.settings.horizon,
        "warmup_weeks": warmup(parts),
        "calendars": calendars,
        "profiles": {PROFILE: {**parts.arrivals.profile, **({"months": seasons.written} if seasons else {})}},
        "closures": closures(off, begins),
        "departments": {
            name: {"label": _label(label), "staff": staff, "calendar": calendar, **_own_work(float(share))}
            for name, label, staff, calendar, share in people
        },
        "processes": {
            PROCESS: {
                "label": texts.CASES.by_language(),
                "demand": demand,
                "steps": steps_of(parts, parts.waits, called[-2:]),
                "start": table_of(parts.routing.start, parts.steps),
                "urgent_share": parts.promises.urgent_share,
                **({"target_days": parts.promises.target_days} if parts.promises.target_days is not None else {}),
            }
        },
        "levers": {"preset": "neutral"},
    }


def days_off(parts: Parts, begins: dt.date) -> list[int]:
    """Return the days of a run on which the organization is closed, counted from when counting begins."""
    ahead = range(-int(warmup(parts) * 7), int(parts.settings.horizon + LONGEST_TAIL) * 7)
    return closed_again(parts.log, parts.clocks.closed, begins, ahead)


def seasons_in(parts: Parts) -> Seasons | None:
    """Return the seasons of a log; of one whose cases were chosen by their end they are not known."""
    material, begins = parts.material, parts.log.begins
    if parts.arrivals.by_end or not len(begins):
        return None
    return seasons_of(material.arrival, material.stands_for, parts.log.origin, float(begins.min()), material.until)


def arrivals_rest(parts: Parts) -> bool:
    """Tell whether cases come as seldom as they are worked on while the organization is closed."""
    came = np.bincount((parts.material.arrival // DAY).astype(np.int64), minlength=int(parts.material.until // DAY) + 1)
    days = [one for one in parts.clocks.closed if 7 <= one < len(came) - 7]
    return 0.5 * (came[[one - 7 for one in days]] + came[[one + 7 for one in days]]).sum() * CLOSED > came[days].sum()


def _label(name: str) -> str | dict[str, str]:
    """Return what people call a department."""
    return texts.NOWHERE.by_language() if name == NOWHERE else name


def _own_work(share: float) -> dict[str, Any]:
    return {"own_work": {"share": share, "size": Work.exponential(SIZE)}} if share > 0.0 else {}


def warmup(parts: Parts) -> float:
    """Return the weeks after which an empty organization is as usual: nine in ten cases take no longer; up to 52."""
    hours = parts.log.finishes - parts.log.arrivals
    usual = sorted(hours)[int(0.9 * (len(hours) - 1))] if len(hours) else 0.0
    return float(min(52, max(1, math.ceil(usual / WEEK))))


def steps_of(parts: Parts, waits: Waits, clocks: Sequence[str]) -> dict[str, Any]:
    """Return steps as a scenario file says them."""
    routing, material = parts.routing, parts.material
    made: dict[str, Any] = {}
    for place, step in enumerate(parts.steps):
        activity = int(material.kinds[routing.token[place], 0])
        made[step] = {
            "label": shown(material.activities[activity]),
            "R": parts.owners[parts.department(place)],
            "work": parts.works[place],
            "next": table_of(routing.next[place], parts.steps),
        }
        mine = {parts.steps[other]: waits[place, other] for other in routing.next[place] if other != ENDS}
        if any(work.mean > 0.0 for work in mine.values()):
            usual = max(mine.values(), key=lambda work: work.mean)
            by_next = {**mine, END: Work.deterministic(0.0)}
            made[step]["external"] = {"work": usual, "by_next": by_next, "calendar": clocks[parts.slow(place)]}
    return made


def table_of(chances: Mapping[int, float], steps: Sequence[str]) -> dict[str, float]:
    """Return chances as a scenario writes them, rounded so that together they are 1."""
    named = {END if one == ENDS else steps[one]: chance for one, chance in chances.items()}
    rounded = {name: math.floor(chance * SHARES) / SHARES for name, chance in named.items()}
    best = max(rounded, key=lambda name: rounded[name])
    rest = math.fsum(chance for name, chance in rounded.items() if name != best)
    return {name: (round(1.0 - rest, 6) if name == best else chance) for name, chance in rounded.items()}


def calendars_of(clocks: Clocks) -> tuple[dict[str, Any], list[str]]:
    """Return calendars by name, and what the one of each department is called; the last two are those of who waits."""
    every = (*clocks.departments, clocks.everybody, clocks.lively)
    named: dict[Any, str] = {}
    for calendar in every:
        if not calendar.always:
            name = WAITING if calendar.weights else f"hours_{len(named) + 1}"
            named.setdefault((calendar.intervals, calendar.weights), name)
    written = {named[one.intervals, one.weights]: one for one in every if not one.always}
    return written, ["always" if one.always else named[one.intervals, one.weights] for one in every]


def tables_of(parts: Parts) -> dict[str, pd.DataFrame]:
    """Return what was found as tables."""
    material, routing, load = parts.material, parts.routing, parts.load
    calendars, called = calendars_of(parts.clocks)
    departments = pd.DataFrame(
        {
            "department": parts.owners,
            "label": parts.departments.labels,
            "staff": load.staff,
            "people_seen": load.people,
            "hours_of_work": load.hours,
            "own_work": load.own_share,
            "calendar": called[:-2],
        }
    )
    states = pd.DataFrame(
        {
            "step": parts.steps,
            "activity": [material.activities[int(material.kinds[one, 0])] for one in routing.token],
            "department": [parts.owners[int(material.kinds[one, 1])] for one in routing.token],
            "hours_of_work": [one.mean for one in parts.works],
            "at_most": [float(parts.sojourns.at_most[one]) for one in routing.token],
        }
    )
    waits = pd.DataFrame(
        [
            (parts.steps[one], parts.steps[other], routing.next[one][other], work.mean, parts.seen[one, other])
            for (one, other), work in parts.waits.items()
        ],
        columns=["step", "next", "chance", "hours", "seen"],
    )
    hours = pd.DataFrame(
        [(name, one.hours_per_week) for name, one in calendars.items()], columns=["calendar", "hours_per_week"]
    )
    return {"departments": departments, "states": states, "waits": waits, "calendars": hours}
