"""What office programs are told about numbers and charts, the same in slides and workbooks: codes, colors, scales."""

from __future__ import annotations

import math

from sim.report.document.blocks import Chart, Column
from sim.report.document.canvas import fills_of


def code(digits: int, signed: bool = False, percent: bool = False) -> str:
    """Return the code for numbers with so many decimals; `signed` where those above zero have a sign, too."""
    number = "#,##0" + ("." + "0" * digits if digits else "") + ("%" if percent else "")
    return f'{"+" if signed else ""}{number};"−"{number};{number}'


def of_column(column: Column) -> str:
    """Return the code for the numbers of a column."""
    share = column.kind == "share"
    return (
        "General"
        if column.kind in ("text", "mixed")
        else code(0 if column.kind == "count" else column.digits, column.signed, share)
    )


def of_chart(chart: Chart) -> str:
    """Return the code for the values of a chart."""
    return code(chart.digits, changes(chart))


def of_axis(chart: Chart) -> str:
    """Return the code for the numbers along an axis: no more decimals than they need."""
    ends = [*ends_of(chart), 0.0]
    few = max(ends) - min(ends) < 3.0
    plus, number = "+" if changes(chart) else "", "#,##0.##" if few else "#,##0"
    return f'{plus}{number};"−"{number};0'


def changes(chart: Chart) -> bool:
    """Tell whether the values are changes: intervals that go below zero."""
    return chart.kind == "intervals" and min(ends_of(chart), default=0.0) < 0.0


def ends_of(chart: Chart) -> list[float]:
    """Return all values, and the ends of all intervals."""
    return [end for one in chart.series for end in (*one.values, *one.low, *one.high) if math.isfinite(end)]


def limits(ends: list[float]) -> tuple[float, float, float]:
    """Return where an axis begins and ends, and its steps: round numbers beyond all values and intervals."""
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    if not high > low:
        low, high = min(low, 0.0), max(high, 0.0) or 1.0
    if 0.0 < low < 0.5 * high:
        low = 0.0
    step = 10.0 ** math.floor(math.log10((high - low) / 2.0))
    step *= next(many for many in (1, 2, 5, 10) if (high - low) / (many * step) <= _STEPS)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


_STEPS = 7
"""Along an axis of values at most."""


def colors_of(chart: Chart) -> list[str]:
    """Return the color of each series, the same as on paper."""
    return [fill.color for fill in fills_of((series.color, series.tone) for series in chart.series)]


def one_each(chart: Chart) -> bool:
    """Tell whether each row has a value of one series only: these stand in one line."""
    rows = zip(*(series.values for series in chart.series), strict=True)
    return all(sum(math.isfinite(value) for value in row) <= 1 for row in rows)


def small_parts(chart: Chart, place: int) -> list[int]:
    """Return the rows in which a part of a stacked chart is too small for its number to stand in it."""
    rows = zip(*(one.values for one in chart.series), strict=True)
    longest = max((sum(value for value in row if math.isfinite(value)) for row in rows), default=0.0)
    values = chart.series[place].values
    return [row for row, value in enumerate(values) if not value >= _LEAST_SHARE * longest > 0.0]


_LEAST_SHARE = 0.07
"""Of the longest row that a part of it must have for its number to stand in it."""
