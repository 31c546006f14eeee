"""Stacked bars of hours by part of the ledger, and the key to their colors: one look for every picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.report.fit import width
from sim.report.page import Page, line_height
from sim.report.style import INK, PART_FILLS, SMALL
from sim.words.numbers import digits

_AROUND = 0.08
"""Inches that a number needs beside it within a part of a bar."""

_DARK = ("touch", "handover", "conflict", "unfinished")
"""Fills on which numbers are white."""

_SWATCH, _GAP = 0.3, 0.22


def stack(
    page: Page, x: float, middle: float, height: float, hours: Mapping[str, float], scale: float, size: float = SMALL
) -> float:
    """Draw one bar, with hours on the parts that have room for them, and return where it ends.

    Parameters
    ----------
    page
        What it is drawn on.
    x, middle, height
        Where it begins and how thick it is, in inches.
    hours
        By part, in the order of drawing.
    scale
        Inches for an hour.
    size
        Of the numbers.
    """
    for part, value in hours.items():
        fill, across = PART_FILLS[part], value * scale
        if across <= 0.0:
            continue
        page.box(x, middle - height / 2, across, height, fill)
        text = digits(value)
        if width(text, size) + _AROUND <= across and line_height(size) * 0.8 <= height:
            box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.9} if fill.hatch else None
            color = "white" if part in _DARK and not fill.hatch else INK
            page.line(x + across / 2, middle, text, size, color=color, side="center", bbox=box)
        x += across
    return x


def keys_height(names: Iterable[str], room: float, size: float = SMALL) -> float:
    """Return the inches that the key to the colors takes."""
    return (max((row for row, _ in _places(names, room, size)), default=0) + 1) * _step(size)


def keys(page: Page, x: float, top: float, names: Mapping[str, str], room: float, size: float = SMALL) -> float:
    """Draw the key to the colors, what parts are called by part, and return where it ends."""
    box = min(0.16, size / 72.0 * 1.2)
    for (part, name), (row, left) in zip(names.items(), _places(names.values(), room, size), strict=True):
        middle = top + (row + 0.5) * _step(size)
        page.box(x + left, middle - box / 2, _SWATCH, box, PART_FILLS[part])
        page.line(x + left + _SWATCH + 0.07, middle, name, size)
    return top + keys_height(names.values(), room, size)


def _places(names: Iterable[str], room: float, size: float) -> list[tuple[int, float]]:
    """Return row and place of each name."""
    found: list[tuple[int, float]] = []
    row, left = 0, 0.0
    for name in names:
        across = _SWATCH + 0.07 + width(name, size)
        if left and left + across > room:
            row, left = row + 1, 0.0
        found.append((row, left))
        left += across + _GAP
    return found


def _step(size: float) -> float:
    return line_height(size) * 1.15
