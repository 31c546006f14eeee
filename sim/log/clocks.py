"""Timelines: what every customer served has waited for, along the path on which nothing could have been later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.frames import KINDS, Rows, names_of, places_of
from sim.kernel.layout import N_STATES
from sim.log.window import touching
from sim.outcome import Outcome
from sim.vocab import Activity, Context, Note

ACTIVITIES = tuple(activity.name.lower() for activity in Activity if activity < N_STATES)
PARTS = (*ACTIVITIES, *(context.name.lower() for context in Context if context != Context.NORMAL))


def timelines_rows(outcome: Outcome) -> Rows:
    """Return the critical path of every customer served, in pieces without gaps from arrival until then.

    The clock of a case travels with requests, and is copied where they fork and join; so whatever a request booked
    stands before what was booked by whoever took its clock over.
    """
    found = _paths(outcome)
    booked = outcome.log[found]
    normal = booked["other"] == Context.NORMAL
    return {
        "case": booked["case"].astype(np.int64),
        "begin": booked["start"],
        "end": booked["end"],
        "part": names_of(PARTS, np.where(normal, booked["more"], len(ACTIVITIES) - 1 + booked["other"])),
        "activity": names_of(ACTIVITIES, booked["more"]),
        "department": names_of(outcome.compiled.pools, booked["department"]),
        "kind": names_of(KINDS, booked["kind"]),
        **places_of(outcome, booked["step"]),
        "open": booked["touch"],
        "tax": booked["worked"] - booked["touch"],
        "closed": (booked["end"] - booked["start"]) - booked["worked"],
    }


def _paths(outcome: Outcome) -> Any:
    """Return the lines of the log that are on the critical path of a case, case by case, in the order of time."""
    log, cases = outcome.log, outcome.cases
    note = np.ascontiguousarray(log["note"])
    whole = np.flatnonzero((note >= Note.STARTED) & (note <= Note.FINISHED))
    within = touching(outcome, cases["arrival"], cases["served"])
    whole = whole[within[log["case"][whole]]]  # clocks travel within a case
    before, heads = _chains(whole, log[whole])
    found: list[int] = []
    for case in sorted(heads):
        found += _path(heads[case], before)
    return np.array(found, dtype=np.int64)


def _chains(whole: Any, lines: Any) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return which line stands before each that was booked (-1: none), and the last of every customer served."""
    last: dict[int, int] = {}
    before: dict[int, int] = {}
    heads: dict[int, int] = {}
    told = (one.tolist() for one in (whole, lines["note"], lines["row"], lines["other"], lines["case"]))
    for at, note, row, other, case in zip(*told, strict=True):
        if note == Note.BOOKED:
            before[at] = last[row]
            last[row] = at
        elif note == Note.COPIED:
            last[row] = last[other]
        elif note == Note.STARTED:
            last[row] = -1
        else:
            heads[case] = last[row]
    return before, heads


def _path(head: int, before: Mapping[int, int]) -> list[int]:
    path = []
    while head >= 0:
        path.append(head)
        head = before[head]
    return path[::-1]
