"""Keys of lines that flow into as many lines of text as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.experiments.rows import COLORS, MARKERS
from sim.report.fit import broken, widest
from sim.report.page import Page, block_height, line_height
from sim.report.style import SERIES_DASHES, SMALL

_LINE, _MARK, _APART = 0.42, 0.48, 0.22


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a panel: its place among them decides how it is drawn."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """Items with their places, from the upper left corner of a key."""

    items: tuple[tuple[float, float, Item], ...]
    height: float


def color_of(place: int) -> str:
    """Return the color of a line."""
    return COLORS[place % len(COLORS)]


def style_of(place: int) -> dict[str, Any]:
    """Return how a line is drawn, so that a copier keeps it apart from others."""
    return {
        "color": color_of(place),
        "linestyle": SERIES_DASHES[place % len(SERIES_DASHES)],
        "marker": MARKERS[place % len(MARKERS)],
        "markersize": 4.5,
        "linewidth": 1.3,
    }


def key_of(texts: Sequence[str], across: float) -> Key:
    """Return where the items of a key stand, so that none is wider than it may be."""
    placed: list[tuple[float, float, Item]] = []
    x, y, deep = 0.0, 0.0, 0.0
    for place, text in enumerate(texts):
        said = broken(text, across - _MARK, SMALL)
        wide = _MARK + widest([said], SMALL)
        if x > 0.0 and x + wide > across:
            x, y = 0.0, y + deep
            deep = 0.0
        placed.append((x, y, Item(place, said)))
        deep = max(deep, block_height(said, SMALL))
        x += wide + _APART
    return Key(tuple(placed), y + deep)


def draw_key(page: Page, key: Key, left: float, top: float) -> None:
    """Draw a key."""
    for x, y, item in key.items:
        middle = top + y + line_height(SMALL) / 2
        style = style_of(item.place)
        page.axes.plot([left + x, left + x + _LINE / 2, left + x + _LINE], [middle] * 3, **{**style, "markevery": [1]})
        page.block(left + x + _MARK, top + y, item.text, SMALL)
