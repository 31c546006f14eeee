"""A page on which everything has its place in inches from the upper left corner; nothing is laid out, so it is fast."""

from __future__ import annotations

from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.fit import balanced, broken
from sim.report.style import DPI, INK, LARGE, NORMAL, RULE, SMALL, SOFT, Fill

MARGIN = 0.3
"""Inches that stay empty around a page."""

_POINTS = 72.0
_BELOW = 0.35
"""How far the foot of a letter stands below the middle of a line, in sizes of the font."""

_SPACING = 1.36
"""From one line to the next, in sizes of the font."""

Side = Literal["left", "center", "right"]


def line_height(size: float) -> float:
    """Return the inches from one line to the next."""
    return _SPACING * size / _POINTS


def block_height(text: str, size: float) -> float:
    """Return the inches that lines of text take."""
    return (text.count("\n") + 1) * line_height(size)


class Page:
    """An empty page that touches no global state.

    Parameters
    ----------
    width, height
        In inches.

    Attributes
    ----------
    figure
        What matplotlib draws.
    axes
        Covers the page; its units are inches, downward from the upper left corner.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes = self.panel(0.0, 0.0, width, height)
        self.axes.set_axis_off()
        self.axes.set_xlim(0.0, width)
        self.axes.set_ylim(height, 0.0)

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes at a place of the page."""
        across, down = self.width, self.height
        return self.figure.add_axes((left / across, 1.0 - (top + height) / down, width / across, height / down))

    def line(
        self,
        x: float,
        middle: float,
        text: str,
        size: float = SMALL,
        bold: bool = False,
        color: str = INK,
        side: Side = "left",
        **style: Any,
    ) -> None:
        """Write one line; lines of different sizes at the same middle stand level."""
        foot = middle + _BELOW * size / _POINTS
        weight = "bold" if bold else "normal"
        self.axes.text(x, foot, text, fontsize=size, fontweight=weight, color=color, ha=side, va="baseline", **style)

    def block(
        self,
        x: float,
        top: float,
        text: str,
        size: float = SMALL,
        bold: bool = False,
        color: str = INK,
        side: Side = "left",
    ) -> float:
        """Write lines of text below each other and return where they end."""
        step = line_height(size)
        for place, words in enumerate(text.split("\n")):
            self.line(x, top + (place + 0.5) * step, words, size, bold, color, side)
        return top + block_height(text, size)

    def rule(self, x: float, y: float, until: float, color: str = RULE, width: float = 0.6) -> None:
        """Draw a horizontal line."""
        self.axes.plot([x, until], [y, y], color=color, linewidth=width, solid_capstyle="butt", zorder=1)

    def box(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """Draw a filled box, its upper left corner at a place."""
        self.axes.add_artist(
            Rectangle((x, y), width, height, facecolor=fill.color, hatch=fill.hatch, edgecolor=fill.edge, linewidth=0.5)
        )


def head_height(title: str, below: str, width: float) -> float:
    """Return the inches that title and subtitle take."""
    title, below = _set(title, below, width)
    return MARGIN * 0.8 + block_height(title, LARGE) + 0.03 + block_height(below, NORMAL) + 0.12


def headed(page: Page, title: str, below: str) -> float:
    """Put the finding where a reader begins, and below it what the picture shows; return where they end."""
    title, below = _set(title, below, page.width)
    y = page.block(MARGIN, MARGIN * 0.8, title, LARGE, bold=True)
    return page.block(MARGIN, y + 0.03, below, NORMAL, color=SOFT) + 0.12


def _set(title: str, below: str, width: float) -> tuple[str, str]:
    room = width - 2 * MARGIN
    return balanced(title, room, LARGE, bold=True, most=3), broken(below, room, NORMAL, most=3)


def foot_of(notes: str, width: float) -> str:
    """Return notes as they stand at the foot of a page."""
    return broken(notes, width - 2 * MARGIN, SMALL)


def foot_height(foot: str) -> float:
    """Return the inches that the foot takes, the margin included."""
    return (block_height(foot, SMALL) + 0.1 if foot else 0.0) + MARGIN * 0.7


def footed(page: Page, foot: str) -> None:
    """Write notes at the foot of a page."""
    if foot:
        page.block(MARGIN, page.height - foot_height(foot) + 0.1, foot, SMALL, color=SOFT)
