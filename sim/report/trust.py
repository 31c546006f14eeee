"""The figure of trust: a matrix for the start of a run, one for its end as things are, and one for each alternative."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.report.dealings import Circle, circle_of
from sim.report.style import FAINT, INK, LARGE, NORMAL, SMALL, new_page, placed, say, shortened, told_apart, wrapped
from sim.words import words

captions = words("pictures")

Matrix = npt.NDArray[np.float64]

WIDTH = 10.0
_MARGIN = 0.15
_LETTER = 0.062
"""Inches that a letter of a name takes."""

_GAP = 0.2
_CELL = 0.55
"""Inches of a cell at most."""

_NOTED = 0.05
"""Trust has risen or fallen where it moved at least so much."""

_LETTERS = 17
"""Letters of a name that fit beside or above a matrix."""

TRUST_COLORS = LinearSegmentedColormap.from_list("trust", ["#F7F3D6", "#BFE0C0", "#7CC0BE", "#2F6DA3", "#0B2447"])
"""Light to dark without a turn, so that a copier keeps the order."""


def draw_trust(
    relations: pd.DataFrame, departments: Mapping[str, str], labels: Mapping[str, str], heading: str
) -> Figure:
    """Draw matrices of trust, from whom in whom.

    Parameters
    ----------
    relations
        As in a comparison; the first of `labels` is the baseline.
    departments, labels
        What people call departments and alternatives, by name; in order.
    heading
        How the title begins.
    """
    columns = 2 if len(labels) < 4 and len(departments) > 10 else 3
    circle = circle_of(relations, departments, most=16 if columns == 2 else 12)
    panels = _panels(circle, labels)
    names = 0.1 + _LETTER * max((min(len(label), _LETTERS) for label in circle.shown.values()), default=0)
    n = max(1, len(circle.shown))
    across = (WIDTH - 2 * _MARGIN - names - (columns - 1) * _GAP) / columns
    side = min(n * _CELL, across)
    rows = -(-len(panels) // columns)
    if not panels:
        return _nothing(heading)
    head = _head(circle.titled(captions.TRUST_TITLE.en.format(heading=heading)))
    notes = wrapped(" ".join([captions.TRUST_NOTE.en, *circle.notes()]), 170)
    foot = 0.25 + 0.16 * (notes.count("\n") + 1)
    step = side + names + 0.4
    figure = new_page(WIDTH, 0.3 + 0.2 * head.count("\n") + rows * step + foot)
    say(figure, _MARGIN, 0.12, head, LARGE, "bold")
    for place, (title, matrix) in enumerate(panels):
        row, column = divmod(place, columns)
        left = _MARGIN + names + column * (across + _GAP)
        axes = placed(figure, left, 0.3 + 0.2 * head.count("\n") + row * step + names + 0.3, side, side)
        _matrix(axes, matrix, panels[1][1] if place > 1 else None, list(circle.shown.values()), column == 0)
        _title(axes, title, matrix, across, names / side)
    say(figure, _MARGIN, figure.get_figheight() - foot, notes, SMALL - 1, color=INK)
    return figure


def _nothing(heading: str) -> Figure:
    figure = new_page(WIDTH, 4.0)
    say(figure, _MARGIN, 0.12, _head(captions.TRUST_TITLE.en.format(heading=heading)), LARGE, "bold")
    say(figure, _MARGIN, 1.6, captions.NOBODY_DEALS.en, NORMAL)
    return figure


def _head(title: str) -> str:
    return wrapped(title, 95)


def _panels(circle: Circle, labels: Mapping[str, str]) -> list[tuple[str, Matrix]]:
    """Return the matrices under their titles: the start, then the end of every run."""
    if not circle.shown:
        return []
    found: list[tuple[str, Matrix]] = []
    for place, (name, label) in enumerate(labels.items()):
        rows = circle.rows[circle.rows["alternative"] == name]
        if place == 0:
            found.append((captions.TRUST_START.en, _square(rows, circle, "trust_start")))
        title = captions.TRUST_END.en.format(label=label) if place == 0 else label
        found.append((title, _square(rows, circle, "trust")))
    return found


def _square(rows: pd.DataFrame, circle: Circle, value: str) -> Matrix:
    square = rows.pivot(index="from", columns="to", values=value)
    names = list(circle.shown)
    return square.reindex(index=names, columns=names).to_numpy(dtype=float)


def _matrix(axes: Axes, matrix: Matrix, before: Matrix | None, names: list[str], named: bool) -> None:
    n = len(names)
    axes.pcolormesh(np.ma.masked_invalid(matrix), cmap=TRUST_COLORS, vmin=0.0, vmax=1.0, edgecolors="white", lw=0.8)
    axes.set_xlim(0, n)
    axes.set_ylim(n, 0)
    for side in axes.spines.values():
        side.set_color(FAINT)
        side.set_linewidth(0.6)
    shown = told_apart(names, _LETTERS)
    size = SMALL - 1 if n <= 10 else SMALL - 2
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(n) + 0.5, shown, rotation=90, fontsize=size, color=INK)
    axes.set_yticks(np.arange(n) + 0.5, shown if named else [""] * n, fontsize=size, color=INK)
    axes.tick_params(length=0, pad=2)
    axes.plot([0, n], [0, n], color=FAINT, linewidth=0.6, linestyle=(0, (2, 2)), zorder=0)
    for i, j in np.argwhere(np.isfinite(matrix)):
        _number(axes, i, j, float(matrix[i, j]), None if before is None else float(before[i, j]), size)


def _number(axes: Axes, i: int, j: int, trust: float, before: float | None, size: float) -> None:
    color = "white" if trust > 0.62 else INK
    axes.text(j + 0.5, i + 0.53, _share(trust), ha="center", va="center", fontsize=size - 1, color=color)
    if before is not None and abs(trust - before) >= _NOTED:
        marker = "^" if trust > before else "v"
        axes.plot([j + 0.86], [i + 0.16], marker=marker, markersize=3.2, color=color, markeredgewidth=0)


def _share(trust: float) -> str:
    """Write trust with two decimals and without the zero that every cell would repeat."""
    text = f"{trust:.2f}"
    return text[1:] if text.startswith("0") else text


def _title(axes: Axes, title: str, matrix: Matrix, across: float, names: float) -> None:
    """Put the title above the names of the columns, with the mean behind it."""
    mean = captions.TRUST_MEAN.en.format(mean=_share(float(np.nanmean(matrix)))) if np.isfinite(matrix).any() else ""
    letters = int(across * 11.5)
    text = f"{shortened(title, letters - len(mean) - 3)} · {mean}" if mean else shortened(title, letters)
    axes.text(0.0, 1.03 + names, text, transform=axes.transAxes, fontsize=SMALL, fontweight="bold", color=INK)
