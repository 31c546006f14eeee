"""What figures tell of assumptions: which are narrowed, which only together, and which figure tells nothing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.answers.fit.posterior import Posterior, weighted_quantiles
from sim.answers.fit.prior import Numbers, Prior

LEVELS = (0.05, 0.5, 0.95)
"""The middle, and the ends between which nine of ten draws lie."""

NARROWED = 0.2
"""By how much of it a range has to be narrower before an assumption is called identified."""

ALPHA = 0.01
"""Chance that luck alone makes any assumption, or any pair, seem identified."""

PAIRS = 8
"""Pairs that are told."""

_NINE_TENTHS = LEVELS[2] - LEVELS[0]


def posterior_table(prior: Prior, found: Posterior) -> pd.DataFrame:
    """Return a row for each assumption: its range before and after, and whether the figures narrow it."""
    shares = found.quantiles(LEVELS)
    contraction = 1.0 - (shares[:, 2] - shares[:, 0]) / _NINE_TENTHS
    ends = [prior.values(np.tile(shares[:, [k]], 1).T) for k in range(3)]
    rows = []
    for k, one in enumerate(prior.assumptions):
        low, median, high = (float(end[one.place].iloc[0]) for end in ends)
        told = {"assumption": one.place, "unit": one.unit, "prior_low": one.low, "prior_high": one.high}
        rows.append(
            {
                **told,
                "now": one.here,
                "median": median,
                "low": low,
                "high": high,
                "contraction": contraction[k],
                "identified": bool(contraction[k] >= NARROWED and _surely(contraction[k], found.worth)),
            }
        )
    return pd.DataFrame(rows)


def _surely(contraction: float, worth: float) -> bool:
    """Tell whether a range is narrower by more than what so many draws of an even prior would make of it by luck."""
    return bool(contraction > -ndtri(ALPHA) * error_of_width(worth))


def error_of_width(worth: float) -> float:
    """Return the standard error of how wide an even range is, as part of it, told from so many draws."""
    p = LEVELS[0]
    return float(np.sqrt((2.0 * p * (1.0 - p) - 2.0 * p * p) / worth) / _NINE_TENTHS)


def correlation_table(prior: Prior, found: Posterior) -> pd.DataFrame:
    """Return the pairs of assumptions that figures tie together although they had nothing to do with each other.

    `correlation` is that of ranks; `together` by how much what they add up to, or differ by, is narrower than before.
    Only pairs are told that luck does not make of so many (Fisher's z, Bonferroni).
    """
    ranks = np.column_stack([ranked(found.shares[:, k], found.weights) for k in range(found.shares.shape[1])])
    normal = ndtri(ranks)
    middle = found.weights @ normal
    apart = normal - middle
    covariance = (apart * found.weights[:, None]).T @ apart
    scale = np.sqrt(np.maximum(np.diag(covariance), 1e-12))
    related = covariance / np.outer(scale, scale)
    count = related.shape[0] * (related.shape[0] - 1) / 2
    least = np.tanh(-ndtri(ALPHA / (2.0 * max(count, 1.0))) / np.sqrt(max(found.worth - 3.0, 1.0)))
    rows = [
        (prior.places[a], prior.places[b], related[a, b], _together(found, a, b, related[a, b] < 0.0))
        for a, b in combinations(range(len(related)), 2)
        if abs(related[a, b]) > least
    ]
    table = pd.DataFrame(rows, columns=["one", "other", "correlation", "together"])
    order = table["correlation"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].head(PAIRS).reset_index(drop=True)


def ranked(values: Numbers, weights: Numbers) -> Numbers:
    """Return the ranks of weighted values, as shares of all."""
    order = np.argsort(values, kind="stable")
    found = np.empty(len(values))
    found[order] = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.clip(found, 1e-6, 1.0 - 1e-6)


def _together(found: Posterior, one: int, other: int, added: bool) -> float:
    """Return by how much the sum, or the difference, of two shares is narrower than that of two even ones."""
    both = found.shares[:, one] + (1.0 if added else -1.0) * found.shares[:, other]
    low, high = weighted_quantiles(both, found.weights, (LEVELS[0], LEVELS[2]))
    before = 2.0 - 2.0 * np.sqrt(2.0 * LEVELS[0])  # of two that are even between 0 and 1
    return float(1.0 - (high - low) / before)


def differing(one: Posterior, other: Posterior) -> Numbers:
    """Return by how many standard errors the middles of assumptions differ between two posteriors of the same runs."""
    quartiles = [each.quantiles((0.25, 0.5, 0.75)) for each in (one, other)]
    # as of a normal number: quartiles are 1.35 standard deviations apart, a median is 1.25 times as unsure as a mean
    errors = [
        1.2533 * (found[:, 2] - found[:, 0]) / 1.35 / np.sqrt(each.worth)
        for found, each in zip(quartiles, (one, other), strict=True)
    ]
    apart: Numbers = (quartiles[0][:, 1] - quartiles[1][:, 1]) / np.maximum(np.hypot(*errors), 1e-12)
    return apart
