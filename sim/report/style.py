"""How figures look: colors that color-blind readers tell apart, and hatches and dashes that survive a copier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.files import whole

DPI = 150
TINY = 7.5
SMALL = 8.5
NORMAL = 9.5
LARGE = 14.0
"""Sizes of letters in points; a slide has its own."""

INK = "#222222"
SOFT = "#5F6670"
FAINT = "#8a8a8a"
RULE = "#CFCBC4"

BETTER, WORSE = "#00735C", "#B23A0E"
"""Said by a shape and a word besides."""

SERIES_COLORS = ("#222222", "#0072B2", "#D55E00", "#009E73")
"""Of Okabe and Ito's palette; the first is for now."""

SERIES_DASHES = ("solid", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
"""One dash pattern for each color."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Color, hatch, and the color of the hatch, of one part of the ledger."""

    color: str
    hatch: str
    edge: str = "white"


PART_FILLS = {
    "touch": Fill("#009E73", ""),
    "tax": Fill("#86CDB7", "xxx"),
    "queue": Fill("#56B4E9", "///"),
    "handover": Fill("#0072B2", ""),
    "external": Fill("#B8B5AF", "..."),
    "closed": Fill("#E4E4E4", ""),
    "answer": Fill("#F0E442", "---", "#C9BC1E"),
    "ping_pong": Fill("#E69F00", ""),
    "rework": Fill("#CC79A7", "\\\\\\"),
    "conflict": Fill("#D55E00", "|||"),
    "release": Fill("#A79A86", "\\\\"),
    "unfinished": Fill("#4D4D4D", ""),
}
"""Green for work, blue for waiting in line, gray for what nobody inside can hurry, warm for coordination trouble."""


def plain(axes: Axes) -> None:
    """Take away what carries no information."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.tick_params(labelsize=SMALL, colors=INK, length=3)


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write a figure as PNG and as SVG, words as words; nothing in the files depends on when they were written."""
    paths = [folder / f"{name}.png", folder / f"{name}.svg"]
    with rc_context({"svg.hashsalt": name, "hatch.linewidth": 0.6}):  # else identifiers in the file are new every time
        with whole(paths[0]) as place:
            figure.savefig(place, format="png", dpi=DPI, metadata={"Software": None})
        with whole(paths[1]) as place:
            figure.savefig(place, format="svg", metadata={"Date": None, "Creator": None})
    return paths
