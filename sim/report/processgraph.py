"""Where the steps of a process stand on its map: one below the other, branches side by side, ways back on the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from sim.spec.process import END, Process, routing

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
    graph = _graph(process, set(shown))
    rank = _ranks(graph, process)
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


def _graph(process: Process, shown: set[str]) -> nx.DiGraph:
    graph = nx.DiGraph()
    if process.markov:
        graph.add_nodes_from(name for name in process.steps if name in shown)
        graph.add_edges_from((a, b) for a in graph for b in routing(process.steps[a]) if b in shown)
        return graph
    graph.add_nodes_from(process.steps)
    graph.add_edges_from((a, b) for b, needed in process.predecessors().items() for a in needed)
    for name in [one for one in process.steps if one not in shown]:
        graph.add_edges_from([(a, b) for a in graph.predecessors(name) for b in graph.successors(name)])
        graph.remove_node(name)
    return graph


def _ranks(graph: nx.DiGraph, process: Process) -> dict[str, tuple[int, int]]:
    """Return how early a step can come: moves from the start, then place in the file; ways to earlier ones go back."""
    place = {name: index for index, name in enumerate(process.steps)}
    if not process.markov:
        depth = {name: d for d, layer in enumerate(nx.topological_generations(graph)) for name in layer}
        return {name: (depth[name], place[name]) for name in graph}
    starts = [name for name, share in process.first_steps().items() if share > 0.0 and name != END and name in graph]
    moves = nx.multi_source_dijkstra_path_length(graph, starts, weight=None) if starts else {}
    return {name: (moves.get(name, len(graph)), place[name]) for name in graph}


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
