"""Effects as contrasts of points: of each level against the reference, and of two factors together.

The model behind them is that of analysis of variance: a mean, what each level adds, and what each pair of levels adds
to that. It is fitted by least squares in every replication. In a balanced design that is the difference of the means at
two levels, averaged over all other factors; where points are missing, it is what that would be if nothing beyond pairs
mattered. What two do together is the difference of differences: both, less either alone, plus neither.

Where two contrasts are the same at all points, the estimate is told once, under the simpler name, with all that is
mixed in it. Where pairs cannot be told apart otherwise, they are taken for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Codes = NDArray[np.int64]

CHUNK = 4_000_000
"""Numbers of the model that are looked at in one go: a million points would not fit with all their pairs."""

MOST_COLUMNS = 4000
"""Columns of a model that is still fitted with all pairs: products of all with each other take 128 MB."""

ALMOST = 1e-9
"""What is that small against the rest is taken for zero: a direction in which points do not vary."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What some levels do against the reference: of one factor, or of two together.

    Attributes
    ----------
    factors
        The number of the factor, or of both.
    levels
        Their levels, by number; 0 is the reference.
    """

    factors: tuple[int, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Estimates:
    """What was estimated.

    Attributes
    ----------
    effects
        Those that have an estimate of their own, factors before pairs.
    values
        Effects × replications; NaN where points do not tell it.
    mixed
        Of every effect, the others that its estimate has in it wholly, with their signs.
    pairs
        Whether pairs were estimated; otherwise they were taken for nothing.
    """

    effects: tuple[Effect, ...]
    values: Numbers
    mixed: tuple[tuple[tuple[Effect, int], ...], ...]
    pairs: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """The columns of a factor, or of two: their places among all columns, and which factors they belong to."""

    factors: tuple[int, ...]
    columns: range


def estimated(codes: Codes, sizes: Sequence[int], numbers: Numbers) -> Estimates:
    """Return the effects of all factors, and of pairs as far as they can be told apart.

    Parameters
    ----------
    codes
        Points × factors: the level at which each stands, by number.
    sizes
        How many levels each has; two at least.
    numbers
        Points × replications.
    """
    two = _pairs(sizes)
    blocks = _blocks(sizes, two)
    moments, products = _moments(codes, sizes, two, numbers)
    same = _same(blocks, moments, len(codes))
    own = [block for block in blocks if block not in same]
    mains = [block for block in own if len(block.factors) == 1]
    every = len(two) == comb(len(sizes), 2) and len(_places(own)) <= len(codes)
    pairs = every and len(own) > len(mains) and _full_rank(moments, own)
    kept = own if pairs else mains
    fitted, told = _fitted(moments, products, kept)
    effects, values = _effects(kept, sizes, fitted, told)
    others: dict[tuple[int, ...], list[tuple[Effect, int]]] = {block.factors: [] for block in blocks}
    for block, (first, sign) in same.items():
        if first is not None:
            others[first.factors].append((Effect(block.factors, (1,) * len(block.factors)), sign))
    return Estimates(effects, values, tuple(tuple(others[effect.factors]) for effect in effects), pairs)


def _pairs(sizes: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Return the pairs of factors that are looked at: all, or of too many those that may be the same as others."""
    every = list(combinations(range(len(sizes)), 2))
    if sum((sizes[one] - 1) * (sizes[other] - 1) for one, other in every) <= MOST_COLUMNS:
        return every
    alike = [(one, other) for one, other in every if sizes[one] == sizes[other] == 2]
    return alike if len(alike) <= MOST_COLUMNS else []


def _blocks(sizes: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[_Block]:
    """Return the columns of every factor and pair; column 0 is the mean."""
    chosen = [*((one,) for one in range(len(sizes))), *pairs]
    found, place = [], 1
    for factors in chosen:
        width = int(np.prod([sizes[one] - 1 for one in factors]))
        found.append(_Block(factors, range(place, place + width)))
        place += width
    return found


def _columns(codes: Codes, sizes: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Numbers:
    """Return the model at some points: a one, then of every factor and pair what a level adds, which sums to zero."""
    mains = []
    for place, size in enumerate(sizes):
        level = codes[:, [place]]
        mains.append(np.where(level == 0, -1.0, (level == np.arange(1, size)).astype(float)))
    products = [(mains[one][:, :, None] * mains[other][:, None, :]).reshape(len(codes), -1) for one, other in pairs]
    return np.hstack([np.ones((len(codes), 1)), *mains, *products])


def _moments(
    codes: Codes, sizes: Sequence[int], pairs: Sequence[tuple[int, int]], numbers: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the sums of products of all columns with each other, and with the numbers."""
    width = len(_columns(codes[:1], sizes, pairs)[0])
    moments, products = np.zeros((width, width)), np.zeros((width, numbers.shape[1]))
    many = max(1, CHUNK // width)
    for begin in range(0, len(codes), many):
        model = _columns(codes[begin : begin + many], sizes, pairs)
        moments += model.T @ model
        products += model.T @ numbers[begin : begin + many]
    return moments, products


def _same(blocks: Sequence[_Block], moments: Numbers, points: int) -> dict[_Block, tuple[_Block | None, int]]:
    """Return the blocks that are another one, or the mean, over again: which, and with which sign.

    Two columns of −1 and 1 are the same where the sum of their products is the number of points, and opposite where it
    is less that; sums of whole numbers are exact.
    """
    signs = [block for block in blocks if len(block.columns) == 1]
    found: dict[_Block, tuple[_Block | None, int]] = {}
    places = np.array([block.columns[0] for block in signs], dtype=int)
    for number, block in enumerate(signs):
        with_mean = moments[0, places[number]]
        if abs(with_mean) == points:
            found[block] = (None, int(np.sign(with_mean)))
            continue
        with_earlier = moments[places[:number], places[number]]
        for other in np.flatnonzero(np.abs(with_earlier) == points):
            if signs[other] not in found:
                found[block] = (signs[other], int(np.sign(with_earlier[other])))
    return found


def _places(blocks: Sequence[_Block]) -> list[int]:
    return [0, *(column for block in blocks for column in block.columns)]


def _full_rank(moments: Numbers, blocks: Sequence[_Block]) -> bool:
    """Tell whether the points tell all columns of some blocks apart."""
    places = _places(blocks)
    values = np.linalg.eigvalsh(moments[np.ix_(places, places)])
    return bool(values[0] > ALMOST * values[-1])


def _fitted(moments: Numbers, products: Numbers, blocks: Sequence[_Block]) -> tuple[Numbers, Numbers]:
    """Return the coefficients of some blocks in every replication, and the projection on what points can tell."""
    places = _places(blocks)
    inner = moments[np.ix_(places, places)]
    if _full_rank(moments, blocks):
        return np.linalg.solve(inner, products[places]), np.eye(len(places))
    inverse = np.linalg.pinv(inner, rcond=ALMOST, hermitian=True)
    return inverse @ products[places], inverse @ inner


def _crossed(one: Numbers, other: Numbers) -> Numbers:
    return np.kron(one, other)


def _effects(
    blocks: Sequence[_Block], sizes: Sequence[int], fitted: Numbers, told: Numbers
) -> tuple[tuple[Effect, ...], Numbers]:
    """Return what coefficients mean: every level, or pair of levels, against the reference."""
    effects, contrasts, place = [], np.zeros((0, len(fitted))), 1
    for block in blocks:
        width = len(block.columns)
        against = reduce(_crossed, (np.eye(sizes[one] - 1) + 1.0 for one in block.factors))
        rows = np.zeros((width, len(fitted)))
        rows[:, place : place + width] = against
        contrasts = np.vstack([contrasts, rows])
        effects += [
            Effect(block.factors, levels) for levels in product(*(range(1, sizes[one]) for one in block.factors))
        ]
        place += width
    values = contrasts @ fitted
    unknown = np.abs(contrasts @ told - contrasts).max(axis=1, initial=0.0) > np.sqrt(ALMOST)
    values[unknown] = np.nan
    return tuple(effects), values
