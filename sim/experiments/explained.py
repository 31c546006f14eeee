"""What explains most where factors have ranges: shares of the variance between points, and bands along a factor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.statistics import LEVEL, holm

FEWEST = 24
"""Points from which on it is worth saying what explains them."""

_IN_A_BIN, _MOST_BINS = 12, 10
"""Points that belong into a bin at least, and bins along a factor at most."""

NINE_OF_TEN = (0.05, 0.5, 0.95)
"""Between the outer two lie nine of ten points; the inner is their median."""

Numbers = NDArray[np.float64]


def point_means(points: pd.DataFrame, runs: pd.DataFrame, measure: str) -> pd.Series:
    """Return the mean of a measure at each point over its replications, failed ones left out."""
    means: pd.Series = runs.groupby("point")[measure].mean()
    return means.reindex(points.index)


def explained(points: pd.DataFrame, runs: pd.DataFrame, factors: Sequence[str], measure: str) -> pd.DataFrame:
    """Return which share of the variance of a measure between points each factor explains by itself.

    The points are sorted into bins along the factor; what is explained is how far the means of the bins lie apart,
    whatever the shape of the curve, less what bins would explain of nothing but luck (adjusted eta squared).

    Returns
    -------
    pandas.DataFrame
        A row for each factor, that which explains most first: ``factor``, ``share``, ``low`` and ``high`` (95 %
        interval from the noncentral F distribution, as if points had been drawn by chance), and ``p`` that it explains
        nothing (F test), corrected for all factors (Holm 1979): among many, some seem to explain by luck alone. Empty
        where there are too few points, or nothing to explain.
    """
    values = point_means(points, runs, measure)
    known = values.notna().to_numpy()
    y = values.to_numpy(dtype=float)[known]
    columns = ["factor", "share", "low", "high", "p"]
    if y.size < FEWEST or np.ptp(y) == 0.0:
        return pd.DataFrame(columns=columns)
    rows = [(factor, *_share(bins_of(points[factor][known]), y)) for factor in factors]
    table = pd.DataFrame(rows, columns=columns)
    table["p"] = holm(table["p"])
    return table.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def bins_of(column: pd.Series) -> NDArray[np.int64]:
    """Return in which bin each point is: equally many in each along numbers, else one for each level."""
    codes, levels = pd.factorize(column, sort=not isinstance(column.iloc[0], str))
    count = int(np.clip(len(column) // _IN_A_BIN, 2, _MOST_BINS))
    if len(levels) <= count:
        return np.asarray(codes, dtype=np.int64)
    ranks = column.rank(method="average").to_numpy()
    return np.asarray((ranks - 0.5) * count // len(column), dtype=np.int64)


def _share(bins: NDArray[np.int64], y: Numbers) -> tuple[float, float, float, float]:
    """Return which share of the variance lies between bins, with its interval, and the p-value that it is none."""
    from scipy.special import fdtrc  # takes longer to load than most tables to read

    counts = np.bincount(bins)
    between, inside = int((counts > 0).sum()) - 1, int(y.size - (counts > 0).sum())
    if between < 1 or inside < 1:
        return (0.0, 0.0, 0.0, 1.0) if between < 1 else (np.nan, np.nan, np.nan, np.nan)
    sums = np.bincount(bins, y)
    means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    total, within = (float((one**2).sum()) for one in (y - y.mean(), y - means[bins]))
    share = max(0.0, 1.0 - within / total * (y.size - 1) / inside)
    ratio = (total - within) / between / (within / inside) if within > 0.0 else np.inf
    return share, *_limits(ratio, between, inside), float(fdtrc(between, inside, ratio))


def _limits(ratio: float, between: int, inside: int) -> tuple[float, float]:
    """Return the interval of a share, from the F ratio by which it was found."""
    from scipy.special import ncfdtr, ncfdtrinc  # takes longer to load than most tables to read

    if not np.isfinite(ratio):
        return 1.0, 1.0
    size = between + inside + 1
    found = []
    for level in ((1.0 + LEVEL) / 2.0, (1.0 - LEVEL) / 2.0):
        beyond = ncfdtr(between, inside, 0.0, ratio) < level
        excess = 0.0 if beyond else float(ncfdtrinc(between, inside, level, ratio))
        found.append(excess / (excess + size))
    return found[0], found[1]


def bands(x: Numbers, y: Numbers) -> pd.DataFrame:
    """Return between what nine of ten points lie along a factor: ``at``, ``low``, ``middle``, ``high``, a row a bin."""
    frame = pd.DataFrame({"at": x, "y": y}).dropna()
    groups = frame.groupby(bins_of(frame["at"]))
    limits = [groups["y"].quantile(one) for one in NINE_OF_TEN]
    found = pd.concat([groups["at"].mean(), *limits], axis=1)
    return found.set_axis(["at", "low", "middle", "high"], axis=1).reset_index(drop=True)
