"""Blocks of a report as HTML; every text is escaped, whoever it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.report.document.blocks import Block, Chart, Picture, Said, Table
from sim.report.document.canvas import Canvas, escaped
from sim.report.document.charts import charts_of, keys_of
from sim.report.document.grids import LYING, STANDING, room_of, table_html
from sim.report.document.linechart import dash_of
from sim.report.document.pictured import picture_of
from sim.report.style import Fill
from sim.words import words

_TEXTS = words("pages")

_HIGH, _HIGH_LYING = 780.0, 500.0
"""Pixels for a picture from top to bottom, on a sheet of paper that stands, and on one that lies."""

_WORTH = 1.2
"""How many times as large it has to be there, so that a sheet is laid for it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A block as HTML, and whether it wants a sheet of paper that lies."""

    html: str
    lying: bool = False


def laid(block: Block, lang: str) -> Laid:
    """Return a block as HTML.

    Parameters
    ----------
    block
        What is shown.
    lang
        ``en`` or ``zh``.
    """
    if isinstance(block, Said):
        return Laid(said_html(block))
    if isinstance(block, Table):
        return Laid(table_html(block, lang), room_of(block, lang) > STANDING)
    return Laid(_chart(block, lang)) if isinstance(block, Chart) else _picture(block)


def said_html(block: Said) -> str:
    """Return sentences as paragraphs, or as points of a list."""
    heading = f"<h3>{escaped(block.heading)}</h3>" if block.heading else ""
    if block.listed:
        return f"{heading}<ul>{''.join(f'<li>{escaped(one)}</li>' for one in block.sentences)}</ul>"
    return heading + "".join(f"<p>{escaped(one)}</p>" for one in block.sentences)


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


def _picture(picture: Picture) -> Laid:
    drawn, across, high = picture_of(picture)
    name, title = f"picture-{escaped(picture.name)}", escaped(picture.title)
    caption = f'<figcaption id="{name}-title"><b>{title}</b></figcaption>'
    region = f'role="region" tabindex="0" aria-labelledby="{name}-title"'
    sheet = f'<div class="sheet" style="max-width:{across:.0f}px">{drawn}</div>'
    figure = f'<figure class="picture" id="{name}">{caption}<div class="scroll" {region}>{sheet}</div></figure>'
    standing, lying = min(STANDING / across, _HIGH / high), min(LYING / across, _HIGH_LYING / high)
    return Laid(figure, standing < 1.0 and lying > standing * _WORTH)


def _note(note: str) -> str:
    return f'<p class="note">{escaped(note)}</p>' if note else ""
