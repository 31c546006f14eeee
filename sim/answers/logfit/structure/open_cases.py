"""The cases that are open at some hour: which step each comes to next, and when, given how long it has waited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.clocks import OpenHours
from sim.answers.logfit.structure.material import Material
from sim.answers.logfit.structure.routing import ENDS, Routing
from sim.spec.distributions import Work

Floats = NDArray[np.float64]

FINE = np.arange(0.0025, 1.0, 0.005)
"""Shares at which a wait is looked at."""


@dataclass(frozen=True, eq=False)
class OpenCases:
    """When open cases come to their next step, and to which.

    Attributes
    ----------
    at
        Hours on the clock of the log, ascending.
    place
        Of each of them, the place of the state it comes to.
    """

    at: Floats
    place: NDArray[np.int64]


def state_after(routing: Routing, tokens: NDArray[np.int64]) -> int | None:
    """Return the place of the state of a case after some tokens; None where one of them was never seen."""
    table: Mapping[int, float] = routing.start
    place: int | None = None
    for token in tokens:
        fitting = [one for one in table if one != ENDS and routing.token[one] == token]
        if not fitting:  # a way that was left out, as it was rare
            fitting = [int(one) for one in np.flatnonzero(routing.token == token)][:1]
        if not fitting:
            return None
        place = fitting[0]
        table = routing.next[place]
    return place


def open_cases(
    material: Material,
    routing: Routing,
    waits: Mapping[tuple[int, int], Work],
    clocks: Sequence[OpenHours],
    hour: float,
) -> OpenCases:
    """Return the open cases of a log that was taken at `hour`; who waits after each step, waits by a clock.

    Of the ways on from where a case is those are the more likely by which it would still be waiting, and leaving is one
    of them. A case that has been quiet for longer than any that went on has left. Luck is the same whenever this is
    asked.
    """
    luck = np.random.default_rng(len(material.case))
    ends = np.flatnonzero(material.last)
    begins = np.flatnonzero(material.first)
    quiet, longest = hour - material.end[ends], _longest(material)[material.token[ends]]
    found: list[tuple[float, int]] = []
    for first, last in zip(begins[quiet <= longest], ends[quiet <= longest], strict=True):
        place = state_after(routing, material.token[first : last + 1])
        if place is None:
            continue
        hours = clocks[place]
        since = float(hours.between(material.end[[last]], np.array([hour]))[0])
        other, wait = _next(routing.next[place], place, waits, since, luck)
        if other != ENDS:
            found.append((float(hours.moment(hours.passed(material.end[[last]]) + wait)[0]), other))
    found.sort()
    at = np.maximum(np.array([one for one, _ in found], dtype=np.float64), hour)
    return OpenCases(at, np.array([place for _, place in found], dtype=np.int64))


def _longest(material: Material) -> Floats:
    """Return the most hours after which a case went on, by what was done last; what was never seen is the last."""
    found = np.full(len(material.kinds) + 1, -np.inf)
    found[-1] = np.inf
    before, then = np.flatnonzero(~material.last), np.flatnonzero(~material.first)
    np.maximum.at(found, material.token[before], material.begin[then] - material.end[before])
    return found


def _next(
    table: Mapping[int, float], place: int, waits: Mapping[tuple[int, int], Work], since: float, luck: Any
) -> tuple[int, float]:
    """Return where a case goes that has waited for some time, and how long it waits in all."""
    ways = list(table)
    values = [np.zeros(1) if one == ENDS else waits[place, one].quantile(FINE) for one in ways]
    still = [1.0 if one == ENDS else float((hours > since).mean()) for one, hours in zip(ways, values, strict=True)]
    chances = np.array([table[one] for one in ways]) * np.array(still)
    if chances.sum() <= 0.0:  # longer than ever was seen
        return ENDS, 0.0
    chosen = int(luck.choice(len(ways), p=chances / chances.sum()))
    if ways[chosen] == ENDS:
        return ENDS, 0.0
    longer = values[chosen][values[chosen] > since]
    return ways[chosen], float(luck.choice(longer))
