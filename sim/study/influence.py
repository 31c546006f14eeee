"""Which assumptions decide what an alternative does: a straight fit over drawn points, one assumption added at a time.

With more assumptions than a few dozen points can tell apart, most have to be taken for idle: the one that explains most
of what is left is added while that is more than luck would make of the best of so many (forward selection, with the
p-value of the F test times the number of candidates; Draper & Smith 1998, Applied Regression Analysis, chapter 15).
Effects are judged by their ranks, as is usual with such points (Marino et al. 2008, Journal of Theoretical Biology 254:
178): a few points at which an organization breaks down would drown all others. Sizes are told in the effect's unit; for
them, points far out (beyond the fences of a box plot) count as if they lay at the fence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALPHA = 0.05
"""Chance that an idle assumption is taken for one that matters, for the whole choice."""

FEWEST = 12
"""Points from which on anything is told."""

MOST = 8
"""Assumptions that are told for an effect, those included that may be luck."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influence:
    """What one assumption does to an effect.

    Attributes
    ----------
    place
        Its number among the assumptions.
    at_low, at_high
        The effect at the ends of its range, all others in the middle of theirs.
    explained
        Share of the variance between points that it accounts for.
    sure
        Whether that is more than luck.
    """

    place: int
    at_low: float
    at_high: float
    explained: float
    sure: bool

    @property
    def turns_at(self) -> float | None:
        """The share of its range at which the effect changes its sign; None where it does not within it."""
        if self.at_low * self.at_high >= 0.0:
            return None
        return self.at_low / (self.at_low - self.at_high)


def influences(shares: Numbers, effects: Numbers) -> tuple[Influence, ...]:
    """Return the assumptions that move an effect most: first those beyond doubt, then those that may be luck.

    Parameters
    ----------
    shares : array, points × assumptions
        Where in its range each was, from 0 to 1.
    effects : array, points
        What an alternative did there; points at which that is not defined are left out.
    """
    known = np.isfinite(effects)
    y, x = effects[known], 2.0 * shares[known] - 1.0
    if y.size < FEWEST or np.ptp(y) == 0.0:
        return ()
    from scipy.stats import rankdata  # takes longer to load than most comparisons to print

    x = np.where(np.ptp(x, axis=0) > 0.0, x, 0.0)
    chosen = _chosen(rankdata(x, axis=0), rankdata(y))
    y = _fenced(y)
    if np.ptp(y) == 0.0:  # the same nearly everywhere: of what a few points did otherwise nothing can be said
        return ()
    sure = [_influence(x, y, chosen, place, sure=True) for place in chosen]
    idle = [place for place in range(x.shape[1]) if place not in chosen and x[:, place].any()]
    others = [_influence(x, y, [*chosen, place], place, sure=False) for place in idle]
    return (*sorted(sure, key=_size), *sorted(others, key=_size)[: max(0, MOST - len(sure))])


def _fenced(y: Numbers) -> Numbers:
    """Return effects with those moved to the fence that lie further out than one and a half times the middle half."""
    low, high = np.quantile(y, [0.25, 0.75])
    return np.clip(y, low - 1.5 * (high - low), high + 1.5 * (high - low))


def _size(one: Influence) -> float:
    """Return what sorts influences, the strongest first."""
    return -abs(one.at_high - one.at_low)


def _influence(x: Numbers, y: Numbers, columns: Sequence[int], place: int, sure: bool) -> Influence:
    """Return what one of some columns does that are fitted together."""
    middle, *slopes = np.linalg.lstsq(_design(x[:, list(columns)]), y, rcond=None)[0]
    slope = slopes[list(columns).index(place)]
    others = [column for column in columns if column != place]
    explained = _explained(x[:, list(columns)], y) - _explained(x[:, others], y)
    return Influence(place, float(middle - slope), float(middle + slope), float(explained), sure)


def _chosen(x: Numbers, y: Numbers) -> list[int]:
    """Return the numbers of the columns that are added, in that order."""
    left, rest = x - x.mean(axis=0), y - y.mean()
    least = 1e-9 * y.size
    chosen: list[int] = []
    while len(chosen) < min(y.size // 4, x.shape[1]) and np.linalg.norm(rest) > least:
        lengths = np.linalg.norm(left, axis=0)
        free = lengths > least
        related = np.where(free, left.T @ rest / np.where(free, lengths, 1.0), 0.0) / np.linalg.norm(rest)
        best = int(np.argmax(np.abs(related)))
        if _p(float(related[best]), y.size - len(chosen) - 2) * int(free.sum()) >= ALPHA:
            break
        chosen.append(best)
        unit = left[:, best] / lengths[best]
        rest = rest - unit * (unit @ rest)
        left = left - np.outer(unit, unit @ left)
    return chosen


def _p(related: float, freedom: int) -> float:
    """Return how often luck relates one column to what is left as closely as that."""
    if abs(related) >= 1.0:
        return 0.0
    from scipy.special import stdtr

    t = related * np.sqrt(freedom / (1.0 - related**2))
    return float(2.0 * stdtr(freedom, -abs(t)))


def _explained(x: Numbers, y: Numbers) -> float:
    """Return the share of the variance that a fit on some columns accounts for."""
    design = _design(x)
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1.0 - float(rest @ rest) / float(((y - y.mean()) ** 2).sum())


def _design(x: Numbers) -> Numbers:
    """Return columns with one for the middle before them."""
    return np.column_stack([np.ones(len(x)), x])
