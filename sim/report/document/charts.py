"""Charts of a report as SVG, once for a screen or sheet of paper and once for a phone."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.report.document.blocks import Chart
from sim.report.document.canvas import SMALL, Canvas, fills_of, long, on
from sim.report.document.cells import fixed
from sim.report.document.chartrows import NARROW, ROOM, WIDE, Rows, rows_of, shown
from sim.report.document.intervalchart import draw_intervals
from sim.report.document.linechart import draw_lines
from sim.report.document.toldchart import told
from sim.report.style import SOFT, Fill

_BAR, _ALONE, _STACK = 16.0, 20.0, 26.0
"""How thick bars are: several in a row, one alone, and such that consist of parts."""

_APART = 2.0


def charts_of(chart: Chart, lang: str) -> str:
    """Return a chart as SVG, wide and narrow; only one of them is shown at a time.

    Parameters
    ----------
    chart
        What is drawn.
    lang
        ``en`` or ``zh``.
    """
    said = told(chart, lang)
    made = []
    for kind, across in (("wide", WIDE), ("narrow", NARROW)):
        canvas = Canvas(across, f"{chart.name}-{kind}")
        made.append(canvas.svg(_draw(canvas, chart, lang), said, kind))
    return "".join(made)


def keys_of(chart: Chart) -> Mapping[str, Fill]:
    """Return the fill of each series by its name; nothing where one stands alone."""
    if len(chart.series) < 2:
        return {}
    fills = fills_of((one.color, one.tone) for one in chart.series)
    return dict(zip((one.name for one in chart.series), fills, strict=True))


def _draw(canvas: Canvas, chart: Chart, lang: str) -> float:
    """Draw a chart and return how high that is."""
    if chart.kind == "intervals":
        return draw_intervals(canvas, chart, lang)
    draw = draw_lines if chart.kind == "lines" else _stacked if chart.kind == "stacked" else _bars
    return draw(canvas, chart)


def _bars(canvas: Canvas, chart: Chart) -> float:
    """Draw the bars of each row one below another, each with its number."""
    values = [value for one in chart.series for value in one.values]
    below = max((long(_said(one, chart)) + ROOM for one in values if one < 0.0), default=0.0)
    above = max((long(_said(one, chart)) + ROOM for one in values if not one < 0.0), default=0.0)
    series, thick = shown(chart), _BAR if len(chart.series) > 1 else _ALONE
    deep = [len(row) * (thick + _APART) - _APART for row in series]
    rows = rows_of(canvas, chart, [0.0, *values], deep, (below, above))

    def row(place: int, y: float) -> None:
        if rows.low < 0.0:
            canvas.line([(rows.at(0.0), y - 1.0), (rows.at(0.0), y + deep[place] + 1.0)], SOFT)
        for one, fill in series[place]:
            _bar(canvas, rows, (y, thick), one.values[place], fill, _said(one.values[place], chart))
            y += thick + _APART

    rows.draw(canvas, row)
    return rows.end + 1.0


def _bar(canvas: Canvas, rows: Rows, place: tuple[float, float], value: float, fill: Fill, said: str) -> None:
    y, thick = place
    start, end = rows.at(0.0), rows.at(value) if math.isfinite(value) else rows.at(0.0)
    canvas.box(min(start, end), y, abs(end - start), thick, fill)
    left = value < 0.0
    canvas.word(end - 5.0 if left else end + 5.0, y + thick / 2 + 4.5, said, side="end" if left else "start")


def _stacked(canvas: Canvas, chart: Chart) -> float:
    """Draw the parts of each row one on another, with numbers where there is room, and the sum at the end."""
    every = [[one.values[place] for one in chart.series] for place in range(len(chart.categories))]
    sums = [sum(value for value in row if math.isfinite(value)) for row in every]
    ends = [sum(value for value in row if value > 0.0) for row in every]
    starts = [sum(value for value in row if value < 0.0) for row in every]
    behind = max((long(_said(one, chart), bold=True) + ROOM for one in sums), default=0.0)
    rows = rows_of(canvas, chart, [0.0, *ends, *starts], [_STACK] * len(every), (0.0, behind))
    fills = fills_of((one.color, one.tone) for one in chart.series)

    def row(place: int, y: float) -> None:
        right = left = 0.0
        for value, fill in zip(every[place], fills, strict=True):
            if value > 0.0:
                _part(canvas, (rows.at(right), rows.at(right + value)), y, fill, _said(value, chart))
                right += value
            elif value < 0.0:
                _part(canvas, (rows.at(left + value), rows.at(left)), y, fill, _said(value, chart))
                left += value
        canvas.word(rows.at(ends[place]) + 5.0, y + _STACK / 2 + 4.5, _said(sums[place], chart), bold=True)

    rows.draw(canvas, row)
    return rows.end + 1.0


def _part(canvas: Canvas, ends: tuple[float, float], y: float, fill: Fill, said: str) -> None:
    """Draw a part of a bar, with its number where there is room for it."""
    left, right = ends
    canvas.box(left, y, max(right - left - 1.0, 0.5), _STACK, fill)
    needed = long(said, SMALL) + 8.0
    if right - left < needed:
        return
    middle = (left + right - 1.0) / 2
    if fill.hatch:
        canvas.box(middle - needed / 2 + 1.0, y + 5.0, needed - 2.0, _STACK - 10.0, Fill(fill.color, ""))
    canvas.word(middle, y + _STACK / 2 + 4.2, said, SMALL, on(fill.color), "middle")


def _said(value: float, chart: Chart) -> str:
    return fixed(value, chart.digits)
