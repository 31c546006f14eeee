"""Meetings held: when, by which intervention, who took part, and what was answered and settled."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.frames import Rows, names_of
from sim.log.conflicts import Conflicts
from sim.log.moves import Moves
from sim.log.window import touching
from sim.outcome import Outcome
from sim.vocab import Note, Settled

HOUR = 60.0


def meetings_rows(outcome: Outcome) -> Rows:
    """Return who took part in which meeting, what each answered there, and in how many settlements it was a side."""
    log, compiled = outcome.log, outcome.compiled
    number = np.cumsum(log["note"] == Note.MEETING) - 1  # whatever is answered in a meeting stands behind its line
    held = log[log["note"] == Note.MEETING]
    took_part = np.flatnonzero(log["note"] == Note.PRESENT)
    meeting, department = number[took_part], log["department"][took_part].astype(np.int64)
    owners = len(compiled.pools)
    seat = meeting * owners + department
    which = compiled.params.meetings[held["other"][meeting]]
    kinds = [one.kind for one in compiled.scenario.interventions]
    names = list(dict.fromkeys(kinds))
    over, settled = settlements(outcome)
    rows = {
        "meeting": meeting,
        "department": names_of(compiled.pools, department),
        "begin": held["end"][meeting],
        "minutes": which["hours"] * HOUR,
        "intervention": names_of(names, [names.index(kinds[switch]) for switch in which["switch"]]),
        "answered": _at(seat, *_answered(log, number), owners),
        "settled": _at(seat, np.tile(over, 2), _sides(settled), owners),
    }
    these = touching(outcome, rows["begin"], rows["begin"])
    return {name: column[these] for name, column in rows.items()}


def _at(seats: Any, meeting: Any, department: Any, owners: int) -> Any:
    """Return how often each seat is among some departments in some meetings."""
    counted = np.bincount(meeting * owners + department, minlength=int(seats.max(initial=0)) + 1)
    return counted[seats]


def _answered(log: Any, number: Any) -> tuple[Any, Any]:
    at = np.flatnonzero(log["note"] == Note.ANSWERED)
    return number[at], log["department"][at].astype(np.int64)


def answers(outcome: Outcome) -> tuple[Any, Any]:
    """Return in which meeting, and which moves were answered in meetings, by the numbers of both."""
    log, moves = outcome.log, Moves.of(outcome)
    number = np.cumsum(log["note"] == Note.MEETING) - 1
    return number[log["note"] == Note.ANSWERED], moves.numbers[moves.note == Note.ANSWERED]


def settlements(outcome: Outcome) -> tuple[Any, Any]:
    """Return in which meeting, and the lines with which conflicts began that were settled in meetings."""
    found, log = Conflicts.of(outcome), outcome.log
    number = np.cumsum(log["note"] == Note.MEETING) - 1
    here = ~found.open & (found.over["other"] == Settled.MEETING)
    at = np.flatnonzero((log["note"] == Note.SETTLED) & (log["other"] == Settled.MEETING))
    meeting_of = dict(zip(zip(log["case"][at], log["end"][at], strict=True), number[at], strict=True))
    over = found.over[here]
    meeting = np.array([meeting_of[key] for key in zip(over["case"], over["end"], strict=True)], dtype=np.int64)
    return meeting, found.begun[here]


def _sides(begun: Any) -> Any:
    """Return who raised conflicts, then against whom."""
    return np.concatenate([begun["department"], begun["other"]]).astype(np.int64)
