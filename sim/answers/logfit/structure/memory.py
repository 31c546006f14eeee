"""How far back what happens next depends on what happened: a context tree, pruned, as a finite automaton.

A place in a case has the state of the longest history that is kept. Kept histories are closed: without its oldest
event, and without its latest, each one is kept too; so the state and what comes next tell the next state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.histories import Histories, Level

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SMALL = 0.5
"""Observations that the shorter history counts for, beside those of the longer one."""


@dataclass(frozen=True, eq=False)
class Memory:
    """Which histories are kept, and what follows each.

    Attributes
    ----------
    kept
        By length, which histories are kept.
    chance
        By length, the chance of each pair of history and next event, whether the history is kept or not.
    """

    kept: tuple[Bools, ...]
    chance: tuple[Floats, ...]

    @property
    def states(self) -> int:
        """How many histories are kept."""
        return int(sum(int(one.sum()) for one in self.kept))

    def state_of(self, histories: Histories) -> Ints:
        """Return the state of each place: number of the kept history, counted over all lengths."""
        state = np.full(len(histories.latest), -1, np.int64)
        for level, offset, kept in zip(histories.levels, self.offsets, self.kept, strict=False):
            here = level.of_place >= 0
            here[here] = kept[level.of_place[here]]
            state[here] = offset + level.of_place[here]
        return state

    @property
    def offsets(self) -> Ints:
        """Where the numbers of histories of each length begin."""
        return np.cumsum([0, *(len(one) for one in self.kept)])

    def missed(self, histories: Histories, weight: Floats) -> float:
        """Return how far chances are from what followed, over places that have a weight: the score of Brier.

        It is the mean squared distance: unlike the logarithm of chances it does not turn on what is rare.
        """
        hit, squares = np.ones(len(histories.latest)), np.zeros(len(histories.latest))
        for level, kept, chance in zip(histories.levels, self.kept, self.chance, strict=False):
            here = level.pair >= 0
            here[here] = kept[level.history[level.pair[here]]]
            of_history = np.bincount(level.history, chance**2, len(level.shorter))
            hit[here] = chance[level.pair[here]]
            squares[here] = of_history[level.history[level.pair[here]]]
        told = weight > 0
        total = float(weight[told].sum())
        return max(0.0, float((weight * (1.0 - 2.0 * hit + squares))[told].sum() / total)) if total > 0 else 0.0


def kept_of(histories: Histories, weight: Floats, *, depth: int, price: float, most: int) -> tuple[Bools, ...]:
    """Return which histories are worth keeping, by length.

    Parameters
    ----------
    histories : Histories
        All places.
    weight : array
        What each place counts.
    depth : int
        The longest history.
    price : float
        Natural logarithms of likelihood that each number costs which is needed to say what follows.
    most : int
        Histories kept at most.
    """
    levels = histories.levels[:depth]
    counts = _counts(levels, weight)
    chance = _filled(levels, counts, histories.symbols)
    kept = [np.zeros(len(one.shorter), dtype=bool) for one in levels]
    if levels:
        kept[0][:] = np.bincount(levels[0].of_place, weight > 0, len(kept[0])) > 0
    _keep(levels, kept, _worth(levels, counts, chance, weight, price), most)
    return tuple(kept)


def chances_of(histories: Histories, weight: Floats, lately: Floats, prior: float) -> tuple[Floats, ...]:
    """Return the chance of each pair of history and next event by length, as it is lately.

    What was seen lately is filled up with what was ever seen, and this with what the shorter history says.

    Parameters
    ----------
    histories : Histories
        All places.
    weight, lately : array
        What each place counts, if all that was counts alike, and if the latest counts most.
    prior : float
        Observations that all that was counts for, beside those of late.
    """
    levels = histories.levels
    return tuple(_filled(levels, _counts(levels, weight), histories.symbols, _counts(levels, lately), prior))


def _counts(levels: tuple[Level, ...], weight: Floats) -> list[Floats]:
    return [
        np.asarray(np.bincount(one.pair[one.pair >= 0], weight[one.pair >= 0], len(one.history)), dtype=np.float64)
        for one in levels
    ]


def _filled(
    levels: tuple[Level, ...],
    counts: list[Floats],
    symbols: int,
    lately: list[Floats] | None = None,
    prior: float = 0.0,
) -> list[Floats]:
    """Return the chance of each pair by length: what was seen, filled up with what the shorter history says."""
    found: list[Floats] = []
    for n, (level, count) in enumerate(zip(levels, counts, strict=True)):
        total = np.bincount(level.history, count, len(level.shorter))
        if n == 0:
            every = np.bincount(level.follows, count, symbols) + 0.1
            shorter = (every / every.sum())[level.follows]
        else:
            shorter = found[-1][level.shorter_pair]
        chance = (count + SMALL * shorter) / (total + SMALL)[level.history]
        if lately is not None:
            late = np.bincount(level.history, lately[n], len(level.shorter))
            chance = (lately[n] + prior * chance) / (late + prior)[level.history]
        found.append(chance)
    return found


def _worth(
    levels: tuple[Level, ...], counts: list[Floats], chance: list[Floats], weight: Floats, price: float
) -> list[Floats]:
    """Return what each history gains over the shorter one, after what it costs."""
    scale = float(weight.sum() / max((weight**2).sum(), 1e-12)) if len(weight) else 1.0
    worth = [np.zeros(len(levels[0].shorter))] if levels else []
    for n in range(1, len(levels)):
        level, count = levels[n], counts[n] * scale
        total = np.bincount(level.history, count, len(level.shorter))
        share = count / np.maximum(total, 1e-12)[level.history]
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = np.where(count > 0, count * np.log(share / chance[n - 1][level.shorter_pair]), 0.0)
        numbers = np.bincount(level.history, count > 0, len(level.shorter))
        worth.append(np.bincount(level.history, gain, len(level.shorter)) - price * np.maximum(numbers, 1.0))
    return worth


def _keep(levels: tuple[Level, ...], kept: list[Bools], worth: list[Floats], most: int) -> None:
    """Keep the most worthy histories, with all that they need, as long as there is room."""
    candidates = [
        (float(worth[n][one]), n, int(one)) for n in range(1, len(levels)) for one in np.flatnonzero(worth[n] > 0)
    ]
    count = int(kept[0].sum()) if kept else 0
    for _, n, one in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        needed: set[tuple[int, int]] = set()
        _needed(levels, kept, n, one, needed)
        if count + len(needed) <= most:
            for length, other in needed:
                kept[length][other] = True
            count += len(needed)


def _needed(levels: tuple[Level, ...], kept: list[Bools], n: int, one: int, into: set[tuple[int, int]]) -> None:
    """Collect a history and all without its oldest or latest event that are not kept yet."""
    if kept[n][one] or (n, one) in into:
        return
    into.add((n, one))
    if n > 0:
        _needed(levels, kept, n - 1, int(levels[n].shorter[one]), into)
        _needed(levels, kept, n - 1, int(levels[n].before[one]), into)
