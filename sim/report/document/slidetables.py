"""Tables of slides: how wide columns are, which rows there is room for, and the table that office programs can edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.document.blocks import Table, Tone
from sim.report.document.canvas import TONES
from sim.report.document.cells import heading_of, written
from sim.report.document.slidemaster import EMU, NS
from sim.report.document.tabled import MOST_ROWS, same
from sim.report.fit import ELLIPSIS, broken, width
from sim.report.style import INK, RULE

LARGEST, LEAST = 14, 11

_POINTS = 72.0
_LINE = {"en": 1.2, "zh": 1.45}
_BETWEEN = 0.16
"""Inches that a cell keeps empty, across."""

_NAMES, _COLUMN_OF_WORDS = 2.2, 1.3
"""Inches that the first column, and another of words, has at least where it needs them."""

_LONGEST_WORD = 3.6
"""Inches over which even a word may be broken."""

_CHINESE = "\u2e80"
"""The first letter of those that are as wide in every font."""

_LINES = 2
"""Of a cell; what is longer is cut, and stands in the notes."""

_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands on a slide.

    Attributes
    ----------
    size
        Of its letters.
    widths, heights
        Of columns and rows (the first is the heading) in inches.
    heads, rows
        What is written.
    right
        Whether a column stands at the right, as numbers do.
    tones
        Of the rows.
    cut
        What was cut, in full, for the notes.
    left_out
        Rows that there is no room for.
    comfortable
        Whether everything is there, in letters that are no smaller than need be.
    """

    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    tones: tuple[Tone, ...]
    cut: tuple[str, ...]
    left_out: int
    comfortable: bool

    @property
    def height(self) -> float:
        """Inches from the upper to the lower edge."""
        return sum(self.heights)


def grid_of(table: Table, inches: float, height: float, lang: str) -> Grid:
    """Return how a table stands in a width and height: as large as may be, cut where even the smallest is too large.

    Letters are rather somewhat smaller than rows broken into lines.
    """
    tried = [_of_size(table, inches, height, size, lang) for size in range(LARGEST, LEAST - 1, -1)]
    fitting = [one for one in tried if one.comfortable]
    large = [one for one in fitting if one.size > LEAST]
    level = [one for one in large if max(one.heights[1:], default=0.0) <= _row_height(1, one.size, lang) + 1e-9]
    return next(iter(level or fitting), tried[-1])


def _of_size(table: Table, inches: float, height: float, size: int, lang: str) -> Grid:
    shown = table.rows[:MOST_ROWS]
    heads = [heading_of(column, lang) for column in table.columns]
    rows = [[written(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)] for row in shown]
    right = tuple(column.kind != "text" for column in table.columns)
    widths = _widths(heads, rows, right, inches, size)
    head_lines = max(_lines_of(head, wide, size, True) for head, wide in zip(heads, widths, strict=True))
    fits: list[list[str]] = []
    cut: list[str] = []
    heights = [_row_height(head_lines, size, lang)]
    for row in rows:
        made = [_cut(text, wide, size) for text, wide in zip(row, widths, strict=True)]
        lines = max(
            _lines_of(text, wide, size, place == 0) for place, (text, wide) in enumerate(zip(made, widths, strict=True))
        )
        more = _row_height(lines, size, lang)
        if sum(heights) + more > height:
            break
        heights.append(more)
        fits.append(made)
        cut += [f"{row[0]} – {head}: {text}" for head, text, kept in zip(heads, row, made, strict=True) if kept != text]
    left_out = len(table.rows) - len(fits)
    comfortable = not cut and len(fits) == len(shown) and sum(widths) <= inches + 1e-6 and head_lines <= _HEAD_LINES
    tones = table.tones or same("plain", len(table.rows))
    kept = tuple(tuple(row) for row in fits)
    return Grid(
        size, tuple(widths), tuple(heights), tuple(heads), kept, right, tones, tuple(cut), left_out, comfortable
    )


def _widths(heads: list[str], rows: list[list[str]], right: Sequence[bool], inches: float, size: int) -> list[float]:
    """Return how wide columns are: each as its longest line asks for; else headings, then words give way."""
    wanted, less, least = [], [], []
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows]
        longest = _widest(cells, size, bold=place == 0)
        word = _widest(_pieces(head), size, bold=True)
        wanted.append(max(longest, _widest([head], size, bold=True)) + _BETWEEN)
        head_in_two = 0.55 * _widest([head], size, bold=True)
        less.append(min(wanted[-1], max(longest, word, head_in_two) + _BETWEEN))
        narrow = longest if right[place] else max(_longest_word(cells, size), _COLUMN_OF_WORDS if place else _NAMES)
        narrow = min(narrow, longest)
        least.append(min(wanted[-1], max(narrow, word) + _BETWEEN))
    total = sum(wanted)
    if total <= inches:
        return [one * min(inches / total, 1.3) for one in wanted]
    if sum(less) <= inches:
        return [one + (inches - sum(less)) / len(less) for one in less]
    if sum(least) >= inches:
        return [one * inches / sum(least) for one in least] if size == LEAST else least
    return _given_way(less, least, inches)


def _longest_word(cells: list[str], size: int) -> float:
    """Return how wide a column has to be for no word to be broken, as far as there are words and not only letters."""
    return min(_widest([word for cell in cells if cell.isascii() for word in cell.split()], size, False), _LONGEST_WORD)


def _pieces(head: str) -> list[str]:
    """Return what of a heading stays on one line."""
    if head.isascii():
        return head.split() or [""]
    name, bracket, unit = head.partition("（")
    return [*broken(name, 0.75, LEAST, bold=True).split("\n"), bracket + unit]


def _given_way(wanted: list[float], least: list[float], inches: float) -> list[float]:
    """Return widths with one limit for all, so that the widest give way first."""
    low, high = 0.0, max(wanted)
    for _ in range(40):
        limit = (low + high) / 2.0
        if sum(max(few, min(one, limit)) for one, few in zip(wanted, least, strict=True)) > inches:
            high = limit
        else:
            low = limit
    return [max(few, min(one, low)) for one, few in zip(wanted, least, strict=True)]


def _lines_of(text: str, inches: float, size: int, bold: bool) -> int:
    return broken(text, _room(text, inches), size, bold).count("\n") + 1


def _cut(text: str, inches: float, size: int) -> str:
    return beginning(text, _room(text, inches), size, True, _LINES)


def _widest(texts: Sequence[str], size: int, bold: bool) -> float:
    """Return how wide the longest line is in whatever font it may be written."""
    return max((_spare(text) * width(text, size, bold) for text in texts), default=0.0)


def _room(text: str, inches: float) -> float:
    """Return the width in which a cell breaks its text into lines."""
    return max(0.2, (inches - _BETWEEN) / _spare(text) + 0.005)


def _spare(text: str) -> float:
    """Return by how much the letters of another font may be wider."""
    return 1.05 if any(letter >= _CHINESE for letter in text) else 1.18


def beginning(text: str, inches: float, size: float, bold: bool, most: int) -> str:
    """Return a text in one line if it fits into so many lines; else its beginning that does, cut after a whole word."""
    kept = broken(text, inches, size, bold, most=most)
    letters = sum(not one.isspace() for one in kept.removesuffix(ELLIPSIS))
    if not kept.endswith(ELLIPSIS) or letters >= sum(not one.isspace() for one in text):
        return text
    end = 0
    while letters:
        letters -= not text[end].isspace()
        end += 1
    stem = text[:end]
    if " " in stem and stem[-1].isascii() and text[end].isascii() and text[end].isalnum():
        stem = stem.rsplit(" ", 1)[0]
    return stem.rstrip(" ,;:，；：、") + ELLIPSIS


def _row_height(lines: int, size: int, lang: str) -> float:
    return lines * _LINE[lang] * size / _POINTS + 2.0 * margin(size)


def margin(size: int) -> float:
    """Return the inches that a cell keeps empty above and below its text."""
    return 0.05 if size > LEAST else 0.03


def add_table(slide: Any, grid: Grid, left: float, top: float, fill: Callable[..., None]) -> Any:
    """Put a table on a slide and return its frame.

    Parameters
    ----------
    slide
        Where it goes.
    grid
        What it is.
    left, top
        Of its corner, in inches.
    fill
        Writes a line of text into a frame for it.
    """
    across, down = sum(grid.widths), grid.height
    corner = [round(one * EMU) for one in (left, top, across, down)]
    frame = slide.shapes.add_table(len(grid.rows) + 1, len(grid.heads), *corner)
    made = frame.table
    made.horz_banding = False
    made._tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = _NO_STYLE
    for column, wide in zip(made.columns, grid.widths, strict=True):
        column.width = round(wide * EMU)
    for row, height in zip(made.rows, grid.heights, strict=True):
        row.height = round(height * EMU)
    for number, texts in enumerate((grid.heads, *grid.rows)):
        tone = grid.tones[number - 1] if number else "plain"
        for place, text in enumerate(texts):
            cell = made.cell(number, place)
            bold = number == 0 or (place == 0 and tone != "plain")
            color = TONES.get(tone, INK) if number and place == 0 else INK
            fill(cell.text_frame, text, grid.size, bold, color, "r" if grid.right[place] else "l")
            _dress(cell, number == 0, grid.size)
    return frame


_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""No style and no grid: the lines below are all there are."""


def _dress(cell: Any, head: bool, size: int) -> None:
    """Give a cell its margins, and the line below it."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.oxml import parse_xml

    cell.margin_left = cell.margin_right = round(_BETWEEN / 2 * EMU)
    cell.margin_top = cell.margin_bottom = round(margin(size) * EMU)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    thick, color = (15875, INK) if head else (6350, RULE)
    properties = cell._tc.get_or_add_tcPr()
    for side in ("lnL", "lnR", "lnT"):
        properties.append(parse_xml(f'<a:{side} {NS} w="0"><a:noFill/></a:{side}>'))
    properties.append(
        parse_xml(f'<a:lnB {NS} w="{thick}"><a:solidFill><a:srgbClr val="{color.lstrip("#")}"/></a:solidFill></a:lnB>')
    )
    properties.append(parse_xml(f"<a:noFill {NS}/>"))
