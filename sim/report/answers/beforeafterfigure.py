"""The picture of before and after: a row for each figure: what the log shows, what is simulated, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.answers.beforeafter.tables import UNCHANGED
from sim.report.answers.audittold import Row
from sim.report.fit import broken, width
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import BETTER, FAINT, INK, RULE, SERIES_COLORS, SMALL, SOFT, TINY, WORSE, plain
from sim.words import words

if TYPE_CHECKING:
    from sim.answers.beforeafter.beforeafter import BeforeAfter

texts = words("beforeafter")
audit = words("audit")

WIDTH = 11.7
_ROW = 0.56
_NAMES = 2.0
_COLUMNS = (1.15, 1.15, 1.75)
"""Inches of what the log shows, what is simulated, and the verdict."""

_SEEN, _SPREAD = SERIES_COLORS[1], "#9CB8CC"
_WIDEST = 100.0
"""Percent or points beyond which marks are cut."""

Pair = tuple[Mapping[str, Any], Row]


def draw_beforeafter(answer: BeforeAfter, pairs: Sequence[Pair], lang: str) -> Figure:
    """Draw all figures of an answer."""
    about, said = answer.about, texts.FIGURE
    facts = {name: about[name] for name in ("worlds", "replications", "seed")}
    counts = {
        "certain": sum(found["reason"] != UNCHANGED for found, _ in pairs),
        "plausible": sum(found["verdict"] == "plausible" for found, _ in pairs),
        "all": len(pairs),
    }
    introduced = " + ".join(one[lang] for one in about["called"])
    title = said["TITLE"].format(introduced=introduced, **counts).get(lang)
    below = said["ABOUT"].format(points=said["POINTS"], **facts).get(lang)
    foot = foot_of(texts.METHOD_OTHER.get(lang), WIDTH)
    top = head_height(title, below, WIDTH)
    key = line_height(SMALL) + 0.12
    page = Page(WIDTH, top + key + 0.3 + _ROW * len(pairs) + 0.5 + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y, lang)
    _rows(page, pairs, y + key + 0.3, lang)
    footed(page, foot)
    return page.figure


def _key(page: Page, y: float, lang: str) -> None:
    """Explain the marks."""
    x, middle = MARGIN, y + line_height(SMALL) / 2
    marks: tuple[tuple[str, Callable[..., None]], ...] = (
        ("OBSERVED", _seen_mark), ("SIMULATED", _simulated_mark), ("WORLDS", _worlds_mark),
    )  # fmt: skip
    for name, draw in marks:
        text = texts.FIGURE[name].get(lang)
        draw(page.axes, x, x + 0.36, x + 0.18, middle)
        page.line(x + 0.46, middle, text)
        x += 0.46 + width(text, SMALL) + 0.35


def _rows(page: Page, pairs: Sequence[Pair], top: float, lang: str) -> None:
    left = MARGIN + _NAMES
    across = WIDTH - MARGIN - sum(_COLUMNS) - left - 0.15
    axes = page.panel(left, top, across, _ROW * len(pairs))
    plain(axes)
    axes.patch.set_visible(False)  # the rules of the rows go on behind it
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.set_xlim(*_limits(pairs))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    page.line(left + across / 2, top + _ROW * len(pairs) + 0.3, texts.FIGURE["AXIS"].get(lang), TINY, color=SOFT,
              side="center")  # fmt: skip
    ends = [left + across + 0.15 + sum(_COLUMNS[: place + 1]) for place in range(len(_COLUMNS))]
    for end, name in zip(ends, ("HEAD_OBSERVED", "HEAD_SIMULATED", "HEAD_VERDICT"), strict=True):
        page.line(end, top - 0.13, texts.FIGURE[name].get(lang), TINY, color=SOFT, side="right")
    for place, (found, row) in enumerate(pairs):
        _row(page, axes, found, row, place, top + (place + 0.5) * _ROW, ends)


def _row(
    page: Page, axes: Axes, found: Mapping[str, Any], row: Row, place: int, middle: float, ends: Sequence[float]
) -> None:
    page.rule(MARGIN, middle + _ROW / 2, WIDTH - MARGIN, RULE, 0.4)
    label = broken(texts.FIGURES[found["figure"]].get(row.lang), _NAMES - 0.15, SMALL, most=2)
    page.block(MARGIN, middle - line_height(SMALL) * (label.count("\n") + 1) / 2, label)
    unchanged = found["reason"] == UNCHANGED
    said = texts.FIGURE["UNCHANGED"] if unchanged else audit.VERDICTS[found["verdict"]]
    color = SOFT if unchanged else {"plausible": BETTER, "beyond": WORSE}.get(found["verdict"], INK)
    verdict = broken(said.get(row.lang), _COLUMNS[2] - 0.15, SMALL, bold=not unchanged)
    up = line_height(SMALL) * (verdict.count("\n") + 1) / 2
    page.block(ends[2], middle - up, verdict, bold=not unchanged, color=color, side="right")
    if row.simulated is None:
        return
    page.line(ends[0], middle, row.change(found["change"]), side="right")
    page.line(ends[1], middle, row.change(found["simulated"]), side="right")
    _mark(axes, _worlds_mark, found, ("worlds_low", "worlds_high", "simulated"), place + 0.16)
    _mark(axes, _simulated_mark, found, ("simulated_low", "simulated_high", "simulated"), place + 0.16)
    _mark(axes, _seen_mark, found, ("low", "high", "change"), place - 0.16)


def _mark(axes: Axes, draw: Callable[..., None], found: Mapping[str, Any], names: Sequence[str], y: float) -> None:
    """Draw an interval; arrows say where it goes on beyond the axis."""
    ends = [100.0 * float(found[name]) for name in names]
    if all(map(math.isfinite, ends)):
        left, right = axes.get_xlim()
        draw(axes, *(min(max(one, left), right) for one in ends), y)
        for one, limit, mark in ((ends[0], left, "<"), (ends[1], right, ">")):
            if one < left or one > right:
                axes.plot([limit], [y], marker=mark, markersize=6, color=SOFT, linestyle="", clip_on=False, zorder=6)


def _limits(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return what the axis shows: all intervals, as far as they are no wider than a whole."""
    names = ("low", "high", "simulated_low", "simulated_high", "worlds_low", "worlds_high")
    ends = [100.0 * float(found[name]) for found, _ in pairs for name in names]
    known = [min(max(one, -_WIDEST), _WIDEST) for one in ends if math.isfinite(one)]
    low, high = min([0.0, *known]), max([0.0, *known])
    beside = 0.05 * max(high - low, 10.0)
    return low - beside, high + beside


def _seen_mark(axes: Axes, low: float, high: float, middle: float, y: float) -> None:
    axes.plot([low, high], [y, y], color=_SEEN, linewidth=2.0, marker="|", markersize=7, zorder=5)
    axes.plot([middle], [y], marker="D", markersize=6, color=_SEEN, linestyle="", zorder=5)


def _simulated_mark(axes: Axes, low: float, high: float, middle: float, y: float) -> None:
    axes.plot([low, high], [y, y], color=BETTER, linewidth=6.0, solid_capstyle="butt", zorder=4)
    axes.plot([middle], [y], marker="o", markersize=5.5, color=BETTER, linestyle="", zorder=4)


def _worlds_mark(axes: Axes, low: float, high: float, _middle: float, y: float) -> None:
    axes.plot([low, high], [y, y], color=_SPREAD, linewidth=3.5, solid_capstyle="butt", zorder=2)
