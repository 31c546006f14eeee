"""The figure of the ledger: where the time of a case goes, before and after, with and without closed hours."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.numbers import digits
from sim.report.shown import shown_parts
from sim.report.style import INK, NORMAL, PART_FILLS, SMALL, headed, new_figure, plain, told_apart, wrapped
from sim.words import words

texts = words("terminal")

_READABLE = 0.055
"""A part is labeled with its hours where it takes at least this share of the longest bar."""


def draw_ledger(panels: Mapping[str, pd.DataFrame], title: str) -> Figure:
    """Draw stacked bars of hours per case.

    Parameters
    ----------
    panels
        Heading and ledger of each panel; a ledger has a row for the baseline and each alternative, a column for each
        part.
    title
        Stands above the panels.
    """
    rows = sum(len(ledger) for ledger in panels.values())
    figure = new_figure(10.0, 2.2 + 0.65 * len(panels) + 0.42 * rows)
    grid = figure.subplots(len(panels), 1, squeeze=False)[:, 0]
    for axes, (heading, ledger) in zip(grid, panels.items(), strict=True):
        _bars(axes, ledger, heading)
    grid[-1].set_xlabel("hours per case", fontsize=SMALL, color=INK)
    headed(figure, title)
    keys = [_key(part) for part in texts.PARTS if any(part in shown_parts(ledger) for ledger in panels.values())]
    figure.legend(handles=keys, loc="outside lower center", ncols=3, fontsize=SMALL, frameon=False, handleheight=1.3)
    return figure


def _bars(axes: Axes, ledger: pd.DataFrame, title: str) -> None:
    plain(axes)
    longest = float(ledger.sum(axis=1).max())
    for place, (_, hours) in enumerate(ledger.iterrows()):
        _bar(axes, place, hours, longest)
    axes.set_yticks(range(len(ledger)), [wrapped(label, 28) for label in told_apart(list(map(str, ledger.index)), 54)])
    axes.set_ylim(len(ledger) - 0.4, -0.6)
    axes.set_xlim(0.0, longest * 1.09 if longest > 0 else 1.0)
    axes.tick_params(axis="y", length=0)
    axes.set_title(title, fontsize=NORMAL, color=INK, loc="left", fontweight="bold")


def _bar(axes: Axes, place: int, hours: pd.Series, longest: float) -> None:
    start = 0.0
    if hours.isna().any():
        axes.text(0.01, place, texts.NOT_AVAILABLE.en, va="center", fontsize=SMALL, color=INK)
        return
    for part in shown_parts(hours.to_frame().T):
        width = float(hours[part])
        fill = PART_FILLS[part]
        axes.barh(
            place, width, left=start, height=0.7, color=fill.color, hatch=fill.hatch, edgecolor=fill.edge, linewidth=0.6
        )
        if longest > 0 and width / longest >= _READABLE:
            _inside(axes, start + width / 2, place, digits(width))
        start += width
    axes.text(
        start + 0.008 * longest, place, f"{digits(start)} h", va="center", fontsize=SMALL, color=INK, fontweight="bold"
    )


def _inside(axes: Axes, x: float, place: int, text: str) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.2}
    axes.text(x, place, text, ha="center", va="center", fontsize=SMALL, color=INK, bbox=box)


def _key(part: str) -> Patch:
    fill = PART_FILLS[part]
    return Patch(facecolor=fill.color, hatch=fill.hatch, edgecolor=fill.edge, label=texts.PARTS[part].en)
