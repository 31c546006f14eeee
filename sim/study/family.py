"""Many intervals that hold at once: which changes of a whole table are certain.

A comparison asks one question of every alternative and measure. Intervals of 95 % each would be wrong somewhere in most
tables; these are widened so that all of them hold at once in 95 of 100 comparisons. How much wider depends on how alike
the questions are: the smallest p-value of the family is drawn under no change at all, with the correlations that the
replications show (single-step max-t, Westfall & Young 1993; Hothorn, Bretz & Westfall 2008). With few replications
correlations are hardly known; they are shrunk towards none by as much as luck makes of them (Schäfer & Strimmer 2005),
and below six replications taken for none. Measured with nothing but luck in 60 tests, something is called certain in 5
to 7 of 100 comparisons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.statistics import ALPHA

DRAWS = 20_000
"""How often the family is drawn; the critical p-value is then known to about 3 %."""

RARE = 50
"""Draws as small as a p-value from which on they tell how often that happens; else the bound of Bonferroni does."""

FEW = 6
"""Replications from which on correlations are looked at; with fewer, the tests are taken for independent."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Family:
    """The smallest p-values that a family of tests gives where nothing changes.

    Attributes
    ----------
    tests
        How many tests belong to it.
    smallest
        Drawn smallest p-values, ascending.
    alpha
        The p-value below which a single test is certain.
    """

    tests: int
    smallest: Numbers
    alpha: float = ALPHA

    def corrected(self, p_values: Sequence[float]) -> Numbers:
        """Return how often any test of the family would give so small a p-value; NaN stays NaN."""
        raw = np.asarray(p_values, dtype=float)
        if self.tests < 2:
            return raw
        smaller = np.searchsorted(self.smallest, raw, side="right")
        found = np.where(smaller < RARE, self.tests * raw, smaller / self.smallest.size)
        return np.where(np.isnan(raw), np.nan, np.clip(np.maximum(found, raw), 0.0, 1.0))


def family_of(changes: Sequence[Numbers]) -> Family:
    """Return the family of tests whether each of some paired changes is zero.

    Parameters
    ----------
    changes
        One array a test, one number a replication, NaN where undefined. What does not vary is no test.
    """
    varying = [one for one in changes if np.unique(one[~np.isnan(one)]).size > 1]
    if len(varying) < 2:
        return Family(len(varying), np.array([], dtype=float))
    from scipy.special import ndtr  # takes longer to load than one replication to compare

    roots = _root(_correlations(np.array(varying)))
    normal = np.random.default_rng(20_100_201).standard_normal((DRAWS, len(varying)))
    largest = np.abs(normal @ roots).max(axis=1)
    smallest = np.sort(2.0 * ndtr(-largest))
    return Family(len(varying), smallest, float(np.quantile(smallest, ALPHA)))


def _correlations(changes: Numbers) -> Numbers:
    """Return the correlations of tests (rows), shrunk by how little is known of them."""
    known = ~np.isnan(changes)
    n = known.sum(axis=1, keepdims=True)
    centered = np.where(known, changes - np.nansum(changes, axis=1, keepdims=True) / n, 0.0)
    spread = np.sqrt((centered**2).sum(axis=1, keepdims=True))
    unit = centered / spread
    found = unit @ unit.T - np.eye(len(unit))
    replications = changes.shape[1]
    if replications < FEW:
        return np.eye(len(unit))
    doubt = (1.0 - found**2) ** 2 / (replications - 1)  # variance of a correlation of normal numbers
    np.fill_diagonal(doubt, 0.0)
    total = float((found**2).sum())
    shrunk = min(1.0, float(doubt.sum()) / total) if total > 0.0 else 1.0
    correlations: Numbers = (1.0 - shrunk) * found + np.eye(len(unit))
    return correlations


def _root(correlations: Numbers) -> Numbers:
    """Return what turns independent normal numbers into ones with these correlations."""
    values, vectors = np.linalg.eigh(correlations)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    scaled: Numbers = root / np.sqrt((root**2).sum(axis=0))
    return scaled
