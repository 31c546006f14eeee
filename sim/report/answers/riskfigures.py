"""The figures of what may go wrong with a choice: its regret over the assumptions, and when it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.answers.whenfails import Further
from sim.report.experiments.rows import WIDTH, key_of_line, left_of, name_at, names_in, row_height, rows_panel, titled
from sim.report.numbers import scaled, unit_of
from sim.report.page import MARGIN, Page, foot_height, head_height, headed, line_height
from sim.report.robust import valued
from sim.report.style import BETTER, INK, RULE, SERIES_COLORS, SMALL, SOFT, TINY, WORSE
from sim.words import words
from sim.words.numbers import percentage

texts = words("choicefigures")

_NAMES, _ROW, _AXIS = 4.6, 0.42, 0.45
_BOX = "#9CB8CC"


def draw_regret(found: Further) -> Figure | None:
    """Draw a row for each bundle: its regret in the worlds, and in how many it is good enough."""
    rows = found.rows("regret")
    if len(rows) < 2:
        return None
    names = names_in([found.named(row["bundle"]).get(found.lang) for row in rows], _NAMES)
    title = titled(_regretted(found))
    about = {"measure": found.main.label, "unit": unit_of(found.main, difference=True), "worlds": rows[0]["worlds"]}
    below = found.say(texts.REGRET_ABOUT, **about)
    deep, key = row_height(names, _ROW), line_height(SMALL) + 0.12
    page = Page(WIDTH, head_height(title, below, WIDTH) + key + deep * len(rows) + _AXIS + foot_height(""))
    top = headed(page, title, below)
    _key(page, found, top + line_height(SMALL) / 2)
    top += key
    left = MARGIN + left_of(names) + 0.12
    page.line(WIDTH - MARGIN, top - 0.08, found.say(texts.GOOD), TINY, color=SOFT, side="right")
    axes = rows_panel(page, (left, top, WIDTH - MARGIN - 1.6 - left), len(rows), deep)
    worlds = found.tables["worlds"]
    for k, (row, name) in enumerate(zip(rows, names, strict=True)):
        name_at(page, left - 0.1, top + (k + 0.5) * deep, name)
        regrets = worlds[worlds["bundle"] == row["bundle"]]["regret"].to_numpy(dtype=float)
        _box(axes, found, row, regrets, k)
        within = found.share(row["good_low"], row["good_high"])
        good = found.say(texts.WITHIN, value=percentage(row["good"]), limits=within)
        page.line(WIDTH - MARGIN, top + (k + 0.5) * deep, good, TINY, side="right")
    return page.figure


def _regretted(found: Further) -> str:
    least = found.least_regret
    if least is None:
        return found.say(texts.REGRET)
    return found.say(texts.LEAST, name=found.named(least["bundle"]), high=found.amount(least["high"]))


def _key(page: Page, found: Further, middle: float) -> None:
    x = key_of_line(page, MARGIN, middle, found.say(texts.BOX), 7.0, _BOX)
    x = key_of_line(page, x, middle, found.say(texts.NINE), 1.4, INK)
    key_of_line(page, x, middle, found.say(texts.SURE), 4.0, BETTER)


def _box(axes: Axes, found: Further, row: Mapping[str, Any], regrets: Any, k: int) -> None:
    low, middle, upper, high = (scaled(float(one), found.main) for one in np.quantile(regrets, [0.25, 0.5, 0.75, 0.9]))
    axes.plot([upper, high], [k, k], color=INK, linewidth=1.4, solid_capstyle="butt", zorder=2)
    axes.plot([high], [k], marker="|", markersize=9, markeredgewidth=1.4, color=INK, zorder=3)
    axes.barh(k, upper - low, left=low, height=0.44, color=_BOX, zorder=2)
    axes.plot([middle], [k], marker="|", markersize=14, markeredgewidth=1.8, color=INK, zorder=4)
    ends = [scaled(float(row[name]), found.main) for name in ("high_low", "high_high")]
    axes.plot(ends, [k + 0.34] * 2, color=BETTER, linewidth=3.0, solid_capstyle="butt", zorder=2)


def draw_failing(found: Further) -> Figure | None:
    """Draw when the bundle of the largest budget of which it is known fails: the ranges of what limits it."""
    told = [row for row in found.rows("failing") if row["outcome"] == "told"]
    if not told:
        return None
    row = told[-1]
    limits = [one for one in found.rows("limits") if one["bundle"] == row["bundle"]]
    places = list(dict.fromkeys(one["assumption"] for one in limits))
    names = names_in([found.assumption(place).label.get(found.lang) for place in places], _NAMES)
    title, below = _failing(found, row)
    deep = row_height(names, _ROW)
    page = Page(WIDTH, head_height(title, below, WIDTH) + deep * len(places) + 0.2 + foot_height(""))
    top = headed(page, title, below)
    left = MARGIN + left_of(names) + 0.9
    across = WIDTH - MARGIN - 0.9 - left
    for k, (place, name) in enumerate(zip(places, names, strict=True)):
        middle = top + (k + 0.5) * deep
        name_at(page, left - 0.8, middle, name)
        mine = [one for one in limits if one["assumption"] == place]
        _range(page, found, place, mine, (left, middle, across), row["kind"])
    return page.figure


def _failing(found: Further, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return title and subtitle."""
    within = found.share(row["density_low"], row["density_high"])
    facts = {"name": found.named(row["bundle"]), "density": percentage(row["density"]), "limits": within}
    title = found.say(texts.FAILS if row["kind"] == "fails" else texts.HOLDS, share=percentage(row["share"]), **facts)
    return titled(title), found.say(texts.WHEN, what=texts.WHAT[row["kind"]], worlds=row["checked_in"])


def _range(
    page: Page,
    found: Further,
    place: str,
    limits: Sequence[Mapping[str, Any]],
    at: tuple[float, float, float],
    kind: str,
) -> None:
    """Draw the range of an assumption, filled where the bundle fails or holds."""
    left, middle, across = at
    one = found.assumption(place)
    low = max((limit["value"] for limit in limits if limit["side"] == "above"), default=one.low)
    high = min((limit["value"] for limit in limits if limit["side"] == "below"), default=one.high)
    shares = [(end - one.low) / (one.high - one.low) for end in (low, high)]
    ends = [left + share * across for share in shares]
    page.rule(left, middle, left + across, RULE, 7.0)
    page.rule(ends[0], middle, ends[1], WORSE if kind == "fails" else BETTER, 7.0)
    page.line(left - 0.08, middle, valued(one, one.low).get(found.lang), TINY, color=SOFT, side="right")
    page.line(left + across + 0.08, middle, valued(one, one.high).get(found.lang), TINY, color=SOFT)
    for limit in limits:
        x = left + (limit["value"] - one.low) / (one.high - one.low) * across
        page.line(x, middle - 0.14, valued(one, limit["value"]).get(found.lang), TINY, side="center")
    here = left + (one.here - one.low) / (one.high - one.low) * across
    page.axes.plot([here], [middle], marker="v", markersize=5, color=SERIES_COLORS[0], zorder=3)
