"""How many people are busy in each hour, with own work as well, counted when they work rather than when they finish.

`daily` books hours on the day on which a piece of work is finished, and says who is at work as the day ends. Here is
how many of a department work in an hour on average: one who works for half of it is half a person. A piece that is
begun on Friday evening and finished on Monday keeps somebody busy in the open hours between.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.frames import Rows, names_of
from sim.log.moves import Moves
from sim.log.window import ALWAYS
from sim.outcome import Outcome
from sim.scenario.holidays import openings_of
from sim.spec.closures import Openings
from sim.vocab import DAY, WEEK


def busy_rows(outcome: Outcome) -> Rows:
    """Return how many are busy of each owner of a queue, in every hour of the run in which it is open at all."""
    compiled = outcome.compiled
    owners, begun, ended = _pieces(outcome)
    hours = _hours(outcome)
    parts: list[tuple[Any, Any, Any]] = []
    for row, name in enumerate(compiled.pools):
        shifts = openings_of(compiled.scenario, name)
        open_hours = hours[_opened(shifts, hours + 1.0) > _opened(shifts, hours)]
        here = owners == row
        found = _worked(shifts, begun[here], ended[here], open_hours + 1.0)
        found -= _worked(shifts, begun[here], ended[here], open_hours)
        parts.append((open_hours, np.full(len(open_hours), row), np.maximum(found, 0.0)))
    start, who, busy = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((who, start))
    return {
        "week": np.floor((start[order] - outcome.window[0]) / WEEK).astype(int),
        "department": names_of(compiled.pools, who[order]),
        "hour": (start[order] % WEEK).astype(int),
        "busy": busy[order],
    }


def _pieces(outcome: Outcome) -> tuple[Any, Any, Any]:
    """Return whose every piece of work was, when it was begun and when it ended, at the latest as the run does."""
    moves = Moves.of(outcome)
    begun, (ended, _) = moves.begun, moves.endings
    worked = ~np.isnan(begun)
    ended = np.where(np.isnan(ended), _end(outcome), ended)
    return moves.worked_by[worked], begun[worked], ended[worked]


def _end(outcome: Outcome) -> float:
    return len(outcome.days) // len(outcome.compiled.pools) * DAY


def _hours(outcome: Outcome) -> Any:
    """Return when the hours begin for which a log is kept."""
    first, last = outcome.logged or ALWAYS
    return np.arange(max(0.0, np.ceil(first)), min(_end(outcome), np.ceil(last)))


def _opened(shifts: Openings, times: Any) -> Any:
    """Return how many hours somebody has been open at certain times, since the run began."""
    edges = np.array([0.0, *(edge for shift in shifts.intervals for edge in shift), shifts.cycle])
    lengths = np.diff(edges)
    lengths[::2] = 0.0  # before, between and after shifts
    passed = np.append(0.0, np.cumsum(lengths))
    cycles = np.floor(times / shifts.cycle)
    return cycles * passed[-1] + np.interp(times - cycles * shifts.cycle, edges, passed)


def _worked(shifts: Openings, begun: Any, ended: Any, times: Any) -> Any:
    """Return the open hours that have gone into all pieces of work at certain times."""
    now = _opened(shifts, times)
    return _passed(shifts, begun, times, now) - _passed(shifts, ended, times, now)


def _passed(shifts: Openings, since: Any, times: Any, now: Any) -> Any:
    """Return the open hours that have passed since certain moments, all together, at certain times."""
    moments = np.sort(since)
    before = np.searchsorted(moments, times)
    sums = np.append(0.0, np.cumsum(_opened(shifts, moments)))
    return before * now - sums[before]
