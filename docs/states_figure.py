"""The figure of docs/how-to/two-states.md: two states over a range of load, a loop, a ratchet, and ways to tip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.report.style import DPI, FAINT, INK, LARGE, NORMAL, SERIES_COLORS, SERIES_DASHES, SMALL, plain
from sim.study.statistics import Interval, mean_interval

MARKERS = ("o", "s", "^", "v")


@dataclass(frozen=True)
class Curve:
    """States at the end against load, for one start: trust and on-time rate, a row for each replication."""

    label: str
    loads: Sequence[float]
    states: Sequence[pd.DataFrame]


@dataclass(frozen=True)
class Loop:
    """Mean trust along a control, on the way there and on the way back."""

    values: Sequence[float]
    there: Sequence[Interval]
    back: Sequence[Interval]


def draw(
    curves: Sequence[Curve],
    loops: Mapping[str, Loop],
    runs: Mapping[str, pd.DataFrame],
) -> Figure:
    """Draw the six panels."""
    figure = Figure(figsize=(10.0, 11.0), dpi=DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.subplots(3, 2)
    _against(grid[0, 0], curves, "trust", 1.0, "1  Trust after 300 weeks", "mean trust")
    _against(grid[0, 1], curves, "on_time", 100.0, "2  On time after 300 weeks", "% of cases")
    grid[0, 1].legend(loc="lower left", fontsize=SMALL, frameon=False)
    _loop(grid[1, 0], loops["answer_latency"], "3  A loop: time to answers down and up again")
    grid[1, 0].set_xscale("log")
    grid[1, 0].set_xticks(loops["answer_latency"].values, [f"{value:g}" for value in loops["answer_latency"].values])
    grid[1, 0].minorticks_off()
    grid[1, 0].set_xlabel("mean open hours until a question is noticed", fontsize=SMALL, color=INK)
    _loop(grid[1, 1], loops["alignment"], "4  A ratchet: goal alignment up and down again")
    grid[1, 1].set_xlabel("goal alignment", fontsize=SMALL, color=INK)
    labels = list(runs)
    _course(grid[2, 0], runs, labels[:2], "5  Out of the bad state", (10.0, 90.0))
    _course(grid[2, 1], runs, labels[2:], "6  Out of the good state", (20.0, 40.0))
    title = "One organization, two states: which it is in depends on where it came from"
    figure.suptitle(title, fontsize=LARGE, color=INK, x=0.01, ha="left", fontweight="bold")
    return figure


def _framed(axes: Axes, title: str, unit: str) -> None:
    plain(axes)
    axes.set_title(title, fontsize=NORMAL, color=INK, loc="left", fontweight="bold")
    axes.set_ylabel(unit, fontsize=SMALL, color=INK)


def _against(axes: Axes, curves: Sequence[Curve], column: str, scale: float, title: str, unit: str) -> None:
    """Draw one value against load, a line with intervals for each start."""
    for place, curve in enumerate(curves):
        states = [mean_interval(frame[column]) for frame in curve.states]
        middle = scale * np.array([one.mean for one in states])
        half = scale * np.array([one.high - one.mean for one in states])
        axes.errorbar(
            curve.loads,
            middle,
            half,
            color=SERIES_COLORS[place + 1],
            linestyle=SERIES_DASHES[place],
            marker=MARKERS[place],
            markerfacecolor="white" if place > 1 else SERIES_COLORS[place + 1],
            markersize=5,
            linewidth=1.6,
            elinewidth=1.2,
            capsize=2.5,
            label=curve.label,
        )
    _framed(axes, title, unit)
    axes.set_ylim(0.0, scale)
    axes.set_xlabel("demand, as a multiple of what it is", fontsize=SMALL, color=INK)


def _loop(axes: Axes, loop: Loop, title: str) -> None:
    """Draw trust along a control that is moved to one end and back, with an arrow for each way."""
    for place, (states, said) in enumerate(((loop.there, "there: begun without trust"), (loop.back, "and back"))):
        color = SERIES_COLORS[place + 1]
        middle = np.array([one.mean for one in states])
        low, high = (np.array([getattr(one, end) for one in states]) for end in ("low", "high"))
        axes.fill_between(loop.values, low, high, color=color, alpha=0.18, linewidth=0)
        axes.plot(
            loop.values,
            middle,
            color=color,
            linestyle=SERIES_DASHES[place],
            marker=MARKERS[place],
            markersize=5,
            label=said,
        )
        _arrow(axes, loop.values, middle, color, backwards=place == 1)
    _framed(axes, title, "mean trust")
    axes.set_ylim(0.0, 1.0)
    axes.legend(loc="best", fontsize=SMALL, frameon=False)


def _arrow(axes: Axes, values: Sequence[float], middle: Any, color: str, backwards: bool) -> None:
    """Say which way a line is gone, at its middle."""
    k = len(values) // 2
    ends_of = ((values[k - 1], middle[k - 1]), (values[k], middle[k]))
    tail, head = ends_of[::-1] if backwards else ends_of
    axes.annotate(
        "", xy=head, xytext=tail, arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2, "mutation_scale": 18}
    )


def _course(
    axes: Axes, runs: Mapping[str, pd.DataFrame], labels: Sequence[str], title: str, span: tuple[float, float]
) -> None:
    """Draw trust over time with and without what tips it; the weeks in which that lasts are shaded."""
    axes.axvspan(*span, color=FAINT, alpha=0.2, linewidth=0)
    for place, label in enumerate(labels):
        states = [mean_interval(row) for row in runs[label].to_numpy()]
        weeks = np.arange(len(states)) + 1.0
        color = SERIES_COLORS[place]
        axes.fill_between(
            weeks, [one.low for one in states], [one.high for one in states], color=color, alpha=0.18, linewidth=0
        )
        axes.plot(
            weeks,
            [one.mean for one in states],
            color=color,
            linestyle=SERIES_DASHES[place],
            linewidth=1.6,
            label=label.strip(),
        )
    _framed(axes, title, "mean trust")
    axes.set_ylim(0.0, 1.0)
    axes.set_xlabel("week of the run, warm-up included", fontsize=SMALL, color=INK)
    axes.legend(loc="best", fontsize=SMALL, frameon=False)
