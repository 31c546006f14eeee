"""Published figures of other simulators on well-known logs: numbers with their sources, and no log."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

from sim.answers.judge.distances import DISTANCES
from sim.spec.findings import TextError
from sim.words import Text, series, words
from sim.words.system import why_not

texts = words("judge")

SHIPPED = Path(__file__).with_name("published.csv")
"""E1 of `analysis_notebooks/evaluation_significance.ipynb` of AgentSimulator: ten simulated logs each, mean and
standard deviation, by log-distance-measures 2.0.0: begins and ends, hours, bins of an hour."""

COLUMNS = ("measure", "method", "mean", "sd", "source")


def published(name: str | None, file: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return what was published of a log.

    Parameters
    ----------
    name : str or None
        The log, as the table calls it; it is never guessed. None: nothing.
    file : path, optional
        A table with the columns ``log``, ``method``, ``NGD``, ``AED``, ``CED``, ``RED``, ``CTD``, and if they are known
        ``NGD_sd`` and so on, and ``source``; the one that comes along, where nothing is said.

    Raises
    ------
    TextError
        If the table cannot be read, or does not have the log.
    """
    if name is None:
        if file is not None:
            raise TextError(texts.PUBLISHED_WHICH.format(file=file, logs=series(_names(_read(Path(file))))))
        return pd.DataFrame(columns=list(COLUMNS))
    table = _read(Path(file) if file is not None else SHIPPED)
    mine = table[table["log"].str.casefold() == name.casefold()]
    if mine.empty:
        raise TextError(texts.PUBLISHED_UNKNOWN.format(found=name, logs=series(_names(table))))
    rows = [
        {"measure": measure, "method": str(row["method"]), "mean": row[measure.upper()],
         "sd": row.get(f"{measure.upper()}_sd", np.nan), "source": str(row.get("source", file or SHIPPED.name))}
        for _, row in mine.iterrows()
        for measure in DISTANCES
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _names(table: pd.DataFrame) -> list[Text]:
    return [Text(one, one) for one in dict.fromkeys(table["log"])]


def _read(file: Path) -> pd.DataFrame:
    needed = ["log", "method", *(one.upper() for one in DISTANCES)]
    try:
        table = pd.read_csv(file, dtype={"log": str, "method": str})
    except OSError as error:
        raise TextError(texts.PUBLISHED_UNREAD.format(file=file, why=why_not(error))) from error
    except (ValueError, pd.errors.ParserError) as error:
        raise TextError(texts.PUBLISHED_NO_TABLE.format(file=file)) from error
    for name in needed:
        if name not in table:
            raise TextError(texts.PUBLISHED_COLUMN.format(file=file, column=name))
    for measure in DISTANCES:
        numbers = pd.to_numeric(table[measure.upper()], errors="coerce")
        if numbers.isna().any():
            row = int(np.flatnonzero(numbers.isna())[0])
            found = table[measure.upper()].iloc[row]
            raise TextError(texts.PUBLISHED_CELL.format(file=file, row=row + 2, column=measure.upper(), found=found))
        table[measure.upper()] = numbers
    return table.dropna(subset=["log"])
