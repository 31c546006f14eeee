"""Which replication stands for all: the typical one, chosen by a rule rather than by anybody's eye.

It is the replication nearest the mean of a few measures, as things are and in what alternatives change: distances are
counted in standard deviations over replications, squared and averaged, as things are and as they change counting the
same. Whoever shows a single week, case or path shows it of this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.results import RunResult
from sim.study.effects import column_pair
from sim.study.reported import headline_measures


def typical_replication(runs: RunResult | Mapping[str, RunResult], measures: Sequence[str] | None = None) -> int:
    """Return the number of the replication nearest the mean.

    One in which a measure is not defined that others have is taken only where there is no other; of two that are
    equally near it is the first.

    Parameters
    ----------
    runs : RunResult, or mapping of them
        One run; or several by label that met the same luck, the baseline first.
    measures : sequence of str, optional
        By which measures; by default the headlines of the scenario.

    Returns
    -------
    int
        Its number, with which ``sim.run(scenario, replications=1, first=number)`` runs it again.

    Raises
    ------
    ValueError
        If there is no replication that all runs have.

    Examples
    --------
    >>> from sim.study.typical import typical_replication
    >>> result = sim.run(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4}), replications=3)
    >>> typical_replication(result) in result.measures.index
    True
    """
    given = {"": runs} if isinstance(runs, RunResult) else runs
    (baseline, *others) = given.values()
    names = headline_measures(baseline.scenario) if measures is None else tuple(measures)
    numbers = _shared([one.measures for one in given.values()])
    now = baseline.measures.loc[numbers]
    distances = [_distance(now.reindex(columns=names))]
    if others:
        changes = [_changes(now, one.measures.loc[numbers], names) for one in others]
        distances.append(_distance(pd.concat(changes, axis=1)))
    return int(numbers[int(np.argmin(np.mean(distances, axis=0)))])


def _shared(tables: Sequence[pd.DataFrame]) -> pd.Index:
    """Return the numbers of the replications that every run has."""
    numbers = tables[0].index
    for table in tables[1:]:
        numbers = numbers.intersection(table.index)
    if numbers.empty:
        raise ValueError("typical replication: found none that every run has, expected at least one")
    return numbers.sort_values()


def _changes(now: pd.DataFrame, then: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    pairs = {name: column_pair(now, then, name) for name in names}
    return pd.DataFrame({name: after.astype(float) - before for name, (before, after) in pairs.items()}, now.index)


def _distance(values: pd.DataFrame) -> NDArray[np.float64]:
    """Return how far each row is from the mean, in variances; infinitely far where it lacks what others have."""
    table = values.to_numpy(dtype=float)
    table = table[:, ~np.isnan(table).all(axis=0)]
    if not table.shape[1]:
        return np.zeros(len(values))
    variances = np.nanvar(table, axis=0)
    varying = variances > 1e-24 * np.nanmax(np.abs(table), axis=0) ** 2  # rounding is no variance
    squares = (table - np.nanmean(table, axis=0))[:, varying] ** 2 / variances[varying]
    lacking = np.isnan(table).any(axis=1)
    found = np.nansum(squares, axis=1) / max(1, squares.shape[1])
    return np.where(lacking & ~lacking.all(), np.inf, found)
