"""Lines over weeks, with the ranges around them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import SMALL, Canvas, fills_of, long
from sim.report.document.scales import tick_label, ticks, with_zero
from sim.report.style import RULE, SERIES_DASHES, SOFT

_HIGH = 220.0
_BELOW = 24.0
_LETTER = 14.0
_STROKE = 2.2


@dataclass(frozen=True, slots=True)
class _Field:
    """Where what is drawn stands: its edges, and the ends of the scale."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    def x(self, place: int) -> float:
        return self.left + (self.right - self.left) * (place / (self.count - 1) if self.count > 1 else 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def draw_lines(canvas: Canvas, chart: Chart) -> float:
    """Draw the series of a chart as lines and return how high that is."""
    known = [value for one in chart.series for value in (*one.values, *one.low, *one.high) if math.isfinite(value)]
    known = with_zero(known)
    low, high = min(known), max(known)
    edge = (high - low or abs(high) or 1.0) * 0.04
    low, high = low - (edge if low else 0.0), high + edge
    marks = ticks(low, high, 5)
    said = [tick_label(one, marks) for one in marks]
    left = max((long(one, SMALL) for one in said), default=0.0) + 8.0
    field = _Field(left, canvas.across - 8.0, 6.0, _HIGH, low, high, len(chart.categories))
    for mark, text in zip(marks, said, strict=True):
        canvas.line([(left, field.y(mark)), (field.right, field.y(mark))], SOFT if mark == 0.0 else RULE)
        canvas.word(left - 6.0, field.y(mark) + 4.0, text, SMALL, SOFT, "end")
    _categories(canvas, field, chart.categories)
    fills = fills_of((one.color, one.tone) for one in chart.series)
    for one, fill in zip(chart.series, fills, strict=True):
        _band(canvas, field, one, fill.color)
    for place, (one, fill) in enumerate(zip(chart.series, fills, strict=True)):
        for points in _pieces(field, one.values):
            if len(points) > 1:
                canvas.line(points, fill.color, _STROKE, dash_of(place))
            else:
                canvas.dot(*points[0], _STROKE, fill.color)
    return _HIGH + _BELOW


def dash_of(place: int) -> str:
    """Return the dashes of the series at a place; nothing for a line without gaps."""
    _, lengths = found if isinstance(found := SERIES_DASHES[place % len(SERIES_DASHES)], tuple) else (0, ())
    return " ".join(f"{one * 1.4:.1f}" for one in lengths)


def _categories(canvas: Canvas, field: _Field, names: Sequence[str]) -> None:
    """Write as many names below as there is room for, at even distances."""
    if not names:
        return
    room = (max(long(one, SMALL) for one in names) + _LETTER) * max(1, len(names) - 1)
    least = max(1, math.ceil(room / (field.right - field.left)))
    step = next(size * 10**power for power in range(6) for size in (1, 2, 5) if size * 10**power >= least)
    first = next((place for place, name in enumerate(names) if name.isdigit() and int(name) % step == 0), 0)
    for place in range(first, len(names), step):
        side = "middle"
        if field.x(place) + long(names[place], SMALL) / 2 > canvas.across:
            side = "end"
        canvas.line([(field.x(place), field.bottom), (field.x(place), field.bottom + 4.0)], SOFT)
        canvas.word(field.x(place), field.bottom + 17.0, names[place], SMALL, SOFT, side)


def _band(canvas: Canvas, field: _Field, one: Series, color: str) -> None:
    if not one.low or not one.high:
        return
    both = [low + high for low, high in zip(one.low, one.high, strict=True)]  # unknown where either is
    for places in _runs(both):
        upper = [(field.x(place), field.y(one.high[place])) for place in places]
        lower = [(field.x(place), field.y(one.low[place])) for place in reversed(places)]
        canvas.area([*upper, *lower], color)


def _pieces(field: _Field, values: Sequence[float]) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of a line, a piece for each stretch in which nothing is missing."""
    for places in _runs(values):
        yield [(field.x(place), field.y(values[place])) for place in places]


def _runs(values: Sequence[float]) -> Iterator[list[int]]:
    found: list[int] = []
    for place, value in enumerate(values):
        if math.isfinite(value):
            found.append(place)
        elif found:
            yield found
            found = []
    if found:
        yield found
