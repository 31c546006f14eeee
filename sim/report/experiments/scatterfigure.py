"""Scatter of a measure over the factors that explain most of it, where factors have ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.experiments.cells import levels_of
from sim.experiments.complete import plain as plain_level
from sim.experiments.explained import bands, explained, point_means
from sim.report.experiments.finding import scatter_title
from sim.report.experiments.reading import Reading
from sim.report.experiments.rows import TICKS, WIDTH, about, along, key_of_line, places_of, titled
from sim.report.fit import broken, width
from sim.report.numbers import scaled, unit_of
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import FAINT, INK, NORMAL, SERIES_COLORS, SMALL, SOFT, TINY, plain
from sim.spec.measures import MeasureSpec
from sim.words import words
from sim.words.numbers import percentage

texts = words("effects")

FACTORS, MEASURES = 3, 2
"""Factors and measures there is room for."""

_GAP, _DEEP, _AXIS, _BELOW = 0.35, 2.3, 0.42, 0.5
_ACROSS = (WIDTH - 2 * MARGIN - (FACTORS - 1) * _GAP - FACTORS * _AXIS) / FACTORS
_POINT, _BAND = "#7FA6BF", "#F6D9B8"
_GOLDEN = 0.618034


@dataclass(frozen=True)
class Row:
    """A measure, and what is said above each of its panels."""

    measure: str
    name: str
    shares: pd.DataFrame
    heads: Sequence[str]
    told: Sequence[str]
    changes: bool
    levels: Mapping[str, Sequence[str]]

    @property
    def below(self) -> float:
        """Inches below the axes: the numbers there, or the names of levels, in as many lines as they take."""
        names = [block_height(one, TINY) for several in self.levels.values() for one in several]
        return max([_BELOW, *(one + 0.2 for one in names)])

    @property
    def above(self) -> float:
        """Inches above the axes."""
        return line_height(NORMAL) + 0.08 + max(map(_head, self.heads, self.told))


def _head(name: str, told: str) -> float:
    return block_height(name, SMALL) + block_height(told, TINY) + 0.08


def draw_scatter(found: Reading) -> Figure | None:
    """Draw the first measures over the factors that explain most; None where points are not spread, or too few."""
    rows = _rows(found, changes=False) if found.spread else []
    if not rows:
        return None
    return draw_over(found, scatter_title(found, rows[0].shares, rows[0].measure), found.say(texts.SCATTER))


def draw_over(found: Reading, title: str, what: str, changes: bool = False) -> Figure | None:
    """Draw the first measures, or their changes, over the factors that explain most; None of too few points."""
    rows = _rows(found, changes)
    if not rows:
        return None
    title, below, foot = titled(title), about(found, what), foot_of(found.say(texts.ETA), WIDTH)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.06
    page = Page(WIDTH, top + sum(one.above + _DEEP + one.below for one in rows) + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found)
    for row in rows:
        _draw(page, found, row, top)
        top += row.above + _DEEP + row.below
    footed(page, foot)
    return page.figure


def _rows(found: Reading, changes: bool) -> list[Row]:
    return [one for name in found.measures if (one := _row(found, name, changes)) is not None][:MEASURES]


def _row(found: Reading, measure: str, changes: bool) -> Row | None:
    if measure not in found.runs:
        return None
    shares = explained(found.points, found.runs, list(found.factors), measure)
    if shares.empty:
        return None
    shown = shares.iloc[:FACTORS]
    room = _ACROSS + _AXIS
    heads = [broken(found.factors[str(name)].label, room, SMALL, bold=True) for name in shown["factor"]]
    told = [broken(_share(found, row), room, TINY) for _, row in shown.iterrows()]
    spec = found.specs[measure]
    unit = unit_of(spec, difference=True)
    name = found.say(texts.CHANGE_OF, measure=spec.label, unit=unit) if changes else found.labeled(measure)
    named = [str(one) for one in shown["factor"] if not found.factors[str(one)].numeric]
    return Row(measure, name, shares, heads, told, changes, {one: _level_names(found, one) for one in named})


def _level_names(found: Reading, factor: str) -> list[str]:
    """Return what the levels of a factor are called that are no numbers, in lines of at most the room of each."""
    levels: list[Any] = levels_of(found.points, factor)
    return [broken(found.level(factor, one), _ACROSS / len(levels) - 0.05, TINY) for one in levels]


def _share(found: Reading, row: pd.Series) -> str:
    return found.say(texts.SHARE, **{name: percentage(float(row[name])) for name in ("share", "low", "high")})


def _key(page: Page, middle: float, found: Reading) -> None:
    page.axes.plot([MARGIN + 0.06], [middle], marker="o", markersize=3.5, color=_POINT, linestyle="")
    said = found.say(texts.ONE_POINT)
    page.line(MARGIN + 0.18, middle, said)
    x = MARGIN + 0.18 + width(said, SMALL) + 0.25
    x = key_of_line(page, x, middle, found.say(texts.MEDIAN), 1.6, SERIES_COLORS[2])
    key_of_line(page, x, middle, found.say(texts.NINE), 8.0, _BAND)


def _draw(page: Page, found: Reading, row: Row, top: float) -> None:
    spec = found.specs[row.measure]
    page.line(MARGIN, top + line_height(NORMAL) / 2, row.name, NORMAL, bold=True)
    y = point_means(found.points, found.runs, row.measure)
    for k, (head, told) in enumerate(zip(row.heads, row.told, strict=True)):
        factor = str(row.shares.iloc[k]["factor"])
        left = MARGIN + k * (_ACROSS + _AXIS + _GAP)
        begin = page.block(left, top + line_height(NORMAL) + 0.08, head, SMALL, bold=True)
        page.block(left, begin, told, TINY, color=SOFT)
        axes = page.panel(left + _AXIS, top + row.above, _ACROSS, _DEEP)
        plain(axes)
        axes.tick_params(labelsize=TINY, pad=1.5)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
        if row.changes:
            axes.axhline(0.0, color=FAINT, linewidth=1.0, zorder=1)
        _points(axes, found, factor, y, spec)
        if factor in row.levels:
            _levels(page, row.levels[factor], (left + _AXIS, top + row.above + _DEEP))


def _points(axes: Axes, found: Reading, factor: str, y: pd.Series, spec: MeasureSpec) -> None:
    column = found.points[factor]
    values = y.to_numpy(dtype=float) * scaled(1.0, spec)
    if found.factors[factor].numeric:
        places = places_of(levels_of(found.points, factor))
        x = column.map(places).to_numpy(dtype=float)
        band = bands(x, values)
        axes.fill_between(band["at"], band["low"], band["high"], color=_BAND, linewidth=0.0, zorder=1)
        axes.plot(band["at"], band["middle"], color=SERIES_COLORS[2], linewidth=1.6, zorder=3)
        along(axes, found, factor, list(places), _ACROSS)
    else:
        levels = levels_of(found.points, factor)
        at = np.array([levels.index(plain_level(one)) for one in column], dtype=float)
        x = at + 0.5 * ((np.arange(len(at)) * _GOLDEN) % 1.0 - 0.5)
        for k in range(len(levels)):
            low, middle, high = np.nanquantile(values[at == k], (0.05, 0.5, 0.95))
            axes.fill_between([k - 0.3, k + 0.3], low, high, color=_BAND, linewidth=0.0, zorder=1)
            axes.plot([k - 0.3, k + 0.3], [middle] * 2, color=SERIES_COLORS[2], linewidth=1.6, zorder=3)
        axes.set_xticks([])
        axes.set_xlim(-0.5, len(levels) - 0.5)
    axes.plot(x, values, marker="o", markersize=3.0, color=_POINT, linestyle="", alpha=0.8, zorder=2)


def _levels(page: Page, names: Sequence[str], place: tuple[float, float]) -> None:
    """Write levels that are no numbers under their places."""
    left, bottom = place
    for k, name in enumerate(names):
        page.block(left + (k + 0.5) / len(names) * _ACROSS, bottom + 0.06, name, TINY, color=INK, side="center")
