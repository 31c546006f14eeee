"""Dose-response curves: a measure along a factor with its band, and from where on more of it does harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.experiments.cells import levels_of
from sim.experiments.curves import Curve, dose_response
from sim.report.experiments.doses import best_below, curved, curves_title, other_of
from sim.report.experiments.keys import Key, color_of, draw_key, key_of, style_of
from sim.report.experiments.reading import Reading
from sim.report.experiments.rows import TICKS, WIDTH, about, along, places_of, titled
from sim.report.fit import broken
from sim.report.numbers import scaled
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed
from sim.report.style import FAINT, NORMAL, TINY, plain
from sim.spec.measures import MeasureSpec
from sim.study.effects import scale_of
from sim.words import words

texts = words("effects")

MEASURES, FACTORS = 3, 4
"""Panels beside each other, and below each other."""

LINES = 5
"""Lines of a panel at most."""

_GAP, _DEEP, _AXIS, _BELOW = 0.35, 2.1, 0.46, 0.56
_ACROSS = (WIDTH - 2 * MARGIN - (MEASURES - 1) * _GAP - MEASURES * _AXIS) / MEASURES


@dataclass(frozen=True)
class Row:
    """A factor with its curves by measure, and what stands above its panels."""

    factor: str
    curves: Mapping[str, Sequence[Curve]]
    heads: Sequence[str]
    key: Key

    @property
    def above(self) -> float:
        """Inches above the axes."""
        return max(block_height(one, NORMAL) for one in self.heads) + self.key.height + 0.14


def draw_curves(found: Reading) -> Figure | None:
    """Draw a row for each factor that stands at several numbers; None where there is none."""
    rows = [one for name in curved(found) if (one := _row(found, name)).curves][:FACTORS]
    if not rows:
        return None
    first = next(iter(rows[0].curves.values()))
    title = titled(curves_title(found, first))
    below = about(found, found.say(texts.CURVES))
    notes = texts.TURN_NOTE if found.factors[rows[0].factor].tried else texts.BAND_NOTE
    foot = foot_of(found.say(notes) if found.replications > 1 else "", WIDTH)
    page = Page(
        WIDTH, head_height(title, below, WIDTH) + sum(one.above + _DEEP + _BELOW for one in rows) + foot_height(foot)
    )
    top = headed(page, title, below)
    for row in rows:
        _draw(page, found, row, top)
        top += row.above + _DEEP + _BELOW
    footed(page, foot)
    return page.figure


def _row(found: Reading, factor: str) -> Row:
    known = {name: curves for name in found.measures if (curves := curves_of(found, factor, name))}
    measures = list(known)[:MEASURES]
    heads = [broken(found.labeled(name), _ACROSS + _AXIS, NORMAL, bold=True) for name in measures]
    lines = known[measures[0]] if measures else []
    other = other_of(found, factor)
    names = [found.leveled(other, one.at) for one in lines] if other is not None else []
    return Row(factor, {name: known[name] for name in measures}, heads, key_of(names, WIDTH - 2 * MARGIN))


def curves_of(found: Reading, factor: str, measure: str) -> Sequence[Curve]:
    """Return the curves along a factor: for each level of the other, or the ends of these and some evenly between."""
    spec = found.specs[measure]
    if measure not in found.runs:
        return ()
    other = other_of(found, factor)
    facts: dict[str, Any] = {"better": spec.better, "scale": scale_of(spec)}
    curves = dose_response(found.points, found.runs, found.axes, measure, factor, at=other, **facts)
    if other is not None:
        order = levels_of(found.points, other)
        curves = tuple(sorted(curves, key=lambda one: order.index(one.at)))
    return curves if len(curves) <= LINES else [curves[k] for k in _evenly(len(curves))]


def _evenly(count: int) -> list[int]:
    return [int(one) for one in np.unique(np.linspace(0, count - 1, LINES).round())]


def _draw(page: Page, found: Reading, row: Row, top: float) -> None:
    draw_key(page, row.key, MARGIN, top)
    begin = top + row.key.height + (0.06 if row.key.height else 0.0)
    deep = top + row.above
    for k, ((measure, curves), head) in enumerate(zip(row.curves.items(), row.heads, strict=True)):
        left = MARGIN + k * (_ACROSS + _AXIS + _GAP)
        page.block(left, begin, head, NORMAL, bold=True)
        axes = page.panel(left + _AXIS, deep, _ACROSS, _DEEP)
        plain(axes)
        axes.tick_params(labelsize=TINY, pad=1.5)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=list(TICKS)))
        for place, curve in enumerate(curves):
            _curve(axes, curve, found.specs[measure], place, len(curves) > 2, found.factors[row.factor].tried)
        along(axes, found, row.factor, levels_of(found.points, row.factor), _ACROSS)
        said = broken(_axis(found, row.factor), _ACROSS + _AXIS, TINY, most=2)
        page.block(left + _AXIS + _ACROSS / 2, deep + _DEEP + 0.2, said, TINY, side="center")


def _axis(found: Reading, factor: str) -> str:
    told = found.factors[factor]
    return found.say(texts.OF_UNIT, measure=told.label, unit=told.unit) if told.unit else told.label


def _curve(axes: Axes, curve: Curve, spec: MeasureSpec, place: int, faint: bool, turns: bool) -> None:
    places = places_of(list(curve.table["level"]))
    x = np.array(list(places.values()))
    mean, low, high = (_shown(curve.table[name], spec) for name in ("mean", "low", "high"))
    axes.fill_between(x, low, high, color=color_of(place), alpha=0.08 if faint else 0.16, linewidth=0.0, zorder=1)
    axes.plot(x, mean, **style_of(place), zorder=3)
    harms = curve.turn.harms_from if turns else None
    if harms is not None:
        _turned(axes, x, mean, (places[best_below(curve, spec.better)], places[harms]), place)


def _shown(values: pd.Series, spec: MeasureSpec) -> Any:
    return values.to_numpy(dtype=float) * scaled(1.0, spec)


def _turned(axes: Axes, x: Any, mean: Any, turn: tuple[float, float], place: int) -> None:
    """Ring the best level, and draw the levels that are certainly worse with crosses."""
    best, worse = int(np.flatnonzero(x == turn[0])[0]), x >= turn[1]
    axes.plot(
        [x[best]], [mean[best]], marker="o", markersize=10.0, markerfacecolor="none", markeredgewidth=1.4,
        color=color_of(place), linestyle="", zorder=4,
    )  # fmt: skip
    axes.plot(
        x[worse], mean[worse], marker="x", markersize=9.0, markeredgewidth=1.6, color=color_of(place), linestyle="",
        zorder=4,
    )  # fmt: skip
    axes.axvline(turn[1], color=FAINT, linewidth=0.8, linestyle=(0, (4, 2)), zorder=0)
