"""Arithmetic of a paired comparison: intervals, tests, and what pairing was worth.

The mean of a number that has bounds gets an interval within them: of shares on the scale of log odds, of hours and
counts, which cannot be negative, on that of logarithms (delta method). A difference is cut at what is possible.

A measure may be undefined in a replication (nothing finished, nobody asked); it is then NaN and dropped pairwise.
Too few numbers give NaN, never an error: one replication is a legitimate, if useless, comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
"""Confidence level of every published interval."""

ALPHA = 0.05
"""Corrected p-values from here on count as "cannot be told from zero"."""

Scale = Literal["any", "positive", "share"]
"""What numbers a measure can take: any, none below zero, or those from zero to one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean or share with its confidence limits; NaN where too little is known.

    Attributes
    ----------
    mean, low, high : float
        The number, and the ends of its interval.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """What changed between the baseline and an alternative that met the same luck.

    Attributes
    ----------
    pairs : int
        Replications in which both are defined.
    baseline, alternative : float
        Means over these.
    difference : Interval
        Mean of alternative − baseline, with its interval.
    p : float
        Of Student's t test that it is zero.
    """

    pairs: int
    baseline: float
    alternative: float
    difference: Interval
    p: float


def mean_interval(values: ArrayLike, level: float = LEVEL, scale: Scale = "any") -> Interval:
    """Return the mean of `values` with its t interval, which stays within the bounds of its scale.

    Parameters
    ----------
    values : array_like
        One number per replication; NaN where undefined.
    level : float
        Confidence level.
    scale : {"any", "positive", "share"}
        What numbers are possible: any, none below zero, or those from 0 to 1.

    Returns
    -------
    Interval
        With attributes ``mean``, ``low`` and ``high``, all NaN without any number, the limits NaN of a single one.

    Examples
    --------
    >>> found = sim.mean_interval([0.81, 0.84, 0.89, 0.86], scale="share")
    >>> round(found.mean, 3), round(found.low, 3), round(found.high, 3)
    (0.85, 0.788, 0.896)
    """
    known = _known(values)
    if known.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    if known.size == 1:
        return Interval(mean, np.nan, np.nan)
    half = float(_special().stdtrit(known.size - 1, 0.5 + level / 2)) * _standard_error(known)
    low, high = within(np.array([mean]), np.array([half]), scale)
    return Interval(mean, float(low[0]), float(high[0]))


def within(mean: NDArray[np.float64], half: NDArray[np.float64], scale: Scale) -> tuple[Any, Any]:
    """Return the limits around means, given their half widths, that do not leave what is possible.

    Nothing is transformed where the interval is as wide as the mean is far from a bound, since the transformation knows
    nothing of so much doubt; the limits are cut at what is possible then.
    """
    if scale == "any":
        return mean - half, mean + half
    upper = 1.0 if scale == "share" else np.inf
    inside = (half < mean) & (half < upper - mean)
    safe = np.where(inside, mean, 0.5)
    if scale == "share":
        width = half / (safe * (1.0 - safe))
        special = _special()
        low, high = special.expit(special.logit(safe) - width), special.expit(special.logit(safe) + width)
    else:
        with np.errstate(over="ignore"):
            low, high = safe * np.exp(-half / safe), safe * np.exp(half / safe)
    cut = np.clip(mean - half, 0.0, upper), np.clip(mean + half, 0.0, upper)
    return np.where(inside, low, cut[0]), np.where(inside, high, cut[1])


def mean_bands(frame: pd.DataFrame, by: str, scales: Mapping[str, Scale], level: float = LEVEL) -> pd.DataFrame:
    """Return mean and t interval of the columns of `frame` named in `scales` for each value of the column `by`.

    Returns
    -------
    pandas.DataFrame
        Columns series, `by`, mean, low, high.
    """
    groups = frame.groupby(by)[list(scales)]
    means, counts = groups.mean(), groups.count()
    half = _special().stdtrit(counts - 1.0, 0.5 + level / 2) * groups.std() / np.sqrt(counts)
    parts = []
    for name, scale in scales.items():
        low, high = within(means[name].to_numpy(), half[name].to_numpy(), scale)
        bands = {"series": name, by: means.index, "mean": means[name].to_numpy(), "low": low, "high": high}
        parts.append(pd.DataFrame(bands))
    return pd.concat(parts, ignore_index=True)


def without_luck(together: pd.DataFrame) -> pd.DataFrame:
    """Return a quantity by replication and setting without what all settings of a replication have in common.

    Intervals of what is left show how sure differences between settings are (Cousineau 2005, with Morey's correction).
    """
    settings = together.shape[1]
    if settings < 2:
        return together
    left = together.sub(together.mean(axis=1), axis=0)
    mean = left.mean()
    return mean + (left - mean) * (settings / (settings - 1.0)) ** 0.5


def paired_difference(baseline: ArrayLike, alternative: ArrayLike, level: float = LEVEL) -> PairedDifference:
    """Return the mean of alternative − baseline over the pairs in which both are defined, with t interval and p.

    Parameters
    ----------
    baseline, alternative : array_like
        A number for each replication, the same ones in both; NaN where undefined. Two Series are paired by their index,
        all else by place.
    level : float
        Confidence level.

    Returns
    -------
    PairedDifference
        With attributes ``pairs``, ``baseline``, ``alternative``, ``difference`` (an interval: ``mean``, ``low``,
        ``high``) and ``p``. Where every pair differs by the same amount, p is 1 if that amount is zero and 0 otherwise.

    Raises
    ------
    ValueError
        If numbers without an index are not as many.

    Examples
    --------
    >>> found = sim.paired_difference([10.0, 12.0, 11.0], [9.0, 11.5, 10.5])
    >>> found.pairs, round(found.difference.mean, 3), found.difference.high < 0.0
    (3, -0.667, False)
    """
    before, after = _pairs(baseline, alternative)
    if before.size == 0:
        return PairedDifference(0, np.nan, np.nan, Interval(np.nan, np.nan, np.nan), np.nan)
    changes = after - before
    interval = mean_interval(changes, level)
    return PairedDifference(before.size, float(before.mean()), float(after.mean()), interval, p_of_zero(changes))


def paired_changes(baseline: pd.Series, alternative: pd.Series) -> pd.Series:
    """Return alternative − baseline by replication; NaN where either is undefined."""
    return alternative.astype(float) - baseline.astype(float)


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return Holm's step-down correction of `p_values`, in their order; NaN stays NaN and is not counted.

    Parameters
    ----------
    p_values : array_like
        Of several tests.

    Returns
    -------
    array
        As many, each at least as large: below 0.05, the test is certain whatever the other tests say.

    Examples
    --------
    >>> sim.holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    raw = np.asarray(p_values, dtype=float)
    corrected = np.full(raw.shape, np.nan)
    known = np.flatnonzero(~np.isnan(raw))
    order = known[np.argsort(raw[known], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(raw[order] * factors), 1.0)
    return corrected


def wilson(successes: float, trials: int, level: float = LEVEL) -> Interval:
    """Return the share `successes` / `trials` with Wilson's score interval; half successes (ties) are allowed."""
    if trials == 0:
        return Interval(np.nan, np.nan, np.nan)
    share = successes / trials
    z2 = NormalDist().inv_cdf(0.5 + level / 2) ** 2
    center = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    spread = np.sqrt(z2 * (share * (1 - share) / trials + z2 / (4 * trials**2))) / (1 + z2 / trials)
    return Interval(share, max(0.0, float(center - spread)), min(1.0, float(center + spread)))


def share_better(
    baseline: ArrayLike, alternative: ArrayLike, better: Literal["higher", "lower", "neither"], level: float = LEVEL
) -> Interval:
    """Return the share of replications in which the alternative did better, ties counted half, with Wilson's interval.

    This says how regularly the change shows beside the noise of one replication. It is not the probability that the
    intervention works: with more weeks in a replication it moves towards 0 or 1.
    """
    if better == "neither":
        return Interval(np.nan, np.nan, np.nan)
    before, after = _pairs(baseline, alternative)
    gains = after - before if better == "higher" else before - after
    return wilson(float((gains > 0).sum() + 0.5 * (gains == 0).sum()), gains.size, level)


def variance_reduction(baseline: ArrayLike, alternative: ArrayLike) -> float:
    """Return how many times fewer replications pairing needs: variance of an unpaired difference over the paired one.

    NaN where it has no meaning: fewer than two pairs, or a difference that does not vary at all.
    """
    before, after = _pairs(baseline, alternative)
    if before.size < 2:
        return float("nan")
    changes = after - before
    if _constant(changes):
        return float("nan")
    return float((before.var(ddof=1) + after.var(ddof=1)) / changes.var(ddof=1))


def _special() -> Any:
    """Return the functions behind Student's and the normal distribution, which are loaded where there is a spread."""
    from scipy import special

    return special


def _known(values: ArrayLike) -> NDArray[np.float64]:
    numbers: NDArray[np.float64] = np.asarray(values, dtype=float)
    return np.asarray(numbers[~np.isnan(numbers)])


def side_by_side(baseline: ArrayLike, alternative: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two arrays as long as the baseline: two series paired by their index, all else by place."""
    if isinstance(baseline, pd.Series) and isinstance(alternative, pd.Series):
        alternative = alternative.reindex(baseline.index)
    before, after = np.asarray(baseline, dtype=float), np.asarray(alternative, dtype=float)
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError(f"pairs: found {before.shape} and {after.shape} numbers, expected one row each, equally long")
    return before, after


def _pairs(baseline: ArrayLike, alternative: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    before, after = side_by_side(baseline, alternative)
    both = ~(np.isnan(before) | np.isnan(after))
    return before[both], after[both]


def _standard_error(values: NDArray[np.float64]) -> float:
    return 0.0 if _constant(values) else float(values.std(ddof=1) / np.sqrt(values.size))


def _constant(values: NDArray[np.float64]) -> bool:
    """Tell whether nothing varies; asked directly, since the rounding of a mean would pretend to a variance."""
    return bool(np.ptp(values) == 0.0)


def p_of_zero(changes: NDArray[np.float64]) -> float:
    """Return the p-value of Student's t test that the mean of some numbers is zero; NaN of fewer than two.

    Where nothing varies it is 1 if they are zero, and 0 otherwise.
    """
    if changes.size < 2:
        return float("nan")
    error = _standard_error(changes)
    if error == 0.0:
        return float(np.mean(changes) == 0.0)
    return float(2.0 * _special().stdtr(changes.size - 1, -abs(changes.mean()) / error))
