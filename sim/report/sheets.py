"""Sheets: tables for people as content in every language, apart from how they are printed and written.

A sheet has the same columns throughout and one part for each thing it is about, such as a process; a file has all parts
one below another. Whatever prints or writes one (a terminal, CSV, a workbook) asks here for nothing but cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.table import Table

from sim.report.plaintable import new_table
from sim.words import Text
from sim.words.numbers import digits

if TYPE_CHECKING:
    import pandas as pd

NOTHING = Text("", "")

Cell = Text | str | float | int | None
"""What a cell says: words, a name, a number, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes
    ----------
    label
        Its heading.
    number
        Whether it holds numbers.
    only
        Where it is left out: of what is printed (``file``), or of files (``print``); empty = nowhere.
    optional
        Whether it is left out of a part that is printed and has nothing in it.
    """

    label: Text
    number: bool = False
    only: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows under a title, and what is said below them; the label is what they are about."""

    title: Text
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text, ...] = ()
    label: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people.

    Attributes
    ----------
    name
        What a file with it is called.
    columns
        Its columns.
    parts
        Its rows, part by part.
    about
        The heading in files of what a part is about; None where there is one part.
    """

    name: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    about: Text | None = None


def printed(sheet: Sheet, part: Part, lang: str, width: int, most: int | None = None) -> list[Table]:
    """Return a part of a sheet for a terminal so wide, of at most so many rows.

    No word is broken. What is too wide for that is set closer, and then into several tables, each of which begins with
    the first column.
    """
    rows = part.rows[:most]
    shown = [k for k, one in enumerate(sheet.columns) if one.only != "file" and not (one.optional and _empty(rows, k))]
    texts = {k: [sheet.columns[k].label.get(lang), *(_shown(row[k], lang) for row in rows)] for k in shown}
    least = {k: max(_least(text, sheet.columns[k].number and n > 0) for n, text in enumerate(texts[k])) for k in shown}
    close = _needed(least.values(), WIDE_GAP) > width
    groups = _groups(shown, least, width)
    return [
        _table(
            part.title.get(lang) if group is groups[0] else "",
            sheet,
            {k: texts[k] for k in group},
            _widths({k: least[k] for k in group}, texts, width, NARROW_GAP if close else WIDE_GAP),
            close,
        )
        for group in groups
    ]


WIDE_GAP, NARROW_GAP = 2, 1
"""Columns between those of a table as it usually is, and where it is set closer."""

_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")
_FEW_LETTERS = 4
"""Columns that a heading without words in Latin letters has at least: two letters."""


def _needed(widths: Iterable[int], gap: int) -> int:
    return sum(one + gap for one in widths) + 1


def _least(text: str, whole: bool) -> int:
    """Return the width of the longest word in a cell, or of all of it where it is never broken."""
    if whole:
        return cell_len(text)
    return max([_FEW_LETTERS if text else 0, *map(cell_len, _WORD.findall(text))])


def _groups(shown: list[int], least: Mapping[int, int], width: int) -> list[list[int]]:
    """Return columns in groups that fit, each with the first."""
    groups = [shown[:1]]
    for k in shown[1:]:
        if len(groups[-1]) > 1 and _needed((least[one] for one in (*groups[-1], k)), NARROW_GAP) > width:
            groups.append(shown[:1])
        groups[-1].append(k)
    return groups


def _widths(least: Mapping[int, int], texts: Mapping[int, list[str]], width: int, gap: int) -> dict[int, int]:
    """Return how wide each column is: as wide as its texts, or a fair share of what the least leaves, never less."""
    wanted = {k: max(map(cell_len, texts[k])) - least[k] for k in least}
    spare, found = max(0, width - _needed(least.values(), gap)), dict(least)
    for place, k in enumerate(sorted(wanted, key=lambda one: wanted[one])):
        more = min(wanted[k], spare // (len(wanted) - place))
        found[k] += more
        spare -= more
    return found


def _table(title: str, sheet: Sheet, texts: Mapping[int, list[str]], widths: Mapping[int, int], close: bool) -> Table:
    numbers = tuple(place for place, k in enumerate(texts) if sheet.columns[k].number)
    table = new_table(title, *(told[0] for told in texts.values()), numbers=numbers)
    if close:
        table.padding = 0
    for column, k in zip(table.columns, texts, strict=True):
        column.width, column.no_wrap = widths[k], False
    for cells in zip(*(told[1:] for told in texts.values()), strict=True):
        table.add_row(*cells)
    return table


def _empty(rows: tuple[tuple[Cell, ...], ...], place: int) -> bool:
    return not any(str(row[place] or "") for row in rows)


def _shown(cell: Cell, lang: str) -> str:
    if isinstance(cell, float):
        return digits(cell)
    return cell.get(lang) if isinstance(cell, Text) else "" if cell is None else str(cell)


def in_file(sheet: Sheet, lang: str) -> pd.DataFrame:
    """Return a sheet as a table to be written, with its headings and cells in one language."""
    import pandas as pd

    kept = [k for k, one in enumerate(sheet.columns) if one.only != "print"]
    headings = [sheet.columns[k].label.get(lang) for k in kept]
    about = [] if sheet.about is None else [sheet.about.get(lang)]
    rows = [[*label, *(_written(row[k], lang) for k in kept)] for label, row in _rows(sheet, lang)]
    return pd.DataFrame(rows, columns=[*about, *headings], dtype=object)


def _rows(sheet: Sheet, lang: str) -> Iterator[tuple[list[str], tuple[Cell, ...]]]:
    for part in sheet.parts:
        label = [] if sheet.about is None else [part.label.get(lang)]
        yield from ((label, row) for row in part.rows)


def _written(cell: Cell, lang: str) -> Any:
    if isinstance(cell, float):
        return round(cell, 4)
    return cell.get(lang) if isinstance(cell, Text) else cell
