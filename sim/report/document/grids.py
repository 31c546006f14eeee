"""Tables of a report as HTML, and whether a sheet of paper that stands has room for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from sim.report.document.blocks import Cell, Column, Table
from sim.report.document.canvas import escaped, long
from sim.report.document.cells import written
from sim.report.lines import is_chinese
from sim.words import words

_TEXTS = words("pages")

STANDING, LYING = 670.0, 1010.0
"""Pixels across on a sheet of paper that stands, and on one that lies."""

_PROSE = 32
"""Columns of a terminal from which on the text of a cell needs room for several lines."""

_SHORT = 12
"""Columns up to which it stands in one line."""

_SIZE, _APART = 11.4, 11.0
"""Pixels of letters on paper, and between columns."""

_SENTENCE = 120.0
"""Pixels that the text of a cell needs that has several lines."""


def table_html(table: Table, lang: str) -> str:
    """Return a table, which scrolls within itself where there is no room for it.

    Parameters
    ----------
    table
        What is shown.
    lang
        ``en`` or ``zh``.
    """
    name = f"table-{escaped(table.name)}"
    heads = "".join(_head(one) for one in table.columns)
    tones = table.tones or ("plain",) * len(table.rows)
    rows = "\n".join(_row(table.columns, row, tone, lang) for row, tone in zip(table.rows, tones, strict=True))
    scroll = f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-title">'
    caption = f'<caption><span id="{name}-title">{escaped(table.title)}</span></caption>'
    kind = ' class="dense"' if room_of(table, lang) > LYING else ""
    grid = f"<table{kind}>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    note = f'<p class="note">{escaped(table.note)}</p>' if table.note else ""
    return f'<div class="table" id="{name}">{scroll}{grid}</div>{note}</div>'


def see_html(table: Table, lang: str) -> str:
    """Return where a table is that does not stand here."""
    told = escaped(_TEXTS.SEE.format(title=table.title).get(lang))
    return f'<p class="see"><a href="#table-{escaped(table.name)}">{told}</a></p>'


def room_of(table: Table, lang: str) -> float:
    """Return the pixels that a table needs at least on paper, across."""
    texts = [[column.heading, column.unit, *_texts(table, place, lang)] for place, column in enumerate(table.columns)]
    return sum(max(map(_least, column), default=0.0) + _APART for column in texts)


def _texts(table: Table, place: int, lang: str) -> Iterable[str]:
    return {written(row[place], table.columns[place], lang) for row in table.rows}


def _least(text: str) -> float:
    """Return the pixels that a text needs at least: short ones are in one line, others are broken between words."""
    if cell_len(text) <= _SHORT:
        return long(text, _SIZE)
    words_of = (long(one, _SIZE) for one in text.split() if not is_chinese(one))
    return max(0.0, *words_of, min(long(text, _SIZE), _SENTENCE if cell_len(text) > _PROSE else _SENTENCE / 2))


def _head(column: Column) -> str:
    unit = f' <span class="unit">{escaped(column.unit)}</span>' if column.unit else ""
    return f'<th scope="col"{_look(column.heading, column)}>{escaped(column.heading)}{unit}</th>'


def _row(columns: Sequence[Column], row: Sequence[Cell], tone: str, lang: str) -> str:
    cells = [(written(cell, column, lang), column) for cell, column in zip(row, columns, strict=True)]
    first, *others = [(escaped(text), _look(text, column)) for text, column in cells]
    said = f'<th scope="row"{first[1]}>{first[0]}</th>' + "".join(f"<td{look}>{text}</td>" for text, look in others)
    return f'<tr class="{escaped(tone)}">{said}</tr>' if tone != "plain" else f"<tr>{said}</tr>"


def _look(text: str, column: Column) -> str:
    """Return how a cell is set: numbers to the right, short texts in one line, long ones with room."""
    wide = cell_len(text)
    names = ["number"] * (column.kind != "text") + ["short"] * (wide <= _SHORT) + ["prose"] * (wide > _PROSE)
    return f' class="{" ".join(names)}"' if names else ""
