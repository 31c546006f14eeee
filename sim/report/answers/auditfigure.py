"""The picture of an audit: a row for each claim, all on one axis: the change as a share of what is claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from sim.answers.audit.verdicts import VERDICTS
from sim.report.answers.audittold import Row, records, rows_of
from sim.report.fit import broken, width
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import BETTER, FAINT, INK, RULE, SERIES_COLORS, SMALL, SOFT, TINY, WORSE, plain
from sim.words import words

if TYPE_CHECKING:
    from sim.answers.audit.audit import Audit

texts = words("audit").FIGURE
audit = words("audit")

WIDTH = 11.7
_ROW = 0.5
_NAMES = 3.0
_COLUMNS = (1.15, 1.0, 1.2)
"""Inches of what is claimed, what is simulated, and the verdict."""

_AXIS = (-60.0, 140.0)
"""Percent of the claim that the axis shows."""

_SPREAD, _RESEARCH, _REACH = "#9CB8CC", SERIES_COLORS[2], SERIES_COLORS[1]


def draw_audit(answer: Audit, lang: str) -> Figure:
    """Draw all claims of an audit."""
    rows = rows_of(answer, lang)
    about = answer.about
    facts = {name: about[name] for name in ("worlds", "replications", "seed")}
    title, below = _title(rows, lang), texts["ABOUT"].format(**facts).get(lang)
    foot = foot_of(texts["NOTE"].get(lang), WIDTH)
    top = head_height(title, below, WIDTH)
    key = 2 * line_height(SMALL) + 0.12
    page = Page(WIDTH, top + key + 0.25 + _ROW * len(rows) + 0.5 + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y, lang)
    _rows(page, answer, rows, y + key + 0.25)
    footed(page, foot)
    return page.figure


def _title(rows: Sequence[Row], lang: str) -> str:
    if len(rows) == 1:
        facts = {"title": rows[0].title, "verdict": audit.VERDICTS[rows[0].verdict]}
        return str(texts["TITLE_ONE"].format(**facts).get(lang))
    found = [row.verdict for row in rows]
    several = [audit.COUNTED[one].format(count=found.count(one)).get(lang) for one in VERDICTS if one in found]
    return str(texts["TITLE"].format(count=len(rows), listed=audit.COMMA.get(lang).join(several)).get(lang))


def _key(page: Page, y: float, lang: str) -> None:
    """Explain the marks."""
    marks: list[tuple[str, Callable[..., None]]] = [
        ("CLAIM", _claim_mark),
        ("SIMULATED", _simulated_mark),
        ("WORLDS", _worlds_mark),
    ]
    marks += [("FOUND", _reach_mark), ("ANCHOR", _anchor_mark)]
    x, middle = MARGIN, y + line_height(SMALL) / 2
    for name, draw in marks:
        said = texts[name].get(lang)
        if x + 0.5 + width(said, SMALL) > WIDTH - MARGIN:
            x, middle = MARGIN, middle + line_height(SMALL) + 0.06
        draw(page.axes, x, x + 0.32, middle, 0.0 if name == "ANCHOR" else 0.06)
        page.line(x + 0.42, middle, said)
        x += 0.42 + width(said, SMALL) + 0.3


def _rows(page: Page, answer: Audit, rows: Sequence[Row], top: float) -> None:
    """Draw a row for each claim."""
    left = MARGIN + _NAMES
    across = WIDTH - MARGIN - sum(_COLUMNS) - left - 0.1
    axes = page.panel(left, top, across, _ROW * len(rows))
    plain(axes)
    axes.patch.set_visible(False)  # the rules of the rows go on behind it
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(*_AXIS)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MultipleLocator(20))
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    axes.axvline(100.0, color=INK, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    lang, below = rows[0].lang, top + _ROW * len(rows) + 0.3
    page.line(left + across / 2, below, texts["AXIS"].get(lang), TINY, color=SOFT, side="center")
    ends = _column_ends(left + across + 0.1)
    for end, name in zip(ends, ("HEAD_CLAIMED", "HEAD_SIMULATED", "HEAD_VERDICT"), strict=True):
        page.line(end, top - 0.13, texts[name].get(lang), TINY, color=SOFT, side="right")
    for place, row in enumerate(rows):
        _row(page, axes, answer, row, place, top + (place + 0.5) * _ROW, ends)


def _column_ends(x: float) -> list[float]:
    ends = []
    for inches in _COLUMNS:
        x += inches
        ends.append(x)
    return ends


def _row(page: Page, axes: Axes, answer: Audit, row: Row, place: int, middle: float, ends: Sequence[float]) -> None:
    page.rule(MARGIN, middle + _ROW / 2, WIDTH - MARGIN, RULE, 0.4)
    title = broken(row.title, _NAMES - 0.15, SMALL, most=2)
    page.block(MARGIN, middle - line_height(SMALL) * (title.count("\n") + 1) / 2, title)
    verdict = broken(audit.VERDICTS[row.verdict].get(row.lang), _COLUMNS[2] - 0.15, SMALL, bold=True)
    color = {"plausible": BETTER, "beyond": WORSE}.get(row.verdict, INK)
    page.block(
        ends[2],
        middle - line_height(SMALL) * (verdict.count("\n") + 1) / 2,
        verdict,
        bold=True,
        color=color,
        side="right",
    )
    if row.simulated is None:
        page.line(MARGIN + _NAMES + 0.1, middle, texts["NOT_JUDGED"].get(row.lang), color=SOFT)
        return
    page.line(ends[0], middle, row.change(row.claimed), side="right")
    page.line(ends[1], middle, row.change(row.simulated["change"]), side="right")
    _marks(axes, answer, row, place)


def _marks(axes: Axes, answer: Audit, row: Row, place: int) -> None:
    """Draw what is claimed, what is simulated, worlds, the furthest place of the search, and research."""
    _claim_mark(axes, 100.0, 100.0, place, 0.2)
    alike = row.where("alike")
    if alike["worlds"]:
        _worlds_mark(axes, *_ends(row, alike), place, 0.14, _share(row, alike["change"]))
    typical = row.simulated
    assert typical is not None  # whoever calls this has looked
    _simulated_mark(axes, *_ends(row, typical), place, 0.14)
    searched = answer.tables["searched"]
    mine = searched[(searched["claim"] == row.name) & (searched["where"] == "inside") & (searched["levers"] > 0)]
    if len(mine):
        furthest = max(_share(row, value) for value in mine["change"])
        _reach_mark(axes, furthest, furthest, place, 0.14)
    anchors = answer.tables["anchors"]
    for one in records(anchors[(anchors["claim"] == row.name) & anchors["low"].notna()]):
        _anchor_mark(axes, *_ends(row, one), place, 0.14)


def _share(row: Row, value: float) -> float:
    """Return a change as percent of the claim."""
    return 100.0 * float(value) / row.claimed if math.isfinite(value) else math.nan


def _ends(row: Row, found: Mapping[str, Any]) -> tuple[float, float]:
    """Return between what a change lies, as percent of the claim, the lower end first."""
    low, high = sorted(_share(row, found[name]) for name in ("low", "high"))
    return low, high


def _claim_mark(axes: Axes, low: float, high: float, y: float, _half: float) -> None:
    axes.plot([(low + high) / 2], [y], marker="D", markersize=6, color=INK, linestyle="", zorder=5)


def _simulated_mark(axes: Axes, low: float, high: float, y: float, _half: float) -> None:
    axes.plot([low, high], [y, y], color=BETTER, linewidth=6.0, solid_capstyle="butt", zorder=4)
    axes.plot([(low + high) / 2], [y], marker="o", markersize=5.5, color=BETTER, linestyle="", zorder=4)


def _worlds_mark(axes: Axes, low: float, high: float, y: float, half: float, middle: float | None = None) -> None:
    at = (low + high) / 2 if middle is None else middle
    style: dict[str, Any] = {"color": _SPREAD, "linestyle": "", "zorder": 3}
    if middle is not None:
        for end, limit, mark in ((low, _AXIS[0], "<"), (high, _AXIS[1], ">")):
            if (end < limit) if mark == "<" else (end > limit):
                axes.plot([limit], [y], marker=mark, markersize=7, clip_on=False, **style)
    axes.plot([low, high], [y, y], color=_SPREAD, linewidth=3.5, solid_capstyle="butt", zorder=2)
    axes.plot([at, at], [y - half, y + half], color=INK, linewidth=1.2, zorder=3)


def _reach_mark(axes: Axes, low: float, high: float, y: float, _half: float) -> None:
    style: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": _REACH, "markeredgewidth": 1.3}
    axes.plot([(low + high) / 2], [y], marker="^", markersize=7, linestyle="", zorder=4, **style)


def _anchor_mark(axes: Axes, low: float, high: float, y: float, half: float) -> None:
    above = y - 1.9 * half
    axes.plot([low, high], [above, above], color=_RESEARCH, linewidth=1.6, zorder=3)
    axes.plot([low, high], [above, above], color=_RESEARCH, marker="|", markersize=7, linestyle="", zorder=3)
