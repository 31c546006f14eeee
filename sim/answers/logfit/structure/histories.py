"""What came before what: every place in every case, with what had happened until then, up to some events back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.material import Material

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BEGIN = 0
"""What stands before the first event of a case; tokens are numbered from 1."""

LEAVES = 0
"""What follows the last event of a finished case."""


MOST_MISSING = 3.0
"""Cases that go on for which one may stand."""


@dataclass(frozen=True, eq=False)
class Level:
    """Histories of one length.

    Attributes
    ----------
    of_place
        Which history of this length ends at each place; -1 where the case is younger.
    shorter
        For each history, that without its oldest event, among those of the level before.
    before
        For each history, that without its latest event, among those of the level before.
    pair
        For each place, which pair of history and next event it is; -1 where the case is younger, or open.
    history, follows
        Of each pair.
    shorter_pair
        For each pair, that of the shorter history with the same next event, in the level before.
    """

    of_place: Ints
    shorter: Ints
    before: Ints
    pair: Ints
    history: Ints
    follows: Ints
    shorter_pair: Ints


@dataclass(frozen=True, eq=False)
class Histories:
    """All places of all cases: before the first event, and after each one.

    Attributes
    ----------
    latest
        The event at each place (`BEGIN` before the first one; tokens from 1).
    follows
        What comes next: a token from 1, or `LEAVES`, where it is not known that the case goes on.
    left
        The chance that the case has left; 0 where it goes on.
    at
        When that was known.
    case
        Of each place.
    event
        The event at each place as a row of the material; -1 before the first.
    levels
        Histories by length, from 1.
    symbols
        How many tokens there are, with `BEGIN`.
    """

    latest: Ints
    follows: Ints
    left: Floats
    at: Floats
    case: Ints
    event: Ints
    levels: tuple[Level, ...]
    symbols: int

    def counted(self, weight: Floats) -> Floats:
        """Return what each place counts, if it is not known of all whether cases leave there.

        Those that may go on stand for it less, and those that do after the same event for as much more.
        """
        ends = self.follows == LEAVES
        missing = np.bincount(self.latest[ends], (weight * (1.0 - self.left))[ends], self.symbols)
        there = np.bincount(self.latest[~ends], weight[~ends], self.symbols)
        more = 1.0 + np.divide(missing, there, out=np.zeros(self.symbols), where=there > 0.0)
        return weight * np.where(ends, self.left, np.minimum(more, MOST_MISSING)[self.latest])


def histories_of(material: Material, depth: int) -> Histories:
    """Return all places of all cases, with histories of up to so many events."""
    count = len(material.token)
    starts = np.flatnonzero(material.first)
    # a place before each case, and one after each event
    place_of_event = np.arange(count) + np.cumsum(material.first)
    size = count + len(starts)
    latest, case, event = np.zeros(size, np.int64), np.zeros(size, np.int64), np.full(size, -1)
    latest[place_of_event], event[place_of_event] = material.token + 1, np.arange(count)
    case[place_of_event] = material.case
    begin_places = place_of_event[starts] - 1
    case[begin_places] = material.case[starts]
    follows, at = np.full(size, -1, np.int64), np.zeros(size)
    follows[place_of_event - 1], at[place_of_event - 1] = material.token + 1, material.begin
    ends = place_of_event[material.last]
    follows[ends] = LEAVES
    left = np.zeros(size)
    left[ends] = material.left[case[ends]]
    at[ends] = material.end[material.last]
    symbols = len(material.kinds) + 1
    age = np.arange(size) - begin_places[np.cumsum(latest == BEGIN) - 1]
    levels: list[Level] = []
    for length in range(1, depth + 1):
        levels.append(_level(length, levels, latest, follows, age, symbols))
    return Histories(latest, follows, left, at, case, event, tuple(levels), symbols)


def _level(length: int, levels: list[Level], latest: Ints, follows: Ints, age: Ints, symbols: int) -> Level:
    size = len(latest)
    old_enough = age >= length - 1
    places = np.flatnonzero(old_enough)
    if length == 1:
        found, of_place = latest.max(initial=0) + 1, latest.copy()
        shorter = before = np.zeros(found, np.int64)
        every, shorter_pair_of_place = found, follows
    else:
        above = levels[-1]
        key = above.of_place[places] * symbols + latest[places - length + 1]
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        of_place = np.full(size, -1, np.int64)
        of_place[places] = inverse
        shorter = above.of_place[places[first]]
        before = above.of_place[places[first] - 1]
        every, shorter_pair_of_place = len(first), above.pair
    told = np.flatnonzero(old_enough & (follows >= 0))
    keys, first, inverse = np.unique(of_place[told] * symbols + follows[told], return_index=True, return_inverse=True)
    pair = np.full(size, -1, np.int64)
    pair[told] = inverse
    del every
    return Level(of_place, shorter, before, pair, keys // symbols, keys % symbols, shorter_pair_of_place[told[first]])
