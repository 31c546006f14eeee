"""Interaction plots: a measure along one factor, a line for each level of another; parallel lines do not interact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.experiments.cells import cells, levels_of
from sim.report.experiments.doses import curved, other_of
from sim.report.experiments.keys import Key, color_of, draw_key, key_of, style_of
from sim.report.experiments.pairs import pairs_title
from sim.report.experiments.reading import SURE, Reading
from sim.report.experiments.rows import TICKS, WIDTH, about, along, places_of, titled
from sim.report.fit import broken
from sim.report.marks import SMALL as SMALL_ONE
from sim.report.numbers import scaled
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import NORMAL, SMALL, SOFT, TINY, plain
from sim.study import verdicts
from sim.study.effects import scale_of
from sim.words import sentences, words

texts = words("effects")

MOST = 6
"""Pairs there is room for."""

LINES = 5
"""Levels of the second factor that have a line at most: the ends, and those evenly between."""

_COLUMNS, _GAP, _DEEP = 3, 0.55, 1.9
_AXIS = 0.42
"""Inches for the numbers of an axis."""

_ACROSS = (WIDTH - 2 * MARGIN - (_COLUMNS - 1) * _GAP - _COLUMNS * _AXIS) / _COLUMNS


@dataclass(frozen=True)
class Panel:
    """A pair that is drawn: its effect, the factor along the axis and that of the lines, and what stands above."""

    row: pd.Series
    along: str
    lines: str
    head: str
    told: str
    key: Key
    levels: list[Any]
    under: list[str]
    axis: str

    @property
    def above(self) -> float:
        """Inches above the axes."""
        return block_height(self.head, NORMAL) + block_height(self.told, SMALL) + self.key.height + 0.14

    @property
    def below(self) -> float:
        """Inches below them."""
        return max(block_height(one, TINY) for one in self.under) + block_height(self.axis, TINY) + 0.3


def draw_interactions(found: Reading) -> Figure | None:
    """Draw the strongest pairs; None where no two factors were varied together."""
    if curved(found) and other_of(found, curved(found)[0]) is not None:
        return None  # the curves show it
    panels = [_panel_of(found, row) for row in strongest(found)]
    if not panels:
        return None
    title, below = (
        titled(pairs_title(found, str(panels[0].row["measure"]))),
        about(found, found.say(texts.INTERACTIONS)),
    )
    notes = [found.say(texts.PARALLEL), *([found.say(texts.CELL)] if found.replications > 1 else [])]
    foot = foot_of(sentences(notes).get(found.lang), WIDTH)
    lines = [panels[k : k + _COLUMNS] for k in range(0, len(panels), _COLUMNS)]
    heights = [max(one.above for one in line) + _DEEP + max(one.below for one in line) for line in lines]
    page = Page(WIDTH, head_height(title, below, WIDTH) + sum(heights) + foot_height(foot))
    top = headed(page, title, below)
    for line, height in zip(lines, heights, strict=True):
        above = max(one.above for one in line)
        for k, panel in enumerate(line):
            _draw(page, found, panel, (MARGIN + k * (_ACROSS + _GAP + _AXIS), top), above)
        top += height
    footed(page, foot)
    return page.figure


def strongest(found: Reading) -> list[pd.Series]:
    """Return the pairs to draw: those that are certain, measure by measure, else the largest on the first measure."""
    sure = [row for name in found.measures for _, row in found.certain(name, 2).iterrows()]
    if not sure:
        first = next((name for name in found.known if found.moved(name)), found.decides)
        rows = found.rows(first)
        return _each_once(row for _, row in rows[rows["order"] == 2].iterrows())[:_COLUMNS]
    return _each_once(sure)[:MOST]


def _each_once(rows: Iterable[pd.Series]) -> list[pd.Series]:
    """Return the first row of every measure and two factors, whichever levels it is about."""
    found: dict[tuple[str, ...], pd.Series] = {}
    for row in rows:
        found.setdefault((str(row["measure"]), *(name for name, _ in row["term"])), row)
    return list(found.values())


def _panel_of(found: Reading, row: pd.Series) -> Panel:
    across, lines = _sides(found, *(name for name, _ in row["term"]))
    measure = str(row["measure"])
    verdict = found.verdict(row)
    text = texts.PANEL_ALONE if verdict == verdicts.UNKNOWN else texts.PANEL_UNCLEAR
    told = found.say(texts.PANEL_SURE if verdict in (*SURE, SMALL_ONE) else text, told=found.told(row))
    levels = levels_of(found.points, across)
    room = _ACROSS / len(levels) - 0.04
    return Panel(
        row,
        across,
        lines,
        broken(found.labeled(measure), _ACROSS + _AXIS, NORMAL, bold=True),
        broken(told, _ACROSS + _AXIS, SMALL),
        key_of(
            [found.leveled(lines, one) for one in _shown(found, lines)],
            _ACROSS + _AXIS,
        ),
        levels,
        [broken(found.level(across, one), room, TINY) for one in levels] if not found.factors[across].numeric else [""],
        broken(found.factors[across].label, _ACROSS + _AXIS, TINY),
    )


def _sides(found: Reading, first: str, second: str) -> tuple[str, str]:
    """Return which of two factors lies along the axis, and which has the lines: the one with fewer levels."""
    counts = [len(levels_of(found.points, one)) for one in (first, second)]
    return (first, second) if counts[0] >= counts[1] else (second, first)


def _shown(found: Reading, factor: str) -> list[Any]:
    """Return the levels that have a line."""
    levels = levels_of(found.points, factor)
    if len(levels) <= LINES:
        return levels
    return [levels[k] for k in np.unique(np.linspace(0, len(levels) - 1, LINES).round().astype(int))]


def _draw(page: Page, found: Reading, panel: Panel, place: tuple[float, float], above: float) -> None:
    left, y = place
    top = y + above
    y = page.block(left, y, panel.head, NORMAL, bold=True)
    y = page.block(left, y, panel.told, SMALL, color=SOFT)
    draw_key(page, panel.key, left, y + 0.03)
    axes = page.panel(left + _AXIS, top, _ACROSS, _DEEP)
    plain(axes)
    axes.tick_params(labelsize=TINY, pad=1.5)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
    _lines(axes, found, panel)
    bottom = top + _DEEP
    if found.factors[panel.along].numeric:
        along(axes, found, panel.along, panel.levels, _ACROSS)
        deep = line_height(TINY)
    else:
        axes.set_xticks([])
        axes.set_xlim(-0.5, len(panel.levels) - 0.5)
        for k, name in enumerate(panel.under):
            page.block(left + _AXIS + (k + 0.5) / len(panel.levels) * _ACROSS, bottom + 0.06, name, TINY, side="center")
        deep = max(one.count("\n") + 1 for one in panel.under) * line_height(TINY)
    page.block(left + _AXIS + _ACROSS / 2, bottom + 0.08 + deep, panel.axis, TINY, side="center")


def _lines(axes: Axes, found: Reading, panel: Panel) -> None:
    measure = str(panel.row["measure"])
    spec = found.specs[measure]
    table = cells(found.points, found.runs, (panel.along, panel.lines), measure, scale_of(spec))
    numeric = found.factors[panel.along].numeric
    places = places_of(panel.levels) if numeric else {one: float(k) for k, one in enumerate(panel.levels)}
    step = min(np.diff(sorted(places.values())), default=1.0)
    shown = _shown(found, panel.lines)
    for k, line in enumerate(shown):
        mine = table[table[panel.lines] == line]
        aside = (k - (len(shown) - 1) / 2.0) * 0.05 * step
        x = np.array([places[one] for one in mine[panel.along]]) + aside
        mean, low, high = (np.array([scaled(one, spec) for one in mine[name]]) for name in ("mean", "low", "high"))
        ends = np.array([[scaled(one, spec) for one in mine[name]] for name in ("apart_low", "apart_high")])
        axes.plot(x, mean, **style_of(k))
        axes.vlines(x, low, high, color=color_of(k), linewidth=0.8)
        axes.vlines(x, *ends, color=color_of(k), linewidth=3.0)
