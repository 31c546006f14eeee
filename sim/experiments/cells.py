"""Means of a measure where some factors stand somewhere, over all that the others do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.study.statistics import mean_interval, without_luck


def by_replication(points: pd.DataFrame, runs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a measure as a table: a row for each replication, a column for each point; NaN where it is not known.

    Parameters
    ----------
    points
        Indexed by point; only these are looked at.
    runs
        As an experiment has them: point, replication, and a column for each measure.
    measure
        Its name.
    """
    mine = runs[runs["point"].isin(points.index)]
    table = mine.pivot(index="replication", columns="point", values=measure)
    return table.reindex(columns=points.index)


def levels_of(points: pd.DataFrame, factor: str) -> list[object]:
    """Return where a factor stands at any point: numbers from small to large, off before on, words as designed."""
    found = list(dict.fromkeys(points[factor].tolist()))
    worded = any(isinstance(one, str) for one in found)
    return found if worded else sorted(found)


def by_cell(points: pd.DataFrame, runs: pd.DataFrame, factors: Sequence[str], measure: str) -> pd.DataFrame:
    """Return the mean of a measure over the points of each cell: a row for each replication, a column for each cell.

    A replication in which a point of the cell failed says nothing of the cell: the rest of it would be another mix.
    Cells are named by where each factor stands, also where there is one factor only.
    """
    table = by_replication(points, runs, measure)
    places = [levels_of(points, one) for one in factors]
    found = {
        key: table[mine.index].mean(axis=1, skipna=False)
        for key, mine in points.groupby(list(factors), sort=False)
    }
    order = sorted(found, key=lambda key: [places[k].index(value) for k, value in enumerate(key)])
    columns = pd.MultiIndex.from_tuples(order, names=list(factors)) if len(factors) > 1 else order
    return pd.DataFrame({key: found[key] for key in order}).set_axis(columns, axis=1)


def cells(points: pd.DataFrame, runs: pd.DataFrame, factors: Sequence[str], measure: str) -> pd.DataFrame:
    """Return what a measure is in each cell.

    Returns
    -------
    pandas.DataFrame
        A row for each cell: where each factor stands, ``mean``, ``low`` and ``high`` (95 % interval), ``within`` (half
        the interval without the luck that all cells share: how sure differences between cells are), ``replications``.
    """
    table = by_cell(points, runs, factors, measure)
    alone = without_luck(table.dropna())
    return pd.DataFrame([_cell(factors, key, table[key], alone[key]) for key in table.columns])


def _cell(factors: Sequence[str], key: object, values: pd.Series, alone: pd.Series) -> Mapping[str, object]:
    places = key if isinstance(key, tuple) else (key,)
    known, rest = mean_interval(values), mean_interval(alone)
    return {
        **dict(zip(factors, places, strict=True)),
        "mean": known.mean,
        "low": known.low,
        "high": known.high,
        "within": (rest.high - rest.low) / 2.0 if len(alone) > 1 else np.nan,
        "replications": int(values.notna().sum()),
    }
