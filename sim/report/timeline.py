"""The figure of weeks: on-time rate and backlog over time, with bands."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.style import INK, NORMAL, SERIES_DASHES, SMALL, headed, new_figure, plain, series_color, wrapped

_PANELS = (
    ("on_time_target", "On time", "% of cases", 100.0),
    ("backlog", "Backlog", "open cases", 1.0),
)


def draw_timeline(timeline: pd.DataFrame, title: str, warmup_weeks: float) -> Figure:
    """Draw on-time rate and backlog by week for the baseline and every alternative, with 95 % bands of the mean."""
    shown = [panel for panel in _PANELS if panel[0] in set(timeline["series"])]
    labels = list(dict.fromkeys(timeline["alternative"]))
    figure = new_figure(10.0, 1.6 + 2.6 * len(shown))
    panels = figure.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (series, heading, unit, scale) in zip(panels, shown, strict=True):
        _warmup(axes, warmup_weeks)
        for place, label in enumerate(labels):
            rows = timeline[(timeline["alternative"] == label) & (timeline["series"] == series)]
            _line(axes, rows, scale, label, place)
        plain(axes)
        axes.set_title(heading, fontsize=NORMAL, color=INK, loc="left", fontweight="bold")
        axes.set_ylabel(unit, fontsize=SMALL, color=INK)
        axes.margins(x=0.01)
    panels[-1].set_xlabel("week of the run", fontsize=SMALL, color=INK)
    headed(figure, title)
    handles, names = panels[0].get_legend_handles_labels()
    figure.legend(
        handles,
        [wrapped(name, 40) for name in names],
        loc="outside lower center",
        ncols=3,
        fontsize=SMALL,
        frameon=False,
    )
    return figure


def _line(axes: Axes, bands: pd.DataFrame, scale: float, label: str, place: int) -> None:
    color, dashes = series_color(place), SERIES_DASHES[place % len(SERIES_DASHES)]
    weeks, middle, low, high = (bands[name].to_numpy(dtype=float) for name in ("week", "mean", "low", "high"))
    axes.fill_between(weeks, low * scale, high * scale, color=color, alpha=0.18, linewidth=0)
    axes.plot(weeks, middle * scale, color=color, linestyle=dashes, linewidth=1.6, label=label)


def _warmup(axes: Axes, weeks: float) -> None:
    if weeks > 0:
        axes.axvspan(0.0, weeks, color="#f1f1f1", linewidth=0, label="warm-up, not counted")
