"""Where cases go: the kept histories as steps, with the chances of what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.choosing import Chosen
from sim.answers.logfit.structure.histories import LEAVES

Ints = NDArray[np.int64]

LEAST = 2e-3
"""Chance below which a way is left out."""

ENDS = -1
"""The next state of a case that leaves."""

AT_LEAST = 0.05
"""Chance to leave from where no case was seen to come to an end, and none can get to where one was."""


@dataclass(frozen=True, eq=False)
class Routing:
    """States and the chances between them.

    Attributes
    ----------
    states
        The states that are reached, by their number among all histories.
    token
        The token of each of them.
    start
        The chance of each first state, by place in `states`.
    next
        By place, the chance of each next state; `ENDS` is leaving.
    place
        By number among all histories, the place in `states`; -1 where there is none.
    """

    states: Ints
    token: Ints
    start: dict[int, float]
    next: tuple[dict[int, float], ...]
    place: Ints


def routing_of(chosen: Chosen) -> Routing:
    """Return the states that are reached from the beginning, and the chances between them."""
    histories, memory = chosen.histories, chosen.memory
    offsets = memory.offsets
    reach = _reached(chosen)
    moves: dict[int, dict[int, float]] = {}
    latest: dict[int, int] = {}
    for length, level in enumerate(histories.levels[: len(memory.kept)]):
        kept = memory.kept[length]
        for pair in np.flatnonzero(kept[level.history]):
            history = int(level.history[pair])
            chance = float(memory.chance[length][pair])
            moves.setdefault(int(offsets[length]) + history, {})[int(level.follows[pair])] = chance
        rows = np.flatnonzero(level.of_place >= 0)
        found, first = np.unique(level.of_place[rows], return_index=True)
        for one, row in zip(found.tolist(), rows[first].tolist(), strict=True):
            if kept[one]:
                latest[int(offsets[length]) + one] = int(histories.latest[row])
    begin = [number for number, symbol in latest.items() if symbol == 0]
    return _walked(begin, moves, latest, reach)


def _reached(chosen: Chosen) -> dict[tuple[int, int], int]:
    """Return which state follows each state and next token, as it was seen."""
    histories, state = chosen.histories, chosen.state
    rows = np.flatnonzero(histories.follows > 0)
    pairs = np.column_stack([state[rows], histories.follows[rows], state[rows + 1]])
    found = np.unique(pairs, axis=0)
    return {(int(a), int(b)): int(c) for a, b, c in found}


def _walked(
    begin: list[int],
    moves: dict[int, dict[int, float]],
    latest: dict[int, int],
    reach: dict[tuple[int, int], int],
) -> Routing:
    """Return the states that are reached from the beginning, in the order in which they are."""
    order: list[int] = []
    seen = set(begin)
    tables: dict[int, dict[int, float]] = {}
    waiting = list(begin)
    while waiting:
        one = waiting.pop(0)
        table: dict[int, float] = {}
        for follows, chance in sorted(moves.get(one, {}).items(), key=lambda item: -item[1]):
            if chance < LEAST and table:
                continue
            target = ENDS if follows == LEAVES else reach.get((one, follows))
            if target is None:
                continue
            table[target] = table.get(target, 0.0) + chance
            if target != ENDS and target not in seen:
                seen.add(target)
                waiting.append(target)
        total = sum(table.values())
        tables[one] = {key: value / total for key, value in table.items()} if total > 0 else {ENDS: 1.0}
        if one not in begin:
            order.append(one)
    place = np.full(max([*order, *begin, 0]) + 1, -1, np.int64)
    place[order] = np.arange(len(order))

    def renamed(table: dict[int, float]) -> dict[int, float]:
        return {ENDS if key == ENDS else int(place[key]): value for key, value in table.items()}

    _leaving(tables)
    start = renamed(tables[begin[0]]) if begin else {}
    return Routing(
        np.array(order, dtype=np.int64),
        np.array([latest[one] - 1 for one in order], dtype=np.int64),
        {key: value for key, value in start.items() if key != ENDS},
        tuple(renamed(tables[one]) for one in order),
        place,
    )


def reached_from(table: Mapping[int, float], moves: Sequence[Mapping[int, float]]) -> set[int]:
    """Return the places that a case may come to from a table of chances on."""
    seen = {one for one in table if one != ENDS}
    waiting = list(seen)
    while waiting:
        for one in moves[waiting.pop()]:
            if one != ENDS and one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen


def _leaving(tables: dict[int, dict[int, float]]) -> None:
    """Let cases leave from wherever they could not get to an end."""
    before: dict[int, list[int]] = {}
    for one, table in tables.items():
        for other in table:
            before.setdefault(other, []).append(one)
    good, waiting = {ENDS}, [ENDS]
    while waiting:
        for one in before.get(waiting.pop(), []):
            if one not in good:
                good.add(one)
                waiting.append(one)
    for one in set(tables) - good:
        tables[one] = {key: value * (1.0 - AT_LEAST) for key, value in tables[one].items()} | {ENDS: AT_LEAST}
