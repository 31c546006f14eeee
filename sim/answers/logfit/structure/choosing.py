"""How far back routing looks, and how fast the past fades: chosen on the last weeks, which were held out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.histories import Histories, histories_of
from sim.answers.logfit.structure.material import MOST_UNSEEN, Material
from sim.answers.logfit.structure.memory import Memory, memory_of
from sim.answers.logfit.structure.settings import Settings
from sim.vocab import WEEK

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DEEPEST = 5
"""Events back that are looked at, where nobody says how many."""

PRICES = (1.0, 2.0, 4.0)
"""What a number may cost, in natural logarithms of likelihood."""

FADING = (1.0, 0.5, 0.25, 0.125, 0.0625)
"""Half-lives that are tried, as shares of the span of the log."""

MOST_CASES, TIMES = 0.9, 1.5
"""A half-life is at least so many times as long as so many of all cases take."""

FEWEST_HELD = 15
"""Cases that have to be held out, for choices to be made on those that came late."""

ROOM = float(__import__("os").environ.get("ROOM","1.5"))

CLEARLY = 2e-3
"""Share by which surprise has to be less to be worth looking back further."""


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
    half_life
        Weeks after which an event counts half; 0 = all count alike.
    depth, price
        The longest history tried, and what a number cost.
    surprise
        On held-out weeks, by what was tried.
    """

    memory: Memory
    histories: Histories
    state: NDArray[np.int64]
    half_life: float
    depth: int
    price: float
    surprise: dict[str, float]


def chosen(material: Material, settings: Settings) -> Chosen:
    """Return the memory that explains held-out weeks best."""
    deepest = DEEPEST if settings.memory is None else max(1, settings.memory)
    histories = histories_of(material, deepest)
    before, held, cut = _held_out(material, histories, settings.held_out)
    span = (material.until - float(material.begin.min())) / WEEK if len(material.begin) else 1.0
    halves = [settings.half_life] if settings.half_life is not None else _half_lives(material, span)
    depths = [deepest] if settings.memory is not None else list(range(1, deepest + 1))
    tried: dict[tuple[int, float, float], float] = {}
    if before.any() and held.any():
        counted = histories.counted(held)
        for half, price in itertools.product(halves, PRICES):
            weight = np.where(before, material.weight(histories.at, histories.case, cut, half), 0.0)
            weight = histories.counted(weight)
            for depth in depths:
                memory = memory_of(histories, weight, depth=depth, price=price, most=_most(material, settings))
                tried[depth, half, price] = memory.surprise(histories, counted)
    best = _simplest(tried) if tried else (min(2, deepest), halves[0], 2.0)
    depth, half, price = best
    weight = histories.counted(material.weight(histories.at, histories.case, material.until, half))
    memory = memory_of(histories, weight, depth=depth, price=price, most=_most(material, settings))
    surprise = {f"{d} {h:.3g} {p:g}": one for (d, h, p), one in tried.items()}
    return Chosen(memory, histories, memory.state_of(histories), half, depth, price, surprise)


def _half_lives(material: Material, span: float) -> list[float]:
    """Return the half-lives that are tried: 0, and none in which cases hardly come to their end.

    Else what is learned is how the short ones go, as of the last weeks of a log little more is there.
    """
    usual = float(np.quantile(material.finish - material.arrival, MOST_CASES)) / WEEK
    return [0.0, *(one * span for one in FADING if one * span >= TIMES * usual)]


def _held_out(material: Material, histories: Histories, share: float) -> tuple[Bools, Floats, float]:
    """Return the places that are learned from, what those that were held out count, and the hour between them.

    Where a log holds only finished cases, whole cases are held out: those that came after the hour, among which long
    ones count more, as they are missing at the end.
    """
    told = histories.follows >= 0
    if not told.any():
        return told, np.zeros(len(told)), material.until
    at = material.counted_at(histories.at, histories.case)
    cut = float(np.quantile(at[told], 1.0 - share))
    before, after = told & (at < cut), told & (at >= cut)
    if not material.only_finished:
        return before, after.astype(np.float64), cut
    came = material.arrival >= cut
    if came.sum() < FEWEST_HELD:
        return before, after.astype(np.float64), cut
    room = max(material.until - cut, 1e-9)
    weight = 1.0 / np.maximum(1.0 - (material.finish - material.arrival) / room, 1.0 / MOST_UNSEEN)
    return before, np.where(told, np.where(came, weight, 0.0)[histories.case], 0.0), cut


def _simplest(tried: dict[tuple[int, float, float], float]) -> tuple[int, float, float]:
    """Return the half-life that explains best, and with it what explains as well as anything does and is the least."""
    half = min(tried, key=lambda one: (tried[one], one))[1]
    there = {one: surprise for one, surprise in tried.items() if one[1] == half}
    least = min(there.values())
    good = [one for one, surprise in there.items() if surprise <= least * (1.0 + CLEARLY)]
    return min(good, key=lambda one: (one[0], -one[2]))


def _most(material: Material, settings: Settings) -> int:
    """Return how many histories may be kept: room for some beside those of one event."""
    return max(settings.steps, int(ROOM * len(material.kinds)))
