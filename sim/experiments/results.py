"""What an experiment found, as far as it is done."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from sim.experiments import shapes, workbench
from sim.experiments.columns import POINT
from sim.experiments.querying import answer
from sim.experiments.sound import together
from sim.experiments.store import RUNS
from sim.experiments.stored import AT_ONCE, Stored

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

_KEYS = ["point", "replication", "error"]


class Results(Stored):
    """The results of an experiment in a folder, as they were when they were first read.

    Nothing is written, and another process may write into the folder at the same time: what is finished by then is
    there. What is damaged is left out, and a warning says so.

    Parameters
    ----------
    folder : str or path
        The store.

    Raises
    ------
    StoreError
        If there are no results in the folder, or such that another version has written.

    Examples
    --------
    >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
    >>> found = sim.experiment(asked, "trust")
    >>> found
    Results(experiment: 8 of 8 runs at 2 points)
    >>> found.points["raci"].tolist(), found.runs.shape[0], len(found.errors)
    ([False, True], 8, 0)
    """

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row for each run, by point and replication: its error if it failed, and a column for each measure."""
        return shapes.in_order(self._frame(RUNS))

    @property
    def data(self) -> pd.DataFrame:
        """The runs, with organization and factors of their point behind its number."""
        return shapes.with_factors(self.points, self.runs)

    @property
    def errors(self) -> pd.DataFrame:
        """The runs that failed, with a sentence each."""
        return self.runs.loc[self.runs["error"].notna(), _KEYS]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table that is kept beside the measures.

        Parameters
        ----------
        name : str
            One of `tables`.

        Returns
        -------
        DataFrame
            Columns ``point`` and ``replication``, then those that the table has in `sim.tables`. A run that failed has
            no rows.

        Raises
        ------
        TextError
            If no such table is kept.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "replications": 2, "tables": ["ledger"]}
        >>> found = sim.experiment(asked, "where time goes")
        >>> found.table("ledger").shape[0]
        2
        """
        return self._frame(self._known(name))

    def tidy(self, measures: Iterable[str] | None = None) -> pd.DataFrame:
        """Return measures in long form, a row for each run and measure.

        Parameters
        ----------
        measures : sequence of str, optional
            Their names; those that the experiment is about, or all where it names none.

        Returns
        -------
        DataFrame
            Columns ``point``, ``scenario``, the factors, ``replication``, ``measure`` and ``value``, in the unit of the
            measure; NaN where it is not defined. A run that failed has no rows.

        Raises
        ------
        TextError
            If there is no such measure.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> found.tidy(["trust"]).columns.tolist()
        ['point', 'scenario', 'raci', 'replication', 'measure', 'value']
        """
        chosen = self._chosen(measures)
        return shapes.long(self.points, self._frame(RUNS, [*_KEYS, *chosen]), chosen)

    def measure(self, name: str) -> pd.DataFrame:
        """Return a measure, all points side by side: a row of it is what the same luck brought to each.

        Parameters
        ----------
        name : str
            The measure.

        Returns
        -------
        DataFrame
            Index replication, a column for each point, in the unit of the measure; NaN where it is not defined, or the
            run failed or is not made.

        Raises
        ------
        TextError
            If there is no such measure.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> trust = found.measure("trust")
        >>> bool((trust[1] > trust[0]).all())
        True
        """
        (chosen,) = self._chosen([name])
        return shapes.side_by_side(self._frame(RUNS, [*_KEYS[:2], chosen]), chosen)

    def iter_runs(self, measures: Iterable[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the runs some at a time, as they are stored, so that they need no more memory than these.

        Parameters
        ----------
        measures : sequence of str, optional
            Their names; all, where nothing is said.

        Yields
        ------
        DataFrame
            Columns ``point``, ``replication``, ``error``, and the measures; rounds of replications one after another.

        Raises
        ------
        TextError
            If there is no such measure.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> sum(len(part) for part in found.iter_runs(["trust"]))
        8
        """
        columns = [*_KEYS, *self._chosen(self.measures if measures is None else measures)]
        for table in together(self._opened.groups(RUNS, columns), AT_ONCE):
            if table.num_rows:
                yield table.to_pandas()

    def groups(self, name: str = RUNS) -> Iterator[pa.Table]:
        """Yield a table as it is stored, some rows at a time; first one without rows.

        Parameters
        ----------
        name : str
            ``runs``, or one of `tables`.

        Raises
        ------
        TextError
            If there is no such table.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> sum(part.num_rows for part in found.groups())
        8
        """
        return self._opened.groups(self._known(name))

    def dataset(self, name: str = RUNS) -> Dataset:
        """Return a table as ``pyarrow`` takes it for data beyond memory.

        Parameters
        ----------
        name : str
            ``runs``, or one of `tables`.

        Raises
        ------
        TextError
            If there is no such table.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> found.dataset().count_rows()
        8
        """
        from pyarrow import dataset

        held = self._opened.held(self._known(name))
        return dataset.dataset(list(map(str, held.files)), schema=held.schema, format="parquet")

    def query(self, sql: str, memory: str | None = None) -> pd.DataFrame:
        """Return what a question in SQL finds, of any number of runs.

        Parameters
        ----------
        sql : str
            One statement that selects, in the SQL of DuckDB. There are the tables ``points``, ``runs``, ``data`` (runs
            with the factors of their points), ``errors``, ``long`` (a row for each run and measure) and those of
            `tables`. What is not defined is null.
        memory : str, optional
            The most memory that is used, such as ``2GB``; what needs more goes through temporary files.

        Raises
        ------
        TextError
            If it has no answer, or DuckDB is not installed.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> found.query("select raci, count(*) as runs from data group by raci order by raci").values.tolist()
        [[False, 4], [True, 4]]
        """
        with self.answer(sql, memory) as reader:
            found: pd.DataFrame = reader.read_all().to_pandas()
            return found

    @contextlib.contextmanager
    def answer(self, sql: str, memory: str | None = None) -> Iterator[pa.RecordBatchReader]:
        """Give what `query` finds, some rows at a time.

        Parameters
        ----------
        sql, memory : str
            As in `query`.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> with found.answer("select * from long") as parts:
        ...     rows = sum(part.num_rows for part in parts)
        >>> rows == 8 * len(found.measures)
        True
        """
        with answer(self._opened.asked(), sql, memory) as reader:
            yield reader

    def ema(self, measures: Iterable[str] | None = None, *, mean: bool = False) -> tuple[pd.DataFrame, dict[str, Any]]:
        """Return experiments and outcomes, as analyses of the EMA workbench take them.

        Parameters
        ----------
        measures : sequence of str, optional
            Which become outcomes; by default all.
        mean : bool
            Whether outcomes are means over replications.

        Returns
        -------
        experiments : DataFrame
            A row for each point that has runs: its factors, then ``scenario`` (the point), ``policy`` (``none``) and
            ``model`` (the organization).
        outcomes : dict of array
            By measure a row for each experiment, and a column for each replication unless they are means; NaN where a
            measure is not defined, or a run failed or is not made.

        Raises
        ------
        TextError
            If there is no such measure.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> experiments, outcomes = found.ema(["trust"])
        >>> experiments["raci"].tolist(), outcomes["trust"].shape
        ([False, True], (2, 4))
        """
        chosen = self._chosen(self.measures if measures is None else measures)
        runs = self._frame(RUNS, [*_KEYS[:2], *chosen])
        points = self.points[self.points.index.isin(runs[POINT])]
        outcomes = workbench.outcomes_of(runs, list(points.index), chosen, mean)
        return workbench.experiments_of(points, self.factors), outcomes

    def save_ema(self, path: str | os.PathLike[str], *, mean: bool = False) -> None:
        """Write what `ema` returns into a file (tar.gz) that ``ema_workbench.load_results`` reads.

        Parameters
        ----------
        path : str or path
            The file.
        mean : bool
            Whether outcomes are means over replications.

        Raises
        ------
        OSError
            If it cannot be written.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> found.save_ema("trust.tar.gz", mean=True)
        """
        workbench.save(*self.ema(mean=mean), Path(path))


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
