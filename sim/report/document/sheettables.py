"""Tables of workbooks: numbers as numbers, words as words whatever they begin with, filters, and widths that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.report.document.blocks import Cell, Column, Table
from sim.report.document.cells import heading_of, written
from sim.report.document.codes import of_column
from sim.report.document.sheetforms import Forms, lines, units
from sim.report.document.tabled import same

_WORDS, _HEAD = 60.0, 34.0
"""Widths that a column has at most for its words, and for its heading."""

_FILTER = 5.5
"""What a heading keeps free for the sign of the filter."""

_MOST_LETTERS = 32_000
"""Of a cell; office programs take a few more."""

_HEAD_LINES = 3


def widths_of(table: Table, lang: str) -> list[float]:
    """Return how wide the columns of a table have to be."""
    return [_width(table, place, lang) for place in range(len(table.columns))]


def _width(table: Table, place: int, lang: str) -> float:
    column = table.columns[place]
    cells = [units(written(row[place], column, lang), place == 0) + 1.0 for row in table.rows]
    head = heading_in(column, lang)
    wraps = max(units(head, bold=True) / _HEAD_LINES, *(units(word, bold=True) for word in _words(head)))
    return max(min(max(cells, default=0.0), _WORDS), min(wraps + _FILTER, _HEAD))


def _words(head: str) -> list[str]:
    """Return what of a heading stays on one line: words, and some three letters and the unit where there are none."""
    name, bracket, unit = head.partition("（")
    return head.split() if head.isascii() and head.strip() else [name[:3], bracket + unit]


def heading_in(column: Column, lang: str) -> str:
    """Return what stands above a column; shares have their sign in the cells."""
    return column.heading if column.kind == "share" else heading_of(column, lang)


def put_table(sheet: Any, top: int, table: Table, forms: Forms, widths: Sequence[float]) -> int:
    """Write a table, its heading in row `top`, and return the row below it.

    Parameters
    ----------
    sheet
        Where it goes.
    top
        Row of the heading, from 0.
    table
        What is written.
    forms
        How cells look.
    widths
        Of the columns of the sheet.
    """
    lang = forms.lang
    heads = _different([heading_in(column, lang) or column.key for column in table.columns])
    tones = table.tones or same("plain", len(table.rows))
    if table.rows:
        columns = [
            {"header": head, "header_format": forms.head(column.kind != "text", place == 0)}
            for place, (head, column) in enumerate(zip(heads, table.columns, strict=True))
        ]
        options = {"name": f"t_{table.name}", "columns": columns, "style": None, "description": table.title}
        sheet.add_table(top, 0, top + len(table.rows), len(heads) - 1, options)
    for place, (head, column) in enumerate(zip(heads, table.columns, strict=True)):
        sheet.write_string(top, place, head, forms.head(column.kind != "text", place == 0))
    tallest = max(lines(head, wide - _FILTER + 1.0, bold=True) for head, wide in zip(heads, widths, strict=False))
    sheet.set_row(top, forms.height(tallest) + 2.0)
    for number, (row, tone) in enumerate(zip(table.rows, tones, strict=True), top + 1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            words = forms.text(tone if place == 0 else "plain", place == 0)
            form = words if _in_words(cell, column) else forms.number(of_column(column))
            put(sheet, number, place, cell, column, form, lang)
        told = [written(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)]
        count = max(lines(text, wide, place == 0) for place, (text, wide) in enumerate(zip(told, widths, strict=False)))
        sheet.set_row(number, forms.height(count))
    return top + 1 + len(table.rows)


def _in_words(cell: Cell, column: Column) -> bool:
    return isinstance(cell, str | bool) or (cell is None and column.kind == "text")


def put(sheet: Any, row: int, place: int, cell: Cell, column: Column, form: Any, lang: str) -> None:
    """Write one cell: nothing where nothing is known."""
    if cell is None or cell == "" or (isinstance(cell, float) and not math.isfinite(cell)):
        sheet.write_blank(row, place, None, form)
    elif isinstance(cell, str | bool):
        sheet.write_string(row, place, written(cell, column, lang)[:_MOST_LETTERS], form)
    else:
        sheet.write_number(row, place, cell, form)


def _different(heads: Sequence[str]) -> list[str]:
    """Return headings of which no two are alike, as filters need them."""
    found: list[str] = []
    for head in heads:
        name, count = head, 1
        while name.casefold() in {one.casefold() for one in found}:
            count += 1
            name = f"{head} ({count})"
        found.append(name)
    return found
