"""Where a factor matters: a row for each organization, a panel for each factor."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.experiments.effectsfigure import main_note, under
from sim.report.experiments.finding import effects_title
from sim.report.experiments.reading import Reading, Term
from sim.report.experiments.rows import (
    WIDTH,
    about,
    effect_at,
    key_of_line,
    key_of_signs,
    left_of,
    name_at,
    names_in,
    row_height,
    rows_panel,
    titled,
)
from sim.report.fit import broken
from sim.report.numbers import scaled
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import NORMAL, SMALL, TINY
from sim.words import sentences, words

texts = words("effects")

FEWEST = 3
"""Organizations from which on the question is where."""

_FACTORS, _MEASURES = 6, 3
"""Panels beside each other, and measures below each other."""

_ROW, _NAMES, _GAP, _WIDEST = 0.24, 2.6, 0.22, 2.4


def draw_where(found: Reading) -> Figure | None:
    """Draw the main effects of each factor in every organization; None where there are few organizations."""
    measures = [name for name in found.known if found.moved(name)][:_MEASURES]
    terms = _terms(found, measures[0]) if measures else []
    if len(found.scenarios) < FEWEST or not terms:
        return None
    shown = terms[:_FACTORS]
    names = names_in(list(found.scenarios.values()), _NAMES)
    row, left = row_height(names, _ROW), MARGIN + left_of(names) + 0.14
    across = min(_WIDEST, (WIDTH - MARGIN - left - (len(shown) - 1) * _GAP) / len(shown))
    heads = [broken(found.term(term), across, SMALL, bold=True) for term in shown]
    above = line_height(NORMAL) + 0.06 + max(block_height(one, SMALL) for one in heads) + 0.06
    down = above + row * len(names) + 0.36 + 2 * line_height(TINY)
    title, below = titled(effects_title(found)), about(found, found.say(texts.WHERE_FIGURE))
    foot = foot_of(_notes(found, len(terms) - len(shown)), WIDTH)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.08
    page = Page(WIDTH, top + down * len(measures) + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found, measures, shown)
    for k, measure in enumerate(measures):
        begin = top + k * down
        page.line(MARGIN, begin + line_height(NORMAL) / 2, found.label(measure), NORMAL, bold=True)
        for place, name in enumerate(names):
            name_at(page, left - 0.12, begin + above + (place + 0.5) * row, name)
        ends = _ends(found, measure, shown)
        for column, (term, head) in enumerate(zip(shown, heads, strict=True)):
            x = left + column * (across + _GAP)
            page.block(x, begin + above - 0.06 - block_height(head, SMALL), head, SMALL, bold=True)
            axes = _panel(page, found, measure, term, (x, begin + above, across), row)
            axes.set_xlim(*ends)
    footed(page, foot)
    return page.figure


def _terms(found: Reading, measure: str) -> list[Term]:
    """Return the main effects, that which does most anywhere first."""
    rows = found.rows(measure)
    return list(dict.fromkeys(rows["term"][rows["order"] == 1]))


def _ends(found: Reading, measure: str, terms: list[Term]) -> tuple[float, float]:
    """Return the ends of the axis that all factors share, so that they can be compared."""
    rows = [row for _, row in found.rows(measure).iterrows() if row["term"] in terms]
    known = [scaled(float(row[name]), found.specs[measure]) for row in rows for name in ("low", "mean", "high")]
    ends = [0.0, *(one for one in known if not math.isnan(one))]
    aside = 0.06 * (max(ends) - min(ends))
    return min(ends) - aside, max(ends) + aside


def _panel(page: Page, found: Reading, measure: str, term: Term, place: tuple[float, float, float], row: float) -> Axes:
    x, top, across = place
    axes = rows_panel(page, place, len(found.scenarios), row)
    rows = found.rows(measure)
    for k, scenario in enumerate(found.scenarios):
        mine = [row for _, row in rows[rows["scenario"] == scenario].iterrows() if row["term"] == term]
        for one in mine:
            effect_at(axes, found, one, k)
    said = broken(under(found, found.specs[measure]), across + _GAP / 2, TINY)
    page.block(x + across / 2, top + row * len(found.scenarios) + 0.19, said, TINY, side="center")
    return axes


def _key(page: Page, middle: float, found: Reading, measures: list[str], terms: list[Term]) -> None:
    rows = [row for name in measures for _, row in found.rows(name).iterrows() if row["term"] in terms]
    x = key_of_signs(page, MARGIN, middle, found, {found.verdict(row) for row in rows})
    if any(pd.notna(row["low"]) for row in rows):
        key_of_line(page, x, middle, found.say(texts.INTERVAL))


def _notes(found: Reading, left_out: int) -> str:
    said = [main_note(found)]
    if left_out > 0:
        said.append(found.say(texts.FACTORS_LEFT_OUT, count=left_out))
    return sentences(said).get(found.lang)
