"""What has been read so far: values by place, with the cell of each, and what is wrong with cells."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sim.spec.findings import Finding, Path, Place
from sim.words import Text
from sim.workbook import cells
from sim.workbook.cells import CellError
from sim.workbook.columns import LABELS, Column
from sim.workbook.found import Found
from sim.workbook.grid import Grid, Value
from sim.workbook.kinds import About, read
from sim.workbook.names import Names

Cells = Mapping[str, tuple[int, Value]]
"""What stands in a row: the column and value of every cell, by its key."""


class Said:
    """What sheets say, while they are read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.names = Names()
        self.rows: dict[str, list[tuple[int, Cells, Path]]] = {}
        self.data: dict[str, Any] = {}
        self.lines: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.blind: set[str] = set()
        self.assumed: dict[Path, Text] = {}
        self.counts: dict[str, int] = {}

    def note(self, text: Text, grid: Grid, row: int, column: int, severity: Any = "error") -> None:
        """Note what is wrong in a cell."""
        self.findings.append(Finding(text, (), severity, self.file_of(grid), grid.where(row, column)))

    def file_of(self, grid: Grid) -> str:
        """Return what messages call the file of a sheet."""
        return grid.file or self.file

    def place_of(self, found: Found, row: int, column: int) -> Place:
        """Return where a cell is, as findings name it."""
        return self.file_of(found.grid), found.grid.where(row, column)

    def held(self, path: Path) -> dict[str, Any]:
        """Return what is said at a place, where more can be said."""
        here: Any = self.data
        for part, after in pairwise((*path, "")):
            new: Any = [] if isinstance(after, int) else {}
            if isinstance(part, int):
                here += [{} for _ in range(part + 1 - len(here))]
                here = here[part]
            else:
                here = here.setdefault(part, new)
        found: dict[str, Any] = here
        return found

    def put(self, path: Path, value: Any, place: Place) -> None:
        """Put a value where it belongs, and remember its cell."""
        self.held(path[:-1])[str(path[-1])] = value
        self.stands(path, place)

    def stands(self, path: Path, place: Place) -> None:
        """Remember in which cell something stands, and whatever around it is there for it alone."""
        for length in range(len(path), 0, -1):
            self.lines.setdefault(path[:length], place)

    def value_of(self, found: Found, row: int, at: int, column: Column, value: Value, about: About) -> Any:
        """Return what a cell means; None where it means nothing, which is noted."""
        try:
            return read(column, value, about)
        except CellError as error:
            if column.of not in self.blind:
                self.note(error.text, found.grid, row, at)
            return None

    def take(self, found: Found, row: int, at: int, column: Column, value: Value, path: Path, about: About) -> None:
        """Put what a cell means where it belongs."""
        meant = self.value_of(found, row, at, column, value, about)
        place = self.place_of(found, row, at)
        if meant is None:
            self.stands(path, place)
        else:
            self.put(path, meant, place)

    def about(self, found: Found, at: int, path: Path) -> About:
        """Return what is known where a cell is read."""
        process = str(path[1]) if len(path) > 1 and path[0] == "processes" else ""
        return About(self.names, process, found.units.get(at, ""), found.titles.get(at, ""), found.lang)

    def label_in(self, said: Cells, name: str, code: str) -> Any:
        """Return the words for people of a row, where its name alone does not say them."""
        for lang, key in LABELS.items():
            if key in said:
                other = "zh" if lang == "en" else "en"
                return {lang: one_line(said[key][1]), other: name}
        return "" if name == code else name


def one_line(value: Value) -> str:
    """Return words for people as they are written, on one line."""
    return " ".join(value.split()) if isinstance(value, str) else cells.text(value)
