"""The figure of processes: their steps as a map, who does what, and where a case spends its time."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch, Rectangle

from sim.report.numbers import digits, signed
from sim.report.processgraph import Map, Track
from sim.report.processpanels import Panel, Parts, Sheet, panels_of, worst_places
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
    told_apart,
    wrapped,
)
from sim.spec.process import END, Process, Step, routing
from sim.vocab import LEDGER_PARTS
from sim.words import words

captions = words("pictures")

texts = words("terminal")

WIDTH = 11.7
_MARGIN = 0.15
_BOX = (0.85, 4.55)
"""Inches from the left edge where the boxes of steps begin and end."""

_LANE = 0.28
_BADGE = 5.08
_BARS = 5.25
_FEW = 5
_LONGEST = 3.0
"""Inches for the longest bar, where columns of changes leave so much."""

_NUMBERS = 1.25
"""Inches between a bar and the right edge of the first column of changes, for what stands there."""

_MOST_ALTERNATIVES = 8
_COLUMN = (0.75, 0.43)
"""Inches between columns of changes, with few alternatives and with more."""

_RIGHT = 11.6
_TRACK = 0.11
_MOST_TRACKS = 5


def draw_processes(
    places: pd.DataFrame, sheet: Sheet, labels: Mapping[str, str], heading: str, doubtful: Collection[str] = ()
) -> Figure:
    """Draw a panel for each process: the map on the left, hours by step, and what alternatives change.

    Parameters
    ----------
    places
        Columns alternative, process, step and the parts of the ledger: mean hours per case of the process that counts.
    sheet
        The processes and their words.
    labels
        What people call the baseline, which comes first, and the alternatives, by name.
    heading
        How the title begins.
    doubtful
        Names of alternatives that leave more unfinished or get less done, whose savings may be none.
    """
    labels = {name: f"{label} ◐" if name in doubtful else label for name, label in labels.items()}
    shown = dict(list(labels.items())[: _MOST_ALTERNATIVES + 1])
    panels = panels_of(places, sheet, list(shown))
    rows = sum(len(panel.plan.steps) for panel in panels)
    pitch = 0.56 if rows <= 16 else 0.44
    head = wrapped(captions.PROCESS_TITLE.en.format(heading=heading), 105)
    many = len(shown) - 1 > _FEW
    heads = [wrapped(one, 11) for one in told_apart(list(shown.values())[1:], 18 if many else 22)]
    deep = 1.15 if many else 0.17 + 0.13 * max((one.count("\n") for one in heads), default=0)
    top = 0.45 + 0.2 * head.count("\n") + deep
    doubt = [captions.PROCESS_DOUBT.en] if doubtful else []
    notes = wrapped(
        " ".join([captions.PROCESS_NOTE.en, *doubt, *_left_out(sheet, panels, len(labels) - len(shown))]), 185
    )
    foot = 1.0 + 0.16 * (notes.count("\n") + 1)
    height = top + sum(0.4 + pitch * len(panel.plan.steps) for panel in panels) + foot
    figure = new_page(WIDTH, height)
    axes = placed(figure, 0.0, 0.0, WIDTH, height)
    axes.set_axis_off()
    axes.set_xlim(0.0, WIDTH)
    axes.set_ylim(height, 0.0)
    say(figure, _MARGIN, 0.12, head, LARGE, "bold")
    _headings(axes, top, heads, deep)
    worst = worst_places(panels, sheet.rates)
    longest = max((sum(parts.values()) for panel in panels for parts in panel.hours.values()), default=0.0)
    y = top
    for panel in panels:
        _heading(axes, y, panel, sheet)
        _panel(axes, y + 0.4, pitch, panel, sheet, longest, worst)
        y += 0.4 + pitch * len(panel.plan.steps)
    _legend(figure, y + 0.1)
    say(figure, _MARGIN, height - foot + 0.85, notes, SMALL - 1)
    return figure


def _left_out(sheet: Sheet, panels: Sequence[Panel], alternatives: int) -> list[str]:
    more = len(sheet.processes) - len(panels)
    found = [captions.PROCESSES_LEFT_OUT.en.format(shown=len(panels), count=more)] if more else []
    return [*found, captions.ALTERNATIVES_LEFT_OUT.en.format(count=alternatives)] if alternatives > 0 else found


def _headings(axes: Axes, y: float, heads: Sequence[str], deep: float) -> None:
    axes.text(_BARS, y, captions.HOURS_NOW.en, fontsize=SMALL, color=INK, va="bottom")
    if not heads:
        return
    axes.text(_RIGHT, y - deep, captions.HOURS_CHANGE.en, fontsize=SMALL, color=INK, va="bottom", ha="right")
    turned = {"rotation": 90.0, "size": SMALL - 1.5} if len(heads) > _FEW else {"rotation": 0.0, "size": SMALL - 1}
    for x, text in zip(_columns(len(heads)), heads, strict=True):
        axes.text(
            x,
            y,
            text.replace("\n", " ") if len(heads) > _FEW else text,
            fontsize=turned["size"],
            rotation=turned["rotation"],
            color=INK,
            ha="right",
            va="bottom",
            fontweight="bold",
        )


def _room(alternatives: int) -> float:
    """Return the inches there are for the longest bar."""
    return min([_LONGEST, *(x - _NUMBERS - _BARS for x in _columns(alternatives))])


def _columns(n: int) -> list[float]:
    return [_RIGHT - _COLUMN[n > _FEW] * (n - 1 - k) for k in range(n)]


def _heading(axes: Axes, y: float, panel: Panel, sheet: Sheet) -> None:
    said = [captions.PROCESS_RATE.en.format(rate=f"{sheet.rates[panel.name]:.3g}")]
    if panel.left_out:
        shown = len(panel.plan.steps)
        said.append(captions.STEPS_LEFT_OUT.en.format(shown=shown, count=shown + panel.left_out))
    if not panel.hours:
        said.append(captions.PROCESS_EMPTY.en)
    axes.text(
        _MARGIN,
        y + 0.25,
        shortened(sheet.titles[panel.name], 40),
        fontsize=NORMAL + 1,
        fontweight="bold",
        color=INK,
        va="center",
    )
    axes.text(_BOX[1], y + 0.25, ", ".join(said), fontsize=SMALL - 1, color=INK, va="center", ha="right")
    axes.plot([_MARGIN, _RIGHT], [y + 0.06, y + 0.06], color=FAINT, linewidth=0.6)


def _panel(
    axes: Axes,
    top: float,
    pitch: float,
    panel: Panel,
    sheet: Sheet,
    longest: float,
    worst: Mapping[tuple[str, str], int],
) -> None:
    for row, step in enumerate(panel.plan.steps):
        middle = top + (row + 0.5) * pitch
        _box(axes, middle, pitch, panel, row, sheet)
        if step in panel.hours:
            _bar(axes, middle, pitch, panel.hours[step], longest, _room(len(panel.changes)))
        if (panel.name, step) in worst:
            _badge(axes, middle, worst[panel.name, step])
        for x, (label, changes) in zip(_columns(len(panel.changes)), panel.changes.items(), strict=True):
            _change(axes, x, middle, changes[step], (label, step) in panel.stressed)
    _ways(axes, top, pitch, panel.plan)


def _box(axes: Axes, middle: float, pitch: float, panel: Panel, row: int, sheet: Sheet) -> None:
    name = panel.plan.steps[row]
    step = panel.process.steps[name]
    left, height = _BOX[0] + _LANE * panel.plan.lanes[row], pitch * 0.76
    axes.add_artist(
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
    owner = shortened(sheet.people[step.R], letters // 2)
    label = shortened(sheet.steps[panel.name][name], letters - len(owner))
    roles = _roles(panel.process, step, panel.name, sheet)
    line = middle - height * 0.2 if roles else middle
    axes.text(left + 0.08, line, label, fontsize=SMALL, fontweight="bold", color=INK, va="center")
    axes.text(_BOX[1] - 0.07, line, owner, fontsize=SMALL, color=INK, va="center", ha="right")
    small = shortened(roles, int((_BOX[1] - left) * 19.5))
    axes.text(left + 0.08, middle + height * 0.25, small, fontsize=SMALL - 2, color=INK, va="center")


def _roles(process: Process, step: Step, name: str, sheet: Sheet) -> str:
    """Return what comes next where chance decides, who approves and is asked, who may object, and who is told."""

    def people(names: Sequence[str]) -> str:
        return ", ".join(sheet.people[one] for one in names)

    said = [captions.THEN.en.format(ways=", ".join(_next(process, step, name, sheet)))] if process.markov else []
    if step.probability < 1.0:
        said.append(captions.SKIPPED.en.format(share=f"{step.probability * 100:.3g}"))
    said += [f"{role} {people(who)}" for role, who in (("A", [step.A] if step.A else []), ("C", step.C)) if who]
    if step.contested_by:
        said.append(captions.DISPUTED.en.format(names=people(step.contested_by)))
    return " · ".join([*said, f"I {people(step.I)}"] if step.I else said)


def _next(process: Process, step: Step, name: str, sheet: Sheet) -> list[str]:
    shares = routing(step)
    ends = 1.0 - sum(shares.values())
    found = [
        f"{captions.AGAIN.en if process.steps[to] is step else sheet.steps[name][to]} {share * 100:.3g} %"
        for to, share in shares.items()
        if to != END
    ]
    return [*found, f"{captions.LEAVES.en} {ends * 100:.3g} %"] if ends > 1e-9 else found


def _bar(axes: Axes, middle: float, pitch: float, hours: Parts, longest: float, room: float) -> None:
    total = sum(hours.values())
    scale = room / longest if longest > 0.0 else 0.0
    height = min(0.3, pitch * 0.55)
    x = _BARS
    for part in (one for one in LEDGER_PARTS if hours.get(one, 0.0) > 0.0):
        fill, width = PART_FILLS[part], hours[part] * scale
        axes.add_artist(
            Rectangle(
                (x, middle - height / 2),
                width,
                height,
                facecolor=fill.color,
                hatch=fill.hatch,
                edgecolor=fill.edge,
                linewidth=0.4,
            )
        )
        x += width
    axes.plot([_BARS] * 2, [middle - pitch / 2, middle + pitch / 2], color=FAINT, linewidth=0.8)
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
    axes.add_artist(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=6, linewidth=0.9, color=INK, shrinkA=0, shrinkB=0, zorder=4
        )
    )


def _legend(figure: Figure, y: float) -> None:
    keys = [
        Patch(facecolor=fill.color, hatch=fill.hatch, edgecolor=fill.edge, label=texts.PARTS[part].en)
        for part, fill in PART_FILLS.items()
        if part in LEDGER_PARTS
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
