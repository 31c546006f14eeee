"""Intervals: in each row a dot, a line from end to end, and the numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import SMALL, Canvas, long
from sim.report.document.cells import fixed
from sim.report.document.chartrows import ROOM, WIDE, Rows, rows_of, shown
from sim.report.document.scales import tick_label, ticks, with_zero
from sim.report.numbers import between
from sim.report.style import INK, RULE, SOFT, Fill
from sim.words import words

_TEXTS = words("pages")

_THICK = 20.0
_BELOW = 17.0
_FOOT = 20.0


def draw_intervals(canvas: Canvas, chart: Chart, lang: str) -> float:
    """Draw the intervals of a chart and return how high that is."""
    series = shown(chart)
    known = [value for one in chart.series for value in (*one.values, *one.low, *one.high) if math.isfinite(value)]
    signed = min(known, default=0.0) < 0.0
    said = [[_said(one, place, chart, lang, signed) for one, _ in row] for place, row in enumerate(series)]
    narrow = canvas.across < WIDE
    behind = ROOM if narrow else max((long(one) for row in said for one in row), default=0.0) + 3 * ROOM
    thick = _THICK + (_BELOW if narrow else 0.0)
    rows = rows_of(canvas, chart, with_zero(known), [len(row) * thick for row in series], (ROOM, behind))
    marks = ticks(rows.low, rows.high, int((rows.right - rows.left) / 90.0))

    def row(place: int, y: float) -> None:
        for (one, fill), text in zip(series[place], said[place], strict=True):
            if narrow:
                _grid(canvas, rows, marks, (y, y + _THICK))
            _interval(canvas, rows, y + _THICK / 2, one, place, fill)
            x, foot = (0.0, y + 33.0) if narrow else (rows.right + 2 * ROOM, y + 14.5)
            canvas.word(x, foot, text, color=INK)
            y += thick

    end = rows.end + 4.0
    if not narrow:
        _grid(canvas, rows, marks, (0.0, end))
    rows.draw(canvas, row)
    for mark in marks:
        canvas.word(rows.at(mark), end + 15.0, tick_label(mark, marks), SMALL, SOFT, "middle")
    return end + _FOOT


def _grid(canvas: Canvas, rows: Rows, marks: Sequence[float], ends: tuple[float, float]) -> None:
    """Draw a line at each round number, from one height to another."""
    for mark in marks:
        color, dash = (SOFT, "") if mark == 0.0 else (RULE, "2 3")
        canvas.line([(rows.at(mark), y) for y in ends], color, dash=dash)


def _interval(canvas: Canvas, rows: Rows, y: float, one: Series, place: int, fill: Fill) -> None:
    if one.low and one.high and math.isfinite(one.low[place]) and math.isfinite(one.high[place]):
        left, right = rows.at(one.low[place]), rows.at(one.high[place])
        canvas.line([(left, y), (right, y)], fill.color, 2.5)
        for x in (left, right):
            canvas.line([(x, y - 5.0), (x, y + 5.0)], fill.color, 1.5)
    if math.isfinite(one.values[place]):
        canvas.dot(rows.at(one.values[place]), y, 5.0, fill.color)


def _said(one: Series, place: int, chart: Chart, lang: str, signed: bool) -> str:
    """Return a value with the ends of its interval."""
    value = fixed(one.values[place], chart.digits, signed)
    if not one.low or not one.high or not math.isfinite(one.low[place]):
        return value
    low, high = (fixed(limit[place], chart.digits, signed) for limit in (one.low, one.high))
    return str(_TEXTS.UNIT.format(heading=value, unit=between(low, high, lang)).get(lang))
