"""The figure of processes: their steps as a map, who does what, where a case spends its time, and what changes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.report.bars import keys, keys_height, stack
from sim.report.fit import broken, cut, cut_apart, widest, width
from sim.report.material import Material
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.processboxes import BOX, Boxes, draw_boxes, role_lines
from sim.report.processpanels import Panel, panels_of, worst_places
from sim.report.style import FAINT, INK, NORMAL, RULE, SMALL, TINY
from sim.report.titles import process_title
from sim.study.guards import doubtful
from sim.vocab import LEDGER_PARTS, WEEK
from sim.words import words
from sim.words.numbers import MISSING, digits, signed

_TEXTS = words("pictures")
_OUTLINE = words("outline")

WIDTH = 11.7
"""Inches at least; more alternatives than a few make the page wider."""

_BADGE = BOX[1] + 0.5
_BARS = BOX[1] + 0.7
_LEAST, _LONGEST = 2.0, 3.2
"""Inches for the longest bar."""

_MOST = 12
"""Alternatives there are columns for: the best."""

_TURNED = 5
"""Alternatives from which on their names stand upright."""

_TALL = 1.9
_TITLE = 0.4


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand on the page: its width, the right edges of the columns, inches for an hour, and for a step."""

    width: float
    columns: Sequence[float]
    scale: float
    pitch: float


def draw_processes(found: Material) -> Figure:
    """Draw a panel for each process: the map on the left, hours by step, and what alternatives change."""
    doubt = doubtful(found.table)
    shown = found.alternatives[:_MOST]
    labels = [f"{found.labels[name]} ◐" if name in doubt else found.labels[name] for name in shown]
    panels = panels_of(found.places, found.sheet, [found.now, *shown])
    sheet, heads = _columns(found, panels, labels)
    title, below = process_title(found, panels), found.about(_TEXTS.PROCESS["picture"])
    deep = _depth(heads, len(labels))
    foot = foot_of(
        found.sentences(_notes(found, panels, len(found.alternatives) - len(shown), bool(doubt))), sheet.width
    )
    names = {part: found.parts[part].get(found.lang) for part in LEDGER_PARTS if _occurs(panels, part)}
    down = sum(_TITLE + sheet.pitch * len(panel.plan.steps) for panel in panels)
    top, room = head_height(title, below, sheet.width) + deep, sheet.width - 2 * MARGIN
    page = Page(sheet.width, top + down + 0.15 + keys_height(names.values(), room) + foot_height(foot))
    y = headed(page, title, below) + deep
    _headings(page, y, found, sheet, heads)
    worst = worst_places(panels, found.sheet.rates)
    for panel in panels:
        _heading(page, y, panel, found, sheet)
        _panel(page, y + _TITLE, panel, found, sheet, worst)
        y += _TITLE + sheet.pitch * len(panel.plan.steps)
    keys(page, MARGIN, y + 0.15, names, room)
    footed(page, foot)
    return page.figure


def _columns(found: Material, panels: Sequence[Panel], labels: Sequence[str]) -> tuple[_Sheet, list[str]]:
    """Return where columns stand, as wide as their numbers and names, and the names as they will be written."""
    numbers = [_number(hours) for panel in panels for moved in panel.changes.values() for hours in moved.values()]
    across = widest(numbers, SMALL, bold=True) + 0.16
    turned = len(labels) > _TURNED
    if turned:
        heads = cut_apart(labels, _TALL, SMALL, bold=True)
    else:
        across = max(across, 0.86)
        heads = [broken(one, across - 0.1, SMALL, bold=True, most=3) for one in labels]
    longest = max((sum(parts.values()) for panel in panels for parts in panel.hours.values()), default=0.0)
    said = width(f"{digits(longest)} h", SMALL, bold=True) + 0.3
    page = max(WIDTH, _BARS + _LEAST + said + across * len(labels) + MARGIN)
    room = min(_LONGEST, page - MARGIN - across * len(labels) - said - _BARS)
    rows_of = [(panel, row) for panel in panels for row in range(len(panel.plan.steps))]
    wide = any(len(role_lines(panel, row, found)) > 1 for panel, row in rows_of)
    pitch = (0.56 if len(rows_of) <= 16 else 0.46) + 0.13 * wide
    edges = [page - MARGIN - across * (len(labels) - 1 - k) for k in range(len(labels))]
    return _Sheet(page, edges, room / longest if longest > 0.0 else 0.0, pitch), heads


def _depth(heads: Sequence[str], alternatives: int) -> float:
    """Return the inches that the headings of the columns take."""
    if alternatives > _TURNED:
        return widest(heads, SMALL, bold=True) + line_height(SMALL) + 0.1
    return max((block_height(one, SMALL) for one in heads), default=0.0) + line_height(SMALL) + 0.05


def _occurs(panels: Sequence[Panel], part: str) -> bool:
    return any(parts.get(part, 0.0) > 0.0 for panel in panels for parts in panel.hours.values())


def _number(hours: float) -> str:
    return signed(hours) if math.isfinite(hours) else MISSING


def _notes(found: Material, panels: Sequence[Panel], alternatives: int, doubt: bool) -> list[str]:
    notes = [found.say(_TEXTS.PROCESS["note"])]
    notes += [found.say(_TEXTS.PROCESS["doubt"])] if doubt else []
    for panel in panels:
        if (step := panel.process.served_by) is not None:
            facts = {"process": found.sheet.titles[panel.name], "step": found.sheet.steps[panel.name][step]}
            notes.append(found.say(_TEXTS.PROCESS["served"], **facts))
    if more := len(found.sheet.processes) - len(panels):
        notes.append(found.say(_TEXTS.PROCESS["processes"], shown=len(panels), count=more))
    return [*notes, found.say(_TEXTS.LEAST_LEFT_OUT, count=alternatives)] if alternatives > 0 else notes


def _headings(page: Page, y: float, found: Material, sheet: _Sheet, heads: Sequence[str]) -> None:
    page.line(_BARS, y - line_height(SMALL) / 2, found.say(_TEXTS.PROCESS["now"]))
    if not heads:
        return
    deep = _depth(heads, len(heads))
    page.line(sheet.columns[-1], y - deep + line_height(SMALL) / 2, found.say(_TEXTS.PROCESS["change"]), side="right")
    for x, text in zip(sheet.columns, heads, strict=True):
        if len(heads) > _TURNED:
            page.axes.text(x - 0.04, y - 0.06, text, fontsize=SMALL, fontweight="bold", color=INK, rotation=90,
                           ha="right", va="bottom", rotation_mode="default")  # fmt: skip
        else:
            page.block(x, y - block_height(text, SMALL), text, SMALL, bold=True, side="right")


def _how_often(panel: Panel, found: Material) -> Iterator[str]:
    """Yield how cases come; the work of releases comes with these, and says nothing."""
    rate, demand = found.sheet.rates[panel.name], panel.process.demand
    if demand.at and not demand.recurs:
        end = found.facts["horizon_weeks"] * WEEK
        yield found.say(_OUTLINE.DATED, count=sum(0.0 <= hour < end for hour in demand.at))
    elif rate > 0.0:
        yield found.say(_TEXTS.PROCESS["rate"], rate=f"{rate:.3g}")


def _heading(page: Page, y: float, panel: Panel, found: Material, sheet: _Sheet) -> None:
    said = list(_how_often(panel, found))
    if panel.left_out:
        shown = len(panel.plan.steps)
        said.append(found.say(_TEXTS.PROCESS["steps"], shown=shown, count=shown + panel.left_out))
    if not panel.hours:
        said.append(found.say(_TEXTS.PROCESS["empty"]))
    text = found.say(_TEXTS.BETWEEN).join(said)
    page.rule(MARGIN, y + 0.05, sheet.width - MARGIN)
    page.line(BOX[1], y + 0.23, text, TINY, side="right")
    room = BOX[1] - MARGIN - width(text, TINY) - 0.2
    title = cut(found.sheet.titles[panel.name], room, NORMAL, bold=True)
    page.line(MARGIN, y + 0.23, title, NORMAL, bold=True)


def _panel(
    page: Page, top: float, panel: Panel, found: Material, sheet: _Sheet, worst: Mapping[tuple[str, str], int]
) -> None:
    draw_boxes(page, Boxes(top, sheet.pitch, panel, found))
    for row, step in enumerate(panel.plan.steps):
        middle = top + (row + 0.5) * sheet.pitch
        page.axes.plot([_BARS] * 2, [middle - sheet.pitch / 2, middle + sheet.pitch / 2], color=FAINT, linewidth=0.8)
        if hours := panel.hours.get(step):
            shown = {part: hours.get(part, 0.0) for part in LEDGER_PARTS}
            end = stack(page, _BARS, middle, min(0.26, sheet.pitch * 0.55), shown, sheet.scale, TINY)
            total = f"{digits(sum(shown.values()))} {found.say(_TEXTS.HOURS_UNIT)}"
            page.line(end + 0.06, middle, total, SMALL, bold=True)
        if (panel.name, step) in worst:
            _badge(page, middle, worst[panel.name, step])
        for x, (name, moved) in zip(sheet.columns, panel.changes.items(), strict=True):
            page.line(x, middle, _number(moved[step]), SMALL, bold=(name, step) in panel.stressed, side="right")
        page.rule(_BARS, middle + sheet.pitch / 2, sheet.width - MARGIN, color=RULE, width=0.3)


def _badge(page: Page, middle: float, rank: int) -> None:
    page.axes.plot([_BADGE], [middle], marker="o", markersize=12, color=INK)
    page.line(_BADGE, middle, str(rank), SMALL, bold=True, color="white", side="center")
