"""How far back routing looks, and how fast the past fades: chosen on the last weeks, which were held out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.histories import Histories, histories_of
from sim.answers.logfit.structure.material import MOST_UNSEEN, Material
from sim.answers.logfit.structure.memory import Memory, chances_of, kept_of
from sim.answers.logfit.structure.settings import Settings
from sim.vocab import WEEK

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Tried = dict[tuple[int, float, float], float]

DEEPEST = 5
"""Events back that are looked at, where nobody says how many."""

PRICES = (1.0, 2.0, 4.0)
"""What a number may cost, in natural logarithms of likelihood."""

FADING = (1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125)
"""Half-lives that are tried, as shares of the span of the log."""

FEWEST_COUNTED = 30.0
"""Cases that are to count at least, where those count less that came long ago."""

MOST_CASES, TIMES = 0.9, 1.5
"""The half-life of waits is at least so many times as long as so many of all cases take."""

PRIOR = 2.0
"""Events for which all that ever happened counts, beside what happened of late."""

FEWEST_HELD = 15
"""Cases that have to be held out, for choices to be made on those that came late."""

CLEARLY = 2e-3
"""Share by which less has to be missed to be worth looking back further."""

ROOM = 1.5
"""Histories that are kept at most, for each kind of event."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """What was chosen, and what it gave.

    Attributes
    ----------
    memory
        Which histories are kept.
    histories
        All places.
    state
        The state of each place.
    fading
        Weeks after which what happened next counts half; 0 = all counts alike.
    half_life
        The same of how long it took: never so short that cases hardly come to their end in it. Else what is learned is
        how long the short ones take.
    depth, price
        The longest history tried, and what a number cost.
    missed
        On held-out weeks, by what was tried.
    """

    memory: Memory
    histories: Histories
    state: NDArray[np.int64]
    fading: float
    half_life: float
    depth: int
    price: float
    missed: dict[str, float]


def chosen(material: Material, settings: Settings) -> Chosen:
    """Return the memory that explains held-out weeks best."""
    deepest = DEEPEST if settings.memory is None else max(1, settings.memory)
    histories = histories_of(material, deepest)
    span = (material.until - float(material.begin.min())) / WEEK if len(material.begin) else 1.0
    halves = [settings.half_life] if settings.half_life is not None else _half_lives(material, span)
    depths = [deepest] if settings.memory is not None else list(range(1, deepest + 1))
    most = max(settings.steps, int(ROOM * len(material.kinds)))
    before, held, cut = _held_out(material, histories, settings.held_out)
    counted = _Counted(material, histories, before, cut)
    tried = _tried(counted, histories.counted(held), halves, depths, most) if before.any() and held.any() else {}
    depth, fading, price = _simplest(tried) if tried else (min(2, deepest), halves[0], 2.0)
    every = _Counted(material, histories, np.ones(len(histories.at), dtype=bool), material.until)
    kept = kept_of(histories, every.of(0.0), depth=depth, price=price, most=most)
    memory = Memory(kept, chances_of(histories, every.of(0.0), every.of(fading), PRIOR)[:depth])
    longer = max(fading, TIMES * _usual(material)) if fading > 0.0 and settings.half_life is None else fading
    missed = {f"{d} {h:.3g} {p:g}": one for (d, h, p), one in tried.items()}
    return Chosen(memory, histories, memory.state_of(histories), fading, longer, depth, price, missed)


@dataclass(frozen=True, eq=False)
class _Counted:
    """What places count that are learned from at some hour."""

    material: Material
    histories: Histories
    known: Bools
    until: float

    def of(self, half_life: float) -> Floats:
        weight = self.material.weight(self.histories.at, self.histories.case, self.until, half_life)
        return self.histories.counted(np.where(self.known, weight, 0.0))


def _tried(counted: _Counted, held: Floats, halves: list[float], depths: list[int], most: int) -> Tried:
    """Return how much is missed of what was held out, by depth, half-life and price."""
    histories, every = counted.histories, counted.of(0.0)
    kept = {
        (depth, price): kept_of(histories, every, depth=depth, price=price, most=most)
        for depth, price in itertools.product(depths, PRICES)
    }
    found: Tried = {}
    for half in halves:
        chance = chances_of(histories, every, counted.of(half), PRIOR)
        for (depth, price), these in kept.items():
            found[depth, half, price] = Memory(these, chance).missed(histories, held)
    return found


def _usual(material: Material) -> float:
    """Return the weeks that most cases do not exceed."""
    return float(np.quantile(material.finish - material.arrival, MOST_CASES)) / WEEK


def _half_lives(material: Material, span: float) -> list[float]:
    """Return the half-lives that are tried: 0, and none in which too few cases come."""
    # the mean age of what counts is the half-life by the logarithm of two
    a_week = len(material.arrival) / max(span, 1e-9) / np.log(2.0)
    return [0.0, *(one * span for one in FADING if one * span * a_week >= FEWEST_COUNTED)]


def _held_out(material: Material, histories: Histories, share: float) -> tuple[Bools, Floats, float]:
    """Return the places that are learned from, what those that were held out count, and the hour between them.

    Where a log holds only finished cases, whole cases are held out: those that came after the hour, among which long
    ones count more, as they are missing at the end.
    """
    at = material.counted_at(histories.at, histories.case)
    cut = float(np.quantile(at[at >= material.seen_from], 1.0 - share))
    before, after = at < cut, at >= cut
    if not material.only_finished:
        return before, after.astype(np.float64), cut
    came = material.arrival >= cut
    if came.sum() < FEWEST_HELD:
        return before, after.astype(np.float64), cut
    room = max(material.until - cut, 1e-9)
    weight = 1.0 / np.maximum(1.0 - (material.finish - material.arrival) / room, 1.0 / MOST_UNSEEN)
    return before, np.where(came, weight, 0.0)[histories.case], cut


def _simplest(tried: Tried) -> tuple[int, float, float]:
    """Return the half-life that explains best, and with it what explains as well as anything does and is the least."""
    half = min(tried, key=lambda one: (tried[one], one))[1]
    there = {one: missed for one, missed in tried.items() if one[1] == half}
    least = min(there.values())
    good = [one for one, missed in there.items() if missed <= least * (1.0 + CLEARLY)]
    return min(good, key=lambda one: (one[0], -one[2]))
