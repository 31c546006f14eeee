"""How much of a workbook is read. An organization fills some hundred cells; files come from anywhere."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from sim.words import words
from sim.workbook.grid import Value
from sim.workbook.refused import refused

texts = words("opened")

MAX_FILE = 10_000_000
"""Bytes of a file."""

MAX_UNPACKED = 32_000_000
"""Bytes of everything in a workbook, unpacked."""

MAX_ENTRIES = 2_000
"""Parts of a workbook: sheets, pictures, styles."""

MAX_RATIO = 250
"""Times by which one large part may be larger than what it is packed into; sheets are about 20, and at most 100."""

MAX_ELEMENTS = 400_000
"""Elements of XML in a workbook, empty cells with a format included."""

MAX_ROWS = 10_000
MAX_COLUMNS = 500
MAX_SHEETS = 100
MAX_CELLS = 30_000
"""Filled cells in a workbook, with those that merged ones fill."""

MAX_LETTERS = 2_000_000
"""Letters in all texts of cells together."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read; of an organization where nothing else is said."""

    file: int = MAX_FILE
    unpacked: int = MAX_UNPACKED
    elements: int = MAX_ELEMENTS
    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    cells: int = MAX_CELLS
    letters: int = MAX_LETTERS


ORGANIZATION = Limits()


@dataclass(slots=True)
class Budget:
    """What may still be read of a file; whatever goes beyond it is refused in a sentence that says so."""

    file: str
    limits: Limits = ORGANIZATION
    elements: int = 0
    cells: int = 0
    merged: int = 0
    letters: int = 0

    def element(self) -> None:
        """Count an element of XML."""
        self.elements += 1
        if self.elements > self.limits.elements:
            raise refused(self.file, texts.MANY_ELEMENTS.format(most=self.limits.elements))

    def cell(self) -> None:
        """Count a cell that says something."""
        self.cells += 1
        self._enough(self.cells)

    def merge(self) -> None:
        """Count a cell that is filled with what stands in the first of those that it is merged with."""
        self.merged += 1
        self._enough(self.merged)

    def _enough(self, cells: int) -> None:
        if cells > self.limits.cells:
            raise refused(self.file, texts.MANY_CELLS.format(most=self.limits.cells))

    def text(self, length: int) -> None:
        """Count letters."""
        self.letters += length
        if self.letters > self.limits.letters:
            raise refused(self.file, texts.MANY_LETTERS.format(most=self.limits.letters))


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read."""

    name: str
    budget: Budget
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row, first and last column."""

    def put(self, row: int, column: int, value: Value) -> None:
        """Fill a cell."""
        self._count(row, column, self.cells)
        if isinstance(value, str):
            self.budget.text(len(value))
        self.cells[row, column] = value

    def formula(self, row: int, column: int) -> None:
        """Say that there is a formula in a cell."""
        self._count(row, column, self.formulas)
        self.formulas.add((row, column))

    def _count(self, row: int, column: int, known: Container[tuple[int, int]]) -> None:
        if row >= self.budget.limits.rows:
            raise refused(self.budget.file, texts.MANY_ROWS.format(sheet=self.name, most=self.budget.limits.rows))
        if column >= self.budget.limits.columns:
            raise refused(self.budget.file, texts.MANY_COLUMNS.format(sheet=self.name, most=self.budget.limits.columns))
        if (row, column) not in known:
            self.budget.cell()

    def filled(self) -> Mapping[tuple[int, int], Value]:
        """Return the cells, those that are merged filled with what stands in their first, as far as anything stands."""
        if not self.cells:
            return {}
        last_row, last_column = (max(one[axis] for one in self.cells) for axis in (0, 1))
        for top, bottom, left, right in self.merged:
            value = self.cells.get((top, left))
            if value is None:
                continue
            for row in range(top, min(bottom, last_row) + 1):
                for column in range(left, min(right, last_column) + 1):
                    self.budget.merge()
                    if (row, column) != (top, left):
                        self.put(row, column, value)
        return self.cells
