"""What the figures of an experiment share: names in as many lines as they need, axes, the key of signs, the foot."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from sim.experiments.cells import number_of
from sim.report.experiments.reading import Reading
from sim.report.fit import broken, widest, width
from sim.report.numbers import scaled
from sim.report.page import Page, line_height
from sim.report.signs import SIGNS, Sign
from sim.report.style import FAINT, INK, RULE, SERIES_COLORS, SMALL, TINY, plain
from sim.words import words

texts = words("effects")

WIDTH = 11.7
"""Inches of a page."""

TICKS = (1, 2, 5, 10)

COLORS = (*SERIES_COLORS[1:], SERIES_COLORS[0], "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
"""Of lines, in their order."""


def names_in(names: Sequence[str], inches: float, size: float = SMALL, bold: bool = False) -> list[str]:
    """Return names in lines of at most so many inches; none is cut."""
    return [broken(name, inches, size, bold) for name in names]


def row_height(names: Iterable[str], least: float, size: float = SMALL) -> float:
    """Return the inches that the row of any of some names takes."""
    most = max((name.count("\n") + 1 for name in names), default=1)
    return max(least, most * line_height(size) + 0.06)


def left_of(names: Sequence[str], size: float = SMALL, bold: bool = False) -> float:
    """Return the inches that a column of names takes."""
    return widest(names, size, bold)


def name_at(page: Page, right: float, middle: float, name: str, bold: bool = False) -> None:
    """Write a name, of as many lines as it has, to the left of a row."""
    top = middle - (name.count("\n") + 1) * line_height(SMALL) / 2
    page.block(right, top, name, SMALL, bold, side="right")


def rows_panel(page: Page, place: tuple[float, float, float], count: int, row: float) -> Axes:
    """Return axes of rows below each other, with a line where nothing changes."""
    left, top, across = place
    axes = page.panel(left, top, across, row * count)
    plain(axes)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    for k in range(count):
        axes.axhline(k, color=RULE, linewidth=0.4, zorder=0)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=list(TICKS)))
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)
    return axes


def mark_at(axes: Axes, x: float, y: float, sign: Sign, size: float = 6.0) -> None:
    """Draw the sign of a verdict."""
    axes.plot(
        [x], [y], marker=sign.marker, markersize=size, color=sign.color, linestyle="",
        markerfacecolor=sign.color if sign.filled else "white", fillstyle=sign.fill, markeredgewidth=1.2, zorder=3,
    )  # fmt: skip


def effect_at(axes: Axes, found: Reading, row: pd.Series, y: float) -> None:
    """Draw an effect: its sign on the line of its interval."""
    spec, sign = found.specs[row["measure"]], found.sign(row)
    low, mean, high = (scaled(float(row[name]), spec) for name in ("low", "mean", "high"))
    axes.plot([low, high], [y, y], color=sign.color, linewidth=2.0, solid_capstyle="butt", zorder=2)
    mark_at(axes, mean, y, sign)


def key_of_signs(page: Page, x: float, middle: float, found: Reading, verdicts: set[str]) -> float:
    """Explain the shapes that occur, and return where that ends."""
    for sign in (one for verdict, one in SIGNS.items() if verdict in verdicts):
        mark_at(page.axes, x + 0.06, middle, sign)
        said = sign.words(found.lang)
        page.line(x + 0.18, middle, said)
        x += 0.18 + width(said, SMALL) + 0.25
    return x


def key_of_line(page: Page, x: float, middle: float, said: str, line: float = 2.0, color: str = INK) -> float:
    """Explain a line, and return where that ends."""
    page.axes.plot([x, x + 0.3], [middle, middle], color=color, linewidth=line, solid_capstyle="butt")
    page.line(x + 0.38, middle, said)
    return x + 0.38 + width(said, SMALL) + 0.25


def places_of(levels: Sequence[Any]) -> dict[Any, float]:
    """Return where levels stand on the axis of a factor with numbers; where nothing is done stands before them."""
    numbers = {one: number_of(one) for one in levels}
    known = sorted(one for one in numbers.values() if not math.isnan(one))
    steps = [b - a for a, b in itertools.pairwise(known) if b > a]
    before = known[0] - (min(steps) if steps else 1.0) if known else 0.0
    return {one: before if math.isnan(number) else number for one, number in numbers.items()}


def along(axes: Axes, found: Reading, factor: str, levels: Sequence[Any], across: float) -> None:
    """Write the levels of a factor with numbers below axes that are so many inches wide, as far as there is room."""
    if not any(math.isnan(number_of(one)) for one in levels):
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
        axes.xaxis.set_major_formatter(ScalarFormatter(useOffset=False))
        return
    places = places_of(levels)
    low, high = axes.get_xlim()
    said, end = [], -math.inf
    for one, place in places.items():
        text, middle = found.level(factor, one), (place - low) / (high - low) * across
        half = width(text, TINY) / 2
        fits = middle - half > end + 0.04
        said.append(text if fits else "")
        end = middle + half if fits else end
    axes.set_xticks(list(places.values()), said)
    axes.set_xlim(low, high)


def titled(title: str) -> str:
    """Return a title that begins with a capital, where its language has any."""
    return title[:1].upper() + title[1:]


def about(found: Reading, what: str) -> str:
    """Return what stands below a title: the experiment, what the figure shows, and how often it was tried."""
    text = texts.ABOUT if found.replications > 1 else texts.ABOUT_ONE
    facts = {"points": len(found.points), "replications": found.replications}
    heading = found.heading
    if len(found.scenarios) == 1:
        name = next(iter(found.scenarios.values()))
        heading = found.say(texts.IN_ONE, heading=heading, scenario=name) if name not in heading else heading
    return found.say(text, heading=heading, what=what, **facts)
