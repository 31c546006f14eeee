"""Tables as files: CSV that a spreadsheet opens by double click, and in which it finds data only; and Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from sim.characters import as_cell
from sim.files import whole


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table in UTF-8 with the byte order mark by which a spreadsheet knows it.

    A text that would be taken for a formula gets an apostrophe before it, and nothing in it is hidden; numbers are
    written as they are.
    """
    write_csv_of([frame], path)


def write_csv_of(parts: Iterable[pd.DataFrame], path: Path) -> None:
    """Write a table of which only some rows are held at a time; there is a part also where there is no row."""
    with whole(path) as place, place.open("w", encoding="utf-8-sig", newline="") as file:
        for number, part in enumerate(parts):
            _harmless(part).to_csv(file, index=False, header=number == 0, lineterminator="\n")


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet, which keeps every number and its kind."""
    with whole(path) as place, place.open("wb") as file:
        frame.to_parquet(file)


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    columns = [column if is_numeric_dtype(column) else column.map(_as_data) for _, column in frame.items()]
    safe = pd.concat(columns, axis=1) if columns else frame.copy()
    return safe.set_axis([_as_data(name) for name in frame.columns], axis=1)


def _as_data(value: Any) -> Any:
    return as_cell(value) if isinstance(value, str) else value
