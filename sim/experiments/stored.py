"""What a store tells of an experiment: what was asked, its points, and how far it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from sim.experiments.columns import POINT
from sim.experiments.experiment import Experiment
from sim.experiments.opening import Opened
from sim.experiments.sound import together
from sim.experiments.store import RUNS
from sim.notices import language
from sim.spec.findings import TextError, one_of
from sim.words import words

texts = words("results")

AT_ONCE = 10_000
"""Rows that are given at a time where there are more."""


class Stored:
    """An experiment in a folder, as far as it is done; nothing is written there.

    Parameters
    ----------
    folder : str or path
        The store.

    Raises
    ------
    StoreError
        If there are no results in the folder, or such that another version has written.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._opened = Opened(Path(folder))

    def __repr__(self) -> str:
        """Return what it is of, and how far it is."""
        wanted = f" of {self.wanted}" if self.wanted is not None else ""
        name = self.manifest["experiment"].get("name", "experiment")
        kind = type(self).__name__
        return f"{kind}({name}: {self.done}{wanted} runs at {self.manifest['points']} points)"

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._opened.folder

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was asked, of which organizations, with which version."""
        return self._opened.manifest

    @property
    def experiment(self) -> Experiment:
        """What the file says."""
        return self._opened.experiment

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of every run, in the order of their columns."""
        return tuple(self.manifest["measures"])

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are kept beside the measures of runs."""
        return self._opened.tables

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row for each point, by its number: organization, where every factor stands, and what the design tells."""
        found: pd.DataFrame = self._opened.points.to_pandas()
        return found.set_index(POINT)

    @property
    def factors(self) -> tuple[str, ...]:
        """The columns of points in which the factors stand."""
        named = self.manifest["experiment"]["factors"]
        return tuple(name for name in self.points.columns if name in named)

    @property
    def done(self) -> int:
        """How many runs are there, those that failed among them."""
        return self._opened.done

    @property
    def wanted(self) -> int | None:
        """How many runs there are to be; None as long as a stopping rule has not decided it."""
        return self._opened.wanted

    @property
    def failed(self) -> int:
        """How many of the runs that are there failed."""
        return self._opened.failed

    @property
    def complete(self) -> bool:
        """Whether every run is there."""
        return self._opened.complete

    @property
    def files(self) -> int:
        """How many files of rows there are."""
        return self._opened.files

    @property
    def damage(self) -> tuple[str, ...]:
        """A sentence for each file that is damaged, after every file was looked at."""
        return tuple(one.get(language()) for one in self._opened.every_damage())

    def _chosen(self, measures: Iterable[str] | None) -> list[str]:
        """Return measures by their names; those that the experiment is about, or all, where nothing is said."""
        named = [one for one in self.manifest["experiment"].get("measures", ()) if one in self.measures]
        chosen = (named or list(self.measures)) if measures is None else list(measures)
        for name in chosen:
            if name not in self.measures:
                raise TextError(texts.UNKNOWN_MEASURE.format(name=name, known=one_of(name, self.measures)))
        return chosen

    def _known(self, name: str) -> str:
        """Return the name of a table that is there."""
        if name != RUNS and name not in self.tables:
            raise TextError(texts.UNKNOWN_TABLE.format(name=name, known=one_of(name, (RUNS, *self.tables))))
        return name

    def _frame(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        parts = [one.combine_chunks() for one in together(self._opened.groups(name, columns), AT_ONCE)]
        found = pa.concat_tables(parts)
        del parts  # each column is let go of once it stands in the frame
        frame: pd.DataFrame = found.to_pandas(split_blocks=True, self_destruct=True)
        return frame
