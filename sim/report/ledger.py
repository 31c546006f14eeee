"""The figure of the ledger: where the time of a case goes, with nights counted to what was waited for, and without."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sim.report.bars import keys, keys_height, stack
from sim.report.fit import cut_apart, widest, width
from sim.report.material import Material
from sim.report.page import MARGIN, Page, foot_height, head_height, headed, line_height
from sim.report.shown import shown_parts
from sim.report.style import FAINT, INK, NORMAL, SMALL, SOFT
from sim.report.titles import ledger_title
from sim.words import words
from sim.words.numbers import digits, signed

_TEXTS = words("pictures")
_TERMS = words("terminal")

WIDTH = 11.7
_ROW = 0.34
_NAMES = 2.6
_GAP = 0.25


def draw_ledger(found: Material) -> Figure:
    """Draw stacked bars of hours per case, now first and then the best alternative: calendar hours, then open hours."""
    panels = {_TEXTS.LEDGER_INHERITED: found.ledger, _TEXTS.LEDGER_OPEN: found.ledger_open}
    title, below = ledger_title(found), found.about(_TEXTS.LEDGER)
    names = part_names(found, found.ledger)
    room = WIDTH - 2 * MARGIN
    down = line_height(NORMAL) + 0.06 + _ROW * len(found.labels) + _GAP
    top, foot = head_height(title, below, WIDTH), keys_height(names.values(), room) + foot_height("")
    page = Page(WIDTH, top + len(panels) * down + foot)
    y = headed(page, title, below)
    for heading, ledger in panels.items():
        _bars(page, y, found, ledger, found.say(heading))
        y += down
    keys(page, MARGIN, y, names, room)
    return page.figure


def part_names(found: Material, ledger: pd.DataFrame, nights: bool = False) -> dict[str, str]:
    """Return what the parts are called that a ledger has, in the order in which they are drawn.

    Where `nights` are counted to what was waited for and no other view stands beside it, work has a name that says so.
    """
    shown = ledger.loc[:, shown_parts(ledger)]
    kept = [str(part) for part in shown.columns if bool((shown[part] > 0.0).any())]
    own = {"touch": _TEXTS.TOUCH_WITH_NIGHTS} if nights else {}
    return {part: own.get(part, found.parts[part]).get(found.lang) for part in kept}


def _bars(page: Page, top: float, found: Material, ledger: pd.DataFrame, heading: str) -> None:
    page.line(MARGIN, top + line_height(NORMAL) / 2, heading, NORMAL, bold=True)
    y = top + line_height(NORMAL) + 0.06
    names = cut_apart(list(found.labels.values()), _NAMES, SMALL)
    left = MARGIN + widest(names, SMALL) + 0.12
    totals = ledger.sum(axis=1, skipna=False)
    longest = float(totals.max()) if totals.notna().any() else 0.0
    unit = found.say(_TEXTS.HOURS_UNIT)
    right = width(f"{digits(longest)} {unit}", SMALL, bold=True) + width("+9,999.9", SMALL) + 0.3
    scale = (WIDTH - MARGIN - left - right) / longest if longest > 0.0 else 0.0
    page.axes.plot([left, left], [y, y + _ROW * len(names)], color=FAINT, linewidth=0.8, zorder=3)
    for place, (name, label) in enumerate(zip(found.labels, names, strict=True)):
        middle = y + (place + 0.5) * _ROW
        page.line(left - 0.1, middle, label, side="right", bold=place == 0)
        before = float(totals.get(found.now, math.nan)) if place else math.nan
        _bar(page, left, middle, hours_of(ledger, name), scale, found, before)


def _bar(
    page: Page, left: float, middle: float, hours: Mapping[str, float], scale: float, found: Material, before: float
) -> None:
    total = sum(hours.values()) if hours else math.nan
    if not math.isfinite(total):
        page.line(left + 0.08, middle, _TERMS.NOT_AVAILABLE.get(found.lang))
        return
    end = stack(page, left, middle, _ROW * 0.72, hours, scale)
    said = f"{digits(total)} {found.say(_TEXTS.HOURS_UNIT)}"
    page.line(end + 0.08, middle, said, bold=True, color=INK)
    if math.isfinite(before):
        page.line(end + 0.18 + width(said, SMALL, bold=True), middle, signed(total - before), color=SOFT)


def hours_of(ledger: pd.DataFrame, name: str) -> dict[str, float]:
    """Return hours by part of one row, in the order in which they are drawn; nothing where there is no such row."""
    if name not in ledger.index:
        return {}
    rows: dict[Any, dict[Any, Any]] = ledger.to_dict("index")
    return {part: float(rows[name][part]) for part in shown_parts(ledger)}
