"""Blocks of a report as HTML; every text is escaped, whoever it comes from."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from sim.report.document.blocks import Block, Cell, Chart, Column, Picture, Said, Table
from sim.report.document.canvas import Canvas
from sim.report.document.cells import written
from sim.report.document.charts import charts_of, keys_of
from sim.report.document.linechart import dash_of
from sim.report.document.pictured import picture_of
from sim.report.style import Fill
from sim.words import words

_TEXTS = words("pages")

_PROSE = 32
"""Columns of a terminal from which on the text of a cell needs room for several lines."""

_SHORT = 12
"""Columns up to which it stands in one line."""

_LANDSCAPE = 960.0
"""Pixels from which on a picture gets a sheet of paper that lies."""


def block_html(block: Block, lang: str) -> str:
    """Return a block as HTML.

    Parameters
    ----------
    block
        What is shown.
    lang
        ``en`` or ``zh``.
    """
    if isinstance(block, Said):
        return said_html(block)
    if isinstance(block, Table):
        return table_html(block, lang)
    return _chart(block, lang) if isinstance(block, Chart) else _picture(block)


def said_html(block: Said) -> str:
    """Return sentences as paragraphs, or as points of a list."""
    heading = f"<h3>{escaped(block.heading)}</h3>" if block.heading else ""
    if block.listed:
        return f"{heading}<ul>{''.join(f'<li>{escaped(one)}</li>' for one in block.sentences)}</ul>"
    return heading + "".join(f"<p>{escaped(one)}</p>" for one in block.sentences)


def table_html(table: Table, lang: str) -> str:
    """Return a table, which scrolls within itself where there is no room for it."""
    name = f"table-{escaped(table.name)}"
    heads = "".join(_head(one) for one in table.columns)
    tones = table.tones or ("plain",) * len(table.rows)
    rows = "\n".join(_row(table.columns, row, tone, lang) for row, tone in zip(table.rows, tones, strict=True))
    scroll = f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-title">'
    caption = f'<caption><span id="{name}-title">{escaped(table.title)}</span></caption>'
    grid = f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    return f'<div class="table" id="{name}">{scroll}{grid}</div>{_note(table.note)}</div>'


def see_html(table: Table, lang: str) -> str:
    """Return where a table is that does not stand here."""
    told = escaped(_TEXTS.SEE.format(title=table.title).get(lang))
    return f'<p class="see"><a href="#table-{escaped(table.name)}">{told}</a></p>'


def _head(column: Column) -> str:
    unit = f' <span class="unit">{escaped(column.unit)}</span>' if column.unit else ""
    return f'<th scope="col"{_look(column.heading, column)}>{escaped(column.heading)}{unit}</th>'


def _row(columns: Iterable[Column], row: Iterable[Cell], tone: str, lang: str) -> str:
    cells = [(written(cell, column, lang), column) for cell, column in zip(row, columns, strict=True)]
    first, *others = [(escaped(text), _look(text, column)) for text, column in cells]
    said = f'<th scope="row"{first[1]}>{first[0]}</th>' + "".join(f"<td{look}>{text}</td>" for text, look in others)
    return f'<tr class="{escaped(tone)}">{said}</tr>' if tone != "plain" else f"<tr>{said}</tr>"


def _look(text: str, column: Column) -> str:
    """Return how a cell is set: numbers to the right, short texts in one line, long ones with room."""
    long = cell_len(text)
    names = ["number"] * (column.kind != "text") + ["short"] * (long <= _SHORT) + ["prose"] * (long > _PROSE)
    return f' class="{" ".join(names)}"' if names else ""


def _chart(chart: Chart, lang: str) -> str:
    axis = _TEXTS.UNIT.format(heading=chart.axis, unit=chart.unit).get(lang) if chart.unit else chart.axis
    caption = f'<figcaption><b>{escaped(chart.title)}</b> <span class="axis">{escaped(axis)}</span></figcaption>'
    keys = "".join(_keys(chart))
    key = f'<ul class="key" aria-hidden="true">{keys}</ul>' if keys else ""
    return f'<figure id="{escaped(chart.name)}">{caption}{key}{charts_of(chart, lang)}{_note(chart.note)}</figure>'


def _keys(chart: Chart) -> Iterator[str]:
    """Yield what each series of a chart looks like."""
    for place, (name, fill) in enumerate(keys_of(chart).items()):
        canvas = Canvas(26.0, f"{chart.name}-key-{place}")
        if chart.kind == "lines":
            canvas.line([(0.0, 6.0), (26.0, 6.0)], fill.color, 2.2, dash_of(place))
        elif chart.kind == "intervals":
            canvas.line([(2.0, 6.0), (24.0, 6.0)], fill.color, 2.5)
            canvas.dot(13.0, 6.0, 5.0, fill.color)
        else:
            canvas.box(0.0, 0.0, 26.0, 12.0, Fill(fill.color, fill.hatch, fill.edge))
        yield f"<li>{canvas.svg(12.0, '', 'sample')}{escaped(name)}</li>"


def _picture(picture: Picture) -> str:
    drawn, across = picture_of(picture)
    wide = " wide" if across > _LANDSCAPE else ""
    name, title = f"picture-{escaped(picture.name)}", escaped(picture.title)
    caption = f'<figcaption id="{name}-title"><b>{title}</b></figcaption>'
    region = f'role="region" tabindex="0" aria-labelledby="{name}-title"'
    sheet = f'<div class="sheet" style="max-width:{across:.0f}px">{drawn}</div>'
    return f'<figure class="picture{wide}" id="{name}">{caption}<div class="scroll" {region}>{sheet}</div></figure>'


def _note(note: str) -> str:
    return f'<p class="note">{escaped(note)}</p>' if note else ""


def escaped(text: str) -> str:
    """Return a text as it stands in HTML."""
    return html.escape(text)
