"""The tables of a comparison: those of the runs behind it, averaged over replications, by alternative."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from sim.results import RunResult
from sim.study.statistics import mean_bands
from sim.tables import TABLES, Column, Makers, Table

ALTERNATIVE = Column("alternative", "name")
"""What tells the rows of a comparison's tables apart, where a run's have the replication."""


def digests_of(runs: Mapping[str, RunResult]) -> Makers:
    """Return what makes every table that has a mean, by name.

    Those with no other key are indexed by the alternative.
    """
    return {
        name: partial(_digest, table, runs)
        for name, table in TABLES.items()
        if table.over and not table.by_name and all(name in run.tables for run in runs.values())
    }


def _digest(table: Table, runs: Mapping[str, RunResult]) -> pd.DataFrame:
    frames = {label: _mean(table, run.tables[table.name]) for label, run in runs.items()}
    whole = pd.concat(frames, names=[ALTERNATIVE.name])
    if not table.keys:
        return whole.droplevel(-1)
    return whole.reset_index(level=0).reset_index(drop=True)


def _mean(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    if table.over == "bands":
        scales = {one.name: one.scale for one in table.columns}
        return mean_bands(frame, table.keys[0].name, scales)
    values = [one.name for one in table.columns if one.name in frame]
    if not table.keys:
        return frame[values].mean().to_frame().T
    keys = [one.name for one in table.keys]
    means = frame.groupby(keys, sort=False, observed=True)[values].mean().dropna(how="all").reset_index()
    return means.astype(dict.fromkeys((one.name for one in table.keys if one.dtype == "name"), object))
