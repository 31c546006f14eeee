"""Workbooks of Excel and of whoever writes the same (.xlsx): sheets that are shown, with values, formulas and merges.

Only what cells hold is read, and of styles only how numbers look: fonts, colors, pictures and charts of any program do
no harm.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sim.words import words
from sim.workbook.grid import Value
from sim.workbook.limits import MAX_ROWS, MAX_SHEETS, Sheet
from sim.workbook.numberformats import BUILT_IN, as_seen, moment_of
from sim.workbook.package import Package
from sim.workbook.refused import refused
from sim.workbook.tidy import tidy
from sim.workbook.xmlparts import Attributes, Handlers, elements, parse

texts = words("opened")

_MAIN = "/officedocument"
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PHONETIC = "rPh"
_SHOWN = "visible"


@dataclass(frozen=True, slots=True)
class Named:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def sheets_of(package: Package) -> Iterator[tuple[Sheet, bool]]:
    """Yield the sheets of a workbook in their order, and whether each is hidden; what is hidden is not read."""
    main = _main_part(package)
    listed, since_1904 = _listed(package, main)
    if len(listed) > MAX_SHEETS:
        raise refused(package.file, texts.MANY_SHEETS.format(most=MAX_SHEETS))
    targets = _targets(package, main)
    shared = _shared(package, targets)
    formats = _formats(package, targets)
    for one in listed:
        sheet = Sheet(one.name, package.budget)
        if not one.hidden:
            reader = _SheetReader(sheet, shared, formats, since_1904)
            parse(package.read(one.part), package.budget, Handlers(reader.start, reader.end, reader.text))
        yield sheet, one.hidden


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for target, kind in _relations(package, "_rels/.rels", "").values():
            if kind.casefold().endswith(_MAIN):
                return target
    return "xl/workbook.xml"


def is_workbook(package: Package) -> bool:
    """Tell whether a zip file is such a workbook, and not a document of another kind."""
    main = _main_part(package)
    return main in package and b"workbook" in package.read(main)[:4000]


def _relations(package: Package, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return where relations point within the file, and their kinds, by name."""
    found: dict[str, tuple[str, str]] = {}

    def take(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").casefold() != "external":
            target = posixpath.join("/" + folder, attributes.get("Target", "").replace("\\", "/"))
            found[attributes.get("Id", "")] = (posixpath.normpath(target).lstrip("/"), attributes.get("Type", ""))

    elements(package.read(part), package.budget, take)
    return found


def _targets(package: Package, main: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(main)
    part = f"{folder}/_rels/{name}.rels"
    return _relations(package, part, folder) if part in package else {}


def _listed(package: Package, main: str) -> tuple[list[Named], bool]:
    """Return the work sheets that a workbook lists, and whether its days are counted from 1904."""
    targets = _targets(package, main)
    found: list[Named] = []
    since_1904 = False

    def take(name: str, attributes: Attributes) -> None:
        nonlocal since_1904
        if name == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            target, kind = targets.get(attributes.get("id", ""), ("", ""))
            if kind.endswith("/worksheet"):
                hidden = attributes.get("state", _SHOWN) != _SHOWN
                found.append(Named(tidy(attributes.get("name", "")), target, hidden))

    elements(package.read(main), package.budget, take)
    return found, since_1904


def _part_of(targets: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((target for target, one in targets.values() if one.endswith(kind)), None)


def _shared(package: Package, targets: dict[str, tuple[str, str]]) -> list[str]:
    """Return the texts that cells refer to by number."""
    part = _part_of(targets, "/sharedStrings")
    found: list[str] = []
    pieces: list[str] = []
    within: list[str] = []

    def start(name: str, _: Attributes) -> None:
        within.append(name)
        if name == "si":
            pieces.clear()

    def end(name: str) -> None:
        within.pop()
        if name == "si":
            found.append(tidy(_unescaped("".join(pieces))))
            package.budget.text(len(found[-1]))

    def text(letters: str) -> None:
        if within[-1] == "t" and _PHONETIC not in within:
            pieces.append(letters)

    if part is not None and part in package:
        parse(package.read(part), package.budget, Handlers(start, end, text))
    return found


def _formats(package: Package, targets: dict[str, tuple[str, str]]) -> list[str]:
    """Return how numbers look, by the style of a cell."""
    part = _part_of(targets, "/styles")
    own: dict[str, str] = {}
    used: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        within.append(name)
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within:
            used.append(attributes.get("numFmtId", "0"))

    def end(_: str) -> None:
        within.pop()

    if part is not None and part in package:
        parse(package.read(part), package.budget, Handlers(start, end, lambda _: None))
    return [own.get(one, BUILT_IN.get(one, "")) for one in used]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _address(text: str) -> tuple[int, int] | None:
    """Return the row and column of an address such as B7, from 0."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


@dataclass(slots=True)
class _SheetReader:
    """Reads one sheet; rows and cells without an address follow the one before them."""

    sheet: Sheet
    shared: Sequence[str]
    formats: Sequence[str]
    since_1904: bool
    row: int = -1
    column: int = -1
    cell: Attributes = field(default_factory=dict)
    value: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    formula: bool = False
    within: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        self.within.append(name)
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 8 else self.row + 1
            self.column = -1
        elif name == "c":
            self.row, self.column = _address(attributes.get("r", "")) or (self.row, self.column + 1)
            self.cell, self.formula = attributes, False
            self.value.clear()
            self.inline.clear()
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.within.pop()
        if name == "c":
            self._fill()

    def text(self, letters: str) -> None:
        """Take text within an element."""
        name = self.within[-1]
        if name == "v":
            self.value.append(letters)
        elif name == "t" and _PHONETIC not in self.within:
            self.inline.append(letters)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, other = _address(first), _address(last)
        if one is not None and other is not None and len(self.sheet.merged) < MAX_ROWS:
            self.sheet.merged.append((one[0], other[0], one[1], other[1]))

    def _fill(self) -> None:
        value = self._value()
        if min(self.row, self.column) < 0:
            return
        if self.formula:
            self.sheet.formula(self.row, self.column)
        if value is not None:
            self.sheet.put(self.row, self.column, value)

    def _value(self) -> Value | None:
        kind, held = self.cell.get("t", "n"), "".join(self.value)
        if kind == "s":
            place = int(held) if held.isascii() and held.isdigit() and len(held) < 9 else len(self.shared)
            return (self.shared[place] or None) if place < len(self.shared) else None
        if kind == "inlineStr":
            return tidy(_unescaped("".join(self.inline))) or None
        if kind == "b":
            return held.strip() in ("1", "true")
        if kind == "n":
            return as_seen(held.strip(), self._format(), self.since_1904)
        if kind == "d":
            return moment_of(held.strip()) or held.strip() or None
        return tidy(_unescaped(held)) or None  # results of formulas, and errors such as #N/A

    def _format(self) -> str:
        style = self.cell.get("s", "0")
        place = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else len(self.formats)
        return self.formats[place] if place < len(self.formats) else ""
