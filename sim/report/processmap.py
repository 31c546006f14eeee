"""The figure of processes: their steps as a map, who does what, and where a case spends its time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch, Rectangle

from sim.report import captions
from sim.report.numbers import digits, signed
from sim.report.processgraph import Map, Track, mapped
from sim.report.style import (
    FAINT,
    INK,
    LARGE,
    NORMAL,
    PART_FILLS,
    SMALL,
    new_page,
    placed,
    say,
    shortened,
    wrapped,
)
from sim.report.texts import PARTS
from sim.spec.process import END, Process, Step, routing
from sim.vocab import LEDGER_PARTS

WIDTH = 11.7
_MARGIN = 0.15
_BOX = (0.85, 4.55)
"""Inches from the left edge where the boxes of steps begin and end."""

_LANE = 0.28
_BADGE = 5.08
_BARS = (5.25, 8.25)
_CHANGES = (8.95, 11.6)
_TRACK = 0.11
_MOST_TRACKS = 5

_MOST_ROWS = 40
_MOST_PROCESSES = 8
_WORST = 3
_LEAST_MOVED = 0.5
"""Hours below which no change is worth stressing."""

_LOST = ("tax", "queue", "handover", "answer", "ping_pong", "rework", "conflict")
"""Parts in which time is lost: neither work, nor the outside world, nor nights."""

_ROMAN = 6.0
"""Letters of small print that an inch of a box holds, roughly, in tens."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the map needs to know about a scenario, in the words that are drawn.

    Attributes
    ----------
    processes
        Processes by name, in the order of the file.
    rates
        Cases a week by process.
    called
        What people call processes, (process, step) pairs, departments and approvers.
    """

    processes: Mapping[str, Process]
    rates: Mapping[str, float]
    called: Mapping[str | tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One process as it will be drawn."""

    name: str
    process: Process
    plan: Map
    hours: pd.DataFrame
    changes: pd.DataFrame
    left_out: int


def draw_processes(places: pd.DataFrame, sheet: Sheet, labels: Mapping[str, str], heading: str) -> Figure:
    """Draw a panel for each process: the map on the left, hours by step, and what alternatives change.

    Parameters
    ----------
    places
        Columns alternative, process, step and the parts of the ledger: mean hours per finished case of the process.
    sheet
        The processes and their words.
    labels
        What people call the baseline, which comes first, and the alternatives, by name.
    heading
        How the title begins.
    """
    panels = _panels(places, sheet, list(labels))
    rows = sum(len(panel.plan.steps) for panel in panels)
    pitch = 0.56 if rows <= 16 else 0.44
    head = wrapped(captions.PROCESS_TITLE.en.format(heading=heading), 105)
    rotated = len(labels) > 5
    top = 0.55 + 0.2 * head.count("\n") + (0.95 if rotated else 0.45)
    notes = wrapped(" ".join([captions.PROCESS_NOTE.en, *_left_out(sheet, panels)]), 185)
    foot = 1.0 + 0.16 * (notes.count("\n") + 1)
    height = top + sum(0.4 + pitch * len(panel.plan.steps) for panel in panels) + foot
    figure = new_page(WIDTH, height)
    axes = placed(figure, 0.0, 0.0, WIDTH, height)
    axes.set_axis_off()
    axes.set_xlim(0.0, WIDTH)
    axes.set_ylim(height, 0.0)
    say(figure, _MARGIN, 0.12, head, LARGE, "bold")
    _headings(axes, top, labels, rotated)
    worst = _worst(panels, sheet.rates)
    longest = max((float(panel.hours.sum(axis=1).max()) for panel in panels if len(panel.hours)), default=0.0)
    y = top
    for panel in panels:
        _heading(axes, y, panel, sheet)
        _panel(axes, y + 0.4, pitch, panel, sheet, longest, worst)
        y += 0.4 + pitch * len(panel.plan.steps)
    _legend(figure, y + 0.1)
    say(figure, _MARGIN, height - foot + 0.85, notes, SMALL - 1)
    return figure


def _panels(places: pd.DataFrame, sheet: Sheet, labels: Sequence[str]) -> list[_Panel]:
    """Return the processes that lose most, in the order of the file, with their steps that cost most."""
    parts = [part for part in LEDGER_PARTS if part in places]
    table = places.set_index(["alternative", "process", "step"])[parts].astype(float).fillna(0.0)
    hours = {label: _of(table, label) for label in labels}
    now = hours[labels[0]]
    weekly = {name: _of(now, name).to_numpy().sum() * sheet.rates[name] for name in sheet.processes}
    kept = sorted(sheet.processes, key=lambda name: -weekly[name])[:_MOST_PROCESSES]
    room = max(3, _MOST_ROWS // max(1, len(kept)))
    found = []
    for name, process in sheet.processes.items():
        if name in kept:
            mine = _of(now, name).reindex(list(process.steps))
            costly = mine.sum(axis=1).sort_values(ascending=False, kind="stable").index[:room]
            plan = mapped(process, costly)
            changes = {
                label: _of(hours[label], name).sum(axis=1) - mine.sum(axis=1, min_count=1) for label in labels[1:]
            }
            rows = list(plan.steps)
            found.append(
                _Panel(
                    name,
                    process,
                    plan,
                    mine.dropna(how="all").reindex(rows).dropna(how="all"),
                    pd.DataFrame(changes, index=list(process.steps), columns=list(labels[1:])).reindex(rows),
                    len(process.steps) - len(rows),
                )
            )
    return found


def _of(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the rows under a key of the first level; none where there are none."""
    if key in table.index.get_level_values(0):
        return table.xs(key, level=0)
    return table.iloc[:0].droplevel(0)


def _left_out(sheet: Sheet, panels: Sequence[_Panel]) -> list[str]:
    more = len(sheet.processes) - len(panels)
    return [captions.PROCESSES_LEFT_OUT.en.format(shown=len(panels), count=more)] if more else []


def _worst(panels: Sequence[_Panel], rates: Mapping[str, float]) -> dict[tuple[str, str], int]:
    """Return the rank of the steps where most hours a week are lost."""
    lost = {
        (panel.name, str(step)): float(row.reindex(list(_LOST)).sum()) * rates[panel.name]
        for panel in panels
        for step, row in panel.hours.iterrows()
    }
    ranked = sorted((key for key in lost if lost[key] > 0.0), key=lambda key: -lost[key])
    return {key: rank for rank, key in enumerate(ranked[:_WORST], 1)}


def _headings(axes: Axes, y: float, labels: Mapping[str, str], rotated: bool) -> None:
    axes.text(_BARS[0], y, captions.HOURS_NOW.en, fontsize=SMALL, color=INK, va="bottom")
    names = list(labels.values())[1:]
    if not names:
        return
    above = y - (0.95 if rotated else 0.42)
    axes.text(_CHANGES[1], above, captions.HOURS_CHANGE.en, fontsize=SMALL, color=INK, va="bottom", ha="right")
    for x, name in zip(_columns(len(names)), names, strict=True):
        if rotated:
            axes.text(x, y, shortened(name, 16), fontsize=SMALL - 1.5, color=INK, rotation=90, ha="right", va="bottom")
        else:
            text = wrapped(shortened(name, 22), 11)
            axes.text(x, y, text, fontsize=SMALL - 1, color=INK, ha="right", va="bottom", fontweight="bold")


def _columns(n: int) -> list[float]:
    step = min(0.75, (_CHANGES[1] - _CHANGES[0]) / max(1, n - 1) if n > 4 else 0.75)
    return [_CHANGES[1] - step * (n - 1 - k) for k in range(n)]


def _heading(axes: Axes, y: float, panel: _Panel, sheet: Sheet) -> None:
    said = [captions.PROCESS_RATE.en.format(rate=f"{sheet.rates[panel.name]:.3g}")]
    if panel.left_out:
        shown = len(panel.plan.steps)
        said.append(captions.STEPS_LEFT_OUT.en.format(shown=shown, count=shown + panel.left_out))
    if panel.hours.empty:
        said.append(captions.PROCESS_EMPTY.en)
    axes.text(
        _MARGIN,
        y + 0.25,
        shortened(sheet.called[panel.name], 40),
        fontsize=NORMAL + 1,
        fontweight="bold",
        color=INK,
        va="center",
    )
    axes.text(_BOX[1], y + 0.25, ", ".join(said), fontsize=SMALL - 1, color=INK, va="center", ha="right")
    axes.plot([_MARGIN, _CHANGES[1]], [y + 0.06, y + 0.06], color=FAINT, linewidth=0.6)


def _panel(
    axes: Axes,
    top: float,
    pitch: float,
    panel: _Panel,
    sheet: Sheet,
    longest: float,
    worst: Mapping[tuple[str, str], int],
) -> None:
    stressed = {label: _stressed(panel.changes[label]) for label in panel.changes}
    for row, step in enumerate(panel.plan.steps):
        middle = top + (row + 0.5) * pitch
        _box(axes, middle, pitch, panel, row, sheet)
        if step in panel.hours.index:
            _bar(axes, middle, pitch, panel.hours.loc[step], longest)
        if (panel.name, step) in worst:
            _badge(axes, middle, worst[panel.name, step])
        for x, label in zip(_columns(panel.changes.shape[1]), panel.changes, strict=True):
            _change(axes, x, middle, float(panel.changes.loc[step, label]), step in stressed[label])
    _ways(axes, top, pitch, panel.plan)


def _stressed(changes: pd.Series) -> set[str]:
    """Return the steps where an alternative saves and adds most, if that is worth a look."""
    known = changes.dropna()
    if known.empty:
        return set()
    return {str(step) for step in (known.idxmin(), known.idxmax()) if abs(known[step]) >= _LEAST_MOVED}


def _box(axes: Axes, middle: float, pitch: float, panel: _Panel, row: int, sheet: Sheet) -> None:
    name = panel.plan.steps[row]
    step = panel.process.steps[name]
    left, height = _BOX[0] + _LANE * panel.plan.lanes[row], pitch * 0.76
    axes.add_patch(
        FancyBboxPatch(
            (left, middle - height / 2),
            _BOX[1] - left,
            height,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor="#F7F7F5",
            edgecolor=INK,
            linewidth=0.7,
            linestyle="solid" if step.probability >= 1.0 else (0, (4, 2)),
        )
    )
    letters = int((_BOX[1] - left) * 10.5)
    owner = shortened(sheet.called[step.R], letters // 2)
    label = shortened(sheet.called[panel.name, name], letters - len(owner))
    line = middle - height * 0.2
    axes.text(left + 0.08, line, label, fontsize=SMALL, fontweight="bold", color=INK, va="center")
    axes.text(_BOX[1] - 0.07, line, owner, fontsize=SMALL, color=INK, va="center", ha="right")
    small = shortened(_roles(panel.process, step, panel.name, sheet), int((_BOX[1] - left) * 17.5))
    axes.text(left + 0.08, middle + height * 0.26, small, fontsize=SMALL - 2.3, color=INK, va="center")


def _roles(process: Process, step: Step, name: str, sheet: Sheet) -> str:
    """Return who approves, is asked and is told, and what comes next where that is left to chance."""
    roles = (("A", [step.A] if step.A else []), ("C", step.C), ("I", step.I))
    said = [f"{role} {', '.join(sheet.called[one] for one in who)}" for role, who in roles if who]
    if step.probability < 1.0:
        said.insert(0, captions.SKIPPED.en.format(share=f"{step.probability * 100:.3g}"))
    if process.markov:
        said.insert(0, captions.THEN.en.format(ways=", ".join(_next(process, step, name, sheet))))
    return " · ".join(said)


def _next(process: Process, step: Step, name: str, sheet: Sheet) -> list[str]:
    shares = routing(step)
    ends = 1.0 - sum(shares.values())
    found = [
        f"{captions.AGAIN.en if process.steps[to] is step else sheet.called[name, to]} {share * 100:.3g} %"
        for to, share in shares.items()
        if to != END
    ]
    return [*found, f"{captions.LEAVES.en} {ends * 100:.3g} %"] if ends > 1e-9 else found


def _bar(axes: Axes, middle: float, pitch: float, hours: pd.Series, longest: float) -> None:
    total = float(hours.sum())
    scale = (_BARS[1] - _BARS[0]) / longest if longest > 0.0 else 0.0
    height = min(0.3, pitch * 0.55)
    x = _BARS[0]
    for part in (one for one in LEDGER_PARTS if one in hours.index and hours[one] > 0.0):
        fill, width = PART_FILLS[part], float(hours[part]) * scale
        axes.add_patch(
            Rectangle(
                (x, middle - height / 2),
                width,
                height,
                facecolor=fill.color,
                hatch=fill.hatch,
                edgecolor="white",
                linewidth=0.4,
            )
        )
        x += width
    axes.plot([_BARS[0]] * 2, [middle - pitch / 2, middle + pitch / 2], color=FAINT, linewidth=0.8)
    axes.text(x + 0.06, middle, f"{digits(total)} h", fontsize=SMALL - 0.5, fontweight="bold", color=INK, va="center")


def _badge(axes: Axes, middle: float, rank: int) -> None:
    axes.plot([_BADGE], [middle], marker="o", markersize=12, color=INK)
    axes.text(
        _BADGE, middle, str(rank), color="white", fontsize=SMALL, fontweight="bold", ha="center", va="center_baseline"
    )


def _change(axes: Axes, x: float, middle: float, hours: float, stressed: bool) -> None:
    text = signed(hours) if math.isfinite(hours) else "–"
    weight = "bold" if stressed else "normal"
    axes.text(x, middle, text, fontsize=SMALL - 1, color=INK, ha="right", va="center", fontweight=weight)


def _ways(axes: Axes, top: float, pitch: float, plan: Map) -> None:
    """Draw the arrows between boxes."""
    gap = pitch * 0.12
    for row in plan.straight:
        x = _BOX[0] + 0.3 + _LANE * max(plan.lanes[row], plan.lanes[row + 1])
        y = top + (row + 1) * pitch
        _arrow(axes, (x, y - gap), (x, y + gap))
    for track in plan.forward:
        _track(axes, top, pitch, plan, track)
    for track in plan.back:
        _track_back(axes, top, pitch, track)


def _track(axes: Axes, top: float, pitch: float, plan: Map, track: Track) -> None:
    def edge(row: int) -> float:
        return _BOX[0] + _LANE * plan.lanes[row]

    x = _BOX[0] - 0.18 - _TRACK * min(track.place, _MOST_TRACKS)
    start, last = top + (track.start + 0.6) * pitch, top + (track.ends[-1] + 0.4) * pitch
    axes.plot([edge(track.start), x, x], [start, start, last], color=INK, linewidth=0.9)
    for row in track.ends:
        y = top + (row + 0.4) * pitch
        _arrow(axes, (x, y), (edge(row), y))


def _track_back(axes: Axes, top: float, pitch: float, track: Track) -> None:
    x = _BOX[1] + 0.14 + _TRACK * min(track.place, 2)
    start, first = top + (track.start + 0.4) * pitch, top + (track.ends[0] + 0.6) * pitch
    axes.plot([_BOX[1], x, x], [start, start, first], color=INK, linewidth=0.9, linestyle=(0, (3, 1.5)))
    for row in track.ends:
        y = top + (row + 0.6) * pitch
        _arrow(axes, (x, y), (_BOX[1], y))


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=6, linewidth=0.9, color=INK, shrinkA=0, shrinkB=0, zorder=4
        )
    )


def _legend(figure: Figure, y: float) -> None:
    keys = [
        Patch(facecolor=fill.color, hatch=fill.hatch, edgecolor="white", label=PARTS[part].en)
        for part, fill in PART_FILLS.items()
    ]
    figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0.005, 1.0 - y / figure.get_figheight()),
        ncols=5,
        fontsize=SMALL - 0.5,
        frameon=False,
        handleheight=1.3,
        columnspacing=1.2,
    )
