"""The answer at a glance, drawn: now and alternatives by the few measures that matter, with sign and interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.report.fit import broken, cut_apart, widest, width
from sim.report.material import Material
from sim.report.numbers import changed, measured, span, unit_of
from sim.report.page import Page, block_height, line_height
from sim.report.signs import Sign, sign_of, signs_in
from sim.report.style import INK, RULE, SOFT
from sim.words import words

_TEXTS = words("pictures")
_TERMS = words("terminal")

MOST_MEASURES = 5
_GAP = 0.16
_SIGN = 1.5
"""Room for a sign, in sizes of the letters."""


@dataclass(frozen=True, slots=True)
class Look:
    """How large a table is drawn.

    Attributes
    ----------
    size, small
        Of changes, and of intervals and units, in points.
    row
        Inches of a row.
    names
        Inches for the names of alternatives.
    below
        Whether intervals stand below the changes and not beside them.
    """

    size: float
    small: float
    row: float
    names: float
    below: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    sign: Sign
    change: str
    span: str


@dataclass(frozen=True, slots=True)
class _Column:
    """One measure: its heading, where it stands, and what each alternative does to it."""

    label: str
    unit: str
    now: str
    cells: Sequence[_Cell]

    def numbers(self, size: float) -> float:
        """Return the inches that the widest number takes, its sign included."""
        return widest([self.now, *(one.change for one in self.cells)], size, bold=True) + _SIGN * size / 72.0

    def across(self, look: Look) -> float:
        """Return the inches that the column wants."""
        spans = widest([one.span for one in self.cells], look.small)
        numbers = self.numbers(look.size)
        own = max(numbers, spans + _SIGN * look.size / 72.0) if look.below else numbers + spans + look.size / 72.0
        words = [width(word, look.small, bold=True) for word in (*self.label.split(), self.unit)]
        return max(own, _SIGN * look.size / 72.0 + max(words, default=0.0))


def measures_of(headlines: pd.DataFrame) -> list[str]:
    """Return the measures that a table shows: the first few that are defined."""
    known = headlines[headlines.groupby("measure")["now"].transform("count") > 0]
    return list(dict.fromkeys(known["measure"].astype(str)))[:MOST_MEASURES]


def draw_glance(
    page: Page, found: Material, names: Sequence[str], place: tuple[float, float, float], look: Look
) -> float:
    """Draw the table for now and the alternatives in `names` and return where it ends.

    Parameters
    ----------
    page, found
        What it is drawn on, and what was found.
    names
        The alternatives, in order.
    place
        Left edge, top and right edge.
    look
        How large it is.
    """
    left, top, right = place
    columns = [_column(found, measure, names) for measure in measures_of(found.headlines)]
    look, edges = _fitted(columns, look, right - left)
    head = _head(page, columns, [left + edge for edge in edges], top, look, right - left)
    labels = [found.labels[found.now], *(found.labels[name] for name in names)]
    short = cut_apart(labels, look.names - 0.15, look.size, bold=True)
    y = top + head
    for place_of, label in enumerate(labels):
        page.rule(left, y, right, color=INK if place_of == 0 else RULE, width=0.8 if place_of == 0 else 0.5)
        _name(page, left, y, label, short[place_of], look, bold=place_of > 0)
        for column, edge in zip(columns, edges, strict=True):
            cell = column.cells[place_of - 1] if place_of else None
            _cell(page, left + edge, y, column, cell, look)
        y += look.row
    return y


def second_line(found: Material, names: Sequence[str], look: Look, room: float) -> float:
    """Return the inches that the headings of the table want for a second line: none where each stands in one."""
    columns = [_column(found, measure, names) for measure in measures_of(found.headlines)]
    look, edges = _fitted(columns, look, room)
    return line_height(look.small) if any("\n" in one for one in _labels(columns, edges, look, room)) else 0.0


def _column(found: Material, measure: str, names: Sequence[str]) -> _Column:
    rows = found.headlines[found.headlines["measure"] == measure].drop_duplicates("alternative")
    by_name: dict[Any, dict[Any, Any]] = rows.set_index("alternative").to_dict("index")
    spec = found.specs[measure]
    cells = []
    for name in names:
        row = by_name[name]
        limits = span(float(row["ci_low"]), float(row["ci_high"]), spec, found.lang)
        known = pd.notna(row["ci_low"])
        change = changed(float(row["difference"]), spec, found.lang, unit=False)
        cells.append(_Cell(sign_of(pd.Series(row), spec), change, limits if known else ""))
    now = measured(float(rows["now"].iloc[0]), spec, found.lang, unit=False)
    return _Column(spec.label.get(found.lang), unit_of(spec).get(found.lang), now, cells)


def _fitted(columns: Sequence[_Column], look: Look, room: float) -> tuple[Look, list[float]]:
    """Return the look, with smaller letters where the numbers need it, and the left edges of the columns."""
    across = [column.across(look) for column in columns]
    free = room - look.names - _GAP * max(0, len(columns) - 1)
    if sum(across) > free:
        less = free / sum(across)
        look = Look(look.size * less, look.small * less, look.row, look.names, look.below)
        across = [column.across(look) for column in columns]
    spare = max(0.0, free - sum(across)) / max(1, len(columns))
    edges = [look.names + sum(across[:k]) + k * (_GAP + spare) + spare / 2 for k in range(len(columns))]
    return look, edges


def _head(page: Page, columns: Sequence[_Column], lefts: Sequence[float], top: float, look: Look, room: float) -> float:
    """Write the headings of the columns, their last lines level, and return the inches they take."""
    start = _SIGN * look.size / 72.0
    labels = _labels(columns, lefts, look, room)
    deep = max((block_height(label, look.small) for label in labels), default=0.0)
    for column, left, label in zip(columns, lefts, labels, strict=True):
        page.block(left + start, top + deep - block_height(label, look.small), label, look.small, bold=True)
        page.line(left + start, top + deep + line_height(look.small) / 2, column.unit, look.small, color=SOFT)
    return deep + line_height(look.small) + 0.06


def _labels(columns: Sequence[_Column], lefts: Sequence[float], look: Look, room: float) -> list[str]:
    """Return the headings of the columns, in two lines where one is too short."""
    rights = [*(left - 0.12 for left in lefts[1:]), *(left - look.names + room for left in lefts[:1])]
    start = _SIGN * look.size / 72.0
    return [
        broken(column.label, right - left - start, look.small, bold=True, most=2)
        for column, left, right in zip(columns, lefts, rights, strict=True)
    ]


def _name(page: Page, x: float, y: float, label: str, short: str, look: Look, bold: bool) -> None:
    """Write a name, in two lines of smaller letters where there is no room for it in one."""
    size = look.size * 0.78
    if short == label or 2 * line_height(size) > look.row:
        page.line(x, y + look.row / 2, short, look.size, bold=bold)
        return
    lines = broken(label, look.names - 0.15, size, bold=bold, most=2)
    page.block(x, y + look.row / 2 - block_height(lines, size) / 2, lines, size, bold=bold)


def _cell(page: Page, x: float, y: float, column: _Column, cell: _Cell | None, look: Look) -> None:
    middle, right = y + look.row / 2, x + column.numbers(look.size)
    start = x + _SIGN * look.size / 72.0
    if cell is None:
        page.line(start if look.below else right, middle, column.now, look.size, side="left" if look.below else "right")
        return
    if look.below and cell.span:
        middle -= line_height(look.small) / 2
        page.line(start, middle + look.size / 144.0 + line_height(look.small) * 0.55, cell.span, look.small, color=SOFT)
    page.line(x, middle, cell.sign.letter.strip(), look.size * 0.95, color=cell.sign.color)
    page.line(start if look.below else right, middle, cell.change, look.size, bold=True,
              side="left" if look.below else "right")  # fmt: skip
    if not look.below:
        page.line(right + look.size / 144.0, middle, cell.span, look.small, color=SOFT)


def key_of(found: Material, between: str = "\u00a0\u00a0 ") -> str:
    """Return what the signs in the table mean."""
    return between.join(f"{sign.letter} {sign.words(found.lang)}" for sign in signs_in(found.headlines, found.specs))
