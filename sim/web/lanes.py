"""A process as a small picture: a lane for each department, a box for each step, and rings of those who are asked."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from sim.scenario.stepgraph import ranks, step_graph
from sim.spec.process import Process, Step

NAMES = 104.0
"""Where the lanes begin, to the right of the names of departments."""

LANE, ROW, BOX = 21.0, 17.0, 13.0
"""How high a lane of one row is, each further row of it, and a box."""

MOST_ROWS = 4
"""Steps of one department that stand above one another at most."""

USUAL, LEAST, LONGEST = 252.0, 12.0, 63.0
"""How long lanes are where steps have room; how far apart steps stand at least and at most."""

MOST_LETTERS = 19
"""Of a name, where a Chinese letter counts for two."""


class Place(NamedTuple):
    """Where a step stands: beside others of its department that need not wait for each other, below them."""

    column: int
    lane: int
    row: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the steps of a process stand.

    Attributes
    ----------
    lanes
        Departments from top to bottom: as they first have something to do, then those that are only asked.
    rows
        How many rows each lane has.
    places
        Where each step stands, in the order in which they are numbered.
    on, back
        Which step leads to which later one, and which goes back to an earlier one.
    asked
        For which step which other lane approves or is consulted.
    """

    lanes: tuple[str, ...]
    rows: tuple[int, ...]
    places: Mapping[str, Place]
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
    found: dict[str, Place] = {}
    for name in order:
        before = [found[one] for one in graph.predecessors(name) if rank[one] < rank[name]]
        found[name] = _free(before, lanes.index(owner[name]), set(found.values()))
    places = dict(sorted(found.items(), key=lambda one: one[1]))
    rows = tuple(1 + max((one.row for one in found.values() if one.lane == k), default=0) for k in range(len(lanes)))
    ways = [(a, b) for a, b in graph.edges if a != b]
    sent = [(name, one.sends_back.to) for name, one in process.steps.items() if one.sends_back is not None]
    back = [*(way for way in ways if rank[way[0]] >= rank[way[1]]), *(way for way in sent if way[0] != way[1])]
    rings = ((name, lanes.index(one)) for name, one in asked)
    taken = {(one.column, one.lane) for one in places.values()}
    free = tuple(dict.fromkeys(one for one in rings if (places[one[0]].column, one[1]) not in taken))
    return Lanes(lanes, rows, places, tuple(way for way in ways if way not in back), tuple(back), free)


def _free(before: Sequence[Place], lane: int, taken: Set[Place]) -> Place:
    """Return the first place in a lane to the right of what comes before, in its row where that is of the same lane."""
    column = 1 + max((one.column for one in before), default=-1)
    row = min((one.row for one in before if one.lane == lane), default=0)
    places = (Place(later, lane, one) for later in count(column) for one in (row, *range(MOST_ROWS)))
    return next(one for one in places if one not in taken)


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
    columns = 1 + max(one.column for one in plan.places.values())
    pitch = max(LEAST, min(LONGEST, USUAL / columns))
    end = NAMES + max(USUAL, pitch * columns)
    view = f"0 -5 {end:g} {_top(plan, len(plan.lanes)) + 10:g}"
    parts = "".join(_parts(process, plan, names, pitch, end))
    return f'<svg class="lanes" viewBox="{view}" aria-hidden="true">{parts}</svg>'


def _parts(process: Process, plan: Lanes, names: Mapping[str, str], pitch: float, end: float) -> Iterator[str]:
    for lane, name in enumerate(plan.lanes):
        y = (_top(plan, lane) + _top(plan, lane + 1)) / 2
        yield f'<text class="who" x="0" y="{y + 3.5:g}">{html.escape(_cut(names[name]))}</text>'
        for y in (_height(plan, lane, row) for row in range(plan.rows[lane])):
            yield f'<line x1="{NAMES:g}" y1="{y:g}" x2="{end:g}" y2="{y:g}"/>'
    at = {
        name: (NAMES + pitch * (one.column + 0.5), _height(plan, one.lane, one.row))
        for name, one in plan.places.items()
    }
    wide = min(20.0, pitch * 0.72)
    for name, lane in plan.asked:
        x, y, to = *at[name], _height(plan, lane, 0)
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


def _top(plan: Lanes, lane: int) -> float:
    return sum(LANE + ROW * (rows - 1) for rows in plan.rows[:lane])


def _height(plan: Lanes, lane: int, row: int) -> float:
    return _top(plan, lane) + LANE / 2 + ROW * row


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
