"""The cells of a workbook or a table in text, whatever kind of file they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

Value = str | float | bool | date | time
"""What stands in a cell; texts are as people wrote them, without blanks around them, and never empty."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Attributes
    ----------
    file, sheet
        What people call the file and the sheet; the sheet of a text table is its file's name without ending.
    cells
        Values by row and column, both from 0. Empty cells are not there. What is merged stands in every cell of it.
    formulas
        Where formulas stand, whatever they gave.
    """

    file: str
    sheet: str
    cells: Mapping[tuple[int, int], Value]
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def rows(self) -> Iterator[tuple[int, Mapping[int, Value]]]:
        """The rows that are not empty, from above, each with its values by column."""
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in self.cells.items():
            rows.setdefault(row, {})[column] = value
        return ((row, dict(sorted(rows[row].items()))) for row in sorted(rows))

    def where(self, row: int, column: int) -> str:
        """Return what people call a cell: ``departments!B7``."""
        letters = ""
        while column >= 0:
            column, letter = divmod(column, 26)
            letters = chr(ord("A") + letter) + letters
            column -= 1
        return f"{self.sheet}!{letters}{row + 1}"
