"""The figure of a judgment: distances to what came, against replaying the last weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from sim.answers.judge.baselines import FLOOR, RANDOM
from sim.answers.judge.deptsim import DEPTSIM
from sim.answers.judge.distances import DISTANCES
from sim.report.answers.judgetold import Told
from sim.report.experiments.rows import left_of, mark_at, name_at, names_in, row_height, titled
from sim.report.fit import width
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.signs import Sign
from sim.report.style import FAINT, NORMAL, RULE, SERIES_COLORS, SMALL, TINY, plain
from sim.words import Text, sentences, words

texts = words("judge")

WIDTH = 9.5

_SIGNS = {
    DEPTSIM: Sign("", "o", SERIES_COLORS[1]),
    RANDOM: Sign("", "D", SERIES_COLORS[2], filled=False),
    FLOOR: Sign("", "|", FAINT),
    "published": Sign("", "s", SERIES_COLORS[3], filled=False),
}
_OFFSETS = {DEPTSIM: -0.16, RANDOM: 0.08, FLOOR: 0.0, "published": 0.28}
_NAMES, _ROW, _ABOVE, _BELOW = 2.6, 0.4, 0.4, 0.45
_LEAST, _MOST = 0.05, 50.0
"""Multiples of replay's distance between which everything is drawn."""

_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


def draw_distances(told: Told, lang: str) -> Figure:
    """Draw distances as multiples of replay's, a panel for each way to split the log."""
    names = names_in([titled(texts.MEASURE[one].get(lang)) for one in DISTANCES], _NAMES)
    row = row_height(names, _ROW)
    repeated = any(map(told.repeated, told.protocols))
    about = sentences((texts.FIGURE["ABOUT"], *([texts.FIGURE["LINES"]] if repeated else []))).get(lang)
    title = titled(_title(told).get(lang))
    foot = foot_of(texts.FIGURE["NOTE" if repeated else "NOTE_ONCE"].get(lang), WIDTH)
    top = head_height(title, about, WIDTH) + line_height(SMALL) + 0.06
    height = _ABOVE + row * len(DISTANCES) + _BELOW
    page = Page(WIDTH, top + height * len(told.protocols) + foot_height(foot))
    y = headed(page, title, about)
    _key(page, y + line_height(SMALL) / 2, told, lang)
    left = MARGIN + left_of(names) + 0.15
    limits = _limits(told)
    for protocol in told.protocols:
        page.line(MARGIN, top + _ABOVE - 0.2, titled(texts.PROTOCOL[protocol].get(lang)), NORMAL, bold=True)
        begin = top + _ABOVE
        axes = page.panel(left, begin, WIDTH - MARGIN - 0.15 - left, row * len(DISTANCES))
        _prepared(axes, len(DISTANCES), limits)
        for k, measure in enumerate(DISTANCES):
            name_at(page, left - 0.1, begin + (k + 0.5) * row, names[k])
            _measure(axes, told, protocol, measure, k)
        top += height
    footed(page, foot)
    return page.figure


def _title(told: Told) -> Text:
    """Say what was found under the last of the protocols, which is the harder one."""
    protocol, log = told.protocols[-1], told.found.about["log"]
    facts = {"log": log, "count": told.count(protocol), "protocol": texts.PROTOCOL_IN[protocol]}
    if all(told.row(protocol, measure, DEPTSIM) is None for measure in DISTANCES):
        return texts.FIGURE["TITLE_NONE"].format(worse=len(told.against(protocol, RANDOM, 1)), **facts)
    if not told.repeated(protocol):
        return texts.FIGURE["TITLE_ONCE"].format(better=told.smaller(protocol, DEPTSIM), **facts)
    nearer, farther = (len(told.against(protocol, DEPTSIM, direction)) for direction in (-1, 1))
    return texts.FIGURE["TITLE_WINS"].format(better=nearer, worse=farther, **facts)


def _prepared(axes: Axes, count: int, limits: tuple[float, float]) -> None:
    plain(axes)
    axes.set_xscale("log")
    axes.axvline(1.0, color=FAINT, linewidth=1.0, zorder=1)
    for k in range(count):
        axes.axhline(k, color=RULE, linewidth=0.4, zorder=0)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(*limits)
    axes.xaxis.set_major_locator(FixedLocator([one for one in _TICKS if limits[0] <= one <= limits[1]]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)


def _limits(told: Told) -> tuple[float, float]:
    table = told.found.tables["distances"]
    ratios = table["to_replay"].replace([np.inf, 0.0], np.nan).dropna()
    low, high = min(float(ratios.min()), 0.5), max(float(ratios.max()), 2.0)
    return max(low / 1.3, _LEAST), min(high * 1.3, _MOST)


def _measure(axes: Axes, told: Told, protocol: str, measure: str, k: int) -> None:
    for method in (FLOOR, RANDOM, DEPTSIM):
        row = told.row(protocol, measure, method)
        if row is not None and pd.notna(row["to_replay"]) and row["to_replay"] > 0:
            _mark(axes, row, k + _OFFSETS[method], _SIGNS[method])
    theirs = told.found.tables["published"]
    mine, replay = theirs[theirs["measure"] == measure]["mean"], told.row(protocol, measure, "replay")
    if protocol == "published" and replay is not None and replay["mean"] > 0:
        for value in mine:
            mark_at(axes, float(value) / replay["mean"], k + _OFFSETS["published"], _SIGNS["published"], 4.0)


def _mark(axes: Axes, row: pd.Series, y: float, sign: Sign) -> None:
    """Draw a ratio, and where it is known the interval of the difference, over replay's distance."""
    mean, ratio = float(row["mean"]), float(row["to_replay"])
    if pd.notna(row["low"]):
        replay = mean - float(row["difference"])
        ends = [max((replay + float(row[end])) / replay, _LEAST / 10) for end in ("low", "high")]
        axes.plot(ends, [y, y], color=sign.color, linewidth=1.8, solid_capstyle="butt", zorder=2)
    mark_at(axes, ratio, y, sign, 12.0 if sign.marker == "|" else 6.0)


def _key(page: Page, middle: float, told: Told, lang: str) -> None:
    table = told.found.tables["distances"]
    shown = [one for one in (DEPTSIM, RANDOM, FLOOR) if one in set(table.loc[table["mean"].notna(), "method"])]
    said = [(one, texts.METHOD[one].get(lang)) for one in shown]
    if len(told.found.tables["published"]) and "published" in told.protocols:
        said.append(("published", texts.FIGURE["PUBLISHED"].get(lang)))
    x = MARGIN
    for one, name in said:
        mark_at(page.axes, x + 0.08, middle, _SIGNS[one], 9.0 if one == FLOOR else 6.0)
        page.line(x + 0.22, middle, name)
        x += 0.22 + width(name, SMALL) + 0.25
