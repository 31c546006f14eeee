"""Charts of slides that office programs can edit: the numbers stand in a workbook inside, and so do the intervals."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import PAPER, on
from sim.report.document.codes import colors_of, ends_of, limits, of_axis, of_chart, one_each, small_parts
from sim.report.document.fixedzip import MADE
from sim.report.document.slidemaster import EAST_ASIAN, EMU, LATIN, SMALL, rgb, text_language
from sim.report.fit import widest
from sim.report.style import FAINT, INK, RULE, SOFT
from sim.words import words

_TEXTS = words("slides")

NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

_SHEET = "Sheet1"
"""What the sheet inside is called; the charts refer to it."""

DASHES = ("solid", "dash", "sysDot", "lgDash", "dashDot")

_UPRIGHT = 4.4
"""Inches that a chart whose values go up is high."""

_MANY = 8
"""Rows from which on letters are smaller."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def add_chart(slide: Any, chart: Chart, box: Any, lang: str) -> Any:
    """Put a chart on a slide and return its frame.

    Parameters
    ----------
    slide
        Where it goes.
    chart
        What it shows.
    box
        Its place in inches.
    lang
        ``en`` or ``zh``.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "intervals": XL_CHART_TYPE.LINE_MARKERS,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
        "lines": XL_CHART_TYPE.LINE,
    }
    kind: Any = CategoryChartData
    data = kind(number_format=of_chart(chart))
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series.name, [value if math.isfinite(value) else None for value in series.values])
    place = [round(one * EMU) for one in (box.left, box.top, box.width, box.height)]
    frame = slide.shapes.add_chart(kinds[chart.kind], *place, data)
    made = frame.chart
    for number in made._chartSpace.xpath(".//c:axId | .//c:crossAx"):
        number.set("val", number.get("val").lstrip("-"))  # the format knows none below zero
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(chart))
    _dress(made, chart, lang)
    return frame


def _workbook(chart: Chart) -> bytes:
    """Return the workbook inside: categories, a column for each series, and behind them the ends of the intervals."""
    from xlsxwriter import Workbook

    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(_SHEET)
    form = book.add_format({"num_format": of_chart(chart)})
    sheet.write_column(1, 0, chart.categories)
    for place, series in enumerate(chart.series, 1):
        sheet.write_string(0, place, series.name)
        _write(sheet, place, series.values, form)
    for place, series in _whiskered(chart):
        for number, (sign, values) in enumerate(zip("−+", arms(series), strict=True)):
            sheet.write_string(0, place + number, f"{series.name} {sign}")
            _write(sheet, place + number, values, form)
    book.close()
    return file.getvalue()


def _write(sheet: Any, column: int, values: tuple[float, ...], form: Any) -> None:
    for row, value in enumerate(values, 1):
        if math.isfinite(value):
            sheet.write_number(row, column, value, form)


def _whiskered(chart: Chart) -> list[tuple[int, Series]]:
    """Return the series that have intervals, each with the first of the two columns that these stand in."""
    found = [series for series in chart.series if series.low and series.high]
    return [(1 + len(chart.series) + 2 * number, series) for number, series in enumerate(found)]


def arms(series: Series) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how far intervals reach below and above their values."""
    below = tuple(value - low for value, low in zip(series.values, series.low, strict=True))
    above = tuple(high - value for value, high in zip(series.values, series.high, strict=True))
    return below, above


def _dress(made: Any, chart: Chart, lang: str) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    made.has_title = False
    made.font.size = Pt(SMALL)
    _fonts(made, lang)
    several = len(chart.series) > 1
    made.has_legend = several
    if several:
        upright = chart.kind in ("lines", "intervals")
        made.legend.position = XL_LEGEND_POSITION.TOP if upright else XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
        made.legend.font.size = Pt(SMALL)
    if chart.kind in ("bars", "stacked"):
        _bars(made, chart)
    elif chart.kind == "lines":
        _lines(made, chart, lang)
    else:
        _dots(made, chart)
    for place, series in _whiskered(chart):
        _whiskers(made, chart, place, series)


def _fonts(made: Any, lang: str) -> None:
    """Name both fonts, the color and the language of all letters of a chart."""
    from pptx.oxml import parse_xml

    properties = made._chartSpace.txPr.p_lst[0].pPr.defRPr
    for name, value in (part.split("=") for part in text_language(lang).split()):
        properties.set(name, value.strip('"'))
    properties.append(parse_xml(f'<a:solidFill {NS}><a:srgbClr val="{INK[1:]}"/></a:solidFill>'))
    for script, face in (("latin", LATIN), ("ea", EAST_ASIAN)):
        properties.append(parse_xml(f'<a:{script} {NS} typeface="{face}"/>'))


def _bars(made: Any, chart: Chart) -> None:
    """Lay bars from the first category at the top to the last, with their numbers beside or inside them."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    plot = made.plots[0]
    plot.gap_width = 45 if chart.kind == "stacked" or len(chart.series) > 1 else 70
    plot.overlap = 100 if chart.kind == "stacked" or one_each(chart) else -5
    categories, values = made.category_axis, made.value_axis
    categories.reverse_order = True
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = rgb(SOFT)
    categories.tick_labels.font.size = Pt(SMALL if len(chart.categories) <= _MANY else SMALL - 2)
    _every(categories, 1)
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = of_axis(chart), False
    values.tick_labels.font.size = Pt(SMALL - 1)
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = rgb(RULE)
    values.major_gridlines.format.line.width = Pt(0.5)
    values._element.find(_c("crosses")).set("val", "max")
    for series, drawn, color in zip(chart.series, plot.series, colors_of(chart), strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = rgb(color)
        drawn.invert_if_negative = False
        if chart.kind == "stacked":
            drawn.format.line.color.rgb = rgb(PAPER)
            drawn.format.line.width = Pt(0.75)
            _inside(drawn, chart, series, color)
        else:
            _labels(drawn, chart).position = XL_LABEL_POSITION.OUTSIDE_END
    if chart.kind == "bars":
        values.has_major_gridlines = False
        values.visible = False


def _labels(drawn: Any, chart: Chart) -> Any:
    from pptx.util import Pt

    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = of_chart(chart), False
    labels.font.size = Pt(_label_size(chart))
    return labels


def _label_size(chart: Chart) -> int:
    """Return the size of numbers: smaller where bars are many."""
    if chart.kind not in ("bars", "stacked") or rows_of(chart) <= _MANY:
        return SMALL
    return SMALL - 2 if rows_of(chart) <= 2 * _MANY else SMALL - 3


def _inside(drawn: Any, chart: Chart, series: Series, color: str) -> None:
    """Write the number into each part that has room for it."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.oxml import parse_xml

    small = small_parts(chart, chart.series.index(series))
    if len(small) == len(series.values):
        return
    labels = _labels(drawn, chart)
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.color.rgb = rgb(on(color))
    for number, place in enumerate(small):
        labels._element.insert(number, parse_xml(f'<c:dLbl {NS}><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'))


def _upright(made: Any, chart: Chart) -> None:
    """Dress the axes of a chart whose values go up."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    categories, values = made.category_axis, made.value_axis
    for axis in (categories, values):
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size = Pt(SMALL - 1)
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.rgb = rgb(SOFT)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = of_axis(chart), False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = rgb(RULE)
    values.major_gridlines.format.line.width = Pt(0.5)


def _dots(made: Any, chart: Chart) -> None:
    """Draw a dot with its number for each row; the intervals come besides."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.util import Pt

    _upright(made, chart)
    made.category_axis.tick_labels.font.size = Pt(SMALL if len(chart.categories) <= _MANY else SMALL - 1)
    _every(made.category_axis, 1)
    _limits(made.value_axis, [*ends_of(chart), 0.0])
    _level(made.category_axis)
    for drawn, color in zip(made.plots[0].series, colors_of(chart), strict=True):
        drawn.smooth = False
        drawn.format.line.fill.background()
        drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(color)
        drawn.marker.format.line.fill.background()
        _labels(drawn, chart).position = XL_LABEL_POSITION.RIGHT


def _lines(made: Any, chart: Chart, lang: str) -> None:
    """Draw lines of different colors and dashes over the weeks."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    _upright(made, chart)
    categories = made.category_axis
    categories.has_title = True
    categories.axis_title.text_frame.text = _TEXTS.WEEK.get(lang)
    run = categories.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(SMALL - 1), False
    _every(categories, _weeks_between(len(chart.categories)))
    _limits(made.value_axis, ends_of(chart))
    for number, (drawn, color) in enumerate(zip(made.plots[0].series, colors_of(chart), strict=True)):
        drawn.smooth = False
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(2.25)
        drawn.format.line.color.rgb = rgb(color)
        _dashed(drawn, DASHES[number % len(DASHES)])


def _limits(axis: Any, ends: list[float]) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = limits(ends)


def _level(axis: Any) -> None:
    """Let the words along an axis lie, and be broken into lines, and none of them be left out."""
    body = axis._element.get_or_add_txPr().find(f"{_A}bodyPr")
    body.set("rot", "0")
    body.set("vert", "horz")


def _every(axis: Any, step: int) -> None:
    """Let every so many categories have their name along the axis."""
    from pptx.oxml import parse_xml

    after = axis._element.find(_c("noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        after.addprevious(parse_xml(f'<c:{name} {NS} val="{step}"/>'))


def _weeks_between(count: int) -> int:
    """Return from which week to which the axis has a number: some twelve in all."""
    return next(one for one in (1, 2, 4, 8, 13, 26, 52, 104, count) if count / one <= 14)


def _dashed(drawn: Any, dash: str) -> None:
    from pptx.oxml import parse_xml

    line = drawn.format.line._get_or_add_ln()
    line.find(f"{_A}solidFill").addnext(parse_xml(f'<a:prstDash {NS} val="{dash}"/>'))


def _whiskers(made: Any, chart: Chart, place: int, series: Series) -> None:
    """Give a series its intervals, which refer to the workbook inside as its values do."""
    from pptx.oxml import parse_xml

    drawn = made.plots[0].series[chart.series.index(series)]._element
    below, above = arms(series)
    parts = [
        f"<c:{name}><c:numRef><c:f>{_cells(place + number, len(values))}</c:f>{_cache(values)}</c:numRef></c:{name}>"
        for number, (name, values) in enumerate((("minus", below), ("plus", above)))
    ]
    weeks = chart.kind == "lines"
    width, color = (6350, FAINT) if weeks else (19050, colors_of(chart)[chart.series.index(series)])
    element = parse_xml(
        f'<c:errBars {NS}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="{int(weeks)}"/>{parts[1]}{parts[0]}<c:spPr><a:ln w="{width}"><a:solidFill>'
        f'<a:srgbClr val="{color.lstrip("#")}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    drawn.find(_c("cat")).addprevious(element)


def _cells(column: int, count: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    first, last = (xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (1, count))
    return f"{_SHEET}!{first}:{last}"


def _cache(values: tuple[float, ...]) -> str:
    known = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values) if math.isfinite(value)
    )
    return f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{known}</c:numCache>'


def _c(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/chart}}{name}"


def height_for(chart: Chart, inches: float) -> float:
    """Return the inches a chart of a width wants to be high: few rows make no bars as thick as a page."""
    if chart.kind in ("lines", "intervals"):
        return _UPRIGHT
    legend = 0.0 if len(chart.series) < 2 else 0.3 * math.ceil(_legend(chart) / inches)
    return 0.75 * rows_of(chart) + legend + 0.7


def rows_of(chart: Chart) -> int:
    """Return how many bars lie one below another."""
    return len(chart.categories) * (1 if chart.kind == "stacked" or one_each(chart) else len(chart.series))


def _legend(chart: Chart) -> float:
    return sum(widest([series.name], SMALL) + 0.4 for series in chart.series)
