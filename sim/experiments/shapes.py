"""The runs of an experiment in other shapes: long, with their factors, or one measure side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.experiments.querying import distinct

POINT, REPLICATION, ERROR, SCENARIO = "point", "replication", "error", "scenario"


def in_order(runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs by point and replication; those of a later round were written behind all of an earlier one."""
    points, numbers = runs[POINT].to_numpy(), runs[REPLICATION].to_numpy()
    later, same = points[1:] > points[:-1], points[1:] == points[:-1]
    if bool(np.all(later | (same & (numbers[1:] > numbers[:-1])))):
        return runs
    order = np.lexsort((numbers, points))
    return runs.take(order).reset_index(drop=True)


def with_factors(points: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs with what stands at their points: point, organization, factors, replication, error, measures.

    A factor that is called like a column of runs gets a number behind.
    """
    called = distinct([*runs.columns, *points.columns])[len(runs.columns) :]
    place = points.index.get_indexer(pd.Index(runs[POINT]))
    factors = points.set_axis(called, axis=1).take(place).reset_index(drop=True)
    rest = runs.drop(columns=POINT).reset_index(drop=True)
    first = runs[[POINT]].reset_index(drop=True)
    return pd.concat([first, factors, rest], axis=1)


def long(points: pd.DataFrame, runs: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Return a row for each run and measure: point, organization, factors, replication, measure, value."""
    fine = runs[runs[ERROR].isna()]
    keys = [POINT, REPLICATION, "measure", "value"]
    called = distinct([*keys, *points.columns])[len(keys) :]
    place = np.repeat(points.index.get_indexer(pd.Index(fine[POINT])), len(measures))
    factors = points.set_axis(called, axis=1).take(place).reset_index(drop=True)
    values = fine[list(measures)].to_numpy(dtype=float)
    first = pd.DataFrame({POINT: np.repeat(fine[POINT].to_numpy(), len(measures))})
    rest = pd.DataFrame(
        {
            REPLICATION: np.repeat(fine[REPLICATION].to_numpy(), len(measures)),
            "measure": np.tile(np.array(measures, dtype=object), len(fine)),
            "value": values.reshape(-1),
        }
    )
    return pd.concat([first, factors, rest], axis=1)


def side_by_side(runs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a measure, a row for each replication and a column for each point; NaN where there is none."""
    return runs.pivot(index=REPLICATION, columns=POINT, values=measure)
