"""Workbooks as rows: the sheet on which events stand."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from sim.eventlog.reading.source import Held as Rows
from sim.eventlog.reading.source import unlike
from sim.eventlog.reading.streams import Held
from sim.spec.findings import shortened
from sim.spec.nearest import did_you_mean
from sim.words import series, words
from sim.workbook.grid import Grid, Value
from sim.workbook.limits import Limits
from sim.workbook.opened import grids_of
from sim.workbook.refused import refused

texts = words("logread")

LIMITS = Limits(
    file=60_000_000, unpacked=400_000_000, elements=8_000_000, rows=300_000, columns=500, cells=2_000_000,
    letters=100_000_000,
)  # fmt: skip
"""How much of a workbook with events is read; what is longer stands better in a table in text."""

_LOOKED_AT = 20
"""Rows from above among which the names of columns stand."""


def sheet_rows(held: Held, asked: str | None) -> Rows:
    """Return the rows of a sheet: the one that is asked for, or the first that has a table."""
    grids = grids_of(held.path, LIMITS)
    tables = [one for one in grids if _is_table(one)]
    if asked is not None:
        chosen = [one for one in grids if one.sheet.casefold() == asked.casefold()]
        if not chosen:
            names = [one.sheet for one in grids]
            facts = {"found": shortened(asked), "sheets": series(names, 20), "hint": did_you_mean(asked, names)}
            raise refused(held.name, texts.NO_SHEET.format(**facts))
        tables = [one for one in chosen if _is_table(one)]
    if not tables:
        raise refused(held.name, texts.NO_TABLE)
    return _rows(tables[0], len(grids))


def _is_table(grid: Grid) -> bool:
    columns = {column for _, column in grid.cells}
    return len(columns) > 1 and len({row for row, _ in grid.cells}) > 1


def _rows(grid: Grid, sheets: int) -> Rows:
    rows = list(grid.rows)
    top = rows[:_LOOKED_AT]
    widest = max(len(cells) for _, cells in top)
    head = next(place for place, (_, cells) in enumerate(top) if len(cells) * 2 > widest)
    columns = sorted(rows[head][1])
    names = unlike([_text(rows[head][1][column]) for column in columns])
    below = rows[head + 1 :]
    frame = pd.DataFrame(
        [[_text(cells.get(column)) for column in columns] for _, cells in below], columns=names, dtype=object
    )
    numbers = [row for row, _ in below]
    places = dict(zip(names, columns, strict=True))
    notes = [texts.SHEET.format(sheet=grid.sheet)] if sheets > 1 else []
    return Rows(grid.file, frame, lambda row, name: grid.where(numbers[row], places[name]), notes)


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat()
