"""The figure of weeks: on-time rate, backlog and trust over time, with bands, and when interventions begin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.fit import broken, cut_apart, widest, width
from sim.report.material import Material
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import INK, NORMAL, SERIES_COLORS, SERIES_DASHES, SMALL, SOFT, TINY, plain
from sim.report.titles import timeline_title
from sim.words import words

_TEXTS = words("pictures")

WIDTH = 11.7
_TOGETHER = len(SERIES_COLORS) - 1
"""Alternatives up to which all lines of a measure stand in one panel; further ones have panels of their own."""

_TALL, _LOW = 2.1, 0.95
"""Inches of a panel with all lines, and of one with a single alternative and now."""

_AXIS = 0.4
_NAMES = 1.7
_GAP = 0.45
_BEGIN, _END, _SHOCK = (0, (5, 1.5)), (0, (1, 1.5)), (0, (1, 2.5, 4, 2.5))
"""Dashes of the lines that mark a week."""


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    heading: Any
    scale: float
    most: float


_SERIES = (
    _Series("on_time_target", _TEXTS.WEEKLY["on_time_target"], 100.0, 100.0),
    _Series("backlog", _TEXTS.WEEKLY["backlog"], 1.0, math.inf),
    _Series("trust", _TEXTS.WEEKLY["trust"], 100.0, 100.0),
)


def draw_timeline(found: Material) -> Figure:
    """Draw on-time rate, backlog and trust by week, with 95 % bands of the mean: alternatives beside now."""
    shown = [one for one in _SERIES if "series" in found.timeline and one.name in set(found.timeline["series"])]
    return (_together if len(found.alternatives) <= _TOGETHER else _apart)(found, shown)


def _together(found: Material, shown: Sequence[_Series]) -> Figure:
    """Draw a panel for each measure, with all lines in it."""
    title, below = timeline_title(found), found.about(_TEXTS.TIMELINE)
    foot = foot_of(found.sentences(_notes(found)), WIDTH)
    key = broken("   ".join(f"────  {label}" for label in found.labels.values()), WIDTH - 2 * MARGIN, SMALL)
    lines = block_height(key, SMALL) + line_height(SMALL)
    top = head_height(title, below, WIDTH)
    page = Page(WIDTH, top + lines + len(shown) * (_TALL + _AXIS + line_height(NORMAL)) + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y, found)
    y += lines
    for series in shown:
        page.line(MARGIN, y + line_height(NORMAL) / 2, found.say(series.heading), NORMAL, bold=True)
        axes = page.panel(MARGIN + 0.4, y + line_height(NORMAL) + 0.05, WIDTH - 2 * MARGIN - 0.4, _TALL)
        for place, name in enumerate(found.labels):
            _line(axes, found, name, series, place)
        _marks(axes, found, found.alternatives)
        _dressed(axes)
        page.line(WIDTH - MARGIN, y + _TALL + line_height(NORMAL) + 0.27, found.say(_TEXTS.WEEK), TINY, side="right")
        y += _TALL + _AXIS + line_height(NORMAL)
    footed(page, foot)
    return page.figure


def _key(page: Page, top: float, found: Material) -> None:
    x, y = MARGIN, top + line_height(SMALL) / 2
    for place, label in enumerate(cut_apart(list(found.labels.values()), 3.2, SMALL)):
        across = 0.45 + width(label, SMALL)
        if x > MARGIN and x + across > WIDTH - MARGIN:
            x, y = MARGIN, y + line_height(SMALL)
        color, dashes = line_style(place)
        page.axes.plot([x, x + 0.38], [y, y], color=color, linestyle=dashes, linewidth=1.8)
        page.line(x + 0.45, y, label)
        x += across + 0.3


def _apart(found: Material, shown: Sequence[_Series]) -> Figure:
    """Draw a row of panels for each alternative: now in gray, and the alternative."""
    title, below = timeline_title(found), found.about(_TEXTS.TIMELINE_APART)
    foot = foot_of(found.sentences(_notes(found)), WIDTH)
    names = [broken(one, _NAMES, SMALL, bold=True, most=3) for one in map(found.labels.get, found.alternatives) if one]
    left = MARGIN + widest(names, SMALL, bold=True) + 0.15
    across = (WIDTH - MARGIN - left - _GAP * len(shown)) / max(1, len(shown))
    heads = [broken(found.say(series.heading), across, SMALL, bold=True) for series in shown]
    above = max((block_height(one, SMALL) for one in heads), default=0.0) + 0.08
    top = head_height(title, below, WIDTH)
    page = Page(WIDTH, top + above + len(names) * (_LOW + 0.12) + _AXIS + foot_height(foot))
    y = headed(page, title, below)
    for column, series in enumerate(shown):
        x = left + _GAP + column * (across + _GAP)
        page.block(x, y, heads[column], SMALL, bold=True)
        limits = _limits(found.timeline[found.timeline["series"] == series.name], series)
        for row, name in enumerate(found.alternatives):
            axes = page.panel(x, y + above + row * (_LOW + 0.12), across, _LOW)
            _line(axes, found, found.now, series, 0, SOFT)
            _line(axes, found, name, series, 1)
            _marks(axes, found, [name])
            _dressed(axes, TINY, named=row == len(names) - 1)
            axes.set_ylim(*limits)
        page.line(x + across, y + above + len(names) * (_LOW + 0.12) + 0.22, found.say(_TEXTS.WEEK), TINY, side="right")
    for row, label in enumerate(names):
        middle = y + above + row * (_LOW + 0.12) + _LOW / 2
        page.block(MARGIN, middle - block_height(label, SMALL) / 2, label, SMALL, bold=True)
    footed(page, foot)
    return page.figure


def line_style(place: int) -> tuple[str, Any]:
    """Return color and dashes of a line, of which no two are alike."""
    return SERIES_COLORS[place], SERIES_DASHES[place]


def _limits(rows: pd.DataFrame, series: _Series) -> tuple[float, float]:
    """Return the range that every panel of a measure shares: that of the means, with room for most of the bands."""
    if not rows["mean"].notna().any():
        return 0.0, 1.0
    low = float(rows["low"].fillna(rows["mean"]).quantile(0.05)) * series.scale
    high = float(rows["high"].fillna(rows["mean"]).quantile(0.95)) * series.scale
    low, high = min(low, float(rows["mean"].min()) * series.scale), max(high, float(rows["mean"].max()) * series.scale)
    room = max(0.06 * (high - low), 1e-6)
    return max(0.0, low - room), min(series.most + room, high + room)


def _line(axes: Axes, found: Material, name: str, series: _Series, place: int, color: str | None = None) -> None:
    """Draw one mean with its band; no band leaves what is possible."""
    rows = found.timeline[(found.timeline["alternative"] == name) & (found.timeline["series"] == series.name)]
    own, dashes = line_style(place)
    weeks = rows["week"].to_numpy(dtype=float)
    middle, low, high = (rows[one].to_numpy(dtype=float) * series.scale for one in ("mean", "low", "high"))
    ink = color or own
    axes.fill_between(weeks, low.clip(min=0.0), high.clip(max=series.most), color=ink, alpha=0.14, linewidth=0)
    axes.plot(weeks, middle, color=ink, linestyle=dashes, linewidth=1.5)


def _marks(axes: Axes, found: Material, names: Sequence[str]) -> None:
    """Mark weeks: the warm-up, where what is introduced begins and ends, and where shocks come."""
    warmup = float(found.facts["warmup_weeks"])
    if warmup > 0.0:
        axes.axvspan(-warmup - 0.5, -0.5, color="#F1F0EE", linewidth=0, zorder=0)
    last = float(found.facts["horizon_weeks"])
    spans = [span for name in names for span in found.spans.get(name, ())]
    for week in sorted({begin for begin, _ in spans if -warmup < begin < last}):
        axes.axvline(week - 0.5, color=INK, linewidth=0.9, linestyle=_BEGIN, zorder=1)
    for week in sorted({end for _, end in spans if -warmup < end < last}):
        axes.axvline(week - 0.5, color=INK, linewidth=0.9, linestyle=_END, zorder=1)
    for _, week in found.facts.get("shocks", ()):
        axes.axvline(week - 0.5, color="#B23A0E", linewidth=0.9, linestyle=_SHOCK, zorder=1)


def _dressed(axes: Axes, size: float = SMALL, named: bool = True) -> None:
    plain(axes)
    axes.margins(x=0.01)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=10 if size == SMALL else 5, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5 if size == SMALL else 3, steps=[1, 2, 5, 10]))
    axes.tick_params(labelsize=size, pad=2, labelbottom=named)


def _notes(found: Material) -> list[str]:
    spans = [span for name in found.alternatives for span in found.spans.get(name, ())]
    last = float(found.facts["horizon_weeks"])
    notes = [found.say(_TEXTS.WEEKS)]
    if float(found.facts["warmup_weeks"]) > 0.0:
        notes.append(found.say(_TEXTS.WARMUP))
    notes.append(found.say(_TEXTS.BEGINS if all(end >= last for _, end in spans) else _TEXTS.BEGINS_AND_ENDS))
    return [*notes, found.say(_TEXTS.SHOCKED)] if found.facts.get("shocks") else notes
