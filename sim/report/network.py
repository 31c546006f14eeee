"""The figure of the network: who is how busy, and which relations are strong, now and with each alternative."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Wedge

from sim.report.dealings import Circle, circle_of
from sim.report.fit import broken, cut, cut_apart, width
from sim.report.material import Material
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import BETTER, FAINT, INK, NORMAL, SMALL, SOFT, TINY, WORSE
from sim.report.titles import network_title
from sim.words import words

_TEXTS = words("pictures")
_TERMS = words("terminal")

WIDTH = 11.7
_COLUMNS = 3
_MOST = 12
"""Departments that a circle has room for."""

_MOST_LINES = 28
"""Lines that a panel has room for: those of eight departments that all deal with each other."""

_NAMES = 0.95
"""Inches of a name beside a circle at most."""

_MOVED = 0.05
"""A relation has grown stronger or weaker where trust moved at least so much."""

_BUSIER = 0.015
"""A load has changed where it moved at least so much."""

_BUSY, _IDLE = "#3A3A3A", "#DDDDDD"
_Dashes = Literal["solid"] | tuple[float, tuple[float, ...]]
_CLASSES: tuple[tuple[float, _Dashes], ...] = ((0.0, (0.0, (1.0, 1.4))), (1 / 3, (0.0, (5.0, 2.0))), (2 / 3, "solid"))
"""From which trust on a line is dotted, dashed and full; width grows with trust besides."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel stands and how large its circle is, in inches."""

    x: float
    y: float
    ring: float
    dot: float


def draw_network(found: Material) -> Figure:
    """Draw one circle of departments for now and each alternative."""
    circle = circle_of(found.relations, found.departments, _MOST, keep_silent=True)
    ties = _ties(circle)
    columns = min(len(found.labels), _COLUMNS)
    across = (WIDTH - 2 * MARGIN) / columns
    ring = min(across / 2 - _NAMES - 0.15, 1.15)
    down = 2 * ring + 1.5
    rows = -(-len(found.labels) // columns)
    busy = found.utilization.set_index(["alternative", "department"])["utilization"]
    title, below = network_title(found, ties, busy), found.about(_TEXTS.NETWORK["picture"])
    notes = [found.say(_TEXTS.NETWORK["note"]), *circle.notes(found), *_left_out(found, ties)]
    foot, top = foot_of(found.sentences(notes), WIDTH), head_height(title, below, WIDTH)
    page = Page(WIDTH, top + line_height(SMALL) + rows * down + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found)
    for place, name in enumerate(found.labels):
        row, column = divmod(place, columns)
        middle = MARGIN + (column + 0.5) * across
        panel_top = y + line_height(SMALL) + row * down
        heading = cut(found.labels[name], across - 0.1, NORMAL, bold=True)
        page.line(middle, panel_top + 0.22, heading, NORMAL, bold=True, side="center")
        where = _Place(middle, panel_top + 0.92 + ring, ring, min(0.19, 1.6 * ring / max(1, len(circle.shown))))
        _panel(page, where, found, name, circle, ties, busy)
    footed(page, foot)
    return page.figure


def _ties(circle: Circle) -> pd.DataFrame:
    """Return trust between two departments, both directions together, with a column for each alternative."""
    rows = circle.rows.assign(
        one=circle.rows[["from", "to"]].min(axis=1),
        other=circle.rows[["from", "to"]].max(axis=1),
        trusted=circle.rows["trust"] * circle.rows["planned"],
    )
    sums = rows.groupby(["alternative", "one", "other"])[["trusted", "planned", "dealings"]].sum().reset_index()
    busiest = sums.groupby(["one", "other"])["dealings"].sum().sort_values(ascending=False, kind="stable").index
    ties = sums.assign(trust=sums["trusted"] / sums["planned"])
    return ties.pivot(index=["one", "other"], columns="alternative", values="trust").reindex(busiest)


def _left_out(found: Material, ties: pd.DataFrame) -> list[str]:
    more = len(ties) - _MOST_LINES
    return [found.say(_TEXTS.NETWORK["busiest"], shown=_MOST_LINES, count=more)] if more > 0 else []


def _panel(
    page: Page, where: _Place, found: Material, name: str, circle: Circle, ties: pd.DataFrame, busy: pd.Series
) -> None:
    names = list(circle.shown)
    angles = {one: 2 * math.pi * k / len(names) - math.pi / 2 for k, one in enumerate(names)}
    labels = dict(zip(names, cut_apart(list(circle.shown.values()), 2 * _NAMES, TINY), strict=True))
    shown = ties.reindex(columns=[found.now, name]).iloc[:_MOST_LINES].to_numpy(dtype=float)
    for (one, other), (before, trust) in zip(ties.index, shown, strict=False):
        if math.isfinite(trust):
            change = trust - before if math.isfinite(before) else 0.0
            _tie(page, where, (angles[one], angles[other]), trust, change)
    for one, angle in angles.items():
        load, before = (float(busy.get((which, one), math.nan)) for which in (name, found.now))
        _department(page, where, angle, load, labels[one], load - before, found)


def _tie(page: Page, where: _Place, angles: tuple[float, float], trust: float, change: float) -> None:
    """Draw a line, with a triangle in its middle where trust has risen or fallen."""
    color = FAINT if abs(change) < _MOVED else BETTER if change > 0 else WORSE
    dashes = next(dashes for above, dashes in reversed(_CLASSES) if trust >= above or above == 0.0)
    ends = [(where.x + where.ring * math.cos(a), where.y + where.ring * math.sin(a)) for a in angles]
    (x, y), (to_x, to_y) = ends
    page.axes.plot([x, to_x], [y, to_y], color=color, linestyle=dashes, linewidth=thickness(trust), zorder=2)
    if abs(change) >= _MOVED:
        _triangle(page, (x + to_x) / 2, (y + to_y) / 2, change)


def _triangle(page: Page, x: float, y: float, change: float) -> None:
    marker, color = ("^", BETTER) if change > 0 else ("v", WORSE)
    page.axes.plot(
        [x], [y], marker=marker, markersize=5.5, color=color, markeredgecolor="white", markeredgewidth=0.6, zorder=3
    )


def thickness(trust: float) -> float:
    """Return how thick a line of so much trust is, in points."""
    return 0.7 + 3.3 * trust


def _department(
    page: Page, where: _Place, angle: float, load: float, label: str, change: float, found: Material
) -> None:
    """Draw a circle, its load as a ring that fills clockwise, and the name outside with what changed."""
    x, y = where.x + where.ring * math.cos(angle), where.y + where.ring * math.sin(angle)
    hole = where.dot * 0.3
    page.axes.add_artist(
        Wedge((x, y), where.dot, 0, 360, width=hole, facecolor=_IDLE, edgecolor=INK, linewidth=0.4, zorder=4)
    )
    page.axes.add_artist(Wedge((x, y), where.dot - hole, 0, 360, facecolor="white", edgecolor="none", zorder=3))
    if math.isfinite(load):
        until = 360.0 * min(1.0, max(0.0, load)) - 90.0
        page.axes.add_artist(Wedge((x, y), where.dot, -90.0, until, width=hole, facecolor=_BUSY, zorder=5))
    text = f"{load * 100:.0f}" if math.isfinite(load) else _TERMS.NOT_AVAILABLE.get(found.lang)
    page.line(x, y, text, TINY, bold=load >= 0.9, side="center", zorder=6)
    words = broken(label, _NAMES, TINY, most=2).split("\n")
    if math.isfinite(change) and abs(change) >= _BUSIER:
        words.append(f"{'+' if change > 0 else '−'}{abs(change) * 100:.0f}")
    _outside(page, where, angle, words)


def _outside(page: Page, where: _Place, angle: float, words: list[str]) -> None:
    away = where.ring + where.dot + 0.07
    step = line_height(TINY) * 0.88
    across, down = math.cos(angle), math.sin(angle)
    x, y = where.x + away * across, where.y + away * down
    side: Literal["left", "center", "right"] = "center" if abs(across) < 0.3 else "left" if across > 0 else "right"
    top = y - len(words) * step / 2 + (down * len(words) * step / 2 if abs(across) < 0.9 else 0.0)
    for place, word in enumerate(words):
        moved = place > 0 and word[:1] in "+−"
        page.line(x, top + (place + 0.5) * step, word, TINY, color=SOFT if moved else INK, side=side, zorder=6)


def _key(page: Page, middle: float, found: Material) -> None:
    """Explain the lines, above the panels."""
    x = MARGIN
    for (_, dashes), trust, name in zip(_CLASSES, (0.15, 0.5, 0.85), ("low", "middle", "high"), strict=True):
        x = _entry(page, x, middle, found.say(_TEXTS.NETWORK[name]), (FAINT, dashes, thickness(trust), 0.0))
    for color, name, change in ((BETTER, "stronger", 1.0), (WORSE, "weaker", -1.0)):
        x = _entry(page, x, middle, found.say(_TEXTS.NETWORK[name]), (color, "solid", 2.2, change))


def _entry(page: Page, x: float, middle: float, text: str, stroke: tuple[str, _Dashes, float, float]) -> float:
    color, dashes, thick, change = stroke
    page.axes.plot([x, x + 0.4], [middle, middle], color=color, linestyle=dashes, linewidth=thick)
    if change:
        _triangle(page, x + 0.2, middle, change)
    page.line(x + 0.47, middle, text)
    return x + 0.47 + width(text, SMALL) + 0.3
