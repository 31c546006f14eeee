"""Worlds: organizations in which everything that is uncertain has a value from its range.

They are a Latin hypercube (McKay, Beckman & Conover 1979, Technometrics 21: 239) whose columns do not depend on each
other: where an assumption is in a world depends on the seed and on its own place only. So all claims about an
organization meet the same worlds, whatever else is varied for them, and share the runs without interventions.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sim.experiments.ranges import widened
from sim.scenario.uncertain import Assumption

World = dict[str, float | int]
"""Where assumptions are, by place."""


def shares_of(place: str, worlds: int, seed: int) -> NDArray[np.float64]:
    """Return where in its range an assumption is in every world: once in each of as many equal parts."""
    generator = np.random.default_rng([seed, crc32(place.encode())])
    found: NDArray[np.float64] = (generator.permutation(worlds) + generator.random(worlds)) / worlds
    return found


def drawn(assumptions: Iterable[Assumption], worlds: int, seed: int) -> list[World]:
    """Return worlds that are drawn over the ranges of assumptions."""
    columns = {one.place: [one.at(share) for share in shares_of(one.place, worlds, seed)] for one in assumptions}
    return [{place: column[world] for place, column in columns.items()} for world in range(worlds)]


def departures(assumptions: Iterable[Assumption], worlds: Iterable[World]) -> NDArray[np.float64]:
    """Return how far assumptions are from where the organization says, in widths of their ranges: worlds × assumptions.

    What a world does not say is where the organization says.
    """
    ones = tuple(assumptions)
    rows = [[(world.get(one.place, one.here) - one.here) / (one.high - one.low) for one in ones] for world in worlds]
    return np.array(rows, dtype=float).reshape(len(rows), len(ones))


def world_at(assumptions: Iterable[Assumption], departed: Iterable[float], beyond: float) -> World:
    """Return the world at some departures; what has not moved is left out, and whole numbers are rounded.

    Nothing is further beyond its range than so many widths of it, or than it may be; rounding would take it there.
    """
    found: World = {}
    for one, moved in zip(assumptions, departed, strict=True):
        if moved:
            limits = widened(one, beyond)
            value = float(f"{one.here + float(moved) * (one.high - one.low):.6g}")
            value = min(max(value, limits.low), limits.high)
            found[one.place] = round(value) if one.whole else value
    return found
