"""Files that people hand over, opened without trust: workbooks (.xlsx, .xlsm, .ods) and tables in text (.csv, .tsv).

The sheets are read here and by no library. A reader that lays sheets out in full is ended by the system for want of
memory over two cells that stand far apart, and one that builds every style stumbles over styles of other programs; what
is needed is values, formulas, merged cells and the looks of numbers, counted while they are read. Nothing is computed,
nothing that a file points to is opened, and what goes beyond the limits (`sim.workbook.limits`) is refused at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.spec.findings import Finding, shortened
from sim.words import series, words
from sim.words.system import why_not
from sim.workbook import delimited, opendocument, sheetml
from sim.workbook.grid import Grid
from sim.workbook.limits import ORGANIZATION, Limits, Sheet
from sim.workbook.package import package_of
from sim.workbook.refused import at, refused

texts = words("opened")
files = words("files")

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
TABLES = (".csv", ".tsv", ".txt")
_OLD = (".xls", ".et", ".xlsb")
"""Kinds of workbooks that are not read, but can be saved as one that is."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old workbooks of Excel begin with, and new ones that are encrypted."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds.

    Attributes
    ----------
    grids
        The sheets that are shown, in their order; some may be empty.
    hidden
        The names of those that are not, which nobody reads.
    unusual
        Letters of a table in text that let one doubt how it is encoded.
    """

    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    unusual: str = ""


def grids_of(path: Path, limits: Limits = ORGANIZATION) -> tuple[Grid, ...]:
    """Return the sheets of a workbook or of a table in text.

    Parameters
    ----------
    path
        The file.
    limits
        How much of it is read.

    Returns
    -------
    tuple of Grid
        The sheets that are shown, in their order.

    Raises
    ------
    ScenarioError
        Where the file cannot be read, means harm or is larger than any organization, in one sentence.
    """
    return book_of(path, limits).grids


def book_of(path: Path, limits: Limits = ORGANIZATION) -> Book:
    """Return the sheets of a file, and the names of those that are hidden; it raises as `grids_of` does."""
    name = shortened(path.name or str(path), 100)
    ending = path.suffix.lower()
    raw = _raw(path, name, limits.file)
    if ending in _OLD:
        raise refused(name, texts.OLD.format(ending=ending))
    if ending not in (*WORKBOOKS, *TABLES):
        raise refused(name, texts.ENDING.format(known=series([*WORKBOOKS, *TABLES])))
    if not raw.strip(b"\0 \t\r\n"):
        raise refused(name, texts.EMPTY)
    book = _workbook(raw, name, limits) if ending in WORKBOOKS else _table(raw, name, path.stem)
    if not any(one.cells for one in book.grids):
        hidden = texts.ALL_HIDDEN.format(sheets=series(book.hidden, 5))
        raise refused(name, hidden if book.hidden else texts.NO_CELLS)
    return book


def formulas_in(grid: Grid, cells: Iterable[tuple[int, int]] | None = None) -> Iterator[Finding]:
    """Yield a finding for every formula of a sheet, or of those `cells` of it that are read."""
    for row, column in sorted(grid.formulas if cells is None else grid.formulas.intersection(cells)):
        yield at(grid, row, column, texts.FORMULA)


def _raw(path: Path, name: str, most: int) -> bytes:
    try:
        if path.is_dir():
            raise refused(name, files.FOLDER)
        if not path.is_file():
            raise refused(name, files.NO_ORDINARY_FILE if path.exists() else files.NO_FILE)
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise refused(name, files.UNREADABLE.format(why=why_not(error))) from None
    except ValueError as error:
        if hasattr(error, "findings"):
            raise
        raise refused(name, files.UNREADABLE.format(why=files.NO_PATH)) from None
    if len(raw) > most:
        raise refused(name, files.TOO_LARGE.format(most=most))
    return raw


def _workbook(raw: bytes, name: str, limits: Limits) -> Book:
    if raw.startswith(_OLE):
        raise refused(name, texts.ENCRYPTED if _LOCKED in raw else texts.OLD.format(ending=".xls"))
    if not raw.startswith(_ZIP):
        raise refused(name, texts.NO_WORKBOOK)
    package = package_of(raw, name, limits)
    for kind in (sheetml, opendocument):
        if kind.is_workbook(package):
            found = [(_grid(sheet, name), hidden) for sheet, hidden in kind.sheets_of(package)]
            return Book(
                tuple(grid for grid, hidden in found if not hidden),
                tuple(shortened(grid.sheet) for grid, hidden in found if hidden),
            )
    raise refused(name, texts.NO_WORKBOOK)


def _table(raw: bytes, name: str, stem: str) -> Book:
    if raw.startswith((_ZIP, _OLE)):
        raise refused(name, texts.WORKBOOK_AS_TEXT)
    return Book((_grid(delimited.sheet_of(raw, name, shortened(stem)), name),), unusual=delimited.unusual(raw))


def _grid(sheet: Sheet, name: str) -> Grid:
    cells = sheet.filled()
    return Grid(name, shortened(sheet.name), cells, frozenset(sheet.formulas))
