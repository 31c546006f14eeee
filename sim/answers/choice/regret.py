"""Regret and satisficing: what a choice costs in worlds that are not as assumed, and in how many it is good enough.

The regret of a bundle in a world is what the best of all, doing nothing among them, would bring there more (Savage
1951, Journal of the American Statistical Association 46: 55). A bundle is good enough where it improves by what is
worth while at least, or where it reaches a target (satisficing; Simon 1956, Psychological Review 63: 129; Lempert et
al. 2006, Management Science 52: 514).

With few replications in a world, the best there looks better than it is, so that regrets are over-told. How much of
the mean is luck is seen where the best is chosen in all replications of a world but one, and its lead is measured in
that one (`mean_checked`): that leaves luck out, and is no more than the true mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.statistics import LEVEL, wilson

RESAMPLES = 2000
HIGH = 0.9
"""The share of worlds whose regret is no larger than what is told as the high one."""

NOW = "now"
"""What doing nothing is called."""

WORLD, REPLICATION = "world", "replication"
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Enough:
    """What is good enough.

    Attributes
    ----------
    gain
        A bundle is good enough where it improves by this at least.
    target
        Or, where there is one, where the measure itself is at the target or beyond.
    higher
        Whether higher values of the measure are better.
    """

    gain: float
    target: float | None = None
    higher: bool = True

    def reached(self, gains: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
        """Tell where it is reached: by gains, or by values where there is a target; both have the same shape."""
        if self.target is None:
            return gains >= self.gain
        return values >= self.target if self.higher else values <= self.target


def gains_of(values: pd.DataFrame, higher: bool) -> pd.DataFrame:
    """Return what bundles gain against now, with the same luck; more is better.

    Parameters
    ----------
    values
        Index world and replication, a column for each bundle, `NOW` among them.
    higher
        Whether higher values are better.
    """
    sign = 1.0 if higher else -1.0
    return values.sub(values[NOW], axis=0) * sign


def worlds_table(values: pd.DataFrame, enough: Enough) -> pd.DataFrame:
    """Return a row for each world and bundle: what it comes to there.

    Parameters
    ----------
    values
        The measure: index world and replication, a column for each bundle, `NOW` among them. A replication in which one
        of them is not defined is left out for all, as their luck is only compared together.
    enough
        What is good enough.

    Returns
    -------
    DataFrame
        Columns ``world``, ``bundle``, ``value`` (mean of the measure), ``gain`` (against now; more is better),
        ``regret`` (what the best bundle of this world, or now, gains more) and ``good_enough``.
    """
    whole = values.dropna()
    gains = gains_of(whole, enough.higher).groupby(level=WORLD).mean()
    means = whole.groupby(level=WORLD).mean()
    regrets = gains.rsub(gains.max(axis=1), axis=0)
    good = enough.reached(gains, means)
    tables = {"value": means, "gain": gains, "regret": regrets, "good_enough": good}
    flat = {name: one.to_numpy().ravel() for name, one in tables.items()}
    places = pd.MultiIndex.from_product([gains.index, gains.columns], names=[WORLD, "bundle"])
    return pd.DataFrame(flat, index=places).reset_index()


def regret_table(values: pd.DataFrame, enough: Enough, resamples: int = RESAMPLES, seed: int = 1) -> pd.DataFrame:
    """Return a row for each bundle: its regret, and in which share of the worlds it is good enough.

    Parameters
    ----------
    values, enough
        As in `worlds_table`.
    resamples, seed
        Of the bootstrap over worlds, whose percentiles are the limits of 95 % intervals.

    Returns
    -------
    DataFrame
        Columns ``bundle``, ``worlds``, ``median`` and ``high`` (median and 90th percentile of the regret) and ``mean``,
        each with ``_low`` and ``_high``; ``mean_checked`` (see above); ``best_in`` (share of the worlds in which
        nothing is better); ``good``, ``good_low`` and ``good_high`` (share in which it is good enough, Wilson).
    """
    worlds = worlds_table(values, enough)
    regrets = worlds.pivot(index=WORLD, columns="bundle", values="regret")[list(values.columns)]
    good = worlds.pivot(index=WORLD, columns="bundle", values="good_enough")
    limits = _bootstrapped(regrets.to_numpy(), resamples, seed)
    checked = checked_regret(values.dropna(), enough.higher)
    rows = []
    for place, bundle in enumerate(values.columns):
        one, enough_in = regrets[bundle], wilson(float(good[bundle].sum()), len(good))
        row = {"bundle": bundle, "worlds": len(one)}
        for name, told in (("median", one.median()), ("high", one.quantile(HIGH)), ("mean", one.mean())):
            low, high = limits[name][:, place]
            row |= {name: told, f"{name}_low": low, f"{name}_high": high}
        row |= {"mean_checked": checked[bundle], "best_in": (one == 0.0).mean()}
        rows.append(row | {"good": enough_in.mean, "good_low": enough_in.low, "good_high": enough_in.high})
    return pd.DataFrame(rows)


def checked_regret(values: pd.DataFrame, higher: bool) -> pd.Series:
    """Return the mean regret with the best of each world chosen in its other replications; NaN where there is but one.

    Parameters
    ----------
    values
        As in `worlds_table`, without gaps.
    higher
        Whether higher values are better.
    """
    gains = gains_of(values, higher)
    each = gains.groupby(level=WORLD)
    counts = each[[NOW]].transform("size").to_numpy()
    several = counts > 1
    others = (each.transform("sum") - gains).to_numpy()[several]
    mine = gains.to_numpy()[several]
    if not len(mine):
        return pd.Series(np.nan, index=gains.columns)
    leads = mine[np.arange(len(mine)), others.argmax(axis=1)][:, None] - mine
    table = pd.DataFrame(leads, index=gains.index[several], columns=gains.columns)
    return table.groupby(level=WORLD).mean().mean()


def _bootstrapped(regrets: Numbers, resamples: int, seed: int) -> dict[str, Numbers]:
    """Return the limits of the median, the 90th percentile and the mean of each column, over worlds drawn again."""
    random = np.random.default_rng(seed)
    drawn = regrets[random.integers(len(regrets), size=(resamples, len(regrets)))]
    tails = [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]
    found = {
        "median": np.median(drawn, axis=1),
        "high": np.quantile(drawn, HIGH, axis=1),
        "mean": drawn.mean(axis=1),
    }
    return {name: np.quantile(one, tails, axis=0) for name, one in found.items()}
