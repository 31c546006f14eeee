"""The summary sheet: one landscape page (A4) that answers what, how much, how sure, at what cost, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from sim.report.numbers import changed, digits, measured, span
from sim.report.reasons import reasons
from sim.report.shown import shown_parts
from sim.report.style import FAINT, INK, LARGE, NORMAL, PART_FILLS, SMALL, new_page, placed, say, shortened, wrapped
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import words

captions = words("pictures")

texts = words("terminal")

PAGE = (11.69, 8.27)
"""A4, landscape, in inches."""

_LEFT, _RIGHT = 0.35, 11.35
_TABLE = 2.3
"""Where the columns of numbers begin."""

_BARS = (2.3, 7.3)
_TRUST = (8.6, 11.2)
_WRAP = 175
"""Letters of a line of text."""

_LINE = 0.175
"""Inches from one line to the next."""

_FEW = 5
"""Alternatives up to which there is room for two reasons each."""

_MOST = 8
"""Alternatives that a page has room for."""

_SIGNS = {"better": "●", verdicts.BUT: "◐", "worse": "✕", "changed": "■", "cannot be told from zero": "◇"}
_READABLE = 0.075
"""A part is labeled with its hours where it takes at least this share of the longest bar."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the sheet is about.

    Attributes
    ----------
    title
        What people call the scenario.
    facts
        The manifest: replications, seed, weeks.
    labels
        What people call the baseline, which comes first, and the alternatives.
    headlines
        A row for each headline measure and alternative, as in a comparison's table.
    ledger
        Hours per case, a row for the baseline and each alternative.
    relations
        Trust between departments, as in a comparison.
    specs
        What is known about measures.
    """

    title: str
    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    headlines: pd.DataFrame
    ledger: pd.DataFrame
    relations: pd.DataFrame
    specs: Mapping[str, MeasureSpec]


def draw_summary(found: Findings) -> Figure:
    """Draw the page."""
    figure = new_page(*PAGE)
    axes = placed(figure, 0.0, 0.0, *PAGE)
    axes.set_axis_off()
    axes.set_xlim(0.0, PAGE[0])
    axes.set_ylim(PAGE[1], 0.0)
    names = list(found.labels)[: _MOST + 1]
    many = len(names) - 1 > _FEW
    why = reasons(
        found.headlines,
        found.ledger,
        found.specs,
        {name: shortened(found.labels[name], 40) for name in names[1:]},
        named=1 if many else 2,
    )
    lines = [wrapped(one, _WRAP) for one in why]
    height = sum(one.count("\n") + 1 for one in lines) * _LINE
    row = min(0.38, (PAGE[1] - 3.35 - height) / (2 * len(names)))
    _top(figure, found)
    y = _effects(axes, 1.0, row, found, names)
    y = _middle(axes, y + 0.3, row, found, names)
    _keys(figure, y, shown_parts(found.ledger))
    _bottom(figure, y + 0.5, lines, len(found.labels) - len(names))
    return figure


def _top(figure: Figure, found: Findings) -> None:
    facts = found.facts
    said = captions.SUMMARY_FACTS if facts["replications"] > 1 else captions.SUMMARY_FACTS_ONE
    words = said.en.format(
        replications=facts["replications"],
        seed=facts["seed"],
        weeks=facts["horizon_weeks"],
        warmup=facts["warmup_weeks"],
    )
    words += captions.SUMMARY_SIGNS.en if facts["replications"] > 1 else ""
    if shocks := facts.get("shocks"):
        said_of = [captions.SHOCK.en.format(kind=kind, week=week) for kind, week in shocks]
        words += shortened(captions.SUMMARY_SHOCKS.en.format(shocks=", ".join(said_of)), 110)
    say(figure, _LEFT, 0.22, shortened(found.title, 85), LARGE + 3, "bold")
    say(figure, _LEFT, 0.55, wrapped(words, 175), SMALL - 0.5)


def _section(axes: Axes, y: float, text: str, x: float = _LEFT, until: float = _RIGHT) -> None:
    axes.plot([x, until], [y - 0.14, y - 0.14], color=INK, linewidth=0.9)
    axes.text(x, y, text, fontsize=NORMAL, fontweight="bold", color=INK, va="center")


def _effects(axes: Axes, y: float, row: float, found: Findings, names: list[str]) -> float:
    """Draw the table of headline effects; return where it ends."""
    _section(axes, y, captions.SUMMARY_EFFECTS.en)
    but = captions.SUMMARY_BUT.en if (found.headlines["verdict"] == verdicts.BUT).any() else ""
    key = captions.SUMMARY_KEY.en + but + "   " * (untested := bool((found.headlines["verdict"] == "").any()))
    key += captions.SUMMARY_UNTESTED.en if untested else ""
    axes.text(_RIGHT, y, key, fontsize=SMALL - 1, color=INK, va="center", ha="right")
    table = found.headlines[found.headlines.groupby("measure")["now"].transform("count") > 0]
    measures = list(dict.fromkeys(table["measure"]))
    width = (_RIGHT - _TABLE) / max(1, len(measures))
    top = y + 0.32
    for k, name in enumerate(measures):
        spec = found.specs[name]
        x = _TABLE + k * width + 0.16
        axes.text(x, top - 0.06, shortened(spec.label.en, 22), fontsize=SMALL, color=INK, va="center")
        axes.text(x, top + 0.09, texts.UNITS[spec.unit].en, fontsize=SMALL - 1.5, color=INK, va="center")
    for place, name in enumerate(names):
        middle = top + 0.2 + (place + 0.5) * row
        label = texts.BEFORE.en if place == 0 else found.labels[name]
        axes.text(_LEFT, middle, shortened(label, 27), fontsize=SMALL, color=INK, va="center", fontweight="bold")
        axes.plot([_LEFT, _RIGHT], [middle - row / 2] * 2, color=FAINT, linewidth=0.4)
        for k, measure in enumerate(measures):
            rows = table[table["measure"] == measure]
            if place:
                _effect(axes, _TABLE + k * width, middle, rows[rows["alternative"] == name], found.specs[measure])
            else:
                now = measured(float(rows["now"].iloc[0]), found.specs[measure], unit=False)
                axes.text(_TABLE + k * width + 0.16, middle, now, fontsize=SMALL + 0.5, color=INK, va="center")
    return top + 0.2 + len(names) * row


def _effect(axes: Axes, x: float, middle: float, rows: pd.DataFrame, spec: MeasureSpec) -> None:
    if rows.empty:
        return
    row = rows.iloc[0]
    sign = _SIGNS.get(str(row["verdict"]), "")
    change = changed(float(row["difference"]), spec, unit=False)
    axes.text(x, middle, sign, fontsize=SMALL, color=INK, va="center")
    axes.text(x + 0.16, middle, change, fontsize=SMALL + 0.5, fontweight="bold", color=INK, va="center")
    if math.isfinite(row["ci_low"]):
        limits = span(float(row["ci_low"]), float(row["ci_high"]), spec)
        axes.text(x + 0.72, middle, limits, fontsize=SMALL - 1.5, color=INK, va="center")


def _middle(axes: Axes, y: float, row: float, found: Findings, names: list[str]) -> float:
    """Draw the compact ledger and, in the same rows, trust; return where they end."""
    _section(axes, y, captions.SUMMARY_LEDGER.en, until=_TRUST[0] - 0.6)
    axes.text(_TRUST[0] - 0.6, y, captions.SUMMARY_HOURS.en, fontsize=SMALL - 1.5, color=INK, va="center", ha="right")
    _section(axes, y, captions.SUMMARY_TRUST.en, _TRUST[0] - 0.3)
    longest = float(found.ledger.sum(axis=1).max())
    first = y + 0.2
    for place, name in enumerate(names):
        middle = first + (place + 0.5) * row
        label = texts.BEFORE.en if place == 0 else found.labels[name]
        axes.text(_LEFT, middle, shortened(label, 27), fontsize=SMALL, color=INK, va="center", fontweight="bold")
        hours = found.ledger[found.ledger.index == name]
        if len(hours):
            _bar(axes, middle, min(0.24, row * 0.75), hours.iloc[0], longest)
        _trust(axes, middle, found.relations[found.relations["alternative"] == name])
    bottom = first + len(names) * row
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _TRUST[0] + share * (_TRUST[1] - _TRUST[0])
        axes.plot([x, x], [first, bottom], color=FAINT, linewidth=0.4, zorder=0)
        axes.text(x, bottom + 0.08, f"{share:g}", fontsize=SMALL - 1.5, color=INK, ha="center", va="center")
    return bottom + 0.1


def _bar(axes: Axes, middle: float, height: float, hours: pd.Series, longest: float) -> None:
    total = float(hours.sum())
    if not (hours.notna().all() and longest > 0.0):
        return
    x, scale = _BARS[0], (_BARS[1] - _BARS[0]) / longest
    for part in shown_parts(hours.to_frame().T):
        fill, width = PART_FILLS[part], float(hours[part]) * scale
        box = (x, middle - height / 2)
        axes.add_artist(
            Rectangle(box, width, height, facecolor=fill.color, hatch=fill.hatch, edgecolor=fill.edge, linewidth=0.4)
        )
        if width / (_BARS[1] - _BARS[0]) >= _READABLE:
            axes.text(
                x + width / 2,
                middle,
                digits(float(hours[part])),
                fontsize=SMALL - 1.5,
                color=INK,
                ha="center",
                va="center_baseline",
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8},
            )
        x += width
    axes.text(x + 0.06, middle, f"{digits(total)} h", fontsize=SMALL, fontweight="bold", color=INK, va="center")


def _trust(axes: Axes, middle: float, rows: pd.DataFrame) -> None:
    """Draw trust at the start and at the end, by how often departments are planned to deal with each other."""
    dealing = rows[rows["planned"] > 0]
    if dealing.empty:
        axes.text(_TRUST[0] + 0.1, middle, captions.NOBODY.en, fontsize=SMALL - 1, color=INK, va="center")
        return
    weights = dealing["planned"] / dealing["planned"].sum()
    start, end = (float((dealing[name] * weights).sum()) for name in ("trust_start", "trust"))
    x, to = (_TRUST[0] + share * (_TRUST[1] - _TRUST[0]) for share in (start, end))
    axes.plot([x, to], [middle, middle], color=INK, linewidth=1.4, zorder=2)
    axes.plot([x], [middle], marker="o", markersize=5.5, color=INK, markerfacecolor="white", zorder=3)
    axes.plot([to], [middle], marker="o", markersize=6, color=INK, zorder=4)
    side, shift = ("left", 0.1) if end >= start else ("right", -0.1)
    axes.text(to + shift, middle, f"{end:.2f}", fontsize=SMALL - 1, color=INK, ha=side, va="center")


def _keys(figure: Figure, y: float, parts: list[str]) -> None:
    fills = {part: PART_FILLS[part] for part in parts}
    keys = [
        Patch(facecolor=fill.color, hatch=fill.hatch, edgecolor=fill.edge, label=texts.PARTS[part].en)
        for part, fill in fills.items()
    ]
    figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0.025, 1.0 - y / PAGE[1]),
        ncols=5,
        fontsize=SMALL - 1.5,
        frameon=False,
        handleheight=1.1,
        borderpad=0,
        columnspacing=1.2,
    )


def _bottom(figure: Figure, y: float, lines: list[str], more: int) -> None:
    axes = figure.axes[0]
    _section(axes, y, captions.SUMMARY_WHY.en)
    top = y + 0.18
    for text in lines:
        say(figure, _LEFT, top, text, SMALL)
        top += _LINE * (text.count("\n") + 1)
    left_out = captions.ALTERNATIVES_LEFT_OUT.en.format(count=more) + " " if more > 0 else ""
    say(figure, _LEFT, PAGE[1] - 0.26, left_out + captions.SUMMARY_CARE.en, SMALL - 1.5)
