"""Scales of charts: round numbers along an axis, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from matplotlib.ticker import MaxNLocator

from sim.report.document.cells import fixed


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most so many steps of round numbers between two ends.

    Parameters
    ----------
    low, high
        The ends.
    most
        Steps.
    """
    found = MaxNLocator(max(2, most), steps=[1, 2, 5, 10]).tick_values(low, high)
    slack = (high - low) * 1e-9
    return [float(one) for one in found if low - slack <= one <= high + slack]


def tick_label(value: float, marks: Sequence[float]) -> str:
    """Return how one of some round numbers is written: with as many decimals as they need."""
    step = min((after - one for one, after in pairwise(marks)), default=1.0)
    return fixed(value, max(0, -math.floor(math.log10(step) + 1e-9)))


def with_zero(known: Sequence[float]) -> list[float]:
    """Return values with zero among them, where it is no farther from them than they are from each other."""
    low, high = min(known, default=0.0), max(known, default=0.0)
    near = low <= high - low if low > 0.0 else -high <= high - low
    return [*known, 0.0] if near else list(known)
