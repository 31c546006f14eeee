"""How figures look: colors that color-blind readers tell apart, and hatches and dashes that survive a copier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

DPI = 150
SMALL = 8.5
NORMAL = 9.5
LARGE = 11.5

INK = "#222222"
FAINT = "#8a8a8a"

SERIES_COLORS = ("#222222", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette; the first is the baseline's."""

SERIES_DASHES = (
    "solid",
    (0, (6, 2)),
    (0, (1.5, 1.5)),
    (0, (6, 2, 1.5, 2)),
    (0, (3, 1, 1, 1)),
    (0, (9, 3)),
    (0, (4, 4)),
)
"""One dash pattern for each color."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Color and hatch of one part of the ledger."""

    color: str
    hatch: str


PART_FILLS = {
    "touch": Fill("#009E73", ""),
    "tax": Fill("#7FCEB9", "xxx"),
    "queue": Fill("#56B4E9", "///"),
    "handover": Fill("#0072B2", ""),
    "external": Fill("#B0B0B0", "..."),
    "closed": Fill("#E4E4E4", ""),
    "answer": Fill("#F0E442", "---"),
    "ping_pong": Fill("#E69F00", ""),
    "rework": Fill("#CC79A7", "\\\\\\"),
    "conflict": Fill("#D55E00", "|||"),
}
"""Green for work, blue for waiting in line, gray for what nobody inside can hurry, warm for coordination trouble."""


def series_color(place: int) -> str:
    """Return the color of the series at a place, the baseline at 0; far ones repeat."""
    return SERIES_COLORS[place % len(SERIES_COLORS)]


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure that lays itself out and touches no global state."""
    figure = Figure(
        figsize=(width, height), dpi=DPI, layout=ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.08), facecolor="white"
    )
    FigureCanvasAgg(figure)
    return figure


def headed(figure: Figure, title: str) -> None:
    """Put the title where a reader begins."""
    figure.suptitle(title, fontsize=LARGE, color=INK, x=0.01, ha="left", fontweight="bold")


def plain(axes: Axes) -> None:
    """Take away what carries no information."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.tick_params(labelsize=SMALL, colors=INK, length=3)


def wrapped(label: str, width: int = 24) -> str:
    """Break a long label into lines."""
    return fill(label, width, break_long_words=False, break_on_hyphens=False)


def save(figure: Figure, path: Path) -> Path:
    """Write a figure as PNG; nothing in the file depends on when it was written."""
    figure.savefig(path, format="png", dpi=DPI, metadata={"Software": None})
    return path
