"""The Pareto front: bundles than which none is better in one objective without being worse in another.

Means are of paired replications: all bundles met the same luck. How sure it is that a bundle is on the front is the
share of bootstrap resamples of the replications in which it is: drawn for all bundles alike, so that what they have in
common stays in common (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 8). Where two bundles cannot
be told apart, both have less than the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.statistics import mean_interval

RESAMPLES = 1000
_DIGITS = 10
_AT_ONCE = 20_000_000
"""Comparisons at a time, so that no more memory is needed than for these."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Objective:
    """What is to be high or low.

    Attributes
    ----------
    name
        Of the measure.
    higher
        Whether higher is better.
    values
        A row for each replication, a column for each bundle; one row where it is known without runs, as a cost is.
    """

    name: str
    higher: bool
    values: pd.DataFrame

    @property
    def known(self) -> bool:
        """Whether luck does not change it."""
        return len(self.values) == 1


def nondominated(losses: Numbers) -> NDArray[np.bool_]:
    """Tell which points are on the front.

    Parameters
    ----------
    losses : array, … × points × objectives
        Less is better in each. Points that are equal in all do not dominate each other. What is not defined (NaN) is
        not on the front and dominates nothing.
    """
    mine, theirs = losses[..., :, None, :], losses[..., None, :, :]
    worse = (theirs <= mine).all(axis=-1) & (theirs < mine).any(axis=-1)
    return np.asarray(~worse.any(axis=-1) & ~np.isnan(losses).any(axis=-1))


def front_table(objectives: list[Objective], resamples: int = RESAMPLES, seed: int = 1) -> pd.DataFrame:
    """Return a row for each bundle: its objectives, whether it is on the front, and how sure that is.

    Parameters
    ----------
    objectives
        The same bundles in each; replications in which one is not defined are left out for all.
    resamples, seed
        Of the bootstrap over replications.

    Returns
    -------
    DataFrame
        Columns ``bundle``; each objective by its name, with ``_low`` and ``_high`` (95 % interval of the mean) where
        luck changes it; ``on_front``, of the means; ``probability``, the share of resamples in which it is.
    """
    bundles = list(objectives[0].values.columns)
    samples = _together(objectives)
    signs = np.array([-1.0 if one.higher else 1.0 for one in objectives])
    means = np.stack([_mean(samples[one.name]) for one in objectives], axis=-1)
    table: dict[str, object] = {"bundle": bundles}
    for one in objectives:
        table |= _told(one, samples[one.name])
    shares = _on_front(samples, objectives, signs, resamples, seed)
    return pd.DataFrame(table | {"on_front": nondominated(_even(means) * signs), "probability": shares})


def _together(objectives: list[Objective]) -> Mapping[str, Numbers]:
    """Return the objectives of the replications in which all are defined; what luck does not change as one row."""
    moved = [one.values for one in objectives if not one.known]
    shared = pd.concat(moved, axis=1).dropna().index if moved else pd.Index([])
    return {one.name: (one.values if one.known else one.values.loc[shared]).to_numpy(dtype=float) for one in objectives}


def _mean(values: Numbers) -> Numbers:
    """Return means over replications; where there is none, nothing is known."""
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)


def _told(one: Objective, values: Numbers) -> dict[str, object]:
    means = _mean(values)
    if one.known:
        return {one.name: means}
    intervals = [mean_interval(column) for column in values.T]
    low, high = [each.low for each in intervals], [each.high for each in intervals]
    return {one.name: means, f"{one.name}_low": low, f"{one.name}_high": high}


def _on_front(
    samples: Mapping[str, Numbers], objectives: list[Objective], signs: Numbers, resamples: int, seed: int
) -> Numbers:
    """Return the share of resamples in which each bundle is on the front."""
    count = max(len(one) for one in samples.values())
    bundles = next(iter(samples.values())).shape[1]
    often = np.random.default_rng(seed).multinomial(count, np.full(count, 1.0 / count), size=resamples) / count
    found = np.zeros(bundles)
    step = max(1, _AT_ONCE // (bundles**2 * len(objectives)))
    for begin in range(0, resamples, step):
        weights = often[begin : begin + step]
        means = [
            np.broadcast_to(values, (len(weights), bundles)) if len(values) == 1 else weights @ values
            for values in (samples[one.name] for one in objectives)
        ]
        found += nondominated(_even(np.stack(means, axis=-1)) * signs).sum(axis=0)
    return found / resamples


def _even(means: Numbers) -> Numbers:
    """Return means without the dust of sums, so that what is the same stays the same."""
    largest = np.nanmax(np.abs(means), axis=-2, keepdims=True, initial=0.0)
    scale = np.where(largest > 0.0, largest, 1.0)
    even: Numbers = np.round(means / scale, _DIGITS)
    return even
