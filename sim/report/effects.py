"""The figure of effects: what each alternative changes in each measure, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.report.numbers import measured, scaled
from sim.report.style import FAINT, INK, NORMAL, SMALL, headed, new_figure, plain, series_color, told_apart, wrapped
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import words

texts = words("terminal")

_MARKERS = {
    "better": ("o", True),
    verdicts.BUT: ("o", False),
    "worse": ("X", True),
    "changed": ("s", True),
    "cannot be told from zero": ("D", False),
    "n/a": ("D", False),
}
"""Shape, and whether it is filled, by verdict."""

_COLUMNS = 2


def draw_effects(table: pd.DataFrame, specs: Mapping[str, MeasureSpec], title: str) -> Figure:
    """Draw one panel for each measure: differences from now with 95 % intervals, one row for each alternative.

    A measure that is defined nowhere (promises where nothing is promised) has no panel.
    """
    table = table[table.groupby("measure")["difference"].transform("count") > 0]
    labels, measures = list(dict.fromkeys(table["alternative"])), list(dict.fromkeys(table["measure"]))
    rows = max(1, -(-len(measures) // _COLUMNS))
    figure = new_figure(10.0, 1.3 + rows * (0.85 + 0.33 * len(labels)))
    grid = figure.subplots(rows, _COLUMNS, squeeze=False)
    panels = list(grid.flat)
    for place, (axes, measure) in enumerate(zip(panels, measures, strict=False)):
        _panel(axes, table[table["measure"] == measure], specs[measure], labels, named=place % _COLUMNS == 0)
    for axes in panels[len(measures) :]:
        axes.set_axis_off()
    headed(figure, title)
    figure.legend(handles=_legend(table), loc="outside lower center", ncols=5, fontsize=SMALL, frameon=False)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, spec: MeasureSpec, labels: list[str], named: bool) -> None:
    plain(axes)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    for place, label in enumerate(labels):
        _effect(axes, rows[rows["alternative"] == label].iloc[0], spec, place)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_yticks(
        range(len(labels)), [wrapped(label) for label in told_apart(labels, 46)] if named else [""] * len(labels)
    )
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    now = measured(float(rows["now"].iloc[0]), spec)
    axes.set_title(f"{spec.label.en} (now {now})", fontsize=NORMAL, color=INK, loc="left", fontweight="bold")
    axes.set_xlabel(f"difference, {texts.DIFFERENCE_UNITS[spec.unit].en}{_direction(spec)}", fontsize=SMALL, color=INK)


def _effect(axes: Axes, row: pd.Series, spec: MeasureSpec, place: int) -> None:
    middle, low, high = (scaled(float(row[name]), spec) for name in ("difference", "ci_low", "ci_high"))
    color = series_color(place + 1)
    marker, filled = _MARKERS[str(row["verdict"])]
    axes.plot([low, high], [place, place], color=color, linewidth=2.2, solid_capstyle="butt", zorder=2)
    axes.plot(
        [middle],
        [place],
        marker=marker,
        markersize=7.5,
        color=color,
        markerfacecolor=color if filled else "white",
        markeredgewidth=1.5,
        zorder=3,
    )


def _direction(spec: MeasureSpec) -> str:
    return {"higher": "  (right is better →)", "lower": "  (← left is better)", "neither": ""}[spec.better]


def _legend(table: pd.DataFrame) -> list[Line2D]:
    """Explain the shapes that occur, and the bar."""
    shown = [verdict for verdict in _MARKERS if verdict in set(table["verdict"])]
    handles = [_key(*_MARKERS[verdict], verdict) for verdict in shown]
    return [*handles, Line2D([], [], color=INK, linewidth=2.2, label="95 % interval of the paired difference")]


def _key(marker: str, filled: bool, label: str) -> Line2D:
    face = INK if filled else "white"
    return Line2D([], [], linestyle="", marker=marker, markersize=7, color=INK, markerfacecolor=face, label=label)
