"""The figure of effects: what each alternative changes in each measure, and how sure that is."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.fit import cut, cut_apart, widest, width
from sim.report.material import Material
from sim.report.numbers import measured, scaled, unit_of
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.signs import sign_of, signs_in
from sim.report.style import FAINT, INK, NORMAL, RULE, SMALL, SOFT, TINY, plain
from sim.spec.measures import MeasureSpec
from sim.words import words

_TEXTS = words("pictures")
_TERMS = words("terminal")

WIDTH = 11.7
_COLUMNS = 3
_GAP = 0.3
_ROW = 0.22
_ABOVE, _BELOW = 0.38, 0.52
"""Inches of a panel above its rows and below them."""

_NAMES = 2.2
"""Inches for the names of alternatives at most."""


def draw_effects(found: Material) -> Figure:
    """Draw one panel for each measure: differences from now with their intervals, the best alternative first.

    A measure that is defined nowhere (promises where nothing is promised) has no panel, and one that nothing changes
    is only named.
    """
    table, still = _moving(found.table)
    measures = list(dict.fromkeys(table["measure"]))
    rows = max(1, -(-len(measures) // _COLUMNS))
    down = _ABOVE + _ROW * len(found.alternatives) + _BELOW
    title, below = found.finding(), found.about(_TEXTS.EFFECTS)
    foot = foot_of(_unmoved(found, still), WIDTH)
    top = head_height(title, below, WIDTH)
    page = Page(WIDTH, top + line_height(SMALL) + rows * down + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found, table)
    names = cut_apart([found.labels[name] for name in found.alternatives], _NAMES, SMALL)
    left = MARGIN + widest(names, SMALL) + 0.12
    across = (WIDTH - MARGIN - left - (_COLUMNS - 1) * _GAP) / _COLUMNS
    for place, measure in enumerate(measures):
        row, column = divmod(place, _COLUMNS)
        x, panel_top = left + column * (across + _GAP), y + line_height(SMALL) + row * down
        _panel(page, found, table[table["measure"] == measure], (x, panel_top, across))
        for k, name in enumerate(names if column == 0 else ()):
            page.line(left - 0.1, panel_top + _ABOVE + (k + 0.5) * _ROW, name, side="right")
    footed(page, foot)
    return page.figure


def _moving(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of the measures that anything changes, and the names of those that nothing changes."""
    known = table[table.groupby("measure")["difference"].transform("count") > 0]
    moved = known.groupby("measure", sort=False)["difference"].agg(lambda one: bool((one.abs() > 1e-12).any()))
    names = [str(name) for name, one in moved.items() if one]
    return known[known["measure"].isin(names)], [str(name) for name, one in moved.items() if not one]


def _unmoved(found: Material, still: list[str]) -> str:
    if not still:
        return ""
    base = found.table.drop_duplicates("measure").set_index("measure")["now"]
    said = [
        found.say(
            _TEXTS.UNMOVED_ONE,
            measure=found.specs[name].label,
            value=measured(float(base[name]), found.specs[name], found.lang),
        )
        for name in still
    ]
    return found.say(_TEXTS.UNMOVED, measures=found.say(_TEXTS.BETWEEN).join(said))


def _panel(page: Page, found: Material, rows: pd.DataFrame, place: tuple[float, float, float]) -> None:
    x, top, across = place
    spec = found.specs[str(rows["measure"].iloc[0])]
    label, now = _titled(found, spec, float(rows["now"].iloc[0]), across)
    page.line(x, top + _ABOVE - 0.17, label, NORMAL, bold=True)
    page.line(x + width(label, NORMAL, bold=True) + 0.1, top + _ABOVE - 0.17, now, SMALL, color=SOFT)
    axes = page.panel(x, top + _ABOVE, across, _ROW * len(found.alternatives))
    plain(axes)
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
    for k, name in enumerate(found.alternatives):
        axes.axhline(k, color=RULE, linewidth=0.4, zorder=0)
        one = rows[rows["alternative"] == name]
        if len(one):
            _effect(axes, one.iloc[0], spec, k)
    axes.set_ylim(len(found.alternatives) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    axes.tick_params(axis="x", labelsize=TINY, pad=1.5)
    unit = found.say(_TEXTS.DIFFERENCE, unit=unit_of(spec, difference=True).get(found.lang))
    said = unit + {"higher": found.say(_TEXTS.RIGHT), "lower": found.say(_TEXTS.LEFT), "neither": ""}[spec.better]
    page.line(x + across / 2, top + _ABOVE + _ROW * len(found.alternatives) + 0.26, said, TINY, side="center")


def _titled(found: Material, spec: MeasureSpec, value: float, across: float) -> tuple[str, str]:
    """Return the heading of a panel and how things are now; the axis has the unit where there is no room for it."""
    label = spec.label.get(found.lang)
    said = [found.say(_TEXTS.NOW_IS, value=measured(value, spec, found.lang, unit=unit)) for unit in (True, False)]
    rooms = [across - width(now, SMALL) - 0.12 for now in said]
    place = 0 if width(label, NORMAL, bold=True) <= rooms[0] else 1
    return cut(label, rooms[place], NORMAL, bold=True), said[place]


def _effect(axes: Axes, row: pd.Series, spec: MeasureSpec, place: int) -> None:
    middle, low, high = (scaled(float(row[name]), spec) for name in ("difference", "ci_low", "ci_high"))
    sign = sign_of(row, spec)
    axes.plot([low, high], [place, place], color=sign.color, linewidth=2.0, solid_capstyle="butt", zorder=2)
    axes.plot(
        [middle],
        [place],
        marker=sign.marker,
        markersize=6.0,
        color=sign.color,
        markerfacecolor=sign.color if sign.filled else "white",
        fillstyle=sign.fill,
        markeredgewidth=1.2,
        zorder=3,
    )


def _key(page: Page, middle: float, found: Material, table: pd.DataFrame) -> None:
    """Explain the shapes that occur, and the bar."""
    x = MARGIN
    for sign in signs_in(table, found.specs):
        page.axes.plot(
            [x + 0.06], [middle], marker=sign.marker, markersize=6.0, color=sign.color, linestyle="",
            markerfacecolor=sign.color if sign.filled else "white", fillstyle=sign.fill, markeredgewidth=1.2,
        )  # fmt: skip
        text = sign.words(found.lang)
        page.line(x + 0.18, middle, text)
        x += 0.18 + width(text, SMALL) + 0.25
    if not table["ci_low"].notna().any():
        return
    page.axes.plot([x, x + 0.3], [middle, middle], color=INK, linewidth=2.0, solid_capstyle="butt")
    page.line(x + 0.38, middle, found.say(_TEXTS.INTERVAL))
