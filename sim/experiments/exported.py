"""Results of an experiment as other tools take them: SQL, data beyond memory, the EMA workbench."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from sim.experiments import workbench
from sim.experiments.columns import POINT, REPLICATION
from sim.experiments.querying import answer
from sim.experiments.store import RUNS
from sim.experiments.stored import Stored

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset


class Exported(Stored):
    """An experiment in a folder, for other tools."""

    def groups(self, name: str = RUNS) -> Iterator[pa.Table]:
        """Yield a table as it is stored, some rows at a time; first one without rows.

        Parameters
        ----------
        name : str
            ``runs``, or one of `tables`.

        Returns
        -------
        iterator of pyarrow.Table
            In the order in which blocks are stored.

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

        Returns
        -------
        pyarrow.dataset.Dataset
            Of the files as they are.

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

        Returns
        -------
        DataFrame
            Its rows; columns that are called the same get a number behind.

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

        Returns
        -------
        context of pyarrow.RecordBatchReader
            Yields record batches as long as it is open.

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
        runs = self._frame(RUNS, [POINT, REPLICATION, *chosen])
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
