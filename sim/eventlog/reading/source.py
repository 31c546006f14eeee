"""Where the rows of a log come from, whatever kind of file it is: their columns, a sample of them, and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd

from sim.words import Text

_SAMPLE, _CELLS, _LEAST = 5_000, 200_000, 100


def sampled(columns: int) -> int:
    """Return how many rows are looked at to see what columns hold: fewer where there are hundreds of columns."""
    return max(_LEAST, min(_SAMPLE, _CELLS // max(columns, 1)))


class Source(Protocol):
    """Rows with named columns; every value is a text, empty where nothing is said."""

    file: str
    notes: list[Text]
    about: Mapping[str, str]
    """What the file says of the log as a whole: its ``zone``, and ``until`` when it was taken."""

    @property
    def names(self) -> Sequence[str]:
        """The columns."""

    @property
    def sample(self) -> pd.DataFrame:
        """The first rows."""

    def load(self, names: Sequence[str], rows: Sequence[int] | None = None) -> pd.DataFrame:
        """Return some columns of all rows, or of those of some numbers, in order."""

    def place(self, row: int, name: str) -> int | str:
        """Return where a row stands: its line, or the cell of a column in it."""


@dataclass
class Held:
    """Rows that are in memory."""

    file: str
    frame: pd.DataFrame
    where: Callable[[int, str], int | str]
    notes: list[Text] = field(default_factory=list)
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Sequence[str]:
        """The columns."""
        return list(self.frame.columns)

    @property
    def sample(self) -> pd.DataFrame:
        """The first rows."""
        return self.frame.head(sampled(len(self.frame.columns)))

    def load(self, names: Sequence[str], rows: Sequence[int] | None = None) -> pd.DataFrame:
        """Return some columns of all rows, or of those of some numbers, in order."""
        return self.frame[list(names)] if rows is None else self.frame[list(names)].iloc[list(rows)]

    def place(self, row: int, name: str) -> int | str:
        """Return where a row stands."""
        return self.where(row, name)


def unlike(names: Sequence[str]) -> list[str]:
    """Return names of columns of which none is as another: the second of one name is ``name.2``."""
    seen: dict[str, int] = {}
    found = []
    for place, one in enumerate(names):
        name = one.strip() or f"column {place + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return found


def filled(values: pd.Series) -> np.ndarray:
    """Return in which rows of a column something is said."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        said = np.append(~values.cat.categories.isin(NOTHING), False)
        return np.asarray(said[values.cat.codes])
    return np.asarray(~values.isin(NOTHING) & values.notna())


NOTHING = ("", "NULL", "null", "None", "none", "NaN", "nan", "NaT", "-", "N/A", "n/a", "#N/A", "NA", "MISSING")
"""What programs write where nothing is known."""
