"""The figures of a choice: what each budget buys, and what is traded for what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.answers.bestbundle import budget_told
from sim.report.answers.riskfigures import draw_failing, draw_regret
from sim.report.answers.spots import spots
from sim.report.answers.whenfails import Further
from sim.report.experiments.rows import TICKS, WIDTH, left_of, name_at, names_in, row_height, rows_panel, titled
from sim.report.fit import broken, width
from sim.report.numbers import changed, scaled, span, unit_of
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed
from sim.report.style import BETTER, FAINT, INK, SMALL, SOFT, TINY, plain
from sim.words import Text, words

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice

texts = words("choicefigures")

_NAMES, _ROW, _AXIS = 4.6, 0.42, 0.45
_DEEP, _KEY = 4.4, 3.9
HARDLY = 0.05
"""Share of them below which a bundle is drawn as a cross."""


def draw_choice(answer: Choice, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures that there is something to draw for."""
    found = Further(answer, lang)
    drawn = {
        "gain": draw_gain(found),
        "front": draw_front(found),
        "fails": draw_failing(found),
        "regret": draw_regret(found),
    }
    yield from ((name, figure) for name, figure in drawn.items() if figure is not None)


def draw_gain(found: Further) -> Figure | None:
    """Draw a row for each budget: its best bundle, and what that changes with its interval."""
    effects = found.tables["effects"]
    mine = effects[(effects["measure"] == found.main.name) & effects["chosen"].astype(bool)].set_index("budget")
    rows = [row for row in found.rows("budgets") if row["budget"] in mine.index]
    if not rows:
        return None
    names = names_in([found.say(texts.ROW, budget=budget_told(row), name=_bundle(found, row)) for row in rows], _NAMES)
    title = titled(_gained(found, rows[-1], mine.loc[rows[-1]["budget"]]))
    unit = unit_of(found.main, difference=True)
    below = found.say(texts.GAIN_ABOUT, measure=found.main.label, unit=unit)
    deep = row_height(names, _ROW)
    page = Page(WIDTH, head_height(title, below, WIDTH) + deep * len(rows) + _AXIS + foot_height(""))
    top = headed(page, title, below)
    left = MARGIN + left_of(names) + 0.12
    axes = rows_panel(page, (left, top, WIDTH - MARGIN - 1.7 - left), len(rows), deep)
    for k, (row, name) in enumerate(zip(rows, names, strict=True)):
        middle = top + (k + 0.5) * deep
        name_at(page, left - 0.1, middle, name)
        one = mine.loc[row["budget"]]
        low, mean, high = (scaled(float(one[end]), found.main) for end in ("low", "difference", "high"))
        color = BETTER if row["settled"] else FAINT
        axes.plot([low, high], [k, k], color=color, linewidth=2.4, solid_capstyle="butt", zorder=2)
        axes.plot([mean], [k], marker="o" if row["settled"] else "D", markersize=6, color=color, zorder=3)
        change = changed(one["difference"], found.main, found.lang, unit=False)
        told = found.say(texts.WITHIN, value=change, limits=_span(found, one))
        page.line(WIDTH - MARGIN, middle, told, TINY, side="right")
    return page.figure


def _bundle(found: Further, row: Mapping[str, Any]) -> str:
    name = found.named(row["chosen"])
    return name.get(found.lang) if row["settled"] else found.say(texts.GAIN_LEFT, name=name, left=row["left"])


def _span(found: Further, one: Any) -> str:
    return span(one["low"], one["high"], found.main, found.lang)


def _gained(found: Further, row: Mapping[str, Any], one: Any) -> str:
    """Return what the largest budget buys."""
    facts: dict[str, Any] = {"budget": budget_told(row), "name": found.named(row["chosen"])}
    if not row["settled"]:
        return found.say(texts.GAIN_OPEN, **facts)
    if row["chosen"] == found.about["now"]:
        return found.say(texts.GAIN_NOTHING, **facts)
    change = changed(one["difference"], found.main, found.lang)
    return found.say(texts.GAIN, measure=found.main.label, change=change, limits=_span(found, one), **facts)


def draw_front(found: Further) -> Figure | None:
    """Draw bundles by what they take and what they bring; color is conflict, size how surely they are on the front."""
    table = found.tables["front"]
    measure, other, cost = found.about["objectives"]
    if len(table) < 2:
        return None
    on = table[table["on_front"].astype(bool)]
    spec, beside = found.specs[measure], found.specs[other]
    about = {"measure": spec.label, "unit": _unit(spec), "other": beside.label, "other_unit": _unit(beside)}
    title, below = titled(_traded(found, table)), found.say(texts.FRONT_ABOUT, **about)
    names = [f"{k}  {found.named(code).get(found.lang)}" for k, code in enumerate(on["bundle"], 1)]
    told = [broken(name, _KEY - 0.2, TINY) for name in names]
    deep = max(_DEEP, sum(block_height(one, TINY) + 0.04 for one in told))
    foot = foot_of(found.say(texts.SIZE), WIDTH)
    page = Page(WIDTH, head_height(title, below, WIDTH) + deep + 0.6 + foot_height(foot))
    top = headed(page, title, below)
    left = MARGIN + 0.45
    axes = page.panel(left, top, WIDTH - MARGIN - _KEY - left - 0.7, deep)
    plain(axes)
    axes.axhline(0.0, color=FAINT, linewidth=0.8, zorder=0)
    _points(page, axes, found, table, (measure, other, cost))
    y = top
    for one in told:
        y = page.block(WIDTH - MARGIN - _KEY, y, one, TINY) + 0.04
    said = found.say(texts.HOURS if cost == "hours" else texts.MONEY)
    page.block((left + WIDTH - MARGIN - _KEY - 0.7) / 2, top + deep + 0.26, said, SMALL, side="center")
    footed(page, foot)
    return page.figure


def _traded(found: Further, table: pd.DataFrame) -> str:
    """Return what brings most and what it takes, and how many bundles can be ruled out."""
    facts = {"bundles": len(table), "out": int((~table["on_front"].astype(bool)).sum())}
    kind = texts.FINALISTS if found.about["search"] else texts.BUNDLES
    others = (texts.FRONT_SOME if facts["out"] else texts.FRONT_ALL).format(kind=kind, **facts)
    measure = found.main.name
    values = table[measure] if found.main.better == "higher" else -table[measure]
    best = found.rows("front")[int(values.fillna(-math.inf).to_numpy().argmax())]
    if best["bundle"] == found.about["now"]:
        return found.say(texts.FRONT_NONE, measure=found.main.label, others=others)
    told = {"name": found.named(best["bundle"]), "change": changed(best[measure], found.main, found.lang)}
    return found.say(texts.FRONT_MOST, measure=found.main.label, taken=found.taken(best), others=others, **told)


def _points(page: Page, axes: Any, found: Further, table: pd.DataFrame, names: tuple[str, str, str]) -> None:
    measure, other, cost = names
    shown = table.assign(
        y=table[measure] * scaled(1.0, found.specs[measure]), c=table[other] * scaled(1.0, found.specs[other])
    )
    norm = Normalize(float(shown["c"].min()), float(shown["c"].max()))
    on = shown["on_front"].astype(bool)
    likely = shown[on | (shown["probability"] >= HARDLY)]
    rest = shown.drop(likely.index)
    axes.scatter(rest[cost], rest["y"], marker="x", s=22, color=FAINT, linewidths=1.0, zorder=1)
    drawn = axes.scatter(
        likely[cost], likely["y"], s=30 + 130 * likely["probability"], c=likely["c"], norm=norm, cmap="cividis",
        edgecolors=[INK if one else FAINT for one in likely["on_front"].astype(bool)], linewidths=0.9, zorder=2,
    )  # fmt: skip
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=7, steps=list(TICKS)))
    radii = ((30 + 130 * shown["probability"]) ** 0.5 / 2).where(shown.index.isin(likely.index), 22**0.5 / 2)
    placed = shown.assign(x=shown[cost], radius=radii)
    _numbered(page, axes, [placed[on], placed[~on]])
    across, down = page.width, page.height
    box = axes.get_position()
    bar = page.figure.add_axes((box.x1 + 0.1 / across, box.y0, 0.12 / across, min(2.2 / down, box.height)))
    page.figure.colorbar(drawn, cax=bar)
    bar.tick_params(labelsize=TINY, colors=SOFT, length=2)


def _numbered(page: Page, axes: Any, shown: Sequence[pd.DataFrame]) -> None:
    """Write the number of each dot of the front beside it, with a line to it where it has to stand farther off."""
    axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())  # from here on places are final
    point = 72.0 / page.figure.dpi
    dots = [(*(axes.transData.transform(row[:2]) * point), row[2]) for frame in shown for row in _dots(frame)]
    numbers = [str(k) for k in range(1, len(shown[0]) + 1)]
    sizes = [(72.0 * width(number, TINY), TINY) for number in numbers]
    line = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.6, "shrinkA": 0.0, "shrinkB": 0.0}
    for number, row, dot, middle, size in zip(numbers, _dots(shown[0]), dots, spots(dots, sizes), sizes, strict=False):
        away = (middle[0] - dot[0], middle[1] - dot[1])
        far = math.hypot(*away) > dot[2] + max(size) + 4.0
        axes.annotate(
            number, row[:2], away, textcoords="offset points", fontsize=TINY, color=INK, zorder=3, ha="center",
            va="center", arrowprops=line if far else None,
        )  # fmt: skip


def _dots(frame: pd.DataFrame) -> list[tuple[float, float, float]]:
    return list(frame[["x", "y", "radius"]].itertuples(index=False, name=None))


def _unit(spec: Any) -> Text:
    return unit_of(spec, difference=True)
