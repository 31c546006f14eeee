"""The figure of robustness: each alternative over the ranges of the assumptions, and what moves the first one most."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.fit import cut, cut_apart, widest, width
from sim.report.material import Material
from sim.report.numbers import scaled, unit_of
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.robust import Robust, valued
from sim.report.style import BETTER, FAINT, INK, NORMAL, RULE, SERIES_COLORS, SMALL, SOFT, TINY, plain
from sim.words import words

texts = words("robust")

WIDTH = 11.7
_ROW = 0.36
_BAR = 0.27
_NAMES = 2.1
_ABOVE, _BELOW = 0.42, 0.5
"""Inches above and below the rows of a panel."""

_MOVES = SERIES_COLORS[1]
_SPREAD = "#9CB8CC"
"""Of the points that lie behind a range."""


def draw_robust(found: Material) -> Figure:
    """Draw the alternatives with all points and their ranges; below, for the first, the assumptions that move it."""
    robust = found.robust
    if robust is None or robust.spec is None or not robust.order:
        raise ValueError("nothing was found over the ranges of assumptions")
    bars = _bars(robust)
    title, below = robust.title, found.about(texts.ABOUT, measure=robust.spec.label, unit=_unit(robust))
    foot = foot_of(" ".join(robust.sentences) if found.lang == "en" else "".join(robust.sentences), WIDTH)
    top = head_height(title, below, WIDTH)
    deep = _ABOVE + _ROW * len(robust.order) + _BELOW
    under = _ABOVE + _BAR * len(bars) + _BELOW if bars else 0.0
    page = Page(WIDTH, top + line_height(SMALL) + deep + under + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found)
    y += line_height(SMALL)
    _alternatives(page, robust, y)
    if bars:
        _tornado(page, robust, bars, y + deep)
    footed(page, foot)
    return page.figure


def _unit(robust: Robust) -> str:
    return "" if robust.spec is None else unit_of(robust.spec, difference=True).get(robust.lang)


def _key(page: Page, middle: float, found: Material) -> None:
    """Explain dots and lines."""
    x = MARGIN
    page.axes.plot([x + 0.06], [middle], marker="o", markersize=3.5, color=_SPREAD, linestyle="")
    x += 0.16
    for text, line, mark in ((texts.POINTS, 0.0, ""), (texts.NINE, 1.4, "|"), (texts.LUCK, 5.0, "")):
        if line:
            color = INK if mark else BETTER
            page.axes.plot([x, x + 0.3], [middle, middle], color=color, linewidth=line, solid_capstyle="butt")
            page.axes.plot([x + 0.15] if mark else [], [middle] if mark else [], marker="|", markersize=9, color=INK)
            x += 0.38
        said = found.say(text)
        page.line(x, middle, said)
        x += width(said, SMALL) + 0.3


def _panel(page: Page, left: float, top: float, rows: int, row: float) -> Axes:
    axes = page.panel(left, top, WIDTH - MARGIN - 1.5 - left, row * rows)
    plain(axes)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.04)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)
    return axes


def _alternatives(page: Page, robust: Robust, y: float) -> None:
    """Draw each alternative: all points, nine of ten of them, their median, and the interval of luck."""
    names = cut_apart([robust.called(one) for one in robust.order], _NAMES, SMALL)
    left, top = MARGIN + widest(names, SMALL) + 0.12, y + _ABOVE
    headings = (texts.BETTER, texts.BEST)
    for k, heading in enumerate(headings):
        text = heading.get(robust.lang)
        page.block(WIDTH - MARGIN - 0.75 * (1 - k), top - _ABOVE + 0.06, text, TINY, color=SOFT, side="right")
    axes = _panel(page, left, top, len(names), _ROW)
    points = robust.comparison.tables["points"]
    for k, (label, name) in enumerate(zip(robust.order, names, strict=True)):
        middle = top + (k + 0.5) * _ROW
        page.line(left - 0.1, middle, name, side="right")
        mine = points[(points["alternative"] == label) & (points["measure"] == robust.measure)]["difference"]
        _alternative(axes, robust, label, k, [_shown(robust, float(value)) for value in mine])
        for place, share in enumerate(("better_in", "best_in")):
            page.line(WIDTH - MARGIN - 0.75 * (1 - place), middle, robust.counted(label, share), side="right")


def _alternative(axes: Axes, robust: Robust, label: str, place: int, values: list[float]) -> None:
    row, (written, _) = robust.row(label), robust.answer.row(label, robust.measure)
    axes.axhline(place, color=RULE, linewidth=0.4, zorder=0)
    axes.plot(
        values, [place] * len(values), linestyle="", marker="o", markersize=3.5, color=_SPREAD, alpha=0.8, zorder=1
    )
    low, middle, high = (_shown(robust, float(row[name])) for name in ("low", "middle", "high"))
    axes.plot([low, high], [place, place], color=INK, linewidth=1.4, zorder=3)
    axes.plot([middle], [place], marker="|", markersize=11, markeredgewidth=1.6, color=INK, zorder=4)
    ends = [_shown(robust, float(written[name])) for name in ("ci_low", "ci_high")]
    axes.plot(ends, [place - 0.26] * 2, color=BETTER, linewidth=5.0, solid_capstyle="butt", zorder=2)


def _shown(robust: Robust, value: float) -> float:
    return value if robust.spec is None else scaled(value, robust.spec)


Bar = tuple[str, float, float, str, str, bool]
"""Of an assumption: what it is called, effects at the ends of its range, the ends, and whether it is beyond doubt."""


def _bars(robust: Robust) -> list[Bar]:
    """Return the assumptions that move the first alternative, the strongest first."""
    rows = robust.comparison.tables["influences"]
    mine = rows[(rows["alternative"] == robust.order[0]) & (rows["measure"] == robust.measure)]
    found: list[Bar] = []
    for _, row in mine.iterrows():
        one = robust.comparison.assumptions[row["assumption"]]
        at_low, at_high = (_shown(robust, float(row[name])) for name in ("at_low", "at_high"))
        low, high = (valued(one, value).get(robust.lang) for value in (one.low, one.high))
        found.append((one.label.get(robust.lang), at_low, at_high, low, high, bool(row["sure"])))
    return found


def _tornado(page: Page, robust: Robust, bars: list[Bar], y: float) -> None:
    """Draw a bar from the effect at the low end of a range to that at its high end, the widest first."""
    title = texts.TORNADO.format(label=robust.called(robust.order[0])).get(robust.lang)
    beyond = texts.BEYOND.get(robust.lang)
    page.rule(MARGIN, y, WIDTH - MARGIN)
    heading = cut(title, WIDTH - 2 * MARGIN - width(beyond, TINY) - 0.2, NORMAL, bold=True)
    page.line(MARGIN, y + 0.05 + line_height(NORMAL) / 2, heading, NORMAL, bold=True)
    page.line(WIDTH - MARGIN, y + 0.05 + line_height(NORMAL) / 2, beyond, TINY, color=SOFT, side="right")
    names = cut_apart([label for label, *_ in bars], 3.0, SMALL)
    left, top = MARGIN + widest(names, SMALL) + 0.12, y + _ABOVE
    axes = _panel(page, left, top, len(bars), _BAR)
    reach = max(max(abs(low), abs(high)) for _, low, high, *_ in bars)
    for k, ((_, low, high, at_low, at_high, sure), name) in enumerate(zip(bars, names, strict=True)):
        page.line(left - 0.1, top + (k + 0.5) * _BAR, name, side="right")
        fill = _MOVES if sure else "white"
        axes.barh(k, high - low, left=low, height=0.62, facecolor=fill, edgecolor=_MOVES, zorder=2)
        sides = ("right", "left") if low <= high else ("left", "right")
        for end, text, side in zip((low, high), (at_low, at_high), sides, strict=True):
            shift = 3 if side == "left" else -3
            axes.annotate(
                text, (end, k), (shift, -0.5), textcoords="offset points", fontsize=TINY, ha=side, va="center"
            )
    low, high = min(min(one[1:3]) for one in bars), max(max(one[1:3]) for one in bars)
    room = 0.14 * max(high - low, 0.2 * reach)
    axes.set_xlim(min(low, 0.0) - room, max(high, 0.0) + room)
