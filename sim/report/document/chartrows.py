"""Rows of a chart: a name beside each, or above it on a phone, and a scale that they share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import SIZE, Canvas, fills_of, long
from sim.report.fit import broken
from sim.report.style import Fill

WIDE, NARROW = 720.0, 340.0
"""Pixels across, on a screen or paper and on a phone."""

ROOM = 8.0
"""Pixels that stay empty beside words."""

_LINE = 17.0
_GAP = 10.0
_NAMES = 0.34
"""Share of the width that names take at most."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows below each other.

    Attributes
    ----------
    names
        In lines.
    deep
        Pixels that each needs for what is drawn in it.
    narrow
        Whether names stand above what is drawn.
    left, right, low, high
        Where the scale begins and ends, and its values there.
    """

    names: tuple[str, ...]
    deep: tuple[float, ...]
    narrow: bool
    left: float
    right: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)

    @property
    def end(self) -> float:
        """How far down they reach."""
        return sum(map(self._step, range(len(self.names)))) + _GAP * max(0, len(self.names) - 1)

    def draw(self, canvas: Canvas, row: Callable[[int, float], None]) -> None:
        """Draw the names, and each row where it is told to."""
        y = 0.0
        for place, name in enumerate(self.names):
            step, high = self._step(place), _high(name)
            above = 0.0 if self.narrow else (step - high) / 2
            for line, text in enumerate(name.split("\n")):
                canvas.word(0.0, y + above + (line + 0.75) * _LINE, text)
            row(place, y + step - self.deep[place] if self.narrow else y + (step - self.deep[place]) / 2)
            y += step + _GAP

    def _step(self, place: int) -> float:
        high, deep = _high(self.names[place]), self.deep[place]
        return high + 2.0 + deep if self.narrow else max(high, deep)


def _high(name: str) -> float:
    return (name.count("\n") + 1) * _LINE


def rows_of(
    canvas: Canvas, chart: Chart, values: Iterable[float], deep: Sequence[float], beside: tuple[float, float]
) -> Rows:
    """Return the rows of a chart.

    Parameters
    ----------
    canvas, chart
        What is drawn, and on what.
    values
        What the scale reaches over.
    deep
        Pixels that each row needs.
    beside
        Pixels to the left and to the right of the scale for what is written there.
    """
    narrow = canvas.across < WIDE
    longest = max(map(long, chart.categories), default=0.0) + ROOM
    room = canvas.across if narrow else min(canvas.across * _NAMES, longest)
    names = tuple(broken(one, (room - ROOM) / 72.0, SIZE) for one in chart.categories)
    known = [one for one in values if math.isfinite(one)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    left = (0.0 if narrow else room) + beside[0]
    return Rows(names, tuple(deep), narrow, left, canvas.across - beside[1], low, high if high > low else low + 1.0)


def shown(chart: Chart) -> list[list[tuple[Series, Fill]]]:
    """Return the series that each row shows: those with a value in it, else the first, of which it says so."""
    fills = fills_of((one.color, one.tone) for one in chart.series)
    both = list(zip(chart.series, fills, strict=True))
    rows = range(len(chart.categories))
    return [[one for one in both if math.isfinite(one[0].values[place])] or both[:1] for place in rows]
