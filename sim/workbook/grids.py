"""A filled workbook as grids, as if it had been written and opened again: what a writer lays out."""

from __future__ import annotations

from sim.workbook.columns import Sheet, called, heading, names_for
from sim.workbook.filled import Filled
from sim.workbook.grid import Grid, Value
from sim.workbook.layout import sheets


def grids_of(filled: Filled, file: str = "workbook") -> tuple[Grid, ...]:
    """Return the sheets of a filled workbook as grids."""
    return tuple(grid_of(filled, sheet, file) for sheet in sheets() if sheet.always or filled.rows[sheet.key])


def grid_of(filled: Filled, sheet: Sheet, file: str = "workbook") -> Grid:
    """Return one sheet as a grid."""
    cells: dict[tuple[int, int], Value] = {}
    if sheet.form == "settings":
        (row,) = filled.rows[sheet.key]
        for place, column in enumerate(sheet.columns):
            cells[place + 1, 0] = heading(sheet, column).get(filled.lang)
            if column.key in row:
                cells[place + 1, 1] = row[column.key]
    else:
        heads = filled.heads(sheet)
        for at, head in enumerate(heads):
            cells[0, at] = filled.heading(sheet, head).get(filled.lang)
            for place, row in enumerate(filled.rows[sheet.key]):
                if head.key in row:
                    cells[place + 1, at] = row[head.key]
    return Grid(file, called(names_for(sheet)).get(filled.lang), cells)
