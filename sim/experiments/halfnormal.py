"""Which effects stand out among all others: Daniel's half-normal plot, with the line that luck alone would give.

Where most effects are nothing but luck, their sizes lie on a line through the origin, over the quantiles of a
half-normal distribution; those that are more lie above it. The slope of the line is Lenth's pseudo standard error: the
median size, computed once more without the sizes that are plainly larger. The limit that no effect of nothing but luck
exceeds in 95 of 100 experiments is Lenth's simultaneous margin of error (Lenth 1989). Nothing of this looks at single
replications, so it is a second opinion on effects whose intervals come from them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.statistics import LEVEL

FEWEST = 6
"""Effects from which on most of them can be taken for luck; with fewer there is no line."""

_FIRST, _PLAIN = 1.5, 2.5
"""The median of half-normal sizes times this is their standard deviation; sizes beyond so many are left out then."""


def half_normal(effects: pd.DataFrame) -> pd.DataFrame:
    """Return the effects on each measure by size, with the line that luck alone would give.

    Parameters
    ----------
    effects
        A row for each measure and term: measure, term, order, mean.

    Returns
    -------
    pandas.DataFrame
        The rows of measures with enough effects, the smallest first: ``measure``, ``term``, ``order``, ``mean``,
        ``size``, ``quantile`` (of the half-normal distribution), ``line`` (the size that luck would give there),
        ``margin`` (the size that luck gives once in 20 experiments) and ``stands_out``.
    """
    parts = [_of_one(rows) for _, rows in effects.groupby("measure", sort=False)]
    known = [one for one in parts if len(one)]
    columns = ["measure", "term", "order", "mean", "size", "quantile", "line", "margin", "stands_out"]
    return pd.concat(known, ignore_index=True)[columns] if known else pd.DataFrame(columns=columns)


def _of_one(rows: pd.DataFrame) -> pd.DataFrame:
    from scipy.special import ndtri  # takes longer to load than most tables to read

    known = rows[rows["mean"].notna()]
    count = len(known)
    if count < FEWEST:
        return known.iloc[:0]
    found = known.assign(size=known["mean"].abs()).sort_values("size", kind="stable")
    error = pseudo_error(found["size"].to_numpy(dtype=float))
    quantiles = ndtri(0.5 + 0.5 * (np.arange(count) + 0.5) / count)
    margin = error * _times(count)
    return found.assign(
        quantile=quantiles, line=error * quantiles, margin=margin, stands_out=found["size"] > max(margin, 0.0)
    )


def pseudo_error(sizes: NDArray[np.float64]) -> float:
    """Return Lenth's pseudo standard error of effects of which most are nothing but luck."""
    first = _FIRST * float(np.median(sizes))
    small = sizes[sizes < _PLAIN * first]
    return _FIRST * float(np.median(small)) if small.size else first


def _times(count: int) -> float:
    """Return how many pseudo errors the largest of so many effects stays below in 95 of 100 experiments."""
    from scipy.special import stdtrit

    return float(stdtrit(count / 3.0, 0.5 * (1.0 + LEVEL ** (1.0 / count))))
