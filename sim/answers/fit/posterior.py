"""What is left of the prior once the figures are known: draws that look alike, each with its weight.

Approximate Bayesian computation (Beaumont 2019, Annu. Rev. Stat. Appl. 6: 379): a draw counts the more the nearer its
run came to the figures, and is moved along a straight fit to where it would be had it met them exactly (Beaumont,
Zhang & Balding 2002, Genetics 162: 2025), on the scale of log odds of its range, which it cannot leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, fdtrc

from sim.answers.fit.prior import Numbers

ENOUGH = 300.0
"""Draws of equal weight that those which count are to be worth."""

PART = 0.1
"""Part of all runs that they are worth at most, where there are few."""

AMONG = 0.95
"""Share of the runs that count among which figures have to lie, so that draws are moved all the way to them."""

MOVED = 0.01
"""Chance that luck makes figures seem to bear on an assumption on which they do not, and it is moved."""

_EDGE = 1e-6


@dataclass(frozen=True)
class Posterior:
    """Weighted draws.

    Attributes
    ----------
    rows
        Which runs they come from.
    shares
        Where in the ranges they are, draws × assumptions.
    weights
        What they count; together 1.
    width
        The distance from which on a run counted for nothing, in scatters of runs.
    """

    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    shares: Numbers
    weights: Numbers
    width: float

    @property
    def worth(self) -> float:
        """How many draws of equal weight they are worth (Kong 1992)."""
        return float(1.0 / (self.weights**2).sum())

    def quantiles(self, levels: tuple[float, ...]) -> Numbers:
        """Return quantiles of the share of each assumption, assumptions × levels."""
        return np.vstack([weighted_quantiles(one, self.weights, levels) for one in self.shares.T])

    def drawn(self, count: int, luck: np.random.Generator) -> tuple[Numbers, Numbers]:
        """Return draws, and for how many of so many of equal weight each stands (Kitagawa 1996, systematic)."""
        at = (luck.random() + np.arange(count)) / count
        order = luck.permutation(len(self.weights))
        chosen = order[np.searchsorted(np.cumsum(self.weights[order]), at * (1.0 - 1e-12))]
        rows, times = np.unique(chosen, return_counts=True)
        return self.shares[rows], times.astype(float)


def weighted_quantiles(values: Numbers, weights: Numbers, levels: tuple[float, ...]) -> Numbers:
    """Return quantiles between which another draw lies as often as the levels say, however few draws there are.

    Of n draws of equal weight the k-th is taken for the quantile k / (n + 1) (Weibull), of weighted ones likewise by
    what they are worth.
    """
    order = np.argsort(values, kind="stable")
    w = weights[order] / weights.sum()
    worth = 1.0 / (w**2).sum()
    middle = np.cumsum(w) - 0.5 * w
    placed = (middle * worth + 0.5) / (worth + 1.0)
    found: Numbers = np.interp(levels, placed, values[order])
    return found


def posterior_of(
    shares: Numbers, noted: Numbers, counted: Numbers, aim: Numbers, scatter: Numbers, enough: float = ENOUGH
) -> Posterior:
    """Return what is believed once the figures are known.

    Parameters
    ----------
    shares, noted
        Where runs were made, and what was seen of them; not known where one has no figure.
    counted
        How much each run counts for where it was made.
    aim
        The figures that are known.
    scatter
        Covariance of the figures of runs at one point.
    enough
        What the draws are to be worth, unless there are few runs: as many of the nearest count as that takes.
    """
    apart = noted - aim
    far = np.sqrt(np.einsum("ij,ij->i", apart @ np.linalg.inv(scatter), apart))
    far = np.where(np.isfinite(far), far, np.inf)
    width = _width(far, counted, min(enough, PART * len(far)))
    kernel = np.maximum(1.0 - (far / width) ** 2, 0.0)  # Epanechnikov
    weights = kernel * counted
    rows = np.flatnonzero(weights > 0.0)
    weights = weights[rows] / weights[rows].sum()
    apart = apart[rows] - _short_of(apart[rows], weights)
    return Posterior(rows, _moved(shares[rows], apart, weights), weights, width)


def _short_of(apart: Numbers, weights: Numbers) -> Numbers:
    """Return how far from the figures draws are moved: not at all where they lie among runs, else to the nearest.

    A straight fit says nothing of where no run came.
    """
    middle = weights @ apart
    left: Numbers = apart - middle
    spread = (left * weights[:, None]).T @ left + 1e-12 * np.eye(len(middle))
    beyond = float(middle @ np.linalg.solve(spread, middle))
    inside = float(chdtri(len(middle), 1.0 - AMONG))
    found: Numbers = middle * (1.0 - np.sqrt(inside / max(beyond, inside)))
    return found


def _width(far: Numbers, counted: Numbers, enough: float) -> float:
    """Return the smallest width at which the draws that count are worth enough; at most that of all of them."""
    known = np.sort(far[np.isfinite(far)])
    low, high = 1, len(known)
    while low < high:
        middle = (low + high) // 2
        weights = counted * np.maximum(1.0 - (far / known[middle - 1]) ** 2, 0.0)
        if (weights**2).sum() > 0.0 and weights.sum() ** 2 / (weights**2).sum() >= enough:
            high = middle
        else:
            low = middle + 1
    return float(known[low - 1]) * (1.0 + 1e-9)


def _moved(shares: Numbers, apart: Numbers, weights: Numbers) -> Numbers:
    """Return draws where they would be if their runs had met the figures.

    Only assumptions are moved that the figures bear on: of all others a fit would find what luck made of so few draws,
    and take them for surer than they are. What is left of a fit is widened by what the fit has taken out by luck.
    """
    inside = np.clip(shares, _EDGE, 1.0 - _EDGE)
    odds: Numbers = np.log(inside / (1.0 - inside))
    design = np.column_stack([np.ones(len(apart)), apart])
    root = np.sqrt(weights)[:, None]
    line = np.linalg.lstsq(design * root, odds * root, rcond=None)[0]
    left: Numbers = odds - design @ line
    worth, taken = float(1.0 / (weights**2).sum()), apart.shape[1]
    freedom = worth - taken - 1.0
    if freedom < 1.0:
        return shares
    after = weights @ left**2
    before = weights @ (odds - weights @ odds) ** 2
    ratio = np.maximum(before - after, 0.0) / taken / np.maximum(after / freedom, 1e-300)
    moved = line[0] + left * np.sqrt(worth / freedom)
    borne = fdtrc(taken, freedom, ratio) < MOVED
    return np.where(borne, 1.0 / (1.0 + np.exp(-moved)), shares)
