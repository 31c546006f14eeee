"""The figures of a fit: what is predicted and what is known, ranges before and after, and pairs that go together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from sim.report.answers.fitreading import Reading
from sim.report.experiments.rows import TICKS, titled
from sim.report.fit import cut_apart, widest, width
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import FAINT, INK, NORMAL, RULE, SERIES_COLORS, SMALL, SOFT, TINY, plain
from sim.words import sentences, series, words
from sim.words.numbers import digits, percentage

texts = words("fit")

WIDTH = 10.0
MOST, PAIRS, FEWEST = 14, 3, 5
"""Assumptions and pairs there is room for, and assumptions that are shown at least."""

_ROW, _BAR, _AXIS = 0.3, 0.26, 0.5
_NAMES, _VALUES, _ENDS = 2.7, 1.6, 0.75
_DEEP, _GAP = 2.5, 0.45

_KNOWN, _BEFORE, _AFTER, _PALE = "#F6D9B8", "#D5D8DB", SERIES_COLORS[1], "#A9C7DC"


def draw_figures(found: Reading) -> Figure:
    """Draw each figure: where it is known to lie, and nine of ten runs of the file, over all ranges, and fitted."""
    table = found.tables["targets"]
    title, below = titled(_figures_title(found)), found.say(texts.FIGURES_WHAT, title=found.title)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.1
    deep = line_height(NORMAL) + 0.06 + 3 * _BAR + _AXIS
    page = Page(WIDTH, top + deep * len(table) + MARGIN * 0.5)
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, [(_KNOWN, texts.KNOWN_BAND, 9.0)], found)
    names = [found.say(one) for one in (texts.AS_WRITTEN, texts.OVER_ALL, texts.BELIEVED)]
    left = MARGIN + widest(names, SMALL) + 0.14
    for k, (_, row) in enumerate(table.iterrows()):
        _figure(page, found, row, names, (left, top + k * deep))
    return page.figure


def _figures_title(found: Reading) -> str:
    if found.fits and not found.beside.empty:
        return found.say(texts.FIGURES_BY_LUCK, measures=series(map(found.measure, found.beside["measure"].map(str))))
    if found.fits:
        return found.say(texts.FIGURES_FIT if found.usual else texts.FIGURES_FIT_BARELY)
    return found.say(texts.FIGURES_NOT, measures=series(map(found.measure, found.missed["measure"].map(str))))


def _figure(page: Page, found: Reading, row: pd.Series, names: list[str], place: tuple[float, float]) -> None:
    left, top = place
    measure = str(row["measure"])
    known = found.figures(measure, float(row["target_low"]), float(row["target_high"]))
    heading = found.say(texts.WITH_UNIT, name=found.measure(measure), unit=found.unit(measure))
    page.line(MARGIN, top + line_height(NORMAL) / 2, heading, NORMAL, bold=True)
    page.line(WIDTH - MARGIN, top + line_height(NORMAL) / 2, f"{found.say(texts.KNOWN_BAND)} {known}", side="right")
    begin = top + line_height(NORMAL) + 0.06
    axes = page.panel(left, begin, WIDTH - MARGIN - left - 0.1, 3 * _BAR)
    _bare(axes, 3)
    ends = [found.number(measure, float(row[f"target_{end}"])) for end in ("low", "high")]
    axes.axvspan(*ends, color=_KNOWN, linewidth=0.0, zorder=0)
    axes.axvline(found.number(measure, float(row["target"])), color=SERIES_COLORS[2], linewidth=1.0, zorder=1)
    for k, (part, color) in enumerate((("now", INK), ("prior", FAINT), ("predicted", _AFTER))):
        page.line(left - 0.1, begin + (k + 0.5) * _BAR, names[k], side="right", color=SOFT if k < 2 else INK)
        low, middle, high = (found.number(measure, float(row[f"{part}{end}"])) for end in ("_low", "", "_high"))
        axes.plot([low, high], [k, k], color=color, linewidth=5.0, solid_capstyle="butt", zorder=2)
        axes.plot([middle], [k], marker="|", markersize=12, markeredgewidth=2.0, color=color, zorder=3)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=list(TICKS)))
    axes.margins(x=0.04)


def _bare(axes: Axes, rows: int) -> None:
    plain(axes)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)


def _key(page: Page, middle: float, marks: list[tuple[str, object, float]], found: Reading) -> float:
    """Explain bars, and return where that ends."""
    x = MARGIN
    for color, text, line in marks:
        page.axes.plot([x, x + 0.3], [middle, middle], color=color, linewidth=line, solid_capstyle="butt")
        said = found.say(text)  # type: ignore[arg-type]
        page.line(x + 0.38, middle, said)
        x += 0.38 + width(said, SMALL) + 0.3
    return x


def draw_ranges(found: Reading) -> Figure:
    """Draw the ranges of assumptions before and after, those that are narrowed most first."""
    shown = _shown(found)
    title, below = titled(_ranges_title(found)), found.say(texts.RANGES_WHAT, title=found.title)
    foot = foot_of(sentences(_ranges_foot(found, shown)).get(found.lang), WIDTH)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.1
    page = Page(WIDTH, top + _ROW * len(shown) + 0.1 + foot_height(foot))
    y = headed(page, title, below)
    marks = [(_BEFORE, texts.BEFORE, 9.0), (_AFTER, texts.AFTER, 6.0)]
    x = _key(page, y + line_height(SMALL) / 2, marks, found)
    page.axes.plot([x], [y + line_height(SMALL) / 2], marker="D", markersize=5, color=INK, markerfacecolor="white")
    page.line(x + 0.14, y + line_height(SMALL) / 2, found.say(texts.HERE))
    names = cut_apart([found.assumptions[str(one)].label.get(found.lang) for one in shown["assumption"]], _NAMES, SMALL)
    left = MARGIN + widest(names, SMALL) + 0.14 + _ENDS
    axes = page.panel(left, top, WIDTH - MARGIN - _VALUES - _ENDS - left, _ROW * len(shown))
    _bare(axes, len(shown))
    axes.set_axis_off()
    axes.set_xlim(0.0, 1.0)
    for k, (_, row) in enumerate(shown.iterrows()):
        page.line(left - _ENDS - 0.1, top + (k + 0.5) * _ROW, names[k], side="right")
        _range(page, found, row, axes, (k, left, top + (k + 0.5) * _ROW))
    footed(page, foot)
    return page.figure


def _shown(found: Reading) -> pd.DataFrame:
    """Return the rows there is room for: what is narrowed, and a few others where that is little."""
    told = found.identified
    rest = found.open.sort_values("contraction", ascending=False, kind="stable")
    return pd.concat([told, rest.head(max(0, FEWEST - len(told)))]).head(MOST)


def _ranges_title(found: Reading) -> str:
    told, count = found.identified, len(found.tables["posterior"])
    if told.empty:
        return found.say(texts.RANGES_NONE, count=count)
    first = found.name(str(told.iloc[0]["assumption"]))
    text = texts.RANGES_ONE if len(told) == 1 else texts.RANGES_SOME
    return found.say(text, told=len(told), count=count, first=first)


def _ranges_foot(found: Reading, shown: pd.DataFrame) -> list[str]:
    rest = found.tables["posterior"].drop(shown.index)
    said = [] if shown["identified"].all() else [found.say(texts.MIGHT_BE_LUCK)]
    if len(rest):
        wide = 1.0 - rest["contraction"]
        least, most = (percentage(float(min(1.0, one))) for one in (wide.min(), wide.max()))
        said.append(found.say(texts.RANGES_REST, count=len(rest), least=least, most=most))
    return said


def _range(page: Page, found: Reading, row: pd.Series, axes: Axes, place: tuple[int, float, float]) -> None:
    k, left, middle = place
    name = str(row["assumption"])
    low, high = float(row["prior_low"]), float(row["prior_high"])
    axes.plot([0.0, 1.0], [k, k], color=_BEFORE, linewidth=9.0, solid_capstyle="butt", zorder=1)
    ends = [(float(row[end]) - low) / (high - low) for end in ("low", "median", "high")]
    color = _AFTER if row["identified"] else _PALE
    axes.plot([ends[0], ends[2]], [k, k], color=color, linewidth=6.0, solid_capstyle="butt", zorder=2)
    axes.plot([ends[1]], [k], marker="|", markersize=11, markeredgewidth=2.0, color=INK, zorder=3)
    here = [(float(row["now"]) - low) / (high - low)]
    axes.plot(here, [k], marker="D", markersize=5, color=INK, markerfacecolor="white", clip_on=False, zorder=4)
    right = WIDTH - MARGIN - _VALUES - _ENDS
    page.line(left - 0.08, middle, found.at(name, low), TINY, color=SOFT, side="right")
    page.line(right + 0.08, middle, found.at(name, high), TINY, color=SOFT)
    after = found.over(name, float(row["low"]), float(row["high"]))
    page.line(WIDTH - MARGIN, middle, after, side="right", color=INK if row["identified"] else SOFT)


def draw_pairs(found: Reading) -> Figure | None:
    """Draw the draws of pairs that the figures tie together; None where there is none."""
    pairs = found.tables["correlation"].head(PAIRS)
    if pairs.empty:
        return None
    first = pairs.iloc[0]
    names = {one: found.name(str(first[one])) for one in ("one", "other")}
    title, below = titled(found.say(texts.PAIRS_TITLE, **names)), found.say(texts.PAIRS_WHAT, title=found.title)
    top = head_height(title, below, WIDTH)
    page = Page(WIDTH, top + block_height("x", SMALL) + 0.08 + _DEEP + 0.6 + MARGIN * 0.5)
    headed(page, title, below)
    drawn = _drawn(found.tables["draws"])
    across = (WIDTH - 2 * MARGIN - len(pairs) * _AXIS - (len(pairs) - 1) * _GAP) / len(pairs)
    for k, (_, row) in enumerate(pairs.iterrows()):
        left = MARGIN + k * (across + _AXIS + _GAP)
        said = found.say(texts.PAIR, correlation=digits(float(row["correlation"])))
        page.line(left + _AXIS, top + line_height(SMALL) / 2, said, color=SOFT)
        axes = page.panel(left + _AXIS, top + line_height(SMALL) + 0.08, across, _DEEP)
        _pair(axes, found, row, drawn)
    return page.figure


def _drawn(draws: pd.DataFrame, count: int = 500) -> pd.DataFrame:
    """Return draws as often as they count: so many in equal steps of the weights together."""
    steps = (np.arange(count) + 0.5) / count
    return draws.iloc[np.searchsorted(np.cumsum(draws["weight"].to_numpy()) / draws["weight"].sum(), steps)]


def _pair(axes: Axes, found: Reading, row: pd.Series, drawn: pd.DataFrame) -> None:
    plain(axes)
    axes.tick_params(labelsize=TINY, pad=1.5)
    sides = [str(row["one"]), str(row["other"])]
    table = found.tables["posterior"].set_index("assumption")
    times = [100.0 if found.assumptions[one].unit == "share" else 1.0 for one in sides]
    x, y = (drawn[one].to_numpy(dtype=float) * by for one, by in zip(sides, times, strict=True))
    limits = [
        [float(table[end][one]) * by for end in ("prior_low", "prior_high")]
        for one, by in zip(sides, times, strict=True)
    ]
    (left, right), (bottom, top) = limits
    axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=RULE, linewidth=1.0))
    axes.plot(x, y, marker="o", markersize=2.6, color=_AFTER, alpha=0.35, linestyle="", markeredgewidth=0.0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
    names = [_with_unit(found, one) for one in sides]
    axes.set_xlabel(names[0], fontsize=SMALL, labelpad=2)
    axes.set_ylabel(names[1], fontsize=SMALL, labelpad=2)


def _with_unit(found: Reading, place: str) -> str:
    one = found.assumptions[place]
    unit = found.at(place, 1.0).lstrip("0123456789. ")
    return found.say(texts.WITH_UNIT, name=one.label, unit=unit) if unit else one.label.get(found.lang)
