"""How figures look: colors that color-blind readers tell apart, and hatches and dashes that survive a copier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.files import whole

DPI = 150
SMALL = 8.5
NORMAL = 9.5
LARGE = 11.5

LETTERS_PER_INCH = 9.5
"""Bold letters of a title that an inch holds."""

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
    """Color, hatch, and the color of the hatch, of one part of the ledger."""

    color: str
    hatch: str
    edge: str = "white"


PART_FILLS = {
    "touch": Fill("#009E73", ""),
    "tax": Fill("#7FCEB9", "xxx"),
    "queue": Fill("#56B4E9", "///"),
    "handover": Fill("#0072B2", ""),
    "external": Fill("#B0B0B0", "..."),
    "closed": Fill("#E4E4E4", ""),
    "answer": Fill("#F0E442", "---", "#A89C00"),
    "ping_pong": Fill("#E69F00", ""),
    "rework": Fill("#CC79A7", "\\\\\\"),
    "conflict": Fill("#D55E00", "|||"),
    "unfinished": Fill("#4D4D4D", ""),
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


def new_page(width: float, height: float) -> Figure:
    """Return an empty figure in which everything has its place in inches; nothing is laid out, so it is quick."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def placed(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Return axes at a place of a page, in inches from its upper left corner."""
    across, down = figure.get_size_inches()
    return figure.add_axes((left / across, 1.0 - (top + height) / down, width / across, height / down))


def say(
    figure: Figure, left: float, top: float, text: str, size: float = SMALL, weight: str = "normal", color: str = INK
) -> None:
    """Write text on a page, its upper left corner in inches from the page's."""
    across, down = figure.get_size_inches()
    figure.text(left / across, 1.0 - top / down, text, fontsize=size, fontweight=weight, color=color, va="top")


def headed(figure: Figure, title: str) -> None:
    """Put the title where a reader begins."""
    lines = wrapped(title, int(figure.get_figwidth() * LETTERS_PER_INCH))
    figure.suptitle(lines, fontsize=LARGE, color=INK, x=0.01, ha="left", fontweight="bold")


def plain(axes: Axes) -> None:
    """Take away what carries no information."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.tick_params(labelsize=SMALL, colors=INK, length=3)


def wrapped(label: str, width: int = 24) -> str:
    """Break a long label into lines; a word is broken only where it is longer than a line."""
    return fill(label, width, break_on_hyphens=False)


def shortened(text: str, most: int) -> str:
    """Cut a text that is too long, and show that it was."""
    return text if len(text) <= most else f"{text[: max(1, most - 1)].rstrip()}…"


def told_apart(labels: Sequence[str], most: int) -> list[str]:
    """Cut labels that are too long, in the middle where they would look alike otherwise."""
    cut = [shortened(label, most) for label in labels]
    alike = {text for text in cut if cut.count(text) > 1}
    tail = most // 2
    return [
        f"{label[: most - tail - 1].rstrip()}…{label[-tail:].lstrip()}" if text in alike and len(label) > most else text
        for label, text in zip(labels, cut, strict=True)
    ]


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write a figure as PNG and as SVG; nothing in the files depends on when they were written."""
    paths = [folder / f"{name}.png", folder / f"{name}.svg"]
    with rc_context({"svg.hashsalt": name}):  # else identifiers within the file are new every time
        with whole(paths[0]) as place:
            figure.savefig(place, format="png", dpi=DPI, metadata={"Software": None})
        figure.set_layout_engine("none")  # the second file keeps the layout of the first
        with whole(paths[1]) as place:
            figure.savefig(place, format="svg", metadata={"Date": None, "Creator": None})
    return paths
