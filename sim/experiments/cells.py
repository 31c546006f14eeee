"""Means of a measure where some factors stand somewhere, over all that the others do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.complete import matched, plain
from sim.study.statistics import Scale, mean_interval, without_luck


def number_of(level: object) -> float:
    """Return the number that a level is, or that it is written as; NaN where it is none, or a switch."""
    if isinstance(level, bool | np.bool_):
        return math.nan
    try:
        return float(level)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan


def levels_of(points: pd.DataFrame, factor: str) -> list[Any]:
    """Return where a factor stands at any point, each once.

    Numbers come from small to large, behind the one level that is none, if there is one: `off`. All else keeps the
    order in which points have it, but what is a switch is off first.
    """
    found = [plain(one) for one in points[factor].unique()]
    if all(isinstance(one, bool) for one in found):
        return sorted(found)
    words = [one for one in found if math.isnan(number_of(one))]
    if len(words) > 1:
        return found
    return [*words, *sorted((one for one in found if one not in words), key=number_of)]


def by_cell(points: pd.DataFrame, runs: pd.DataFrame, factors: Sequence[str], measure: str) -> pd.DataFrame:
    """Return the mean of a measure over the points of each cell: a row for each replication, a column for each cell.

    What is left out of effects is left out here as well; of a cell in which a point is missing nothing is known, since
    the rest of it would be another mix. Cells are named by where the factor stands, or by where each of several does.
    """
    table = matched(runs, measure, points.index).values.reindex(points.index).T
    found = {key: table[mine.index].mean(axis=1, skipna=False) for key, mine in points.groupby(list(factors))}
    places = [levels_of(points, one) for one in factors]
    order = [key for key in product(*places) if key in found]
    columns: pd.Index = (
        pd.MultiIndex.from_tuples(order, names=list(factors))
        if len(factors) > 1
        else pd.Index([key[0] for key in order], name=factors[0])
    )
    return pd.DataFrame({key: found[key] for key in order}).set_axis(columns, axis=1)


def cells(
    points: pd.DataFrame, runs: pd.DataFrame, factors: Sequence[str], measure: str, scale: Scale = "any"
) -> pd.DataFrame:
    """Return what a measure is in each cell.

    Returns
    -------
    pandas.DataFrame
        A row for each cell: where each factor stands, ``mean``, ``low`` and ``high`` (95 % interval), ``apart_low`` and
        ``apart_high`` (that without the luck that all cells share: how sure differences between cells are), and
        ``replications``.
    """
    table = by_cell(points, runs, factors, measure)
    alone = without_luck(table.dropna())
    return pd.DataFrame([_cell(factors, key, table[key], alone[key], scale) for key in table.columns])


def _cell(
    factors: Sequence[str], key: object, values: pd.Series, alone: pd.Series, scale: Scale
) -> Mapping[str, object]:
    places = key if isinstance(key, tuple) else (key,)
    known, rest = mean_interval(values, scale=scale), mean_interval(alone)
    least, most = (-math.inf if scale == "any" else 0.0), (1.0 if scale == "share" else math.inf)
    return {
        **dict(zip(factors, places, strict=True)),
        "mean": known.mean,
        "low": known.low,
        "high": known.high,
        "apart_low": max(least, known.mean + rest.low - rest.mean),
        "apart_high": min(most, known.mean + rest.high - rest.mean),
        "replications": int(values.notna().sum()),
    }
