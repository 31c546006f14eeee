"""The figures of a sensitivity analysis: a tornado, the screening, and shares of the variance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.answers.sensitivity.deciding import REST
from sim.report.answers.sensitivitywords import Told, shares
from sim.report.experiments.rows import key_of_line, left_of, mark_at, name_at, names_in, row_height, rows_panel, titled
from sim.report.fit import width
from sim.report.numbers import changed, scaled, unit_of
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.signs import Sign
from sim.report.style import FAINT, INK, NORMAL, SERIES_COLORS, SMALL
from sim.spec.measures import MeasureSpec
from sim.words import Text, sentences, words

texts = words("sensitivity")

WIDTH = 11.7
MOST = 12
"""Rows of a panel."""

_NAMES, _ROW, _ABOVE, _BELOW, _LEAST = 3.2, 0.27, 0.4, 0.5, 0.25
_LOW, _HIGH = SERIES_COLORS[1], SERIES_COLORS[2]
_TOTAL = Sign("", "o", SERIES_COLORS[1])
_UNSURE = Sign("", "o", SERIES_COLORS[1], filled=False)
_SECOND = Sign("", "D", SERIES_COLORS[2], filled=False)

Draw = Callable[[Axes, pd.DataFrame, MeasureSpec], None]
Mark = Callable[[Page, float, float], None]


@dataclass(frozen=True)
class Panel:
    """The rows of the level or of the effect."""

    heading: str
    rows: pd.DataFrame
    names: list[str]

    @property
    def row(self) -> float:
        """Inches of a row."""
        return row_height(self.names, _ROW)

    @property
    def height(self) -> float:
        """Inches of all."""
        return _ABOVE + self.row * len(self.rows) + _BELOW


def draw_tornado(told: Told, measure: str) -> Figure | None:
    """Draw both ends of each range, the widest swing first."""
    table = told.answer.tables["tornado"].assign(size=lambda rows: rows["swing"].abs())
    unit = _unit(told, measure)
    panels = [_panel(told, table, of, measure, unit) for of in told.sides]
    title = _tornado_title(told, panels[0].rows, measure)
    keys = [(texts.AT_LOW, _block(_LOW)), (texts.AT_HIGH, _block(_HIGH)), (texts.INTERVAL, _line)]
    return _drawn(told, measure, (title, texts.TORNADO), panels, keys, _bars)


def draw_screening(told: Told, measure: str) -> Figure | None:
    """Draw the mean size of elementary effects, beside what luck alone would make; None where nothing was screened."""
    table = told.answer.tables["screening"]
    if table.empty:
        return None
    table = table.assign(size=table["mu_star"])
    panels = [_panel(told, table, of, measure, _unit(told, measure)) for of in told.sides]
    mine = told.rows("screening", told.sides[0], measure)
    sure, count = int(mine["sure"].sum()), len(mine)
    text = texts.SCREENING_COUNT if sure else texts.SCREENING_NONE
    facts = {"sure": sure, "count": count, "trajectories": told.answer.about["trajectories"]}
    title = text.format(what=told.what(told.sides[0], measure), **facts)
    keys = [
        (texts.MU_STAR, _mark(_TOTAL)),
        (texts.INTERVAL, _line),
        (texts.SIGMA, _mark(_SECOND)),
        (texts.BY_LUCK, _tick),
    ]
    return _drawn(told, measure, (title, texts.SCREENING), panels, keys, _sizes)


def draw_indices(told: Told, measure: str) -> Figure | None:
    """Draw the share of the variance that each accounts for; None where there are no indices."""
    table = told.answer.tables["indices"].dropna(subset=["total"])
    table = table[table["measure"] == measure]
    if table.empty:
        return None
    table = table.assign(size=table["total"].where(table["assumption"] != REST, -1.0))
    sides = [of for of in told.sides if of in set(table["of"])]
    panels = [_panel(told, table, of, measure, texts.PERCENT) for of in sides]
    title = _indices_title(told, sides[0], measure)
    keys = [(texts.TOTAL, _mark(_TOTAL)), (texts.FIRST, _mark(_SECOND)), (texts.INTERVAL, _line)]
    return _drawn(told, measure, (title, texts.INDICES), panels, keys, _shares)


def _unit(told: Told, measure: str) -> Text:
    return unit_of(told.spec(measure), difference=True)


def _panel(told: Told, table: pd.DataFrame, of: str, measure: str, unit: Text) -> Panel:
    mine = table[(table["of"] == of) & (table["measure"] == measure)]
    mine = mine[mine["size"].notna()].sort_values("size", ascending=False, kind="stable")
    shown = pd.concat([mine[mine["assumption"] != REST].iloc[:MOST], mine[mine["assumption"] == REST]])
    heading = texts.UNIT.format(what=told.heading(of, measure), unit=unit).get(told.lang)
    names = names_in([told.called(place).get(told.lang) for place in shown["assumption"]], _NAMES)
    return Panel(titled(heading), shown, names)


def _drawn(
    told: Told,
    measure: str,
    said: tuple[Text, Text],
    panels: Sequence[Panel],
    keys: Sequence[tuple[Text, Mark]],
    draw: Draw,
) -> Figure:
    """Draw panels below each other under a title that says what was found."""
    title, what = (
        titled(said[0].get(told.lang)),
        texts.ABOUT.format(scenario=told.scenario, what=said[1]).get(told.lang),
    )
    count = len(told.answer.assumptions)
    left_out = count - min(len(panels[0].rows), MOST) if draw is not _shares else 0
    notes = [texts.NOT_SHOWN.format(count=left_out)] if left_out > 0 else []
    foot = foot_of(sentences(notes).get(told.lang), WIDTH)
    top = head_height(title, what, WIDTH) + line_height(SMALL) + 0.06
    page = Page(WIDTH, top + sum(one.height for one in panels) + foot_height(foot))
    y = headed(page, title, what)
    _key(page, y + line_height(SMALL) / 2, told, keys)
    left = MARGIN + max(left_of(one.names) for one in panels) + 0.15
    for one in panels:
        page.line(MARGIN, top + _ABOVE - 0.2, one.heading, NORMAL, bold=True)
        begin = top + _ABOVE
        axes = rows_panel(page, (left, begin, WIDTH - MARGIN - _LEAST - left), max(len(one.rows), 1), one.row)
        draw(axes, one.rows, told.spec(measure))
        for k, name in enumerate(one.names):
            name_at(page, left - 0.1, begin + (k + 0.5) * one.row, name)
        top += one.height
    footed(page, foot)
    return page.figure


def _key(page: Page, middle: float, told: Told, keys: Sequence[tuple[Text, Mark]]) -> None:
    x = MARGIN
    for text, mark in keys:
        said = text.get(told.lang)
        if mark is _line:
            x = key_of_line(page, x, middle, said)
            continue
        mark(page, x + 0.08, middle)
        page.line(x + 0.22, middle, said)
        x += 0.22 + width(said, SMALL) + 0.25


def _mark(sign: Sign) -> Mark:
    return lambda page, x, y: mark_at(page.axes, x, y, sign)


def _block(color: str) -> Mark:
    def mark(page: Page, x: float, y: float) -> None:
        page.axes.plot([x - 0.07, x + 0.07], [y, y], color=color, linewidth=7.0, solid_capstyle="butt")

    return mark


def _tick(page: Page, x: float, y: float) -> None:
    page.axes.plot([x], [y], marker="|", markersize=10, markeredgewidth=2.0, color=FAINT, linestyle="")


def _line(page: Page, x: float, y: float) -> None:
    """Stand for the line of an interval in the key, which draws it itself."""


def _bars(axes: Axes, rows: pd.DataFrame, spec: MeasureSpec) -> None:
    for k, (_, row) in enumerate(rows.iterrows()):
        for end, color, y in (("at_low", _LOW, k - 0.18), ("at_high", _HIGH, k + 0.18)):
            change, low, high = (scaled(float(row[name]), spec) for name in (end, f"{end}_low", f"{end}_high"))
            axes.barh(y, change, height=0.34, color=color, zorder=2)
            axes.plot([low, high], [y, y], color=INK, linewidth=1.1, zorder=3)


def _sizes(axes: Axes, rows: pd.DataFrame, spec: MeasureSpec) -> None:
    for k, (_, row) in enumerate(rows.iterrows()):
        low, size, high, sigma, luck = (
            scaled(float(row[name]), spec) for name in ("low", "mu_star", "high", "sigma", "luck")
        )
        axes.plot([luck], [k], marker="|", markersize=12, markeredgewidth=2.0, color=FAINT, linestyle="", zorder=2)
        axes.plot([low, high], [k, k], color=INK, linewidth=2.0, zorder=2)
        mark_at(axes, sigma, k, _SECOND, 4.5)
        mark_at(axes, size, k, _TOTAL if row["sure"] else _UNSURE)
    axes.set_xlim(left=0.0)


def _shares(axes: Axes, rows: pd.DataFrame, spec: MeasureSpec) -> None:
    del spec
    for k, (_, row) in enumerate(rows.iterrows()):
        ends = ("total_low", "total", "total_high", "first")
        low, total, high, first = (100.0 * min(max(float(row[name]), 0.0), 1.0) for name in ends)
        axes.plot([low, high], [k, k], color=INK, linewidth=2.0, zorder=2)
        mark_at(axes, first, k, _SECOND, 4.5)
        mark_at(axes, total, k, _TOTAL if row["sure"] else _UNSURE)
    axes.set_xlim(-2.0, 102.0)


def _tornado_title(told: Told, rows: pd.DataFrame, measure: str) -> Text:
    what, spec = told.what(told.sides[0], measure), told.spec(measure)
    sure = rows[rows["sure"].astype(bool)]
    if sure.empty:
        return texts.TORNADO_NONE.format(what=what)
    row = sure.iloc[0]
    facts = {"assumption": told.called(row["assumption"]), "what": what}
    others = rows[rows["assumption"] != row["assumption"]]
    least = min(abs(float(row["swing_low"])), abs(float(row["swing_high"])))
    if least > others[["swing_low", "swing_high"]].abs().to_numpy(dtype=float).max(initial=0.0):
        low, high = (changed(float(row[name]), spec, told.lang) for name in ("at_low", "at_high"))
        return texts.TORNADO_FIRST.format(low=low, high=high, **facts)
    return texts.TORNADO_SOME.format(swing=changed(float(row["swing"]), spec, told.lang), **facts)


def _indices_title(told: Told, of: str, measure: str) -> Text:
    what, rows = told.what(of, measure), told.rows("deciding", of, measure)
    if rows.empty:
        return texts.INDICES_NONE.format(what=what)
    row = rows.iloc[0]
    facts = {"assumption": told.called(row["assumption"]), "what": what}
    facts |= shares(*(float(row[name]) for name in ("size", "size_low", "size_high")))
    everyone = told.rows("indices", of, measure)
    others = everyone[everyone["assumption"] != row["assumption"]]["total_high"]
    most = float(row["size_low"]) > max(0.5, float(others.max()))
    return (texts.INDICES_FIRST if most else texts.INDICES_SOME).format(**facts)
