"""The figure of the network: who is how busy and who trusts whom, as things are and with each alternative."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Wedge

from sim.report.dealings import circle_of
from sim.report.style import INK, LARGE, NORMAL, SMALL, new_page, placed, say, shortened, told_apart, wrapped
from sim.words import words

captions = words("pictures")

texts = words("terminal")

WIDTH = 10.0
_MARGIN = 0.15
_MOST = 12
"""Departments that a circle has room for."""

_MOST_LINES = 56
"""Arrows that a panel has room for: those of eight departments that all deal with each other."""

_LETTERS = 22
"""Letters of a name that fit beside a circle, in two lines."""

_REACH = (2.1, 1.55)
"""How far a panel reaches to the side and up, in radii of the circle of departments."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    above: float
    dashes: Literal["solid"] | tuple[float, tuple[float, ...]]
    color: str


_STROKES = (
    _Stroke(0.0, (0.0, (1.0, 1.6)), "#B5480B"),
    _Stroke(1.0 / 3.0, (0.0, (5.0, 2.0)), "#5A6B77"),
    _Stroke(2.0 / 3.0, "solid", "#0B4F8A"),
)
"""How arrows look, by trust; width grows with trust besides."""

_BUSY, _IDLE = "#3A3A3A", "#DDDDDD"


def draw_network(
    relations: pd.DataFrame,
    loads: pd.DataFrame,
    departments: Mapping[str, str],
    labels: Mapping[str, str],
    heading: str,
) -> Figure:
    """Draw one circle of departments for the baseline and each alternative.

    Parameters
    ----------
    relations, loads
        As in a comparison.
    departments, labels
        What people call departments and alternatives, by name; in order.
    heading
        How the title begins.
    """
    circle = circle_of(relations, departments, _MOST, keep_silent=True)
    pairs = circle.rows.groupby(["from", "to"])["dealings"].sum().sort_values(ascending=False, kind="stable")
    lines = set(pairs.index[:_MOST_LINES])
    columns = 2 if len(labels) in (2, 4) or len(circle.shown) > 9 else min(3, len(labels))
    across = (WIDTH - 2 * _MARGIN) / columns
    size = min(across, 4.6) / (2 * _REACH[0])
    down = 2 * _REACH[1] * size + 0.3
    head = wrapped(circle.titled(captions.NETWORK_TITLE.en.format(heading=heading)), 95)
    notes = wrapped(" ".join([captions.NETWORK_NOTE.en, *circle.notes(), *_left_out(len(pairs))]), 170)
    top, foot = 0.4 + 0.2 * head.count("\n"), 0.55 + 0.16 * (notes.count("\n") + 1)
    figure = new_page(WIDTH, top + -(-len(labels) // columns) * down + foot)
    say(figure, _MARGIN, 0.12, head, LARGE, "bold")
    for place, (name, label) in enumerate(labels.items()):
        row, column = divmod(place, columns)
        axes = placed(figure, _MARGIN + column * across, top + row * down + 0.25, across, down - 0.3)
        busy = loads[loads["alternative"] == name].set_index("department")["utilization"]
        rows = circle.rows[circle.rows["alternative"] == name]
        _panel(axes, rows, busy, circle.shown, lines, across / size / 2)
        axes.set_title(shortened(label, int(across * 10)), fontsize=NORMAL, fontweight="bold", color=INK, pad=4)
    _legend(figure, foot)
    say(figure, _MARGIN, figure.get_figheight() - foot + 0.4, notes, SMALL - 1)
    return figure


def _left_out(pairs: int) -> list[str]:
    if pairs <= _MOST_LINES:
        return []
    return [captions.BUSIEST_LINES.en.format(shown=_MOST_LINES, count=pairs - _MOST_LINES)]


def _panel(
    axes: Axes,
    rows: pd.DataFrame,
    loads: pd.Series,
    departments: Mapping[str, str],
    lines: set[tuple[str, str]],
    reach: float,
) -> None:
    axes.set_axis_off()
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-_REACH[1], _REACH[1])
    axes.set_aspect("equal")
    words = dict(zip(departments, told_apart(list(departments.values()), _LETTERS), strict=True))
    angles = {name: math.pi / 2 - 2 * math.pi * k / len(departments) for k, name in enumerate(departments)}
    radius = min(0.2, 1.9 / len(departments))
    for name, angle in angles.items():
        _department(axes, angle, float(loads.get(name, math.nan)), words[name], radius)
    for i, j, trust in rows[["from", "to", "trust"]].itertuples(index=False):
        if (i, j) in lines and math.isfinite(trust):
            _arrow(axes, angles[i], angles[j], trust, radius)


def _department(axes: Axes, angle: float, load: float, label: str, radius: float) -> None:
    """Draw a circle, its load as a ring that fills clockwise, and the name outside."""
    x, y = math.cos(angle), math.sin(angle)
    width = radius * 0.34
    axes.add_artist(Wedge((x, y), radius, 0, 360, width=width, facecolor=_IDLE, edgecolor=INK, linewidth=0.5, zorder=3))
    if math.isfinite(load):
        until = 90.0 - 360.0 * min(1.0, max(0.0, load))
        axes.add_artist(Wedge((x, y), radius, until, 90.0, width=width, facecolor=_BUSY, edgecolor="none", zorder=4))
    text = f"{load * 100:.0f}" if math.isfinite(load) else texts.NOT_AVAILABLE.en
    weight = "bold" if load >= 0.9 else "normal"
    axes.text(x, y, text, ha="center", va="center", fontsize=SMALL - 2, fontweight=weight, color=INK, zorder=5)
    away = 1.0 + radius + 0.06
    side = "center" if abs(x) < 0.3 else "left" if x > 0 else "right"
    level = "center" if abs(y) < 0.3 else "bottom" if y > 0 else "top"
    words = wrapped(label, 12)
    axes.text(away * x, away * y, words, ha=side, va=level, fontsize=SMALL - 1.5, color=INK, linespacing=0.95, zorder=5)


def _arrow(axes: Axes, start: float, end: float, trust: float, radius: float) -> None:
    stroke = _stroke(trust)
    (x, y), (to_x, to_y) = ((math.cos(angle), math.sin(angle)) for angle in (start, end))
    length = math.hypot(to_x - x, to_y - y)
    inset = min(0.45, (radius + 0.02) / length)
    ends = [(x + (to_x - x) * inset, y + (to_y - y) * inset), (to_x - (to_x - x) * inset, to_y - (to_y - y) * inset)]
    axes.add_artist(
        FancyArrowPatch(
            *ends,
            arrowstyle="-|>,head_length=3.2,head_width=1.5",
            connectionstyle="arc3,rad=0.13",
            shrinkA=0,
            shrinkB=0,
            mutation_scale=1.0,
            linewidth=_width(trust),
            linestyle=stroke.dashes,
            color=stroke.color,
            zorder=2,
        )
    )


def _stroke(trust: float) -> _Stroke:
    return next(stroke for stroke in reversed(_STROKES) if trust >= stroke.above or stroke.above == 0.0)


def _width(trust: float) -> float:
    return 0.8 + 2.2 * trust


def _legend(figure: Figure, foot: float) -> None:
    """Explain the arrows, below the panels."""
    keys = [
        Line2D([], [], color=stroke.color, linestyle=stroke.dashes, linewidth=_width(middle), label=text.en)
        for stroke, middle, text in zip(_STROKES, (0.15, 0.5, 0.85), captions.TRUST_CLASSES, strict=True)
    ]
    height = (foot - 0.05) / figure.get_figheight()
    figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0.0, height),
        ncols=3,
        fontsize=SMALL,
        frameon=False,
        handlelength=4.5,
    )
