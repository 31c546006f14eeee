"""What would have to be true: the smallest departure from typical at which a claim holds, found by simulating.

Rounds are fixed, and nothing in them is left to chance or to time. A straight fit over everything that was simulated so
far says how far each lever moves the effect, and the figure before; a linear program finds the smallest sum of
departures, in widths of the ranges, at which the fit says that the claim holds in an organization like the one it tells
of; what it proposes is simulated, and is part of the next fit. Asking for a little more than the claim as well makes up
for what a straight line misses. (Successive linear programming on a response surface: Griffith & Stewart 1961,
Management Science 7: 379; Box & Wilson 1951, J. R. Stat. Soc. B 13: 1.) It finds a place where the claim holds, not
necessarily the nearest one, and may miss one that is far from straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.influence import influences

ROUNDS = 4
"""Rounds of proposals."""

GOALS = (1.05, 1.25, 1.6)
"""Which multiples of the claim are asked of the fit in each round."""

LESS = (0.7, 0.85)
"""Shares of the departure of a place where the claim holds that are tried as well: a straight line asks too much."""

SAFELY = 1.1
"""Which multiple of the claim a place reaches that is looked at again beside the nearest one, which may be luck."""

BEYOND = 2.0
"""How far beyond its range a lever is followed, in widths of the range."""

SMALL = 0.02
"""Departures that are left out."""

_DEARLY = 1e3
"""What it costs to miss a goal, in departures."""

_CLOSE = 5.0
"""How much more what was simulated in the search counts in the fit than a drawn world."""

_INNER = 0.1
"""Which part of the range of the figure before is kept free at both ends, since a straight line misses a little."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """Everything that was simulated: how far from typical, and what came of it.

    Attributes
    ----------
    departures : array, points × assumptions
        In widths of the ranges.
    progress : array
        How far the effect goes towards the claim; 1 where it is as large.
    before : array
        The figure before, on a scale on which it is not bounded.
    drawn
        How many of the first points are drawn worlds and the typical one, rather than proposals.
    """

    departures: Numbers
    progress: Numbers
    before: Numbers
    drawn: int

    def with_more(self, departures: Numbers, progress: Numbers, before: Numbers) -> Seen:
        """Return everything with some proposals that were simulated."""
        return Seen(
            np.vstack([self.departures, departures]),
            np.concatenate([self.progress, progress]),
            np.concatenate([self.before, before]),
            self.drawn,
        )


@dataclass(frozen=True)
class Limits:
    """Between what departures, and the figure before, may lie.

    Attributes
    ----------
    low, high : array
        Of the departures.
    before
        Of the figure before, on the scale of `Seen.before`.
    """

    low: Numbers
    high: Numbers
    before: tuple[float, float] = (-np.inf, np.inf)

    def holds(self, departures: Numbers) -> NDArray[np.bool_]:
        """Tell which points lie within."""
        return np.asarray(((departures >= self.low - 1e-6) & (departures <= self.high + 1e-6)).all(axis=1))

    def alike(self, before: Numbers) -> NDArray[np.bool_]:
        """Tell at which points the organization before is like the one that is told of."""
        return np.asarray((before >= self.before[0]) & (before <= self.before[1]))


def movers_of(shares: Numbers, effects: Sequence[Numbers], always: Sequence[int]) -> list[int]:
    """Return the assumptions that move any of several numbers most, over drawn worlds, and some in any case.

    Parameters
    ----------
    shares : array, worlds × assumptions
        Where in its range each was.
    effects
        The numbers.
    always
        Assumptions that are followed whatever was found of them: doses of what is introduced.
    """
    found = set(always)
    for values in effects:
        found |= {one.place for one in influences(shares, values)}
    return sorted(found)


def proposals(seen: Seen, limits: Limits, movers: Sequence[int]) -> Numbers:
    """Return the departures at which the fit says that the claim holds, for several goals; those not seen yet."""
    here = _anchor(seen, limits)
    if here is None or not movers:
        return np.empty((0, seen.departures.shape[1]))
    chosen = np.array(movers)
    slopes = [_slopes(seen, values, chosen) for values in (seen.progress, seen.before)]
    made: Numbers = np.zeros((len(GOALS), seen.departures.shape[1]))
    for row, goal in enumerate(GOALS):
        made[row, chosen] = _nearest(seen, here, slopes, limits, chosen, goal)
    if seen.progress[here] >= 1.0:
        made = np.vstack([made, *(share * seen.departures[here] for share in LESS)])
    made = np.asarray(np.where(np.abs(made) < SMALL, 0.0, made), dtype=np.float64).round(4)
    return _new(np.clip(made, limits.low, limits.high), seen.departures)


def holding(seen: Seen, limits: Limits) -> list[int]:
    """Return the points within limits at which the claim holds, the smallest departure first."""
    fine = limits.holds(seen.departures) & limits.alike(seen.before) & (seen.progress >= 1.0)
    return sorted(np.flatnonzero(fine).tolist(), key=lambda one: (_total(seen.departures[one]), one))


def looked_at_again(seen: Seen, limits: Limits) -> list[int]:
    """Return the nearest place where the claim holds, the nearest where it does so safely, and the furthest one."""
    near = holding(seen, limits)
    safe = [one for one in near if seen.progress[one] >= SAFELY]
    most = sorted(near, key=lambda one: -seen.progress[one])
    return list(dict.fromkeys([*near[:1], *safe[:1], *most[:1]]))


def furthest(seen: Seen, limits: Limits) -> int | None:
    """Return the point within limits at which the effect comes nearest to the claim in an organization like its own."""
    fine = limits.holds(seen.departures) & limits.alike(seen.before) & np.isfinite(seen.progress)
    return max(np.flatnonzero(fine).tolist(), key=lambda one: (seen.progress[one], -one), default=None)


def _total(departed: Numbers) -> float:
    return float(np.abs(departed).sum())


def _anchor(seen: Seen, limits: Limits) -> int | None:
    """Return from where to go on: the typical point or a proposal, the best within the limits so far."""
    own = np.arange(len(seen.progress)) >= seen.drawn - 1  # the typical point is the last before proposals
    known = np.isfinite(seen.progress) & np.isfinite(seen.before) & limits.holds(seen.departures) & own
    if not known.any():
        return None
    miss = np.maximum(limits.before[0] - seen.before, seen.before - limits.before[1]).clip(min=0.0)

    def rank(one: int) -> tuple[float, float, int]:
        return float(min(seen.progress[one], 1.0) - miss[one]), -_total(seen.departures[one]), -one

    return max(np.flatnonzero(known).tolist(), key=rank)


def _slopes(seen: Seen, values: Numbers, movers: NDArray[Any]) -> Numbers:
    """Return how much each mover moves a number, by least squares with a little ridge, in widths of its range."""
    known = np.isfinite(values)
    weights = np.sqrt(np.where(np.arange(len(values)) >= seen.drawn - 1, _CLOSE, 1.0)[known])
    design = np.column_stack([np.ones(known.sum()), seen.departures[known][:, movers]]) * weights[:, None]
    penalty = 0.1 * np.diag([0.0, *np.ones(len(movers))])
    found: Numbers = np.linalg.solve(design.T @ design + penalty, design.T @ (values[known] * weights))
    return found[1:]


def _nearest(
    seen: Seen, here: int, slopes: Sequence[Numbers], limits: Limits, movers: NDArray[Any], goal: float
) -> Numbers:
    """Return the smallest departures of the movers at which the fit through a point reaches a goal, or comes near."""
    from scipy.optimize import linprog  # takes longer to load than most claims to read

    towards, moved = slopes
    count, at = len(movers), seen.departures[here, movers]
    cost = np.concatenate([np.ones(2 * count), [_DEARLY, _DEARLY]])
    rows = [np.concatenate([-towards, towards, [-1.0, 0.0]])]
    most = [seen.progress[here] - towards @ at - goal]
    low, high = limits.before
    if np.isfinite([low, high]).all():
        inner = _INNER * (high - low)
        left = seen.before[here] - moved @ at
        rows += [np.concatenate([moved, -moved, [0.0, -1.0]]), np.concatenate([-moved, moved, [0.0, -1.0]])]
        most += [high - inner - left, left - low - inner]
    bounds = [(0.0, max(0.0, one)) for one in limits.high[movers]]
    bounds += [(0.0, max(0.0, -one)) for one in limits.low[movers]]
    solved = linprog(cost, A_ub=np.array(rows), b_ub=np.array(most), bounds=[*bounds, (0.0, None), (0.0, None)])
    if solved.x is None:
        return np.asarray(at)
    return np.asarray(solved.x[:count] - solved.x[count : 2 * count])


def _new(made: Numbers, seen: Numbers) -> Numbers:
    """Return the rows that are neither seen nor twice among them."""
    kept: list[Numbers] = []
    for row in made:
        others = np.vstack([seen, *kept]) if kept else seen
        if not (np.abs(others - row).max(axis=1) < SMALL / 2).any():
            kept.append(row)
    return np.array(kept).reshape(len(kept), made.shape[1])
