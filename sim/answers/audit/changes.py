"""What changes between two sides that met the same luck, on the scale on which a claim is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.answers.audit.claims import Scale
from sim.study.statistics import mean_interval

LIKE_POINTS = 0.10
"""How far a share may be from what a claim says of before, so that an organization is like the one it tells of."""

LIKE_TIMES = 1.5
"""How many times more or less any other figure may be."""

SMALLEST = 0.005
"""What is left of a figure, as a share of what was there, below which it is not followed."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, with its 95 % interval by luck.

    Attributes
    ----------
    before, after
        Means over the replications in which both are defined.
    change, low, high
        As a difference, or as a share of what was there before.
    error
        Standard error by luck.
    pairs
        How many replications that were.
    """

    before: float
    after: float
    change: float
    low: float
    high: float
    error: float
    pairs: int


def change_of(before: ArrayLike, after: ArrayLike, scale: Scale) -> Change:
    """Return what changed, paired by replication.

    A difference has the t interval of the mean of pairs. A change in percent is a ratio of two means; its interval is
    that of the linearized ratio (Cochran 1977, Sampling Techniques, 3rd ed., section 2.11): of
    (after − ratio · before) / mean of before, pair by pair.

    Parameters
    ----------
    before, after : array_like
        A number for each replication, the same ones on both sides; NaN where undefined.
    scale : {"points", "percent"}
        On which scale.
    """
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    both = np.isfinite(first) & np.isfinite(second)
    first, second = first[both], second[both]
    if not first.size or (scale == "percent" and first.mean() <= 0.0):
        return Change(_mean(first), _mean(second), np.nan, np.nan, np.nan, np.nan, int(first.size))
    pairs = second - first
    change = float(pairs.mean())
    if scale == "percent":
        ratio = second.mean() / first.mean()
        change, pairs = float(ratio - 1.0), (second - ratio * first) / first.mean() + (ratio - 1.0)
    found = mean_interval(pairs)
    error = float(pairs.std(ddof=1) / np.sqrt(pairs.size)) if pairs.size > 1 else np.nan
    low = max(found.low, -1.0) if scale == "percent" else found.low
    return Change(_mean(first), _mean(second), change, low, found.high, error, int(pairs.size))


def changes_by_point(before: NDArray[np.float64], after: NDArray[np.float64], scale: Scale) -> list[Change]:
    """Return what changed at every point: columns are points, rows replications."""
    return [change_of(one, other, scale) for one, other in zip(before.T, after.T, strict=True)]


def reached(change: ArrayLike, claimed: float) -> NDArray[np.bool_]:
    """Tell where a change is at least as large as claimed, in the direction that is claimed; not where unknown."""
    found = np.asarray(change, dtype=float)
    return np.asarray(found >= claimed if claimed > 0.0 else found <= claimed)


def like(before: ArrayLike, said: float | None, unit: str) -> NDArray[np.bool_]:
    """Tell which figures are near enough to what a claim says of before; all known ones where it says nothing."""
    found = np.asarray(before, dtype=float)
    if said is None:
        return np.isfinite(found)
    low, high = like_limits(said, unit)
    return np.asarray((found >= low) & (found <= high))


def like_limits(said: float, unit: str) -> tuple[float, float]:
    """Return between which figures an organization is like the one that a claim tells of."""
    if unit == "share":
        return max(0.0, said - LIKE_POINTS), min(1.0, said + LIKE_POINTS)
    return said / LIKE_TIMES, said * LIKE_TIMES


def progress(change: ArrayLike, claimed: float, scale: Scale) -> Numbers:
    """Return how far changes go towards a claim: 1 where they are as large, on a scale on which changes add up.

    Differences add up as they are; changes in percent as logarithms of what is left.
    """
    found = np.asarray(change, dtype=float)
    if scale == "points":
        return np.asarray(found / claimed)
    return np.asarray(np.log(np.maximum(1.0 + found, SMALLEST)) / np.log(max(1.0 + claimed, SMALLEST)))


def lead_time_needed(before: float, after: float) -> float:
    """Return the change of the mean lead time that a rise of the on-time rate needs where lead times are exponential.

    A share 1 − exp(−date/mean) is on time, so the mean goes from −date/ln(1 − before) to −date/ln(1 − after): from 80 %
    to 96 % it has to be halved. NaN where nobody, or everybody, is on time.
    """
    if not (0.0 < before < 1.0 and 0.0 < after < 1.0):
        return float("nan")
    return float(np.log1p(-before) / np.log1p(-after) - 1.0)


def _mean(values: Numbers) -> float:
    return float(values.mean()) if values.size else float("nan")
