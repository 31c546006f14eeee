"""Sobol indices of a simulation that is different in every replication: what share of the variance is whose.

With replications that all points share (common random numbers), a measure at a point is what assumptions make of it,
plus what luck brings to every point alike, plus what luck makes of just this point. The second never counts: nothing
but differences between points does. The third would count, as if it were somebody's share: the mean of n replications
has an nth of it. It is left out here: wherever two numbers are multiplied, they come from two different replications,
and what luck made of a point in one says nothing of another. So these are the indices of the mean over luck, whatever n
is (at least two); those of the mean of n replications, as SALib gives them, stand beside.

Intervals come from drawing both samples and replications anew, each for itself: the pigeonhole bootstrap, which is
rather too wide than too narrow.

References: Saltelli et al. 2010, Computer Physics Communications 181: 259 (first order); Jansen 1999, Computer Physics
Communications 117: 35 (total); Owen 2007, Annals of Applied Statistics 1: 386 (bootstrap); Mazo 2021, SIAM/ASA Journal
on Uncertainty Quantification 9: 673 (points against replications).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.sensitivity.deciding import FIVE
from sim.study.statistics import ALPHA, LEVEL

Numbers = NDArray[np.float64]

RESAMPLES = 1000
"""Draws of the bootstrap."""

COLUMNS = (
    "assumption", "first", "first_low", "first_high", "total", "total_low", "total_high", "sure", "among",
    "first_of_mean", "total_of_mean",
)  # fmt: skip
"""What is told of each assumption."""


@dataclass(frozen=True, eq=False)
class Samples:
    """What was measured at the points of a design of Sobol indices, by sample and replication.

    Attributes
    ----------
    a, b : array, samples × replications
        At the points of the two matrices.
    ab : array, samples × factors × replications
        At those of the first with one factor from the second.
    """

    a: Numbers
    ab: Numbers
    b: Numbers

    @property
    def shape(self) -> tuple[int, int]:
        """How many samples and replications there are."""
        return len(self.a), self.a.shape[1]

    def complete(self) -> Samples:
        """Return the samples that are known in all replications, less the mean of each replication."""
        whole = np.concatenate([self.a[:, None], self.ab, self.b[:, None]], axis=1)
        whole = whole[~np.isnan(whole).any(axis=(1, 2))]
        if len(whole):
            whole = whole - whole.mean(axis=(0, 1))
        return Samples(whole[:, 0], whole[:, 1:-1], whole[:, -1])


def samples_of(points: pd.DataFrame, names: Sequence[str], values: Numbers) -> Samples:
    """Return what was measured as the estimators take it.

    Parameters
    ----------
    points
        Columns ``sample``, ``matrix`` and ``swapped`` of the design, in its order.
    names
        What is exchanged, in the order of the design.
    values : array, points × replications
        What was measured.
    """
    matrix = points["matrix"].to_numpy()
    several = int((matrix == "A").sum()), len(names), values.shape[1]
    return Samples(values[matrix == "A"], values[matrix == "AB"].reshape(several), values[matrix == "B"])


def indices(names: Sequence[str], samples: Samples, seed: int, apart: Sequence[str] = ()) -> pd.DataFrame:
    """Return first and total indices with their intervals.

    Parameters
    ----------
    names
        What is exchanged.
    samples
        What was measured, with two replications at least.
    seed
        Of the bootstrap.
    apart
        Names that stand for several factors, which are not counted among the five.

    Returns
    -------
    DataFrame
        A row for each name: ``first`` and ``total`` with 95 % intervals; ``sure``, whether the total is above zero,
        corrected for all rows (Bonferroni); ``among``, in what share of the draws it is among the five largest totals;
        ``first_of_mean`` and ``total_of_mean``, the indices of the mean of these replications. All NaN where it is not
        certain that the measure varies at all but for luck: of nothing there are no shares.
    """
    found = samples.complete()
    ends = (1.0 - LEVEL) / 2, (1.0 + LEVEL) / 2
    several = len(found.a) > 1
    drawn = [np.array(one) for one in zip(*_draws(found, np.random.default_rng(seed)), strict=True)] if several else []
    if not drawn or not np.quantile(drawn[2], ends[0]) > 0.0:
        return pd.DataFrame({"assumption": list(names), **dict.fromkeys(COLUMNS[1:], np.nan), "sure": False})
    known = np.where(drawn[2] > 0.0, drawn[2], np.nan)[:, None]
    (first_low, first_high), (total_low, total_high) = (np.nanquantile(one / known, ends, axis=0) for one in drawn[:2])
    first, total, whole = parts(found)
    first_of_mean, total_of_mean = estimates_of_mean(found)
    sure = np.quantile(drawn[1], ALPHA / len(names), axis=0) > 0.0
    among = _among(drawn[1], [name in apart for name in names])
    columns = (
        list(names), first / whole, first_low, first_high, total / whole, total_low, total_high, sure, among,
        first_of_mean, total_of_mean,
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def parts(found: Samples, weights: Numbers | None = None) -> tuple[Numbers, Numbers, float]:
    """Return, of the mean over luck, the variances that are first indices, total ones, and all of it, before dividing.

    Parameters
    ----------
    found
        Complete samples, less the mean of each replication.
    weights
        How often each replication counts; once where nothing is said.
    """
    w = np.ones(found.a.shape[1]) if weights is None else weights
    b, step = found.b[:, None], found.ab - found.a[:, None]
    return _product(b, step, w).mean(axis=0), 0.5 * _product(step, step, w).mean(axis=0), variance(found, w)


def variance(found: Samples, weights: Numbers | None = None) -> float:
    """Return the variance of the mean over luck."""
    w = np.ones(found.a.shape[1]) if weights is None else weights
    both = np.concatenate([found.a, found.b])
    both = both - both.mean(axis=0)
    return float(_product(both, both, w).mean())


def estimates_of_mean(found: Samples) -> tuple[Numbers, Numbers]:
    """Return first and total indices of the mean of these replications, what luck made of single points included."""
    from SALib.analyze.sobol import first_order, total_order

    a, ab, b = found.a.mean(axis=1), found.ab.mean(axis=2), found.b.mean(axis=1)
    pairs = [(first_order(a, ab[:, k], b), total_order(a, ab[:, k], b)) for k in range(ab.shape[1])]
    first, total = np.array(pairs, dtype=float).T
    return first, total


def share_of_luck(samples: Samples) -> tuple[float, float]:
    """Return how much of the variance between points of the mean of these replications is luck.

    Returns
    -------
    tuple of float
        As it is, since all points share their replications; and as it would be if each had its own.
    """
    found = samples.complete()
    if len(found.a) < 2:
        return float("nan"), float("nan")
    known = max(variance(found), 0.0)
    both = np.concatenate([samples.a, samples.b])
    both = both[~np.isnan(both).any(axis=1)]
    together = float(np.concatenate([found.a, found.b]).mean(axis=1).var())
    own = float(both.var(axis=1, ddof=1).mean()) / both.shape[1]
    return _share(max(together - known, 0.0), known), _share(own, known)


def _share(part: float, rest: float) -> float:
    return part / (part + rest) if part + rest > 0.0 else float("nan")


def _product(one: Numbers, other: Numbers, w: Numbers) -> Numbers:
    """Return the mean product over all pairs of different replications, which stand last."""
    alike = (one * other) @ w**2
    pairs = w.sum() ** 2 - (w**2).sum()
    return np.asarray(((one @ w) * (other @ w) - alike) / pairs)


def _draws(found: Samples, generator: np.random.Generator) -> Iterator[tuple[Numbers, Numbers, float]]:
    """Yield the variances of samples and replications that are drawn anew, each for itself."""
    samples, replications = found.shape
    for _ in range(RESAMPLES):
        rows = generator.integers(samples, size=samples)
        w = np.zeros(replications)
        while np.count_nonzero(w) < 2:  # of one replication alone nothing can be multiplied
            w = np.bincount(generator.integers(replications, size=replications), minlength=replications).astype(float)
        one = Samples(found.a[rows], found.ab[rows], found.b[rows])
        yield parts(one, w)


def _among(totals: Numbers, apart: Sequence[bool]) -> Numbers:
    """Return in what share of the draws each is among the five largest; NaN of what stands for several."""
    counted = np.where(np.array(apart), -np.inf, totals)
    ranks = (-counted).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return np.where(np.array(apart), np.nan, (ranks < FIVE).mean(axis=0))
