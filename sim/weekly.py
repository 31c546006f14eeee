"""What departments and approvers do week by week: how much waits for them, and on what their hours go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.capacity import open_hours
from sim.frames import names_of
from sim.outcome import Outcome
from sim.vocab import DAY, WEEK, Kind

KINDS: Mapping[str, tuple[Kind, ...]] = {
    "own": (Kind.OWN,),
    "work": (Kind.WORK,),
    "answers": (Kind.CONSULT, Kind.APPROVE, Kind.INFORM, Kind.FOLLOW_UP),
    "rework": (Kind.REWORK, Kind.STANDSTILL),
    "disputes": (Kind.TRIAGE, Kind.NEGOTIATE, Kind.MEDIATE),
}
"""What hours go on, and the kinds of requests that are counted there: standstills beside rework, as lost to others."""

COLUMNS = ("days", "queue", "open", *KINDS)
"""What is known of an owner of a queue in a week: how many of its days belong to it, requests that wait (mean over its
evenings), open hours of all its people, and those spent on own work, work on cases, answers, rework and disputes."""

WHOLE = round(WEEK / DAY)
"""Days of a whole week."""


def weekly_rows(outcome: Outcome) -> dict[str, Any]:
    """Return `COLUMNS` of every owner of a queue in every week of warm-up and horizon, a row for each of both."""
    params = outcome.compiled.params
    days = outcome.days.reshape(-1, len(outcome.compiled.pools))
    days = days[: np.count_nonzero(np.arange(len(days)) * DAY < outcome.window[1])]
    numbers = week_of(np.arange(len(days)), outcome.window[0])
    first = np.flatnonzero(np.diff(numbers, prepend=np.nan))
    owners, weeks = len(outcome.compiled.pools), numbers[first].astype(int)
    who = names_of(outcome.compiled.pools, np.tile(np.arange(owners), len(weeks)))
    keys: dict[str, Any] = {"week": np.repeat(weeks, owners), "department": who}
    if not len(first):
        return keys | {name: np.array([], dtype=float) for name in COLUMNS}
    lengths = np.diff(np.append(first, len(days)))[:, np.newaxis]
    hours = np.add.reduceat(days["hours"], first, axis=0)
    there = open_hours(params, days["staff"], np.arange(len(days)), first)
    queue = np.add.reduceat(days["queue"], first, axis=0) / lengths
    spent = (hours[..., list(kinds)].sum(axis=-1) for kinds in KINDS.values())
    values = (np.broadcast_to(lengths, queue.shape), queue, there, *spent)
    return keys | {name: value.reshape(-1) for name, value in zip(COLUMNS, values, strict=True)}


def week_of(days: Any, begin: float) -> Any:
    """Return the numbers of the weeks in which days begin: 0 is the first that counts."""
    return np.floor((days * DAY - begin) / WEEK)
