"""Workbooks of LibreOffice and others (.ods): sheets that are shown, with values, formulas and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time

from sim.words import words
from sim.workbook.grid import Value
from sim.workbook.limits import MAX_ROWS, MAX_SHEETS, Sheet
from sim.workbook.numberformats import as_seen, moment_of
from sim.workbook.package import Package
from sim.workbook.refused import refused
from sim.workbook.tidy import tidy
from sim.workbook.xmlparts import Attributes, Handlers, parse

texts = words("opened")

CONTENT = "content.xml"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_UNIT = re.compile(r"[0-9]\s*([^\W\d_][^\d\"]{0,20})$")
"""What is shown behind a number."""

_OUTSIDE = ("table-source", "cell-range-source", "dde-source", "dde-link")
_CELLS = ("table-cell", "covered-table-cell")
_FAR = 2_000_000
"""Beyond every row and column that is read."""


def is_workbook(package: Package) -> bool:
    """Tell whether a zip file is such a workbook, and not a document of another kind."""
    return CONTENT in package and "mimetype" in package and package.read("mimetype").strip() == KIND.encode()


def sheets_of(package: Package) -> Iterator[tuple[Sheet, bool]]:
    """Yield the sheets of a workbook in their order, and whether each is hidden."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise refused(package.file, texts.ENCRYPTED)
    reader = _Reader(package)
    parse(package.read(CONTENT), package.budget, Handlers(reader.start, reader.end, reader.text))
    yield from reader.sheets


@dataclass(slots=True)
class _Reader:
    """Reads the content; rows and cells may say that they stand for several alike."""

    package: Package
    sheets: list[tuple[Sheet, bool]] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    within: list[str] = field(default_factory=list)
    row: int = 0
    column: int = 0
    rows_alike: int = 1
    cell: Attributes = field(default_factory=dict)
    filled: list[tuple[int, int, Value | None, bool]] = field(default_factory=list)
    """First column, cells alike, value and whether it is a formula, of the row."""
    paragraphs: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        self.within.append(name)
        if name in _OUTSIDE:
            raise refused(self.package.file, texts.OUTSIDE)
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table" and self.within.count("table") == 1:
            self._table(attributes)
        elif name == "table-row":
            self.rows_alike, self.column = _times(attributes, "number-rows-repeated"), 0
            self.filled.clear()
        elif name in _CELLS:
            self.cell = attributes
            self.paragraphs.clear()
        elif self._in_cell():
            self._letters(name, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.within.pop()
        if not self.sheets:
            return
        if name in _CELLS:
            self._cell()
        elif name == "table-row":
            self._row()

    def text(self, letters: str) -> None:
        """Take text within an element."""
        if "p" in self.within and self._in_cell() and self.paragraphs:
            self.paragraphs[-1] += letters

    def _in_cell(self) -> bool:
        return "table-cell" in self.within and "annotation" not in self.within and "frame" not in self.within

    def _letters(self, name: str, attributes: Attributes) -> None:
        if name == "p":
            self.paragraphs.append("")
        elif name in ("s", "tab", "line-break") and self.paragraphs:
            self.paragraphs[-1] += "\n" if name == "line-break" else " " * min(_times(attributes, "c"), 100)

    def _table(self, attributes: Attributes) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            raise refused(self.package.file, texts.MANY_SHEETS.format(most=MAX_SHEETS))
        hidden = attributes.get("style-name", "") in self.hidden_styles
        self.sheets.append((Sheet(tidy(attributes.get("name", "")), self.package.budget), hidden))
        self.row = 0

    def _cell(self) -> None:
        alike = _times(self.cell, "number-columns-repeated")
        value, formula = _value(self.cell, "\n".join(self.paragraphs)), "formula" in self.cell
        if value is not None or formula:
            self.filled.append((self.column, alike, value, formula))
        down, across = _times(self.cell, "number-rows-spanned"), _times(self.cell, "number-columns-spanned")
        sheet = self.sheets[-1][0]
        if (down > 1 or across > 1) and len(sheet.merged) < MAX_ROWS:
            sheet.merged.append((self.row, self.row + down - 1, self.column, self.column + across - 1))
        self.column = min(self.column + alike, _FAR)
        self.cell = {}

    def _row(self) -> None:
        sheet, hidden = self.sheets[-1]
        if self.filled and not hidden:
            for row in range(self.row, self.row + self.rows_alike):
                for first, alike, value, formula in self.filled:
                    for column in range(first, first + alike):
                        if value is not None:
                            sheet.put(row, column, value)
                        if formula:
                            sheet.formula(row, column)
        self.row = min(self.row + self.rows_alike, _FAR)


def _times(attributes: Attributes, name: str) -> int:
    """Return for how many something stands."""
    written = attributes.get(name, "1")
    return max(1, min(int(written[:9]), _FAR)) if written.isascii() and written.isdigit() else 1


def _value(cell: Attributes, text: str) -> Value | None:
    kind = cell.get("value-type", "")
    if kind in ("float", "currency", "percentage"):
        unit = _UNIT.search(text) if kind == "float" else None
        form = "0%" if kind == "percentage" else f'0" {unit[1]}"' if unit else ""
        return as_seen(cell.get("value", "").strip(), form)
    if kind == "boolean":
        return cell.get("boolean-value") == "true"
    if kind == "date":
        return moment_of(cell.get("date-value", "")) or tidy(text) or None
    if kind == "time":
        return _duration(cell.get("time-value", "")) or tidy(text) or None
    return tidy(text) or None


def _duration(written: str) -> Value | None:
    found = _DURATION.fullmatch(written)
    if found is None:
        return None
    hours, minutes, seconds = (int(one or 0) for one in found.groups())
    return time(hours, minutes, seconds) if hours < 24 and max(minutes, seconds) < 60 else f"{hours}:{minutes:02d}"
