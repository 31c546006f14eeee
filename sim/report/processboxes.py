"""The boxes of a map of processes: steps, who does what in them, and the ways from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from sim.report.fit import cut, width
from sim.report.material import Material
from sim.report.page import Page, line_height
from sim.report.processgraph import Map, Track
from sim.report.processpanels import Panel
from sim.report.style import INK, SMALL, SOFT, TINY
from sim.spec.process import END, Process, Step, routing
from sim.words import words

_TEXTS = words("pictures")

BOX = (0.85, 4.55)
"""Inches from the left edge of the page where boxes begin and end."""

_LANE = 0.28
_TRACK = 0.09
_MOST_TRACKS = 5
_INSIDE = 0.09
_LINES = 2
"""Lines of roles that a box has room for."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one process: where the first begins, inches for each, and what they are of."""

    top: float
    pitch: float
    panel: Panel
    found: Material


def draw_boxes(page: Page, boxes: Boxes) -> None:
    """Draw the steps of a process below each other, and arrows between them."""
    for row in range(len(boxes.panel.plan.steps)):
        _box(page, boxes, row)
    _ways(page, boxes.top, boxes.pitch, boxes.panel.plan)


def role_lines(panel: Panel, row: int, found: Material) -> list[str]:
    """Return who has which part in a step, as it stands in its box."""
    step = panel.process.steps[panel.plan.steps[row]]
    room = BOX[1] - BOX[0] - _LANE * panel.plan.lanes[row] - 2 * _INSIDE
    lines: list[str] = []
    for role in roles_of(panel.process, step, panel.name, found):
        if lines and width(f"{lines[-1]} · {role}", TINY) <= room:
            lines[-1] += f" · {role}"
        else:
            lines.append(role)
    return [cut(line, room, TINY) for line in (*lines[: _LINES - 1], " · ".join(lines[_LINES - 1 :])) if line]


def _box(page: Page, boxes: Boxes, row: int) -> None:
    panel, found = boxes.panel, boxes.found
    name = panel.plan.steps[row]
    step = panel.process.steps[name]
    middle, height = boxes.top + (row + 0.5) * boxes.pitch, boxes.pitch * 0.78
    left = BOX[0] + _LANE * panel.plan.lanes[row]
    page.axes.add_artist(
        FancyBboxPatch(
            (left, middle - height / 2),
            BOX[1] - left,
            height,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor="#F7F6F3",
            edgecolor=INK,
            linewidth=0.7,
            linestyle="solid" if step.probability >= 1.0 else (0, (4, 2)),
        )
    )
    room = BOX[1] - left - 2 * _INSIDE
    label = cut(found.sheet.steps[panel.name][name], room * 0.62, SMALL, bold=True)
    owner = cut(found.sheet.people[step.R], room - width(label, SMALL, bold=True) - 0.12, SMALL)
    roles = role_lines(panel, row, found)
    lines = [line_height(SMALL), *(line_height(TINY) * 0.95 for _ in roles)]
    y = middle - sum(lines) / 2
    page.line(left + _INSIDE, y + lines[0] / 2, label, SMALL, bold=True)
    page.line(BOX[1] - _INSIDE, y + lines[0] / 2, owner, SMALL, side="right")
    for place, text in enumerate(roles, 1):
        page.line(left + _INSIDE, y + sum(lines[:place]) + lines[place] / 2, text, TINY, color=SOFT)


def roles_of(process: Process, step: Step, name: str, found: Material) -> list[str]:
    """Return what comes next where chance decides, who approves and is asked, who may object, and who is told."""

    def people(names: Sequence[str]) -> str:
        return found.say(_TEXTS.BETWEEN).join(found.sheet.people[one] for one in names)

    ways = found.say(_TEXTS.BETWEEN).join(_next(process, step, name, found)) if process.markov else ""
    said = [found.say(_TEXTS.PROCESS["then"], ways=ways)] if process.markov else []
    if step.probability < 1.0:
        said.append(found.say(_TEXTS.PROCESS["share"], share=f"{step.probability * 100:.3g}"))
    if step.sends_back is not None:
        to = found.sheet.steps[name][step.sends_back.to]
        said.append(found.say(_TEXTS.PROCESS["back"], step=to, share=f"{step.sends_back.share * 100:.3g}"))
    said += [f"{role} {people(who)}" for role, who in (("A", [step.A] if step.A else []), ("C", step.C)) if who]
    if step.contested_by:
        said.append(found.say(_TEXTS.PROCESS["disputed"], names=people(step.contested_by)))
    return [*said, f"I {people(step.I)}"] if step.I else said


def _next(process: Process, step: Step, name: str, found: Material) -> list[str]:
    shares = routing(step)
    ends = 1.0 - sum(shares.values())
    ways = [
        found.say(
            _TEXTS.PROCESS["way"],
            step=found.say(_TEXTS.PROCESS["again"]) if process.steps[to] is step else found.sheet.steps[name][to],
            share=f"{share * 100:.3g}",
        )
        for to, share in shares.items()
        if to != END
    ]
    if ends > 1e-9:
        ways.append(
            found.say(_TEXTS.PROCESS["way"], step=found.say(_TEXTS.PROCESS["leaves"]), share=f"{ends * 100:.3g}")
        )
    return ways


def _ways(page: Page, top: float, pitch: float, plan: Map) -> None:
    """Draw the arrows between boxes."""
    gap = pitch * 0.11
    for row in plan.straight:
        x = BOX[0] + 0.3 + _LANE * max(plan.lanes[row], plan.lanes[row + 1])
        y = top + (row + 1) * pitch
        _arrow(page, (x, y - gap), (x, y + gap))
    for track in plan.forward:
        _track(page, top, pitch, plan, track)
    for track in plan.back:
        _track_back(page, top, pitch, track)


def _track(page: Page, top: float, pitch: float, plan: Map, track: Track) -> None:
    def edge(row: int) -> float:
        return BOX[0] + _LANE * plan.lanes[row]

    x = BOX[0] - 0.15 - _TRACK * min(track.place, _MOST_TRACKS)
    start, last = top + (track.start + 0.6) * pitch, top + (track.ends[-1] + 0.4) * pitch
    page.axes.plot([edge(track.start), x, x], [start, start, last], color=INK, linewidth=0.9)
    for row in track.ends:
        y = top + (row + 0.4) * pitch
        _arrow(page, (x, y), (edge(row), y))


def _track_back(page: Page, top: float, pitch: float, track: Track) -> None:
    x = BOX[1] + 0.12 + _TRACK * min(track.place, 2)
    start, first = top + (track.start + 0.4) * pitch, top + (track.ends[0] + 0.6) * pitch
    page.axes.plot([BOX[1], x, x], [start, start, first], color=INK, linewidth=0.9, linestyle=(0, (3, 1.5)))
    for row in track.ends:
        y = top + (row + 0.6) * pitch
        _arrow(page, (x, y), (BOX[1], y))


def _arrow(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.axes.add_artist(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=6, linewidth=0.9, color=INK, shrinkA=0, shrinkB=0, zorder=4
        )
    )
