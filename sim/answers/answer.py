"""What all answers have in common: tables of facts by name, which are told in sentences and drawn in both languages."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from sim.drawn import Drawn, Only
from sim.study.plain import plain_data
from sim.words.environment import of_environment, spoken


class Answer(ABC):
    """An answer: facts as tables, and words and pictures made of them.

    Attributes
    ----------
    kind
        What it answers; the module of `sim.report.answers` that tells it has this name.
    """

    kind: ClassVar[str]

    @property
    @abstractmethod
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name: tidy tables, which words, pictures, reports and the page are made of."""

    @property
    @abstractmethod
    def about(self) -> Mapping[str, Any]:
        """What was asked, and what it took: organization, seed, runs, settings; plain data."""

    def summary(self, lang: str | None = None) -> list[str]:
        """Return the answer in sentences.

        Parameters
        ----------
        lang : {"en", "zh"}, optional
            The language; that of the environment, where nothing is said.

        Returns
        -------
        list of str
            The answer first, then what it stands on and what remains unsure.

        Examples
        --------
        >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
        >>> len(found.summary()) > 2
        True
        """
        from sim.report.answers.page import sections_of  # how answers are told loads only where they are

        return [sentence for _, said in sections_of(self, spoken(lang)) for sentence in said]

    def plot(self, folder: str | os.PathLike[str], lang: str | None = None, only: Only = None) -> Drawn:
        """Draw the figures into a folder, as PNG and as SVG.

        Parameters
        ----------
        folder : str or path
            Where to; made if need be.
        lang : {"en", "zh"}, optional
            The language of titles and labels; that of the environment, where nothing is said.
        only : str or list of str, optional
            The figures that are drawn, by the names of their files (without their ending); all, where nothing is said.

        Returns
        -------
        Drawn
            The files, as a list; a notebook shows the pictures.

        Raises
        ------
        OSError
            If they cannot be written.
        ValueError
            If there is no figure of such a name.

        Examples
        --------
        >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
        >>> {path.suffix for path in found.plot("figures")} <= {".png", ".svg"}
        True
        """
        from sim.report.answers.page import draw_answer

        return draw_answer(self, Path(folder), spoken(lang), only)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain data: what was asked and every table as a list of rows; unknown numbers are None.

        Returns
        -------
        dict
            ``kind``, what `about` says, and ``tables``.

        Examples
        --------
        >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
        >>> found.to_json()["tables"]["budgets"][1]["chosen"]
        'shared_kpi'
        """
        rows = {name: table.astype(object).where(table.notna(), None) for name, table in self.tables.items()}
        tables = {name: one.to_dict("records") for name, one in rows.items()}
        public: dict[str, Any] = plain_data({"kind": self.kind, **self.about, "tables": tables})
        return public

    def _repr_html_(self) -> str:
        from sim.report.answers.page import html_of_answer

        return html_of_answer(self, of_environment(os.environ))
