"""What an experiment found, as far as it is done."""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from sim.experiments.experiment import Experiment
from sim.experiments.store import MANIFEST, POINTS, RUNS


class Results:
    """The results of an experiment in a folder.

    Parameters
    ----------
    folder : str or path
        The store.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was asked, of which organizations, with which version."""
        found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return found

    @cached_property
    def experiment(self) -> Experiment:
        """What the file says."""
        return Experiment.model_validate(self.manifest["experiment"])

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row for each point: organization, and where every factor stands."""
        found: pd.DataFrame = pq.read_table(self.folder / POINTS).to_pandas()
        return found.set_index("point")

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row for each run: point, replication, error, and a column for each measure."""
        found: pd.DataFrame = pq.read_table(self.folder / RUNS).to_pandas()
        return found

    @property
    def errors(self) -> pd.DataFrame:
        """The runs that failed, with a sentence each."""
        return self.runs.loc[self.runs["error"].notna(), ["point", "replication", "error"]]


def open_experiment(folder: str | os.PathLike[str]) -> Results:
    """Return the results of an experiment that stand in a folder, finished or not.

    Parameters
    ----------
    folder : str or path
        The folder that ``deptsim experiment`` or ``sim.experiment`` has written, or writes at the moment.

    Returns
    -------
    Results
        As far as they are there.

    Raises
    ------
    StoreError
        If there are no results in it, or such that another version has written.

    Examples
    --------
    >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
    >>> found = sim.experiment(asked, "trust")
    >>> sim.open_experiment("trust").runs.equals(found.runs)
    True
    """
    return Results(folder)
