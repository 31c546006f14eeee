"""A process as a small picture: a lane for each department, a box for each step, and rings of those who are asked."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from sim.scenario.stepgraph import ranks, step_graph
from sim.spec.process import Process, Step

NAMES = 104.0
"""Where the lanes begin, to the right of the names of departments."""

LANE, BOX = 21.0, 13.0
"""How high a lane is, and a box in it."""

USUAL, LEAST, LONGEST = 252.0, 12.0, 63.0
"""How long lanes are where steps have room; how far apart steps stand at least and at most."""

MOST_LETTERS = 19
"""Of a name, where a Chinese letter counts for two."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the steps of a process stand.

    Attributes
    ----------
    lanes
        Departments from top to bottom: as they first have something to do, then those that are only asked.
    places
        Column and lane of each step, in the order in which they are numbered.
    on, back
        Which step leads to which later one, and which goes back to an earlier one.
    asked
        For which step which other lane approves or is consulted.
    """

    lanes: tuple[str, ...]
    places: Mapping[str, tuple[int, int]]
    on: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, int], ...]


def lanes_of(process: Process) -> Lanes:
    """Lay out a process: a step stands to the right of all that must come before it, in the lane of who does it.

    Parameters
    ----------
    process : Process
        What is drawn.
    """
    graph = step_graph(process, set(process.steps))
    rank = ranks(graph, process)
    order = sorted(graph, key=rank.__getitem__)
    owner = {name: _home(process.steps[name].R) for name in order}
    asked = [(name, _home(one)) for name in order for one in _asked(process.steps[name])]
    lanes = tuple(dict.fromkeys([*owner.values(), *(one for _, one in asked)]))
    found: dict[str, tuple[int, int]] = {}
    for name in order:
        before = [found[one][0] for one in graph.predecessors(name) if rank[one] < rank[name]]
        column, lane = max(before, default=-1) + 1, lanes.index(owner[name])
        while (column, lane) in found.values():
            column += 1
        found[name] = column, lane
    places = dict(sorted(found.items(), key=lambda one: one[1]))
    ways = [(a, b) for a, b in graph.edges if a != b]
    sent = [(name, one.sends_back.to) for name, one in process.steps.items() if one.sends_back is not None]
    back = [*(way for way in ways if rank[way[0]] >= rank[way[1]]), *(way for way in sent if way[0] != way[1])]
    rings = ((name, lanes.index(one)) for name, one in asked)
    free = tuple(dict.fromkeys(one for one in rings if (places[one[0]][0], one[1]) not in places.values()))
    return Lanes(lanes, places, tuple(way for way in ways if way not in back), tuple(back), free)


def _home(name: str) -> str:
    return name.partition(".")[0]


def _asked(step: Step) -> tuple[str, ...]:
    return (*([step.A] if step.A is not None else []), *step.C)


def drawn(process: Process, names: Mapping[str, str]) -> str:
    """Return the picture of a process as SVG; whoever cannot see it reads its steps beside it.

    Parameters
    ----------
    process : Process
        What is drawn.
    names : mapping
        What departments are called.
    """
    plan = lanes_of(process)
    columns = 1 + max(column for column, _ in plan.places.values())
    pitch = max(LEAST, min(LONGEST, USUAL / columns))
    end = NAMES + max(USUAL, pitch * columns)
    view = f"0 -5 {end:g} {LANE * len(plan.lanes) + 10:g}"
    parts = "".join(_parts(process, plan, names, pitch, end))
    return f'<svg class="lanes" viewBox="{view}" aria-hidden="true">{parts}</svg>'


def _parts(process: Process, plan: Lanes, names: Mapping[str, str], pitch: float, end: float) -> Iterator[str]:
    for lane, name in enumerate(plan.lanes):
        y = LANE * (lane + 0.5)
        yield f'<text class="who" x="0" y="{y + 3.5:g}">{html.escape(_cut(names[name]))}</text>'
        yield f'<line x1="{NAMES:g}" y1="{y:g}" x2="{end:g}" y2="{y:g}"/>'
    at = {name: (NAMES + pitch * (column + 0.5), LANE * (lane + 0.5)) for name, (column, lane) in plan.places.items()}
    wide = min(20.0, pitch * 0.72)
    for name, lane in plan.asked:
        x, y, to = *at[name], LANE * (lane + 0.5)
        yield f'<path class="asks" d="M{x:g} {y:g}V{to:g}"/><circle cx="{x:g}" cy="{to:g}" r="3"/>'
    for a, b in plan.on:
        yield f'<path d="{_onwards(at[a], at[b], wide / 2)}"/>'
    for a, b in plan.back:
        yield f'<path class="back" d="{_backwards(at[a], at[b])}"/>'
    for number, (name, (x, y)) in enumerate(at.items(), 1):
        kind = ' class="some"' if process.steps[name].probability < 1.0 else ""
        yield (
            f'<g{kind}><rect x="{x - wide / 2:g}" y="{y - BOX / 2:g}" width="{wide:g}" height="{BOX:g}" rx="2.5"/>'
            f'<text x="{x:g}" y="{y + 3:g}">{number}</text></g>'
        )


def _onwards(start: tuple[float, float], end: tuple[float, float], half: float) -> str:
    """Leave to the right and come from the left: past what lies between in the lane where work goes."""
    (x, y), (to, down) = start, end
    begin, bent = x + half, x + half + min(to - x, 26.0) / 2
    return f"M{begin:g} {y:g}C{bent:g} {y:g} {begin:g} {down:g} {bent:g} {down:g}H{to - half:g}"


def _backwards(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Go back in an arc above."""
    (x, y), (to, down) = start, end
    top = min(y, down) - LANE * 0.62
    return f"M{x:g} {y - BOX / 2:g}C{x:g} {top:g} {to:g} {top:g} {to:g} {down - BOX / 2:g}"


def _cut(name: str) -> str:
    return name if cell_len(name) <= MOST_LETTERS else f"{set_cell_size(name, MOST_LETTERS - 1).rstrip()}…"
