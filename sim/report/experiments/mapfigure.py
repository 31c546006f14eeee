"""A map of two factors: what each level of one changes at each level of the other, signs where they are certain."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiments.cells import cells, levels_of
from sim.experiments.signmap import sign_map
from sim.report.experiments.finding import map_title
from sim.report.experiments.reading import Reading
from sim.report.experiments.rows import WIDTH, about, left_of, name_at, names_in, titled
from sim.report.fit import broken
from sim.report.marks import mark
from sim.report.numbers import measured, scaled, unit_of
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.signs import SIGNS
from sim.report.style import FAINT, INK, NORMAL, SMALL, SOFT
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import clauses, words
from sim.words.numbers import signed

texts = words("effects")

MEASURES = 2
"""Measures there is room for."""

_FILL = {verdicts.BETTER: "#CFE5DF", verdicts.WORSE: "#F3D5C9", verdicts.CHANGED: "#DDDDDD"}
_ROW, _NAMES, _WIDEST = 0.36, 2.4, 1.25


def draw_map(found: Reading) -> Figure | None:
    """Draw the grid of two factors; None where no two were varied as a grid."""
    pair = grid_of(found)
    measures = found.known[:MEASURES]
    if pair is None or not measures:
        return None
    across, down = pair
    start = found.factors[down].levels[0]
    maps = {
        name: marked(sign_map(found.points, found.runs, across, down, name, start), found.specs[name])
        for name in measures
    }
    first, reference = measures[0], found.leveled(down, start)
    title = titled(map_title(found, maps[first]["verdict"], down, first))
    below = about(found, found.say(texts.MAP, reference=reference))
    units = clauses(dict.fromkeys(unit_of(found.specs[name], difference=True) for name in measures))
    foot = foot_of(found.say(texts.MAP_NOTE, reference=reference, unit=units), WIDTH)
    sheet = _Sheet(found, across, down)
    page = Page(WIDTH, head_height(title, below, WIDTH) + len(measures) * sheet.height + foot_height(foot))
    top = headed(page, title, below)
    for name in measures:
        sheet.draw(page, name, maps[name], top)
        top += sheet.height
    footed(page, foot)
    return page.figure


def grid_of(found: Reading) -> tuple[str, str] | None:
    """Return the factor along the map and the one whose levels are compared: something that is introduced, if any is.

    Every level of both has met every level of the other, and one of them has three at least.
    """
    counts = {name: len(levels_of(found.points, name)) for name, told in found.factors.items() if told.levels}
    grids = [
        (across, down)
        for across, down in permutations(counts, 2)
        if found.factors[across].numeric
        and min(counts[across], counts[down]) >= 2
        and max(counts[across], counts[down]) >= 3
        if _crossed(found, across, down, counts)
    ]
    condition = {name: not told.tried for name, told in found.factors.items()}

    def rank(grid: tuple[str, str]) -> tuple[int, int, int]:
        across, down = grid
        return condition[down] - condition[across], -counts[across] * counts[down], -counts[across]

    return min(grids, key=rank, default=None)


def _crossed(found: Reading, across: str, down: str, counts: dict[str, int]) -> bool:
    return len(found.points[[across, down]].drop_duplicates()) == counts[across] * counts[down]


def marked(table: pd.DataFrame, spec: MeasureSpec) -> pd.DataFrame:
    """Return a map with what is said of each place."""
    return table.assign(verdict=[_verdict(row, spec) for _, row in table.iterrows()])


def _verdict(row: pd.Series, spec: MeasureSpec) -> str:
    low, high = float(row["low"]), float(row["high"])
    if pd.isna(low) or low <= 0.0 <= high:
        return verdicts.UNKNOWN if pd.isna(low) else verdicts.UNCLEAR
    if spec.better == "neither":
        return verdicts.CHANGED
    return verdicts.BETTER if (low > 0.0) == (spec.better == "higher") else verdicts.WORSE


class _Sheet:
    """Where everything stands in the map of two factors."""

    def __init__(self, found: Reading, across: str, down: str) -> None:
        self.found, self.across, self.down = found, across, down
        self.columns: list[Any] = levels_of(found.points, across)
        start = found.factors[down].levels[0]
        self.rows: list[Any] = [start, *(one for one in levels_of(found.points, down) if one != start)]
        self.names = names_in([found.level(down, one) for one in self.rows], _NAMES)
        self.title = broken(found.factors[down].label, _NAMES, SMALL, bold=True)
        self.left = MARGIN + left_of([*self.names, self.title], bold=True) + 0.14
        self.cell = min(_WIDEST, (WIDTH - MARGIN - self.left) / len(self.columns))
        self.heads = [broken(found.level(across, one), self.cell - 0.06, SMALL) for one in self.columns]
        self.row = max(_ROW, *(block_height(one, SMALL) + 0.08 for one in self.names))
        self.head = max(block_height(one, SMALL) for one in (*self.heads, self.title)) + 0.06

    @property
    def height(self) -> float:
        """Inches of one map."""
        return line_height(NORMAL) + 0.06 + self.head + self.row * len(self.rows) + line_height(SMALL) + 0.25

    def draw(self, page: Page, measure: str, table: pd.DataFrame, top: float) -> None:
        """Draw a map: the first row as it is, the others as changes against it."""
        found, spec = self.found, self.found.specs[measure]
        page.line(MARGIN, top + line_height(NORMAL) / 2, found.labeled(measure), NORMAL, bold=True)
        y = top + line_height(NORMAL) + 0.06
        page.block(self.left - 0.12, y, self.title, SMALL, bold=True, side="right")
        for k, head in enumerate(self.heads):
            page.block(self.left + (k + 0.5) * self.cell, y, head, SMALL, color=SOFT, side="center")
        y += self.head
        base = cells(found.points, found.runs, (self.across, self.down), measure).set_index([self.across, self.down])
        changes = table.set_index([self.across, self.down])
        for r, (level, name) in enumerate(zip(self.rows, self.names, strict=True)):
            name_at(page, self.left - 0.12, y + (r + 0.5) * self.row, name)
            for k, column in enumerate(self.columns):
                place = (self.left + k * self.cell, y + r * self.row)
                if r == 0:
                    mean = float(base.loc[(column, level), "mean"])
                    self._cell(page, place, measured(mean, spec, found.lang, unit=False), "", SOFT)
                else:
                    self._changed(page, place, changes.loc[(column, level)], spec)
        bottom = y + len(self.rows) * self.row
        middle = self.left + len(self.columns) * self.cell / 2
        page.line(
            middle, bottom + line_height(SMALL) / 2 + 0.04, found.factors[self.across].label, SMALL, True, side="center"
        )

    def _changed(self, page: Page, place: tuple[float, float], row: pd.Series, spec: MeasureSpec) -> None:
        verdict = str(row["verdict"])
        sure = verdict in _FILL
        text = f"{mark(verdict)} {signed(scaled(float(row['difference']), spec))}" if sure else ""
        faint = signed(scaled(float(row["difference"]), spec)) if pd.notna(row["difference"]) else ""
        self._cell(page, place, text or faint, _FILL.get(verdict, ""), SIGNS[verdict].color if sure else SOFT, sure)

    def _cell(
        self, page: Page, place: tuple[float, float], text: str, fill: str, color: str, bold: bool = False
    ) -> None:
        x, y = place
        page.axes.add_artist(
            Rectangle((x, y), self.cell, self.row, facecolor=fill or "white", edgecolor=FAINT, linewidth=0.5)
        )
        page.line(x + self.cell / 2, y + self.row / 2, text, SMALL, bold, color or INK, "center")
