"""Where numbers stand beside dots, so that none covers another number or a dot."""

from __future__ import annotations

import math
from collections.abc import Sequence

Place = tuple[float, float]
Box = tuple[float, float, float, float]

_GAP = 2.0
_RINGS = 10
_ROUND = 0.8
_TURNS = tuple(math.radians(degrees) for degrees in (45, 0, 315, 90, 270, 135, 180, 225))


def spots(dots: Sequence[tuple[float, float, float]], sizes: Sequence[Place]) -> list[Place]:
    """Return the middle of each number: as near to its dot as it can be without covering anything.

    Parameters
    ----------
    dots
        Across, up and radius of each; the first ones have numbers, in the same order, others are only kept free.
    sizes
        Width and height of each number, in the same unit.
    """
    around = [_box((x, y), (2 * _ROUND * radius, 2 * _ROUND * radius)) for x, y, radius in dots]
    taken: list[Box] = []
    middles = []
    for dot, size in zip(dots, sizes, strict=False):
        tried = _tried(dot, size)
        best = min(tried, key=lambda middle: _covered(_box(middle, size), [*around, *taken]))
        taken.append(_box(best, size))
        middles.append(best)
    return middles


def _tried(dot: tuple[float, float, float], size: Place) -> list[Place]:
    """Return places around a dot, the nearest first."""
    x, y, radius = dot
    wide, high = size
    found = []
    for ring in range(_RINGS):
        away = radius + _GAP + ring * high
        found += [(x + math.cos(a) * (away + wide / 2), y + math.sin(a) * (away + high / 2)) for a in _TURNS]
    return found


def _box(middle: Place, size: Place) -> Box:
    (x, y), (wide, high) = middle, size
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _covered(box: Box, others: Sequence[Box]) -> float:
    """Return the area that a box shares with others."""
    left, low, right, high = box
    shared = ((min(right, r) - max(left, le), min(high, h) - max(low, lo)) for le, lo, r, h in others)
    return sum(across * up for across, up in shared if across > 0 and up > 0)
