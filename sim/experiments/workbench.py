"""Results in the form of the EMA workbench: a table of experiments, and an array for each outcome."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.files import whole

VERSION = 0.1
"""Of the form of the file, as the workbench counts it."""

Outcomes = Mapping[str, Any]
"""Arrays by measure: a row for each experiment, and a column for each replication unless it is their mean."""

_OWN = {"scenario": "int64", "policy": "object", "model": "object"}
"""Columns that the workbench has beside the factors: our points, what it calls policies, our organizations."""


def experiments_of(points: pd.DataFrame, factors: Sequence[str]) -> pd.DataFrame:
    """Return the experiments: where the factors stand, and which point of which organization it is.

    Parameters
    ----------
    points
        The points, by number.
    factors
        The columns that are varied; those of an organization of its own kind that are called as one of the workbench's
        get a line behind.

    Returns
    -------
    DataFrame
        A column for each factor, then ``scenario`` (the point), ``policy`` (``none``) and ``model`` (the organization).
    """
    found = {_free(name): points[name].array for name in factors}
    own = {"scenario": points.index.to_numpy(), "policy": "none", "model": points["scenario"].array}
    frame = pd.DataFrame(found | own, index=range(len(points)))
    texts = [name for name, kind in frame.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    return frame.astype(dict.fromkeys(texts, object))


def _free(name: str) -> str:
    return f"{name}_" if name in _OWN else name


def outcomes_of(runs: pd.DataFrame, points: Sequence[int], measures: Sequence[str], mean: bool) -> dict[str, Any]:
    """Return the outcomes, NaN where a run failed or was not made.

    Parameters
    ----------
    runs
        The runs.
    points
        The points, in the order of the experiments.
    measures
        Which of them.
    mean
        Whether replications are averaged; those where it is not defined are left out.
    """
    place = pd.Index(points).get_indexer(pd.Index(runs["point"]))
    replications, column = np.unique(runs["replication"].to_numpy(), return_inverse=True)
    found = {}
    for name in measures:
        values = np.full((len(points), len(replications)), np.nan)
        values[place, column] = runs[name].to_numpy(dtype=float)
        found[name] = _means(values) if mean else values
    return found


def _means(values: Any) -> Any:
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(known, values, 0.0).sum(axis=1) / np.where(count, count, np.nan)


def save(experiments: pd.DataFrame, outcomes: Outcomes, path: Path) -> None:
    """Write a file that ``ema_workbench.load_results`` reads; the same results give the same bytes."""
    listed = []
    with (
        whole(path) as place,
        place.open("wb") as raw,
        gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        columns = [experiments[name] for name in experiments]
        _add(archive, "experiments.csv", _csv([list(experiments), *zip(*columns, strict=True)]))
        for name, values in outcomes.items():
            kind, file = ("ScalarOutcome", f"{name}.cls") if values.ndim == 1 else ("ArrayOutcome", f"{name}.csv")
            listed.append((kind, name, file))
            _add(archive, file, _csv(values.reshape(len(values), -1).tolist()))
        kinds = {name: str(kind) for name, kind in experiments.dtypes.items()}
        told = {"version": VERSION, "outcomes": listed, "experiments": kinds}
        _add(archive, "metadata.json", json.dumps(told))


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as the workbench reads them: numbers to the bit, nothing where there is none."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerows([None if value != value else value for value in row] for row in rows)
    return held.getvalue()


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    held = text.encode("utf-8")
    entry = tarfile.TarInfo(name)
    entry.size = len(held)
    archive.addfile(entry, io.BytesIO(held))
