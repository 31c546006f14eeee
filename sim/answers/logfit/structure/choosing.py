"""How far back routing looks, and how fast the past fades: chosen on the last weeks, which were held out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.histories import Histories, histories_of
from sim.answers.logfit.structure.material import Material
from sim.answers.logfit.structure.memory import Memory, memory_of
from sim.answers.logfit.structure.settings import Settings
from sim.vocab import WEEK

Floats = NDArray[np.float64]

DEEPEST = 5
"""Events back that are looked at, where nobody says how many."""

PRICES = (1.0, 2.0, 4.0)
"""What a number may cost, in natural logarithms of likelihood."""

FADING = (1.0, 0.5, 0.25, 0.125, 0.0625)
"""Half-lives that are tried, as shares of the span of the log."""

CLEARLY = 1e-3
"""Surprise by which something has to be better to be worth another choice than the usual one."""


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


def fading(at: Floats, until: float, half_life: float) -> Floats:
    """Return what moments count of which the older count less; all alike where `half_life` (weeks) is 0."""
    if half_life <= 0.0:
        return np.ones(len(at))
    return np.asarray(0.5 ** (np.maximum(until - at, 0.0) / (half_life * WEEK)))


def chosen(material: Material, settings: Settings) -> Chosen:
    """Return the memory that explains held-out weeks best."""
    deepest = DEEPEST if settings.memory is None else max(1, settings.memory)
    histories = histories_of(material, deepest)
    stands = material.stands_for[histories.case]
    told = histories.follows >= 0
    cut = float(np.quantile(histories.at[told], 1.0 - settings.held_out)) if told.any() else material.until
    before, after = told & (histories.at < cut), told & (histories.at >= cut)
    span = (material.until - float(material.begin.min())) / WEEK if len(material.begin) else 1.0
    halves = [settings.half_life] if settings.half_life is not None else [0.0, *(one * span for one in FADING)]
    depths = [deepest] if settings.memory is not None else list(range(1, deepest + 1))
    tried: dict[tuple[int, float, float], float] = {}
    if before.any() and after.any():
        held = np.where(after, stands, 0.0)
        for half, price in itertools.product(halves, PRICES):
            weight = np.where(before, stands * fading(histories.at, cut, half), 0.0)
            for depth in depths:
                memory = memory_of(histories, weight, depth=depth, price=price, most=settings.steps)
                tried[depth, half, price] = memory.surprise(histories, held)
    best = _simplest(tried) if tried else (min(2, deepest), halves[0], 2.0)
    depth, half, price = best
    weight = np.where(told, stands * fading(histories.at, material.until, half), 0.0)
    memory = memory_of(histories, weight, depth=depth, price=price, most=settings.steps)
    surprise = {f"{d} {h:.3g} {p:g}": one for (d, h, p), one in tried.items()}
    return Chosen(memory, histories, memory.state_of(histories), half, depth, price, surprise)


def _simplest(tried: dict[tuple[int, float, float], float]) -> tuple[int, float, float]:
    """Return what explains as well as anything does, and looks back the least."""
    least = min(tried.values())
    good = [one for one, surprise in tried.items() if surprise <= least + CLEARLY]
    return min(good, key=lambda one: (one[0], -one[2], one[1]))
