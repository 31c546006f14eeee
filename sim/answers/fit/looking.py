"""Where to look next: points that a rough picture of the runs so far takes for likely, and how often each came up.

The picture is a fit of squares and products to the figures of the runs; it is wrong in places. So it decides only
where runs are made, never what is believed: a point drawn from the prior is run with a probability that falls with the
distance at which the picture puts it, and a run counts the more the less likely it was to be made (Prangle 2016,
Statistics and Computing 26: 171, "lazy ABC"). All rounds count together, each run by the chance that any of them had
to make it (Owen & Zhou 2000, J. Am. Stat. Assoc. 95: 135, the balance heuristic); the first round is drawn from the
prior alone, so that no run can count for much more than others, however wrong the picture (Hesterberg 1995,
Technometrics 37: 185).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.answers.fit.prior import Numbers

WIDER = 2.0
"""How many times as far from the figures as the runs of a point would scatter it may lie, and still be likely."""

CROSSED = 8
"""Assumptions whose products are in the picture: those that move the figures most."""

LEAST = 2e-3
"""Share of the prior that is run at least: so many points come nearest where none is likely."""

_AT_ONCE = 20_000
_NORMALIZING = 60_000


@dataclass(frozen=True)
class Picture:
    """The figures of runs as squares and products of shares, and how far runs lie from that.

    Attributes
    ----------
    assumptions
        How many there are.
    squares
        Whether their squares are in it: with few runs they are not.
    pairs
        Which products are in it.
    coefficients
        Terms × figures.
    scatter
        Covariance of what is left, between figures.
    explained
        Share of the variance of each figure that is in the picture.
    """

    assumptions: int
    squares: bool
    pairs: tuple[tuple[int, int], ...]
    coefficients: Numbers
    scatter: Numbers
    explained: Numbers

    def at(self, shares: Numbers) -> Numbers:
        """Return the figures at points."""
        found: Numbers = _terms(shares, self.pairs, self.squares) @ self.coefficients
        return found

    @property
    def slopes(self) -> Numbers:
        """What the whole range of each assumption does to each figure (assumptions × figures)."""
        found: Numbers = 2.0 * self.coefficients[1 : 1 + self.assumptions]
        return found


def picture_of(shares: Numbers, noted: Numbers, weights: Numbers | None = None) -> Picture:
    """Return the picture of some runs; those without a figure are left out.

    Parameters
    ----------
    shares, noted
        Where runs were made, and what was seen of them.
    weights
        How much each counts.
    """
    known = np.isfinite(noted).all(axis=1)
    x, y = shares[known], noted[known]
    w = np.ones(len(x)) if weights is None else weights[known]
    linear = _fitted(_terms(x, (), False), y, w)
    strength = np.abs(linear[1:] / np.maximum(y.std(axis=0), 1e-12)).max(axis=1)
    squares = _room(len(x), x.shape[1]) >= 0.0
    first = np.sort(np.argsort(-strength, kind="stable")[: _crossed(_room(len(x), x.shape[1]))])
    pairs = tuple((int(a), int(b)) for i, a in enumerate(first) for b in first[i + 1 :])
    terms = _terms(x, pairs, squares)
    coefficients = _fitted(terms, y, w)
    left = y - terms @ coefficients
    freedom = max(1.0 - terms.shape[1] / len(x), 0.1)
    scatter = np.atleast_2d(np.cov(left.T, aweights=w)) / freedom
    explained = 1.0 - np.diag(scatter) / np.maximum(np.diag(np.atleast_2d(np.cov(y.T, aweights=w))), 1e-300)
    return Picture(x.shape[1], squares, pairs, coefficients, scatter + 1e-9 * np.eye(y.shape[1]), explained)


def _room(runs: int, assumptions: int) -> float:
    """Return for how many terms beside lines and squares there is room, with four runs at least for each."""
    return runs / 4.0 - 1.0 - 2.0 * assumptions


def _crossed(room: float) -> int:
    """Return of how many assumptions all products find room."""
    return min(CROSSED, int((1.0 + np.sqrt(1.0 + 8.0 * max(room, 0.0))) / 2.0))


def _terms(shares: Numbers, pairs: Sequence[tuple[int, int]], squares: bool) -> Numbers:
    x = 2.0 * shares - 1.0
    parts = [np.ones((len(x), 1)), x]
    if squares:
        parts.append(x**2 - 1.0 / 3.0)
    if pairs:
        one, other = np.array(pairs).T
        parts.append(x[:, one] * x[:, other])
    return np.hstack(parts)


def _fitted(terms: Numbers, y: Numbers, weights: Numbers) -> Numbers:
    """Return coefficients by least squares, held a little towards zero, so that few runs do not make wild ones."""
    weighted = terms * weights[:, None]
    held = 1e-3 * weights.sum() * np.eye(terms.shape[1])
    held[0, 0] = 0.0
    found: Numbers = np.linalg.solve(weighted.T @ terms + held, weighted.T @ y)
    return found


@dataclass(frozen=True)
class Look:
    """How points of a round are chosen.

    Attributes
    ----------
    picture
        Which points it takes for likely.
    aim
        The figures that are looked for.
    nearest
        The squared distance up to which points are run in any case: more than none where hardly any come near.
    mean
        The chance of a point of the prior to be run.
    """

    picture: Picture
    aim: Numbers
    nearest: float = 0.0
    mean: float = 1.0

    def distance(self, shares: Numbers) -> Numbers:
        """Return how far from the figures points are pictured, squared, in the scatter of runs."""
        apart = self.picture.at(shares) - self.aim
        found: Numbers = np.einsum("ij,ij->i", apart @ np.linalg.inv(WIDER**2 * self.picture.scatter), apart)
        return found

    def chance(self, shares: Numbers) -> Numbers:
        """Return with which probability each point is run."""
        found: Numbers = _chance(self.distance(shares), self.nearest)
        return found

    def density(self, shares: Numbers) -> Numbers:
        """Return how many times as often a point comes up as in the prior."""
        return self.chance(shares) / self.mean

    def points(self, count: int, luck: np.random.Generator) -> Numbers:
        """Return so many points, drawn from the prior and kept by their chance."""
        found: list[Numbers] = []
        while sum(map(len, found)) < count:
            drawn = luck.random((_AT_ONCE, self.picture.assumptions))
            found.append(drawn[luck.random(_AT_ONCE) < self.chance(drawn)])
        return np.vstack(found)[:count]


def look_for(picture: Picture, aim: Numbers, luck: np.random.Generator) -> Look:
    """Return a look at what a picture takes for likely; where hardly anything is, at what comes nearest."""
    rough = Look(picture, aim)
    drawn = [luck.random((_AT_ONCE, picture.assumptions)) for _ in range(_NORMALIZING // _AT_ONCE)]
    far = np.concatenate([rough.distance(one) for one in drawn])
    if _chance(far, 0.0).mean() >= LEAST:
        return Look(picture, aim, 0.0, float(_chance(far, 0.0).mean()))
    nearest = float(np.quantile(far, LEAST))
    return Look(picture, aim, nearest, float(_chance(far, nearest).mean()))


def _chance(distance: Numbers, nearest: float) -> Numbers:
    found: Numbers = np.exp(-0.5 * np.maximum(distance - nearest, 0.0))
    return found
