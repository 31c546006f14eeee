"""Week by week: how far replications spread, and what an alternative changes, pair by pair.

`timeline` of a comparison says how sure the mean of a week is; here is how much one year differs from another (eight of
ten lie between the quantiles), and the change under the same luck, which is far less uncertain than the difference of
two means. Intervals hold for one week of one series alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.results import RunResult
from sim.study.statistics import mean_bands
from sim.tables import TABLES, WEEK, Column

QUANTILES = {"q10": 0.1, "q90": 0.9}
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
    timelines = {label: run.tables["timeline"].set_index(["replication", WEEK.name]) for label, run in runs.items()}
    baseline = next(iter(timelines.values()))
    nothing = baseline * np.nan
    parts = [
        _rows(label, mine, nothing if mine is baseline else (mine - baseline).reindex(mine.index))
        for label, mine in timelines.items()
    ]
    return pd.concat(parts, ignore_index=True)[[one.name for one in COLUMNS]]


def _rows(label: str, values: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one alternative from its values and its changes, by replication and week."""
    by_week = values.groupby(level=WEEK.name)[list(SERIES)]
    found = {"mean": by_week.mean(), **{name: by_week.quantile(share) for name, share in QUANTILES.items()}}
    rows = pd.DataFrame({name: one.melt()["value"] for name, one in found.items()})
    bands = mean_bands(changes.reset_index(), WEEK.name, dict.fromkeys(SERIES, "any"))
    change = bands.rename(columns={"mean": "difference", "low": "single_low", "high": "single_high"})
    return pd.concat([rows, change], axis=1).assign(alternative=label)
