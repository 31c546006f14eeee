"""What an experiment found, as far as it is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.drawn import Drawn, Only
from sim.experiments import shapes
from sim.experiments.effects import Effects, effects
from sim.experiments.exported import Exported
from sim.experiments.public import results_data
from sim.experiments.recalled import Recalled
from sim.experiments.sound import together
from sim.experiments.store import RUNS
from sim.experiments.stored import AT_ONCE
from sim.words.environment import of_environment, spoken

_KEYS = ["point", "replication", "error"]


class Results(Exported):
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

        Returns
        -------
        iterator of DataFrame
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

    @cached_property
    def recalled(self) -> Recalled:
        """Its organizations, factors and measures, as far as what its file names is still to be had."""
        return Recalled(self.experiment, self.manifest, self.points)

    def effects(self, measures: str | Iterable[str] | None = None) -> Effects:
        """Return what factors do, each alone and two together, paired by replication.

        Parameters
        ----------
        measures : str or sequence of str, optional
            Of which measures; without any, those that the answer is about.

        Returns
        -------
        Effects
            ``table`` has a row for each organization, measure and effect with mean, 95 % interval and p, corrected for
            all rows; ``values`` the same by replication. See `sim.experiments.effects.effects`.

        Raises
        ------
        TextError
            If there is no such measure, or a factor has more values than levels can be, as where a range is sampled.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> found.effects("on_time_target").table["effect"].tolist()
        ['raci']
        """
        named = [measures] if isinstance(measures, str) else measures
        chosen = self._chosen(self.recalled.measures if named is None else named)
        return effects(self.points, self.runs, self.recalled.axes, chosen)

    def to_json(self) -> dict[str, Any]:
        """Return the results in their public form, as plain data; numbers that are not defined are None.

        Returns
        -------
        dict
            What was asked, how far it is, ``means`` of the points and ``effects``, where the design has any.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> sim.experiment(asked, "trust").to_json()["runs"]
        8
        """
        return results_data(self)

    def summary(self, lang: str | None = None) -> list[str]:
        """Return what was found, in sentences.

        Parameters
        ----------
        lang : {"en", "zh"}, optional
            The language; that of the environment, where nothing is said.

        Returns
        -------
        list of str
            The question; the answer with its interval; what was run; the strongest effects; which two do more or less
            together; what cannot be told apart, or from zero, and what it would take; the method.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> len(found.summary()) > 3
        True
        """
        from sim.report.experiments.summary import summary  # how results are shown loads only where they are

        return summary(self, spoken(lang))

    def plot(self, folder: str | os.PathLike[str], lang: str | None = None, only: Only = None) -> Drawn:
        """Draw the figures that fit the design into a folder, as PNG and as SVG.

        Parameters
        ----------
        folder : str or path
            Where to; made if need be.
        lang : {"en", "zh"}, optional
            The language of titles and labels; that of the environment, where nothing is said.
        only : str or list of str, optional
            The figures that are drawn, by the names of their files ("effects"); all, where nothing is said.

        Returns
        -------
        Drawn
            The files, as a list; none where nothing that was measured is known or changed. A notebook shows the
            pictures.

        Raises
        ------
        OSError
            If they cannot be written.
        ValueError
            If there is no figure of such a name.

        Examples
        --------
        >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 4}
        >>> found = sim.experiment(asked, "trust")
        >>> {path.suffix for path in found.plot("figures")} == {".png", ".svg"}
        True
        """
        from sim.report.experiments.figures import draw_experiment

        return draw_experiment(self, Path(folder), spoken(lang), only)

    def _repr_html_(self) -> str:
        from sim.report.experiments.notebook import html_of_experiment

        return html_of_experiment(self, of_environment(os.environ))


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
