"""The figure of a pattern: what is watched, in each of its settings, with intervals; the title says what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.patterns.outcome import Outcome
from sim.patterns.pattern import Setting, quantity
from sim.report.embedding import bring_letters
from sim.report.fit import cut, cut_apart, widest, width
from sim.report.lettering import Lettering
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import NORMAL, RULE, SERIES_COLORS, SERIES_DASHES, SMALL, SOFT, TINY, plain, save
from sim.words import words

texts = words("patterns")

WIDTH = 9.0
_ROW = 0.3
_CURVE = 2.3
"""Inches of a row of settings, and of a panel with lines."""

_ABOVE, _BELOW, _GAP = 0.36, 0.5, 0.35
_NAMES = 2.9
"""Inches for the names of settings at most."""

MARKERS = ("o", "s", "^", "D")


def draw_patterns(outcomes: Iterable[Outcome], folder: Path, lang: str = "en") -> list[Path]:
    """Write the figure of each pattern into `folder`, which is made if need be, as PNG and as SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    with Lettering().used():
        written = [path for one in outcomes for path in save(draw_pattern(one, lang), folder, one.pattern.key.lower())]
    bring_letters([path for path in written if path.suffix == ".svg"])
    return written


def draw_pattern(outcome: Outcome, lang: str = "en") -> Figure:
    """Draw the settings of a pattern: below each other, or along the axis of what is varied."""
    settings = outcome.pattern.compared
    along = all(one.at is not None for one in settings.values())
    runs = {"replications": outcome.replications, "seed": outcome.seed}
    title, below = (
        outcome.finding.get(lang),
        texts.ABOUT.format(recipe=outcome.pattern.texts["recipe"], **runs).get(lang),
    )
    foot = foot_of(outcome.verdict.get(lang), WIDTH)
    deep = _CURVE if along else _ROW * len(settings)
    key = line_height(SMALL) if along and _lines(settings) else 0.0
    top = head_height(title, below, WIDTH) + key
    page = Page(WIDTH, top + _ABOVE + deep + _BELOW + foot_height(foot))
    headed(page, title, below)
    names = [] if along else cut_apart([outcome.pattern.setting_text(one).get(lang) for one in settings], _NAMES, SMALL)
    left = MARGIN + (0.35 if along else widest(names, SMALL) + 0.12)
    for k, name in enumerate(names):
        page.line(left - 0.1, top + _ABOVE + (k + 0.5) * _ROW, name, side="right")
    if key:
        _key(page, outcome, settings, top - key / 2, lang)
    _panels(page, outcome, settings, (left, top, deep), lang)
    footed(page, foot)
    return page.figure


def _lines(settings: Mapping[str, Setting]) -> list[str]:
    """Return the lines that are drawn, each once, where they are told apart."""
    return [one for one in dict.fromkeys(setting.line for setting in settings.values()) if one]


def _panels(
    page: Page, outcome: Outcome, settings: Mapping[str, Setting], place: tuple[float, float, float], lang: str
) -> None:
    left, top, deep = place
    watched, along = outcome.pattern.quantities, all(one.at is not None for one in settings.values())
    gap = _GAP + (0.3 if along else 0.0)
    across = (WIDTH - MARGIN - left - gap * (len(watched) - 1)) / len(watched)
    for k, name in enumerate(watched):
        x, shown = left + k * (across + gap), quantity(name)
        rows = outcome.numbers[outcome.numbers["quantity"] == name].set_index("setting")
        unit = shown.unit.get(lang)
        label = cut(shown.label.get(lang), across - (width(unit, SMALL) + 0.1 if along else 0.0), NORMAL, bold=True)
        page.line(x, top + _ABOVE - 0.17, label, NORMAL, bold=True)
        axes = page.panel(x, top + _ABOVE, across, deep)
        plain(axes)
        axes.tick_params(labelsize=TINY, pad=1.5)
        if along:
            _curves(axes, rows, settings)
            said = outcome.pattern.texts["axis"].get(lang)
            page.line(x + width(label, NORMAL, bold=True) + 0.1, top + _ABOVE - 0.17, unit, SMALL, color=SOFT)
        else:
            _rows(axes, rows, list(settings))
            said = unit
        page.line(x + across / 2, top + _ABOVE + deep + 0.3, said, TINY, side="center")


def _rows(axes: Axes, rows: pd.DataFrame, settings: list[str]) -> None:
    """Draw the settings below each other."""
    for k, name in enumerate(settings):
        row = rows.loc[name]
        axes.axhline(k, color=RULE, linewidth=0.4, zorder=0)
        axes.plot([row["low"], row["high"]], [k, k], color=SERIES_COLORS[1], linewidth=0.8, solid_capstyle="butt")
        ends = [row["mean"] - row["within"], row["mean"] + row["within"]]
        axes.plot(ends, [k, k], color=SERIES_COLORS[1], linewidth=3.0, solid_capstyle="butt")
        axes.plot([row["mean"]], [k], marker="o", markersize=5.5, color=SERIES_COLORS[1])
    axes.set_ylim(len(settings) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))


def _curves(axes: Axes, rows: pd.DataFrame, settings: Mapping[str, Setting]) -> None:
    """Draw the settings along the axis of what is varied, those of a line joined."""
    for k, line in enumerate(dict.fromkeys(one.line for one in settings.values())):
        mine = {name: one.at or 0.0 for name, one in settings.items() if one.line == line}
        told, color = rows.loc[list(mine)], SERIES_COLORS[(k + 1) % len(SERIES_COLORS)]
        places = list(mine.values())
        axes.plot(
            places, told["mean"], color=color, linestyle=SERIES_DASHES[k % len(SERIES_DASHES)],
            marker=MARKERS[k % len(MARKERS)], markersize=4.5, linewidth=1.3,
        )  # fmt: skip
        axes.vlines(places, told["low"], told["high"], color=color, linewidth=0.8)
        axes.vlines(places, told["mean"] - told["within"], told["mean"] + told["within"], color=color, linewidth=3.0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))


def _key(page: Page, outcome: Outcome, settings: Mapping[str, Setting], middle: float, lang: str) -> None:
    """Explain the lines."""
    x = MARGIN
    for k, line in enumerate(_lines(settings)):
        color = SERIES_COLORS[(k + 1) % len(SERIES_COLORS)]
        page.axes.plot([x, x + 0.3], [middle, middle], color=color, linestyle=SERIES_DASHES[k % len(SERIES_DASHES)])
        page.axes.plot([x + 0.15], [middle], marker=MARKERS[k % len(MARKERS)], markersize=4.5, color=color)
        said = outcome.pattern.texts["lines"][line].get(lang)
        page.line(x + 0.38, middle, said)
        x += 0.38 + widest([said], SMALL) + 0.3
