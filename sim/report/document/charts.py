"""Charts of a report as SVG, once for a screen or sheet of paper and once for a phone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import SIZE, SMALL, Canvas, fills_of, long, on
from sim.report.document.cells import fixed
from sim.report.document.linechart import draw_lines
from sim.report.document.scales import tick_label, ticks, with_zero
from sim.report.document.toldchart import told
from sim.report.fit import broken
from sim.report.numbers import between
from sim.report.style import INK, RULE, SOFT, Fill

WIDE, NARROW = 720.0, 340.0
"""Pixels across, on a screen or paper and on a phone."""

_LINE = 17.0
_GAP = 10.0
_ROOM = 8.0


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


def _draw(canvas: Canvas, chart: Chart, lang: str) -> float:
    """Draw a chart and return how high that is."""
    if chart.kind == "intervals":
        return _intervals(canvas, chart, lang)
    draw = draw_lines if chart.kind == "lines" else _stacked if chart.kind == "stacked" else _bars
    return draw(canvas, chart)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows below each other: their names, where what is drawn begins and ends, and what stands where."""

    names: tuple[str, ...]
    above: bool
    left: float
    right: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        span = self.high - self.low
        return self.left + (self.right - self.left) * ((value - self.low) / span if span > 0.0 else 0.0)


def _rows(canvas: Canvas, chart: Chart, values: Iterable[float], before: float, behind: float) -> _Rows:
    """Return rows for some values, with so many pixels beside them for what is written there."""
    above = canvas.across < WIDE
    room = canvas.across if above else min(canvas.across * 0.34, max(map(long, chart.categories), default=0.0) + _ROOM)
    names = tuple(broken(one, (room - _ROOM) / 72.0, SIZE) for one in chart.categories)
    known = [one for one in values if math.isfinite(one)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    left = (0.0 if above else room) + before
    return _Rows(names, above, left, canvas.across - behind, low, high if high > low else low + 1.0)


def _down(canvas: Canvas, rows: _Rows, deep: float, row: Callable[[int, float], None], top: float = 0.0) -> float:
    """Draw rows, each with its name beside it, or above it where there is no room; return where they end."""
    y = top
    for place, name in enumerate(rows.names):
        lines = name.split("\n")
        high = len(lines) * _LINE
        if rows.above:
            _name(canvas, y, lines)
            row(place, y + high + 2.0)
            y += high + 2.0 + deep + _GAP
        else:
            step = max(high, deep)
            _name(canvas, y + (step - high) / 2, lines)
            row(place, y + (step - deep) / 2)
            y += step + _GAP
    return y


def _name(canvas: Canvas, y: float, lines: Sequence[str]) -> None:
    for place, line in enumerate(lines):
        canvas.word(0.0, y + (place + 0.75) * _LINE, line)


def _bars(canvas: Canvas, chart: Chart) -> float:
    """Draw the bars of each row one below another, each with its number."""
    values = [value for one in chart.series for value in one.values]
    below = max((long(_said(one, chart)) + _ROOM for one in values if one < 0.0), default=0.0)
    above = max((long(_said(one, chart)) + _ROOM for one in values if not one < 0.0), default=0.0)
    rows = _rows(canvas, chart, [0.0, *values], below, above)
    fills, thick = _fills(chart), 16.0 if len(chart.series) > 1 else 20.0

    deep = len(chart.series) * (thick + 2.0) - 2.0

    def row(place: int, y: float) -> None:
        if rows.low < 0.0:
            canvas.line([(rows.at(0.0), y - 2.0), (rows.at(0.0), y + deep + 2.0)], SOFT)
        for one, fill in zip(chart.series, fills, strict=True):
            _bar(canvas, rows, (y, thick), one.values[place], fill, _said(one.values[place], chart))
            y += thick + 2.0

    return _down(canvas, rows, deep, row, 2.0) - _GAP + 2.0


def _bar(canvas: Canvas, rows: _Rows, place: tuple[float, float], value: float, fill: Fill, said: str) -> None:
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
    behind = max((long(_said(one, chart), bold=True) + _ROOM for one in sums), default=0.0)
    rows = _rows(canvas, chart, [0.0, *ends, *starts], 0.0, behind)
    fills, thick = _fills(chart), 26.0

    def row(place: int, y: float) -> None:
        right = left = 0.0
        for value, fill in zip(every[place], fills, strict=True):
            if value > 0.0:
                _part(canvas, (rows.at(right), rows.at(right + value)), (y, thick), fill, _said(value, chart))
                right += value
            elif value < 0.0:
                _part(canvas, (rows.at(left + value), rows.at(left)), (y, thick), fill, _said(value, chart))
                left += value
        canvas.word(rows.at(ends[place]) + 5.0, y + thick / 2 + 4.5, _said(sums[place], chart), bold=True)

    return _down(canvas, rows, thick, row) - _GAP + 2.0


def _part(canvas: Canvas, ends: tuple[float, float], place: tuple[float, float], fill: Fill, said: str) -> None:
    (left, right), (y, thick) = ends, place
    canvas.box(left, y, max(right - left - 1.0, 0.5), thick, fill)
    needed = long(said, SMALL) + 8.0
    if right - left < needed:
        return
    middle = (left + right - 1.0) / 2
    if fill.hatch:
        canvas.box(middle - needed / 2 + 1.0, y + 5.0, needed - 2.0, thick - 10.0, Fill(fill.color, ""))
    canvas.word(middle, y + thick / 2 + 4.2, said, SMALL, on(fill.color), "middle")


def _intervals(canvas: Canvas, chart: Chart, lang: str) -> float:
    """Draw a dot with its interval in each row, numbers at the end, and a scale below."""
    signed = any(value < 0.0 for one in chart.series for value in (*one.values, *one.low) if math.isfinite(value))
    said = [
        [_with_limits(one, place, chart, lang, signed) for one in chart.series]
        for place in range(len(chart.categories))
    ]
    narrow = canvas.across < WIDE
    behind = 0.0 if narrow else max((long(one) for row in said for one in row), default=0.0) + 2 * _ROOM
    known = [value for one in chart.series for value in (*one.values, *one.low, *one.high) if math.isfinite(value)]
    rows = _rows(canvas, chart, with_zero(known), 8.0, behind + 8.0)
    fills, thick = _fills(chart), 20.0 + (_LINE if narrow else 0.0)
    deep = len(chart.series) * thick
    marks = ticks(rows.low, rows.high, int((rows.right - rows.left) / 90.0))

    def row(place: int, y: float) -> None:
        for one, fill, text in zip(chart.series, fills, said[place], strict=True):
            if narrow:
                _grid(canvas, rows, marks, (y, y + 20.0))
            _interval(canvas, rows, y + 10.0, one, place, fill)
            canvas.word(0.0 if narrow else rows.right + 2 * _ROOM, y + (33.0 if narrow else 14.5), text, color=INK)
            y += thick

    end = _heights(rows, deep) + 4.0
    if not narrow:
        _grid(canvas, rows, marks, (0.0, end))
    for mark in marks:
        canvas.word(rows.at(mark), end + 15.0, tick_label(mark, marks), SMALL, SOFT, "middle")
    _down(canvas, rows, deep, row)
    return end + 20.0


def _grid(canvas: Canvas, rows: _Rows, marks: Sequence[float], ends: tuple[float, float]) -> None:
    """Draw a line at each round number, from one height to another."""
    for mark in marks:
        color, dash = (SOFT, "") if mark == 0.0 else (RULE, "2 3")
        canvas.line([(rows.at(mark), y) for y in ends], color, dash=dash)


def _heights(rows: _Rows, deep: float) -> float:
    """Return how far down rows reach."""
    lines = [one.count("\n") + 1 for one in rows.names]
    steps = [one * _LINE + 2.0 + deep if rows.above else max(one * _LINE, deep) for one in lines]
    return sum(steps) + _GAP * max(0, len(steps) - 1)


def _interval(canvas: Canvas, rows: _Rows, y: float, one: Series, place: int, fill: Fill) -> None:
    if one.low and one.high and math.isfinite(one.low[place]) and math.isfinite(one.high[place]):
        left, right = rows.at(one.low[place]), rows.at(one.high[place])
        canvas.line([(left, y), (right, y)], fill.color, 2.5)
        for x in (left, right):
            canvas.line([(x, y - 5.0), (x, y + 5.0)], fill.color, 1.5)
    if math.isfinite(one.values[place]):
        canvas.dot(rows.at(one.values[place]), y, 5.0, fill.color)


def _with_limits(one: Series, place: int, chart: Chart, lang: str, signed: bool) -> str:
    value = fixed(one.values[place], chart.digits, signed)
    if not one.low or not one.high or not math.isfinite(one.low[place]):
        return value
    ends = (fixed(limit[place], chart.digits, signed) for limit in (one.low, one.high))
    inside = between(next(ends), next(ends), lang)
    return f"{value}（{inside}）" if lang == "zh" else f"{value} ({inside})"


def _said(value: float, chart: Chart) -> str:
    return fixed(value, chart.digits)


def _fills(chart: Chart) -> list[Fill]:
    return fills_of((one.color, one.tone) for one in chart.series)


def keys_of(chart: Chart) -> Mapping[str, Fill]:
    """Return the fill of each series by its name; nothing where one stands alone."""
    if len(chart.series) < 2:
        return {}
    return dict(zip((one.name for one in chart.series), _fills(chart), strict=True))
