"""Where open cases stand at a moment of a run: at which step, with whom, and what they do there or wait for.

It is what the simulation itself holds: a case has as many places as it has branches, and each of them books its time to
what the case does there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.kernel.requests import MISSING
from sim.live import LiveOrganization
from sim.outcome import cases_of
from sim.vocab import Activity, Context, Kind

STATES = (
    "frozen", "release", "rework", "disputed", "goods", "answer", "approval", "outside", "work", "handover", "queue"
)  # fmt: skip
"""What a case does or waits for; the first that holds is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands.

    Attributes
    ----------
    case
        Its number.
    process, step
        Of the step it is at; no step where all are done and it waits for its release.
    state
        One of `STATES`.
    with_
        With whom it is: who works on it, has it on the desk or is to notice it; with whom it is outside, who sent it.
    awaited
        From whom answers or an approval are waited for.
    since
        Since when, in hours of the run.
    """

    case: int
    process: str
    step: str
    state: str
    with_: str
    awaited: tuple[str, ...]
    since: float


def places_in(model: LiveOrganization) -> list[Place]:
    """Return where every open case stands now, by number of the case, then in the order of its steps.

    Parameters
    ----------
    model : LiveOrganization
        The run, at midnight.
    """
    return sorted(_places(model), key=lambda one: (one.case, one.process, one.step))


def _places(model: LiveOrganization) -> Iterator[Place]:
    state, compiled = model.machine.state, model.compiled
    requests, live, cases = state.requests, state.cases, cases_of(state)
    there = (requests["token"] >= 0) & (requests["case"] >= 0) & (requests["clock"] > 0)
    asked = np.flatnonzero(there & (requests["kind"] == Kind.CONSULT))
    for r in np.flatnonzero(there & (requests["kind"] != Kind.CONSULT)):
        row = requests[r]
        number = int(live[row["case"]]["number"])
        frozen = bool(cases[number]["frozen"])
        told = _state(row, frozen)
        who = [compiled.pools[d] for d in requests["dept"][asked[requests["parent"][asked] == r]]]
        process, step = compiled.steps[row["step"]]
        if told == "approval":
            who = [compiled.pools[row["dept"]]]
        yield Place(
            number,
            compiled.processes[int(cases[number]["process"])] if told == "release" else process,
            "" if told == "release" else step,
            told,
            compiled.pools[_with(row, told)],
            tuple(dict.fromkeys(who)),
            float(live[row["case"]]["frozen_at"] if frozen else row["since"]),
        )


def _state(row: Any, frozen: bool) -> str:
    """Return what the case of a request does or waits for there."""
    holds = {
        "frozen": frozen,
        "release": row["context"] == Context.RELEASE,
        "rework": row["context"] == Context.REWORK,
        "disputed": row["context"] == Context.PING_PONG,
        "goods": row["kind"] == Kind.WORK and row["goods"] == MISSING,
        "answer": row["pending"] > 0,
        "approval": row["kind"] == Kind.APPROVE,
        "outside": row["activity"] == Activity.EXTERNAL,
        "work": row["activity"] == Activity.TOUCH,
        "handover": row["activity"] == Activity.HANDOVER,
    }
    return next((name for name, true in holds.items() if true), "queue")


def _with(row: Any, told: str) -> int:
    """Return the row of whoever has it."""
    if row["activity"] == Activity.TOUCH:
        return int(row["server"])
    return int(row["home"] if told == "approval" and row["home"] >= 0 else row["dept"])
