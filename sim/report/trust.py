"""The figure of trust: who trusts whom at the end, as things are, and what each alternative makes of it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.dealings import Circle, circle_of, start_and_end
from sim.report.fit import cut, cut_apart, widest, width
from sim.report.material import Material
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import FAINT, INK, NORMAL, SMALL, SOFT, TINY
from sim.report.titles import trust_title
from sim.words import words
from sim.words.numbers import percentage

_TEXTS = words("pictures")

Matrix = npt.NDArray[np.float64]

WIDTH = 11.7
_GAP = 0.3
_CELL = 0.62
"""Inches of a cell at most."""

_TWO_LINES = 0.34
"""Inches of a cell from which on it has room for the change below the level."""

_NOTED = 0.05
"""Trust has risen or fallen where it moved at least so much."""

_NAMES = 1.3
"""Inches of a name beside or above a matrix at most."""

TRUST_COLORS = LinearSegmentedColormap.from_list("trust", ["#F7F3D6", "#BFE0C0", "#7CC0BE", "#2F6DA3", "#0B2447"])
"""Light to dark without a turn, so that a copier keeps the order."""


def draw_trust(found: Material) -> Figure:
    """Draw matrices of trust at the end, from whom in whom: as things are, then with each alternative."""
    columns = 4 if len(found.labels) > 7 else 3 if len(found.departments) <= 8 or len(found.labels) > 3 else 2
    circle = circle_of(found.relations, found.departments, most=16 if columns == 2 else 12)
    title, below = trust_title(found), found.about(_TEXTS.TRUST["picture"])
    top = head_height(title, below, WIDTH)
    if not circle.shown:
        return _nothing(title, below, found.say(_TEXTS.TRUST["nobody"]))
    names = cut_apart(list(circle.shown.values()), _NAMES, TINY)
    beside = widest(names, TINY) + 0.1
    across = (WIDTH - 2 * MARGIN - beside - (columns - 1) * _GAP) / columns
    side = min(len(names) * _CELL, across)
    above = 2 * line_height(SMALL) + 0.08 + beside
    rows = -(-len(found.labels) // columns)
    note = found.say(_TEXTS.TRUST["note"], tail=f"{float(found.facts['tail_weeks']):g}")
    foot = foot_of(found.sentences([note, _start(found), *circle.notes(found)]), WIDTH)
    page = Page(WIDTH, top + rows * (above + side) + (rows - 1) * 0.2 + foot_height(foot))
    y = headed(page, title, below)
    now = _square(circle, found.now)
    for place, name in enumerate(found.labels):
        row, column = divmod(place, columns)
        left = MARGIN + beside + column * (across + _GAP)
        corner = (left, y + row * (above + side + 0.2))
        _heading(page, *corner, found, name, across)
        matrix = _square(circle, name)
        _names(page, left, corner[1] + above, side, names, column == 0)
        _matrix(page, left, corner[1] + above, side, matrix, now if place else None)
    footed(page, foot)
    return page.figure


def _nothing(title: str, below: str, sentence: str) -> Figure:
    page = Page(WIDTH, 3.0)
    page.line(MARGIN, headed(page, title, below) + 0.6, sentence, NORMAL)
    return page.figure


def _start(found: Material) -> str:
    """Say where trust stood at the start, on the whole."""
    start, _ = start_and_end(found, found.now)
    return found.say(_TEXTS.TRUST["start"], start=percentage(start)) if math.isfinite(start) else ""


def _heading(page: Page, x: float, y: float, found: Material, name: str, across: float) -> None:
    """Write whose matrix it is, and trust on the whole: at the end and, where it was measured, over all weeks."""
    page.line(x, y + line_height(SMALL) / 2, cut(found.labels[name], across, SMALL, bold=True), SMALL, bold=True)
    end, mean = start_and_end(found, name)[1], mean_trust(found, name)
    if not math.isfinite(end):
        return
    said = found.say(_TEXTS.TRUST["end"], end=percentage(end))
    if math.isfinite(mean):
        both = {"end": percentage(end), "mean": percentage(mean)}
        said = found.say(_TEXTS.TRUST["end_and_mean"], **both)
    page.line(x, y + 1.5 * line_height(SMALL), cut(said, across, SMALL), SMALL, color=SOFT)


def mean_trust(found: Material, name: str) -> float:
    """Return the measure `trust` as tables have it; NaN where it was not asked for."""
    rows = found.table[found.table["measure"] == "trust"]
    if rows.empty:
        return math.nan
    if name == found.now:
        return float(rows["now"].iloc[0])
    one = rows[rows["alternative"] == name]
    return float(one["mean"].iloc[0]) if len(one) else math.nan


def _square(circle: Circle, name: str) -> Matrix:
    rows = circle.rows[circle.rows["alternative"] == name]
    square = rows.pivot(index="from", columns="to", values="trust")
    names = list(circle.shown)
    return square.reindex(index=names, columns=names).to_numpy(dtype=float)


def _names(page: Page, left: float, top: float, side: float, names: list[str], beside: bool) -> None:
    cell = side / len(names)
    for place, name in enumerate(names):
        middle = (place + 0.5) * cell
        x = left + middle + 0.35 * TINY / 72.0
        page.axes.text(x, top - 0.06, name, fontsize=TINY, color=INK, rotation=90, ha="right", va="bottom",
                       rotation_mode="default")  # fmt: skip
        if beside:
            page.line(left - 0.08, top + middle, name, TINY, side="right")


def _matrix(page: Page, left: float, top: float, side: float, matrix: Matrix, before: Matrix | None) -> None:
    cell = side / len(matrix)
    page.axes.add_artist(Rectangle((left, top), side, side, facecolor="none", edgecolor=FAINT, linewidth=0.6, zorder=4))
    page.axes.plot([left, left + side], [top, top + side], color=FAINT, linewidth=0.6, linestyle=(0, (2, 2)), zorder=0)
    for i, j in np.argwhere(np.isfinite(matrix)):
        corner = (left + j * cell, top + i * cell)
        color = TRUST_COLORS(float(matrix[i, j]))
        page.axes.add_artist(Rectangle(corner, cell, cell, facecolor=color, edgecolor="white", linewidth=0.8, zorder=2))
        change = math.nan if before is None else float(matrix[i, j] - before[i, j])
        _cell(page, (corner[0] + cell / 2, corner[1] + cell / 2), cell, float(matrix[i, j]), change)


def _cell(page: Page, middle: tuple[float, float], cell: float, trust: float, change: float) -> None:
    """Write trust in percent and, where it moved, by how many points."""
    x, y = middle
    color = "white" if trust > 0.6 else INK
    noted = abs(change) >= _NOTED and cell >= _TWO_LINES
    size = SMALL if cell >= _TWO_LINES else min(TINY, cell * 72.0 / 2.2)
    page.line(x, y - (0.07 if noted else 0.0), f"{trust * 100:.0f}", size, color=color, side="center", zorder=5)
    if noted:
        said = f"{'▲' if change > 0 else '▼'}{abs(change) * 100:.0f}"
        small = TINY - 1 if width(said, TINY - 1) <= cell - 0.04 else TINY - 2
        page.line(x, y + 0.08, said, small, color=color, side="center", zorder=5)
