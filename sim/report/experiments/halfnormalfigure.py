"""The half-normal plot: effects by size over the quantiles of luck, with the line on which luck alone would lie."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.experiments.cells import levels_of
from sim.experiments.halfnormal import half_normal
from sim.report.experiments.finding import half_normal_title
from sim.report.experiments.reading import Reading
from sim.report.experiments.rows import TICKS, WIDTH, about, key_of_line, names_in, titled
from sim.report.fit import width
from sim.report.numbers import scaled, unit_of
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import FAINT, INK, NORMAL, RULE, SERIES_COLORS, SMALL, SOFT, TINY, plain
from sim.spec.measures import MeasureSpec
from sim.words import sentences, words

texts = words("effects")

MOST = 4
"""Measures there is room for."""

NAMED = 8
"""Effects that are named in a panel at most."""

_ABOVE, _DEEP, _BELOW = 0.36, 2.4, 0.6
_COLUMNS, _AXIS, _PANEL, _TO, _GAP = 2, 0.42, 2.9, 0.3, 0.3
_NAMES = (WIDTH - 2 * MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS - _AXIS - _PANEL - _TO
"""Inches beside each other: numbers of the axis, the panel, lines to the names, and names."""

_OUT = SERIES_COLORS[2]


def draw_half_normal(found: Reading) -> Figure | None:
    """Draw a panel for each of the first measures; None where there are too few effects to tell luck from them."""
    if any(len(levels_of(found.points, name)) > 2 for name in found.factors):
        return None  # effects of several levels share points, so they do not lie apart as luck would have it
    plotted = half_normal(found.effects)
    measures = [name for name in found.measures if name in set(plotted["measure"]) and found.moved(name)][:MOST]
    if not measures:
        return None
    title = titled(half_normal_title(found, plotted, measures[0]))
    below = about(found, found.say(texts.HALF_NORMAL))
    shown = plotted[plotted["measure"].isin(measures)]
    flat = bool((shown["margin"] == 0.0).any())
    said = [found.say(texts.LENTH), *([found.say(texts.STEEP)] if flat else [])]
    foot = foot_of(sentences(said).get(found.lang), WIDTH)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.08
    down = _ABOVE + _DEEP + _BELOW
    page = Page(WIDTH, top + down * -(-len(measures) // _COLUMNS) + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found)
    for k, measure in enumerate(measures):
        line, column = divmod(k, _COLUMNS)
        place = MARGIN + column * (_AXIS + _PANEL + _TO + _NAMES + _GAP), top + line * down
        _panel(page, found, plotted[plotted["measure"] == measure], place)
    footed(page, foot)
    return page.figure


def _key(page: Page, middle: float, found: Reading) -> None:
    x = MARGIN
    for text, color, filled in ((texts.STANDS_OUT, _OUT, True), (texts.REST, SOFT, False)):
        page.axes.plot([x + 0.06], [middle], **_mark(color, filled))
        said = found.say(text)
        page.line(x + 0.18, middle, said)
        x += 0.18 + width(said, SMALL) + 0.25
    x = key_of_line(page, x, middle, found.say(texts.NULL_LINE), 1.0, FAINT)
    page.axes.plot([x, x + 0.3], [middle, middle], color=FAINT, linewidth=1.0, linestyle=(0, (4, 2)))
    page.line(x + 0.38, middle, found.say(texts.MARGIN))


def _mark(color: str, filled: bool) -> dict[str, Any]:
    return {
        "marker": "o", "markersize": 5.0, "color": color, "linestyle": "", "markeredgewidth": 1.1,
        "markerfacecolor": color if filled else "white", "zorder": 3,
    }  # fmt: skip


def _panel(page: Page, found: Reading, rows: pd.DataFrame, place: tuple[float, float]) -> None:
    measure = str(rows["measure"].iloc[0])
    spec, (x, top) = found.specs[measure], place
    unit = unit_of(spec, difference=True)
    head = found.say(texts.OF_UNIT, measure=spec.label, unit=found.say(texts.SIZE, unit=unit))
    page.line(x, top + _ABOVE - 0.2, head, NORMAL, bold=True)
    axes = page.panel(x + _AXIS, top + _ABOVE, _PANEL, _DEEP)
    plain(axes)
    axes.patch.set_visible(False)
    axes.tick_params(labelsize=TINY, pad=1.5)
    _effects(axes, rows, spec)
    end = top + _ABOVE + _DEEP
    page.line(x + _AXIS + _PANEL / 2, end + 0.3, found.say(texts.QUANTILE), TINY, side="center")
    _named(page, found, rows[rows["stands_out"]].iloc[::-1].iloc[:NAMED], axes, (x + _AXIS, top + _ABOVE))


def _effects(axes: Axes, rows: pd.DataFrame, spec: MeasureSpec) -> None:
    sizes, lines, quantiles = (rows[name].to_numpy(dtype=float) for name in ("size", "line", "quantile"))
    furthest = float(quantiles.max()) * 1.06
    slope = scaled(float(lines[-1] / quantiles[-1]), spec)
    highest = scaled(float(sizes.max()), spec) * 1.08
    axes.plot([0.0, furthest], [0.0, slope * furthest], color=FAINT, linewidth=1.0, zorder=1)
    margin = scaled(float(rows["margin"].iloc[0]), spec)
    if margin > 0.0:
        axes.axhline(margin, color=FAINT, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1)
    for out in (False, True):
        mine = (rows["stands_out"] == out).to_numpy()
        axes.plot(
            quantiles[mine], [scaled(float(one), spec) for one in sizes[mine]], **_mark(_OUT if out else SOFT, out)
        )
    axes.set_xlim(0.0, furthest)
    axes.set_ylim(0.0, max(highest, margin * 1.15) or 1.0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))


def _named(page: Page, found: Reading, rows: pd.DataFrame, axes: Axes, place: tuple[float, float]) -> None:
    """Name the effects that stand out beside the panel, the largest above, each with a line to its point."""
    left, top = place
    right = left + _PANEL
    names = names_in([found.term(term) for term in rows["term"]], _NAMES)
    across, (low, high) = axes.get_xlim()[1], axes.get_ylim()
    spec = found.specs[str(rows["measure"].iloc[0])] if len(rows) else None
    taken = top
    for (_, row), name in zip(rows.iterrows(), names, strict=True):
        assert spec is not None
        x = left + float(row["quantile"]) / across * _PANEL
        y = top + (1.0 - (scaled(float(row["size"]), spec) - low) / (high - low)) * _DEEP
        begin = max(taken, y - block_height(name, SMALL) / 2)
        middle = begin + line_height(SMALL) / 2
        page.axes.plot(
            [x + 0.07, right + 0.05, right + _TO - 0.08], [y, y, middle], color=RULE, linewidth=0.6, zorder=1
        )
        taken = page.block(right + _TO, begin, name, SMALL, bold=len(row["term"]) == 1, color=INK) + 0.03
