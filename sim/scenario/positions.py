"""Where departments stand in a picture of an organization: the main process from left to right, the rest around it.

The main process is the one on which most hours are planned. Those who are responsible for its steps stand from left to
right in the order of the steps, by turns higher and lower, so that no line runs through a third one. Whoever else deals
with them is put near those with whom it deals most, never so near that circles touch, and not on a line; whoever deals
with nobody stands where there is room. Approvers stand beside their department. All of it is worked out from what is
planned, so that a picture does not change with what is tried, and the same file always gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario.dealings import planned_traffic
from sim.scenario.stepgraph import ranks, step_graph
from sim.spec.organization import Organization
from sim.spec.process import Process
from sim.spec.traffic import visits

WIDE = 2.0
"""How many times wider than high a picture is taken to be when distances are compared."""

LEFT, RIGHT, TOP, BOTTOM = 0.08, 0.92, 0.1, 0.9
"""The frame in which departments stand; approvers may stand outside of it."""

MANY = 60
"""Departments from which on they stand in rows, whoever deals with whom."""

_ROOM = 0.8
"""The least distance that is tried first, beside the side of a square that every department could have for itself."""

_BESIDE = 0.4
"""How far from its department an approver stands, and how near a line may come to a third one, in least distances."""

Points = NDArray[np.float64]


class Position(NamedTuple):
    """A place in a picture: x from 0 (left) to 1, y from 0 (top) to 1."""

    x: float
    y: float


def main_process(organization: Organization) -> Process:
    """Return the process on which most hours of work are planned; of several the first."""
    return max(organization.processes.values(), key=_hours)


def positions_of(organization: Organization) -> dict[str, Position]:
    """Return where every department and every approver stands.

    Parameters
    ----------
    organization
        An organization, or a scenario.

    Returns
    -------
    dict
        By owner of a queue, in the order of `Organization.pools`. In a picture twice as wide as high no two departments
        are nearer to each other than half the side of the square that each could have for itself.

    Examples
    --------
    >>> from sim.scenario.positions import positions_of
    >>> found = positions_of(sim.load("order_delivery"))
    >>> found["sales"].x < found["purchasing"].x < found["production"].x < found["warehouse"].x
    True
    """
    traffic = planned_traffic(organization)
    places = _departments(organization, traffic)
    every = places | _approvers(organization, places)
    plain = {name: (float(x) / WIDE, float(y)) for name, (x, y) in every.items()}
    return {name: Position(*(round(value, 3) for value in plain[name])) for name in organization.pools()}


def along(process: Process) -> list[str]:
    """Return who is responsible for the steps of a process, in the order in which these can come."""
    rank = ranks(step_graph(process, process.steps), process)
    return list(dict.fromkeys(process.steps[name].R for name in sorted(process.steps, key=rank.__getitem__)))


def _hours(process: Process) -> float:
    often = visits(process)
    return process.demand.weekly * sum(often[name] * step.work.mean for name, step in process.steps.items())


def _departments(organization: Organization, traffic: Mapping[tuple[str, str], float]) -> dict[str, Points]:
    """Return where departments stand, in a picture of height 1."""
    path, everybody = along(main_process(organization)), list(organization.departments)
    if len(everybody) > MANY:
        return _in_rows([*path, *(name for name in everybody if name not in path)])
    least = _ROOM * math.sqrt(WIDE / len(everybody))
    while True:
        placed = _on_the_way(path)
        if all(_put(name, placed, traffic, least) for name in _nearest_first(everybody, placed, traffic)):
            return placed
        least *= 0.95


def _in_rows(names: Sequence[str]) -> dict[str, Points]:
    """Return places row by row, from left to right."""
    columns = math.ceil(math.sqrt(WIDE * len(names)))
    rows = math.ceil(len(names) / columns)
    xs, ys = np.linspace(LEFT, RIGHT, columns) * WIDE, np.linspace(TOP, BOTTOM, rows)
    return {name: np.array([xs[k % columns], ys[k // columns]]) for k, name in enumerate(names)}


def _on_the_way(path: Sequence[str]) -> dict[str, Points]:
    """Return where the departments of the main process stand: from left to right, by turns higher and lower."""
    levels = 2 if len(path) < 10 else 1 + math.ceil(math.sqrt(len(path) / 2))
    heights = np.linspace(0.36, 0.62, 2) if levels == 2 else np.linspace(TOP, BOTTOM, levels)
    turns = [*range(0, levels, 2), *range(1, levels, 2)]
    xs = np.linspace(LEFT, RIGHT, len(path)) if len(path) > 1 else [0.5]
    return {name: np.array([xs[k] * WIDE, heights[turns[k % levels]]]) for k, name in enumerate(path)}


def _nearest_first(
    names: Sequence[str], placed: Mapping[str, Points], traffic: Mapping[tuple[str, str], float]
) -> list[str]:
    """Return who has no place yet, each after those with whom it deals most; of equals the first in the file."""
    order, left = list(placed), [name for name in names if name not in placed]
    met = dict.fromkeys(left, 0.0)
    for (one, other), weekly in traffic.items():
        for name, partner in ((one, other), (other, one)):
            if name in met and partner in placed:
                met[name] += weekly
    found = []
    while left:
        name = max(left, key=met.__getitem__)
        left.remove(name)
        found.append(name)
        order.append(name)
        for other in left:
            met[other] += _between(traffic, name, other)
    return found


def _between(traffic: Mapping[tuple[str, str], float], one: str, other: str) -> float:
    return traffic.get((one, other), 0.0) + traffic.get((other, one), 0.0)


def _lattice(fine: int) -> Points:
    """Return places that are tried, from the middle of the picture outwards."""
    xs, ys = np.linspace(LEFT, RIGHT, 2 * fine + 1) * WIDE, np.linspace(TOP, BOTTOM, fine + 1)
    every = np.array([[x, y] for x in xs for y in ys])
    away = np.round(np.abs(every - [WIDE / 2, 0.5]) @ [0.5, 1.0], 9)
    return every[np.lexsort((every[:, 0], every[:, 1], away))]


def _put(name: str, placed: dict[str, Points], traffic: Mapping[tuple[str, str], float], least: float) -> bool:
    """Give a department the best place that is far enough from all others; say whether there was one."""
    others = np.array(list(placed.values()))
    tried = _lattice(16 if len(placed) < 30 else 28)
    apart = np.linalg.norm(tried[:, None] - others[None], axis=2)
    tried, apart = tried[apart.min(axis=1) >= least], apart[apart.min(axis=1) >= least]
    if not len(tried):
        return False
    weights = np.array([_between(traffic, name, other) for other in placed])
    cost = -0.25 * np.minimum(apart.min(axis=1), 2.0 * least)
    if weights.sum() > 0.0:
        shares = weights / weights.sum()
        cost += apart @ shares + sum(
            share * _in_the_way(tried, end, np.delete(others, k, axis=0), least)
            for k, (share, end) in enumerate(zip(shares, others, strict=True))
            if share > 0.0
        )
    lines = [(placed[a], placed[b], weekly) for (a, b), weekly in traffic.items() if a in placed and b in placed]
    total = sum(weekly for *_, weekly in lines) or 1.0
    cost += sum(weekly / total * _near(tried, a, b, least) for a, b, weekly in lines)
    placed[name] = tried[int(np.argmin(np.round(cost, 9)))]
    return True


def _in_the_way(starts: Points, end: Points, others: Points, least: float) -> Points:
    """Return how many third ones stand on the line from each start to an end."""
    return (
        np.sum([_near(other, starts, end, least) for other in others], axis=0) if len(others) else np.zeros(len(starts))
    )


def _near(points: Points, start: Points, end: Points, least: float) -> Points:
    """Return 1 for points that stand on a line between two others, and 0 for the rest; both ends may be many."""
    way = end - start
    length = np.maximum((way**2).sum(axis=-1), 1e-12)
    along_it = np.clip(((points - start) * way).sum(axis=-1) / length, 0.0, 1.0)
    foot = start + way * along_it[..., None]
    return (np.linalg.norm(points - foot, axis=-1) < _BESIDE * least).astype(float)


def _approvers(organization: Organization, places: Mapping[str, Points]) -> dict[str, Points]:
    """Return where approvers stand: beside their department, above it where there is room."""
    everybody = np.array(list(places.values()))
    least = min(_least(everybody), 0.5)
    angles = np.radians([-60, -120, -30, -150, 0, 180, -90, 30, 150, 60, 120, 90])
    around = _BESIDE * least * np.column_stack([np.cos(angles), np.sin(angles)])
    found: dict[str, Points] = {}
    for name in (one for one in organization.pools() if "." in one):
        tried = places[name.partition(".")[0]] + around
        taken = np.array([*everybody, *found.values()])
        inside = (tried > 0.02).all(axis=1) & (tried < [WIDE - 0.04, 0.98]).all(axis=1)
        room = np.linalg.norm(tried[:, None] - taken[None], axis=2).min(axis=1)
        found[name] = tried[int(np.argmax(np.round(np.minimum(room, _BESIDE * least) + inside, 6)))]
    return found


def _least(points: Points) -> float:
    """Return how near two of some places are at least."""
    if len(points) < 2:
        return math.inf
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    return float(apart[~np.eye(len(points), dtype=bool)].min())
