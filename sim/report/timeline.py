"""The figure of weeks: on-time rate, backlog and trust over time, with bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.report.style import (
    INK,
    NORMAL,
    SERIES_DASHES,
    SMALL,
    headed,
    new_figure,
    plain,
    series_color,
    told_apart,
    wrapped,
)


@dataclass(frozen=True, slots=True)
class _Panel:
    series: str
    heading: str
    unit: str
    scale: float
    most: float


_PANELS = (
    _Panel("on_time_target", "On time, by the week in which a case was due", "% of cases", 100.0, 100.0),
    _Panel("backlog", "Backlog at the end of the week", "open cases", 1.0, math.inf),
    _Panel("trust", "Trust between departments that deal with each other", "%", 100.0, 100.0),
)


def draw_timeline(
    timeline: pd.DataFrame, title: str, warmup_weeks: float, shocks: Sequence[tuple[str, float]] = ()
) -> Figure:
    """Draw on-time rate, backlog and trust by week for every alternative, with 95 % bands of the mean."""
    shown = [panel for panel in _PANELS if panel.series in set(timeline["series"])]
    labels = list(dict.fromkeys(timeline["alternative"]))
    figure = new_figure(10.0, 1.6 + 2.6 * len(shown))
    grid = figure.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
    drawn: list[Artist] = []
    for axes, panel in zip(grid, shown, strict=True):
        rows = timeline[timeline["series"] == panel.series]
        lines = [_line(axes, rows[rows["alternative"] == label], panel, place) for place, label in enumerate(labels)]
        drawn = [*lines, *_warmup(axes, warmup_weeks), *_shocks(axes, shocks)]
        plain(axes)
        axes.set_title(panel.heading, fontsize=NORMAL, color=INK, loc="left", fontweight="bold")
        axes.set_ylabel(panel.unit, fontsize=SMALL, color=INK)
        axes.margins(x=0.01)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    grid[-1].set_xlabel(
        "week (0 is the first that counts, in which what is introduced begins)", fontsize=SMALL, color=INK
    )
    headed(figure, title)
    names = [*labels, *(str(one.get_label()) for one in drawn[len(labels) :])]
    _legend(figure, drawn, [wrapped(name, 40) for name in told_apart(names, 78)])
    return figure


def _legend(figure: Figure, drawn: list[Artist], names: list[str]) -> None:
    """Explain the lines; matplotlib leaves out whatever begins with an underscore, so names are put in afterwards."""
    numbers = [str(place) for place in range(len(names))]
    legend = figure.legend(drawn, numbers, loc="outside lower center", ncols=4, fontsize=SMALL, frameon=False)
    for text, name in zip(legend.get_texts(), names, strict=True):
        text.set_text(name)


def _line(axes: Axes, rows: pd.DataFrame, panel: _Panel, place: int) -> Line2D:
    """Draw one mean with its band; no band leaves what is possible."""
    color, dashes = series_color(place), SERIES_DASHES[place % len(SERIES_DASHES)]
    weeks = rows["week"].to_numpy(dtype=float)
    middle, low, high = (rows[name].to_numpy(dtype=float) * panel.scale for name in ("mean", "low", "high"))
    axes.fill_between(weeks, low.clip(min=0.0), high.clip(max=panel.most), color=color, alpha=0.18, linewidth=0)
    return axes.plot(weeks, middle, color=color, linestyle=dashes, linewidth=1.6)[0]


def _shocks(axes: Axes, shocks: Sequence[tuple[str, float]]) -> list[Artist]:
    """Draw a line where each shock comes, and return the first."""
    lines: list[Artist] = [
        axes.axvline(week, color=INK, linewidth=0.9, linestyle=(0, (1, 2)), label="a shock", zorder=1)
        for _, week in shocks
    ]
    return lines[:1]


def _warmup(axes: Axes, weeks: float) -> list[Artist]:
    """Shade the warm-up, where there is one."""
    if weeks <= 0:
        return []
    return [axes.axvspan(-weeks - 0.5, -0.5, color="#f1f1f1", linewidth=0, label="warm-up, not counted", zorder=0)]
