"""The summary sheet: one landscape page (A4) that answers what, how much, how sure, at what cost, and why."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from sim.report.bars import keys, keys_height, stack
from sim.report.dealings import start_and_end
from sim.report.fit import balanced, broken, cut, cut_apart, width
from sim.report.glance import Look, draw_glance, key_of
from sim.report.ledger import hours_of, part_names
from sim.report.material import Material
from sim.report.page import Page, block_height, line_height
from sim.report.reasons import best_of, reasons
from sim.report.style import FAINT, INK, NORMAL, RULE, SMALL, SOFT, TINY
from sim.words import words
from sim.words.numbers import digits, percentage

_TEXTS = words("pictures")

PAGE = (11.69, 8.27)
"""A4, landscape, in inches."""

_LEFT, _RIGHT = 0.4, 11.29
_BARS = (2.5, 7.35)
_TRUST = (8.75, 10.95)
_FEW = 5
"""Alternatives up to which all have their reasons; of more, only the best three have."""

_MOST = 12
"""Alternatives that a page has room for."""


def draw_summary(found: Material) -> Figure:
    """Draw the page."""
    page = Page(*PAGE)
    names = found.alternatives[:_MOST]
    why = _why(found, names)
    y = _top(page, found)
    foot = _foot(found, len(found.alternatives) - len(names))
    bottom = PAGE[1] - 0.25 - block_height(foot, TINY)
    deep = sum(block_height(text, SMALL) for text in why) + line_height(NORMAL) + 0.2
    parts = part_names(found, found.ledger, nights=True)
    colors = keys_height(parts.values(), _RIGHT - _LEFT, TINY)
    free = bottom - deep - colors - y - 3 * line_height(NORMAL) - 0.95
    row = min(0.36, free / (2 * (len(names) + 1)))
    y = _effects(page, found, names, y, row)
    y = _middle(page, found, names, y + 0.18, row)
    y = keys(page, _LEFT, y + 0.05, parts, _RIGHT - _LEFT, TINY)
    y = _section(page, y + 0.1, found.say(_TEXTS.SUMMARY["why"])) + 0.03
    for text in why:
        y = page.block(_LEFT, y, text, SMALL)
    page.block(_LEFT, bottom, foot, TINY, color=SOFT)
    return page.figure


def _why(found: Material, names: list[str]) -> list[str]:
    """Return the sentences, broken into lines: about the best, and about the first few alternatives."""
    spoken = names if len(names) <= _FEW else names[:3]
    labels = {name: cut(found.labels[name], 2.5, SMALL) for name in spoken}
    said = reasons(
        found.headlines, found.ledger, found.specs, labels, found.lang, 2, found.worth, found.doubtful, found.parts
    )
    best = best_of(found.headlines, found.specs)
    told = said[len(said) - len(labels) :] if best is None or not best.sure else said  # else the title says it
    care = "" if found.robust is None else found.robust.care
    wide = [care + found.say(words("robust").ALONE)] if care else []
    money = [found.bought] if found.bought else []
    return [broken(text, _RIGHT - _LEFT, SMALL, most=2) for text in (*told, *money, *wide)]


def _top(page: Page, found: Material) -> float:
    title = balanced(found.finding(), _RIGHT - _LEFT, 15.0, bold=True, most=2)
    y = page.block(_LEFT, 0.22, title, 15.0, bold=True)
    y = page.block(_LEFT, y + 0.02, cut(found.heading, _RIGHT - _LEFT, NORMAL), NORMAL, color=SOFT)
    return page.block(_LEFT, y, broken(_facts(found), _RIGHT - _LEFT, TINY, most=2), TINY, color=SOFT) + 0.06


def _facts(found: Material) -> str:
    facts = found.facts
    text = _TEXTS.SUMMARY["facts"] if facts["replications"] > 1 else _TEXTS.SUMMARY["facts_one"]
    said = found.say(
        text,
        replications=facts["replications"],
        seed=facts["seed"],
        weeks=facts["horizon_weeks"],
        warmup=facts["warmup_weeks"],
        tests=facts["tests"],
    )
    if shocks := facts.get("shocks"):
        each = [found.say(_TEXTS.SUMMARY["shock"], kind=kind, week=week) for kind, week in shocks]
        said += found.say(_TEXTS.SUMMARY["shocks"], shocks=found.say(_TEXTS.BETWEEN).join(each))
    return said


def _foot(found: Material, more: int) -> str:
    said = [found.say(_TEXTS.LEAST_LEFT_OUT, count=more)] if more > 0 else []
    return broken(found.sentences([*said, found.say(_TEXTS.SUMMARY["care"])]), _RIGHT - _LEFT, TINY)


def _section(page: Page, y: float, text: str, x: float = _LEFT, until: float = _RIGHT) -> float:
    page.rule(x, y, until, color=INK, width=0.9)
    page.line(x, y + 0.04 + line_height(NORMAL) / 2, text, NORMAL, bold=True)
    return y + 0.04 + line_height(NORMAL)


def _effects(page: Page, found: Material, names: list[str], y: float, row: float) -> float:
    """Draw the table of headline effects; return where it ends."""
    heading = found.say(_TEXTS.SUMMARY["effects"])
    key = cut(key_of(found), _RIGHT - _LEFT - width(heading, NORMAL, bold=True) - 0.3, TINY)
    page.line(_RIGHT, y + 0.04 + line_height(NORMAL) / 2, key, TINY, color=SOFT, side="right")
    y = _section(page, y, heading)
    size = min(NORMAL, row * 72.0 / 1.25)
    return draw_glance(page, found, names, (_LEFT, y, _RIGHT), Look(size, min(TINY, size), row, 2.45))


def _middle(page: Page, found: Material, names: list[str], y: float, row: float) -> float:
    """Draw the ledger and, in the same rows, trust; return where they end."""
    shown = [found.now, *names]
    split = _TRUST[0] - 0.35
    heading = cut(found.say(_TEXTS.LEDGER_INHERITED), split - 0.3 - _LEFT, NORMAL, bold=True)
    _section(page, y, heading, until=split - 0.3)
    first = _section(page, y, found.say(_TEXTS.SUMMARY["trust"]), split) + 0.05
    longest = max((sum(hours_of(found.ledger, name).values()) for name in shown), default=0.0)
    size = min(SMALL, row * 72.0 / 1.25)
    labels = cut_apart([found.labels[name] for name in shown], _BARS[0] - _LEFT - 0.1, size)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _TRUST[0] + share * (_TRUST[1] - _TRUST[0])
        page.axes.plot([x, x], [first, first + len(shown) * row], color=RULE, linewidth=0.5, zorder=0)
        page.line(x, first + len(shown) * row + 0.08, f"{share * 100:.0f}", TINY, color=SOFT, side="center")
    for place, (name, label) in enumerate(zip(shown, labels, strict=True)):
        middle = first + (place + 0.5) * row
        page.line(_LEFT, middle, label, size, bold=place > 0)
        _bar(page, found, name, middle, row, longest, size)
        _trust(page, found, name, middle)
    return first + len(shown) * row + 0.16


def _bar(page: Page, found: Material, name: str, middle: float, row: float, longest: float, size: float) -> None:
    hours = hours_of(found.ledger, name)
    total = sum(hours.values()) if hours else math.nan
    if not (math.isfinite(total) and longest > 0.0):
        return
    end = stack(page, _BARS[0], middle, min(0.25, row * 0.75), hours, (_BARS[1] - _BARS[0]) / longest, TINY)
    page.line(end + 0.06, middle, f"{digits(total)} {found.say(_TEXTS.HOURS_UNIT)}", size, bold=True)


def _trust(page: Page, found: Material, name: str, middle: float) -> None:
    """Draw trust at the start and at the end, by how often departments are planned to deal with each other."""
    start, end = start_and_end(found, name)
    if not (math.isfinite(start) and math.isfinite(end)):
        page.line(_TRUST[0] + 0.1, middle, found.say(_TEXTS.TRUST["nobody_short"]), TINY, color=FAINT)
        return
    x, to = (_TRUST[0] + share * (_TRUST[1] - _TRUST[0]) for share in (start, end))
    page.axes.plot([x, to], [middle, middle], color=INK, linewidth=1.4, zorder=2)
    page.axes.plot([x], [middle], marker="o", markersize=4.5, color=INK, markerfacecolor="white", zorder=3)
    page.axes.plot([to], [middle], marker="o", markersize=5.0, color=INK, zorder=4)
    side, shift = ("left", 0.09) if end >= start else ("right", -0.09)
    page.line(to + shift, middle, percentage(end).get(found.lang), TINY, side="left" if side == "left" else "right")
