"""Where the steps of a process stand on its map: one below the other, branches side by side, ways back on the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from sim.scenario.stepgraph import ranks, step_graph
from sim.spec.process import Process

LANES = 4
"""Branches that are told apart; further ones share the last lane."""


@dataclass(frozen=True, slots=True)
class Track:
    """A line beside the steps, from one step to those that follow it and do not stand next below.

    Attributes
    ----------
    start
        Row where it begins.
    ends
        Rows where it leads.
    place
        How far from the steps: 0 is the nearest.
    """

    start: int
    ends: tuple[int, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Map:
    """Steps from top to bottom, and how they are connected.

    Attributes
    ----------
    steps
        Names by row.
    lanes
        How far to the right each row's step stands: parallel branches have lanes of their own.
    straight
        Rows that lead to the row below.
    forward, back
        Longer ways down, and ways back up (Markov routing).
    """

    steps: tuple[str, ...]
    lanes: tuple[int, ...]
    straight: frozenset[int]
    forward: tuple[Track, ...]
    back: tuple[Track, ...]


def mapped(process: Process, shown: Iterable[str]) -> Map:
    """Lay out the steps in `shown`; what stood between two of them is skipped over."""
    graph = step_graph(process, set(shown))
    rank = ranks(graph, process)
    down = nx.DiGraph()
    down.add_nodes_from(graph)
    down.add_edges_from((a, b) for a, b in graph.edges if rank[a] < rank[b])
    rows: list[str] = []
    lanes: list[int] = []
    for layer in nx.topological_generations(down):
        ordered = sorted(layer, key=rank.__getitem__)
        rows += ordered
        lanes += [min(place, LANES - 1) for place in range(len(ordered))]
    at = {name: row for row, name in enumerate(rows)}
    ways = [(at[a], at[b]) for a, b in graph.edges if a != b]
    return Map(
        tuple(rows),
        tuple(lanes),
        frozenset(a for a, b in ways if b == a + 1),
        _tracks([(a, b) for a, b in ways if b > a + 1]),
        _tracks([(a, b) for a, b in ways if b < a]),
    )


def _tracks(ways: Sequence[tuple[int, int]]) -> tuple[Track, ...]:
    """Give every step with such ways a line of its own, as near as no other line is in the way."""
    ends: dict[int, list[int]] = {}
    for a, b in sorted(ways):
        ends.setdefault(a, []).append(b)
    taken: list[list[tuple[int, int]]] = []
    found = []
    for a in sorted(ends, key=lambda one: _length(one, ends)):
        low, high = min(a, *ends[a]), max(a, *ends[a])
        free = (k for k, spans in enumerate(taken) if all(high < other[0] or low > other[1] for other in spans))
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append((low, high))
        found.append(Track(a, tuple(ends[a]), place))
    return tuple(found)


def _length(start: int, ends: Mapping[int, Sequence[int]]) -> int:
    return max(abs(start - end) for end in ends[start])
