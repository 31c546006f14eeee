"""Charts of workbooks, fed from the cells below them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from sim.report.document.blocks import Chart, Column, Series, Table
from sim.report.document.canvas import PAPER, on
from sim.report.document.codes import changes, colors_of, ends_of, limits, of_axis, of_chart, one_each, small_parts
from sim.report.document.sheetforms import SIZE, Forms
from sim.report.document.slidecharts import DASHES, arms, rows_of
from sim.report.document.slidelayout import axis_of
from sim.report.document.toldchart import told
from sim.report.style import FAINT, INK, RULE, SOFT
from sim.words import words

_TEXTS = words("slides")

WIDE = 820
"""Pixels."""

_KINDS = {"bars": ("bar", ""), "stacked": ("bar", "stacked"), "lines": ("line", ""), "intervals": ("line", "")}

_DASH_NAMES = {"solid": "solid", "dash": "dash", "sysDot": "round_dot", "lgDash": "long_dash", "dashDot": "dash_dot"}


def high(chart: Chart) -> int:
    """Return how many pixels a chart is high."""
    if chart.kind in ("lines", "intervals"):
        return 360
    return 130 + 20 * math.ceil(len(chart.series) / 4) + max(26, 60 - 3 * rows_of(chart)) * rows_of(chart)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The columns that a chart is drawn from.

    Attributes
    ----------
    columns
        Of each: what it is called, whether it has the length of an arm of intervals, and its numbers.
    values
        Of each series: the place of its column, from 0.
    arms
        Of each series: the places of the lengths of its intervals; nothing where it has none.
    """

    columns: tuple[tuple[str, bool, tuple[float, ...]], ...]
    values: tuple[int, ...]
    arms: tuple[tuple[int, int] | None, ...]


def numbers_of(chart: Chart, lang: str) -> Numbers:
    """Return the columns of a chart: the series, then their intervals, once for all where each row has one value."""
    with_ends = [series for series in chart.series if series.low and series.high]
    if len(with_ends) > 1 and one_each(chart):
        with_ends = [_together(with_ends)]
    columns = [(series.name, False, series.values) for series in chart.series]
    found: dict[str, tuple[int, int]] = {}
    for series in with_ends:
        ends = zip(_ENDS, (series.low, series.high, *arms(series)), strict=True)
        columns += [(_end(key, series.name, lang), key in _LENGTHS, numbers) for key, numbers in ends]
        found[series.name] = (len(columns) - 2, len(columns) - 1)
    places = tuple(found.get(one.name, found.get("")) if one.low and one.high else None for one in chart.series)
    return Numbers(tuple(columns), tuple(range(len(chart.series))), places)


def _together(found: list[Series]) -> Series:
    """Return series as one, each row with the interval of the one that has a value there."""
    rows = list(zip(*(zip(one.values, one.low, one.high, strict=True) for one in found), strict=True))
    known = [next((one for one in row if math.isfinite(one[0])), (math.nan,) * 3) for row in rows]
    values, low, high = zip(*known, strict=True)
    return Series("", values, low, high)


def _end(key: str, name: str, lang: str) -> str:
    """Return what a column with ends of intervals is called."""
    return str(
        _TEXTS.OF_SERIES.format(name=name, end=_TEXTS.ENDS[key]).get(lang) if name else _TEXTS.ENDS[key].get(lang)
    )


_ENDS = ("low", "high", "below", "above")
_LENGTHS = ("below", "above")
"""What the lines of intervals are drawn from."""


def data_of(chart: Chart, lang: str) -> Table:
    """Return the numbers of a chart as a table."""
    found = numbers_of(chart, lang).columns
    columns = [
        Column(f"c{place}", name, "", "number", chart.digits, changes(chart) and not length)
        for place, (name, length, _) in enumerate(found)
    ]
    rows = tuple(
        (category, *(_known(values[row]) for _, _, values in found)) for row, category in enumerate(chart.categories)
    )
    return Table(f"{chart.name}_chart", chart.title, (Column("category", axis_of(chart, lang)), *columns), rows)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def put_chart(book: Any, sheet: Any, at: tuple[int, int], chart: Chart, top: int, forms: Forms) -> None:
    """Draw a chart from cells.

    Parameters
    ----------
    book, sheet
        Where it goes.
    at
        Row and column of its corner.
    chart
        What is drawn.
    top
        Row of the headings of its numbers, which begin in the first column.
    forms
        How letters look.
    """
    kind, subtype = _KINDS[chart.kind]
    made = book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
    colors = colors_of(chart)
    numbers = numbers_of(chart, forms.lang)
    cells = (sheet.get_name(), top + 1, top + len(chart.categories))
    for place in range(len(chart.series)):
        made.add_series(_series(chart, place, colors[place], cells, numbers, forms))
    _dress(made, chart, forms)
    made.set_size({"width": WIDE, "height": high(chart)})
    options = {"description": told(chart, forms.lang), "object_position": 2, "x_offset": 4, "y_offset": 4}
    sheet.insert_chart(*at, made, options)


def _series(
    chart: Chart, place: int, color: str, cells: tuple[str, int, int], numbers: Numbers, forms: Forms
) -> dict[str, Any]:
    """Return what the library is told about one series."""
    name, first, last = cells
    series, column = chart.series[place], 1 + numbers.values[place]
    found: dict[str, Any] = {
        "name": [name, first - 1, column],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, column, last, column],
    }
    labels = {"value": True, "num_format": of_chart(chart), "font": _font(forms, INK)}
    if chart.kind in ("bars", "stacked"):
        found |= {
            "fill": {"color": color},
            "gap": 45,
            "overlap": 100 if chart.kind == "stacked" or one_each(chart) else -5,
        }
    if chart.kind == "bars":
        found["data_labels"] = labels | {"position": "outside_end"}
    elif chart.kind == "stacked":
        found["border"] = {"color": PAPER, "width": 0.75}
        small = small_parts(chart, place)
        if len(small) < len(series.values):
            inside = [{"delete": True} if row in small else None for row in range(len(series.values))]
            font = _font(forms, on(color))
            found["data_labels"] = labels | {"position": "center", "custom": inside, "font": font}
    elif chart.kind == "lines":
        dash = _DASH_NAMES[DASHES[place % len(DASHES)]]
        found |= {"line": {"color": color, "width": 2.25, "dash_type": dash}, "marker": {"type": "none"}}
    else:
        marker = {"type": "circle", "size": 10, "fill": {"color": color}, "border": {"none": True}}
        found |= {"line": {"none": True}, "marker": marker, "data_labels": labels | {"position": "right"}}
    reach = numbers.arms[place]
    if reach is not None:
        found["y_error_bars"] = _whiskers(chart, series, color, cells, reach)
    return found


def _whiskers(
    chart: Chart, series: Series, color: str, cells: tuple[str, int, int], reach: tuple[int, int]
) -> dict[str, Any]:
    """Return what the library is told about the intervals of a series."""
    from xlsxwriter.utility import quote_sheetname, xl_range_abs

    name, first, last = cells
    below, above = (f"={quote_sheetname(name)}!{xl_range_abs(first, 1 + one, last, 1 + one)}" for one in reach)
    minus, plus = ([_known(one) for one in arm] for arm in arms(series))
    weeks = chart.kind == "lines"
    line = {"color": FAINT, "width": 0.5} if weeks else {"color": color, "width": 1.5}
    lengths = {"plus_values": above, "minus_values": below, "plus_data": plus, "minus_data": minus}
    return {"type": "custom", "end_style": int(not weeks), "line": line} | lengths


def _dress(made: Any, chart: Chart, forms: Forms) -> None:
    """Give a chart its title, its axes and its key."""
    made.set_title({"name": chart.title, "name_font": _font(forms, INK, SIZE + 1, bold=True), "overlay": False})
    upright = chart.kind in ("lines", "intervals")
    if len(chart.series) > 1:
        made.set_legend({"position": "top" if upright else "bottom", "font": _font(forms, INK)})
    else:
        made.set_legend({"none": True})
    numbers: dict[str, Any] = {
        "num_format": of_axis(chart),
        "num_font": _font(forms, INK),
        "name": axis_of(chart, forms.lang),
        "name_font": _font(forms, SOFT),
        "major_gridlines": {"visible": chart.kind != "bars", "line": {"color": RULE, "width": 0.5}},
        "line": {"none": True},
        "major_tick_mark": "none",
    }
    if upright:
        low, most, step = limits([*ends_of(chart), *([0.0] if chart.kind == "intervals" else [])])
        numbers |= {"min": low, "max": most, "major_unit": step}
    rows: dict[str, Any] = {
        "num_font": _font(forms, INK) | ({} if chart.kind == "lines" else {"rotation": 0}),
        "label_position": "low",
        "line": {"color": SOFT},
        "major_tick_mark": "none",
        "reverse": not upright,
        "interval_unit": 1,
    }
    if chart.kind == "lines":
        rows |= {"name": _TEXTS.WEEK.get(forms.lang), "name_font": _font(forms, SOFT)}
        rows |= {"interval_unit": _between(len(chart.categories)), "interval_tick": _between(len(chart.categories))}
    if upright:
        made.set_x_axis(rows)
        made.set_y_axis(numbers)
    else:
        made.set_x_axis(numbers)
        made.set_y_axis(rows | {"crossing": "max"})


def _between(count: int) -> int:
    return max(1, math.ceil(count / 13))


def _font(forms: Forms, color: str, size: int = SIZE - 1, bold: bool = False) -> dict[str, Any]:
    return {"name": forms.font, "size": size, "color": color, "bold": bold}
