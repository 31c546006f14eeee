"""The steps of a process as a graph, and how early each can come."""

from __future__ import annotations

from collections.abc import Collection

import networkx as nx

from sim.spec.process import END, Process, routing


def step_graph(process: Process, shown: Collection[str]) -> nx.DiGraph:
    """Return the steps in `shown` and which leads to which; what stood between two of them is skipped over."""
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


def ranks(graph: nx.DiGraph, process: Process) -> dict[str, tuple[int, int]]:
    """Return how early a step can come: moves from the start, then place in the file; ways to earlier ones go back."""
    place = {name: index for index, name in enumerate(process.steps)}
    if not process.markov:
        depth = {name: d for d, layer in enumerate(nx.topological_generations(graph)) for name in layer}
        return {name: (depth[name], place[name]) for name in graph}
    starts = [name for name, share in process.first_steps().items() if share > 0.0 and name != END and name in graph]
    moves = nx.multi_source_dijkstra_path_length(graph, starts, weight=None) if starts else {}
    return {name: (moves.get(name, len(graph)), place[name]) for name in graph}
