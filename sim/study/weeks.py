"""Week by week: how far replications spread, and what an alternative changes, pair by pair.

`timeline` of a comparison says how sure the mean of a week is; here is how much one year differs from another (eight of
ten lie between the quantiles), and the change under the same luck, which is far less uncertain than the difference of
two means. Intervals hold for one week of one series alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.results import RunResult
from sim.study.statistics import LEVEL
from sim.tables import TABLES, WEEK, Column

QUANTILES = (0.1, 0.9)
"""Between which eight of ten replications lie."""

COLUMNS = (
    Column("alternative", "name"),
    Column("series", "name"),
    WEEK,
    Column("mean", "number"),
    Column("q10", "number"),
    Column("q90", "number"),
    Column("difference", "number"),
    Column("single_low", "number"),
    Column("single_high", "number"),
)
"""What the table holds."""

SERIES = tuple(one.name for one in TABLES["timeline"].columns)
"""The series of `timeline`."""

Grid = NDArray[np.float64]


def weeks_table(runs: Mapping[str, RunResult]) -> pd.DataFrame:
    """Return spread and paired change of every series in every week.

    Parameters
    ----------
    runs : mapping of RunResult
        By label, the baseline first; all with the table ``timeline``.

    Returns
    -------
    DataFrame
        A row for each ``alternative`` (the baseline first), ``series`` and ``week``: ``mean`` over replications, the
        quantiles ``q10`` and ``q90`` over them, and the paired ``difference`` to the baseline with the 95 % interval
        ``single_low`` … ``single_high`` of that row alone. NaN where nothing is defined; differences of the baseline
        always are.

    Examples
    --------
    >>> from sim.study.weeks import weeks_table
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> runs = sim.compare(scenario, {"RACI": ["raci"]}, replications=3).runs
    >>> weeks_table(runs).groupby("alternative", sort=False).size().to_dict()
    {'Now': 16, 'RACI': 16}
    """
    grids = {label: _grids(run.tables["timeline"]) for label, run in runs.items()}
    baseline = next(iter(grids.values()))
    parts = [
        _rows(label, name, mine[name], None if mine is baseline else baseline[name])
        for label, mine in grids.items()
        for name in SERIES
    ]
    return pd.concat(parts, ignore_index=True)[[one.name for one in COLUMNS]]


def _grids(timeline: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return every series as replications × weeks."""
    wide = timeline.pivot(index="replication", columns="week", values=list(SERIES))
    return {name: pd.DataFrame(wide[name]) for name in SERIES}


def _rows(label: str, series: str, values: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    found = {"alternative": label, "series": series, "week": values.columns.to_numpy(), **_spread(values.to_numpy())}
    changes = np.full(values.shape, np.nan)
    if before is not None:
        changes = (values - before).reindex(index=values.index, columns=values.columns).to_numpy()
    return pd.DataFrame(found | _interval(changes))


def _spread(values: Grid) -> dict[str, Grid]:
    """Return mean and quantiles of each column; NaN where it has no numbers."""
    known = ~np.isnan(values).all(axis=0)
    mean, low, high = np.full((3, values.shape[1]), np.nan)
    if known.any():
        mean[known] = np.nanmean(values[:, known], axis=0)
        low[known], high[known] = np.nanquantile(values[:, known], QUANTILES, axis=0)
    return {"mean": mean, "q10": low, "q90": high}


def _interval(changes: Grid) -> dict[str, Grid]:
    """Return mean and t interval of each column; the limits are NaN where fewer than two numbers are known."""
    counts = (~np.isnan(changes)).sum(axis=0)
    mean, half = np.full((2, changes.shape[1]), np.nan)
    some, enough = counts > 0, counts > 1
    mean[some] = np.nanmean(changes[:, some], axis=0)
    error = np.nanstd(changes[:, enough], axis=0, ddof=1) / np.sqrt(counts[enough])
    half[enough] = stdtrit(counts[enough] - 1.0, 0.5 + LEVEL / 2) * error
    return {"difference": mean, "single_low": mean - half, "single_high": mean + half}
