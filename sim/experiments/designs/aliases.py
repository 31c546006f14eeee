"""Which effects a design of two levels cannot tell apart.

The effect of one factor, or how much more two do together, is a contrast of points: plus here, minus there. Where two
contrasts are the same, so are the estimates, and each is the sum of both effects; where they agree in part, each has a
share of the other in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Term = tuple[str, ...]
"""One factor, or two whose interaction is meant."""


@dataclass(frozen=True, slots=True)
class Alias:
    """An effect, and the others that its estimate has in it.

    Attributes
    ----------
    effect
        One factor, or two.
    mixed
        Other effects, each with the share that is added: 1 all of it, −1 all of it with the other sign, or a fraction.
    """

    effect: Term
    mixed: tuple[tuple[Term, float], ...]


def aliases_of(signs: NDArray[np.int8], names: Sequence[str]) -> tuple[Alias, ...]:
    """Return of every effect of one or two factors with which others it is mixed; those that stand alone have none.

    Parameters
    ----------
    signs
        Points × factors, −1 or 1.
    names
        Of the factors.
    """
    terms, contrasts = contrasts_of(signs, names)
    shares = (contrasts.T @ contrasts) / len(signs)
    np.fill_diagonal(shares, 0.0)
    return tuple(
        Alias(term, tuple((terms[other], float(row[other])) for other in np.flatnonzero(row)))
        for term, row in zip(terms, shares, strict=True)
    )


def contrasts_of(signs: NDArray[np.int8], names: Sequence[str]) -> tuple[list[Term], NDArray[np.float64]]:
    """Return every factor and every pair, and the sign of each of them in every point (points × effects)."""
    pairs = list(combinations(range(len(names)), 2))
    columns = [signs, *(signs[:, [one]] * signs[:, [other]] for one, other in pairs)]
    terms: list[Term] = [(name,) for name in names] + [(names[one], names[other]) for one, other in pairs]
    return terms, np.hstack(columns).astype(float)


def resolution_of(signs: NDArray[np.int8]) -> int:
    """Return how many factors the shortest word has whose product is the same in every point; 6 stands for more.

    Of a regular fraction that is its resolution; with 1, a factor does not vary, and with 2, two always vary together.
    """
    columns = np.unique(signs * signs[:1], axis=1, return_counts=True)
    if any((signs[:, place] == signs[0, place]).all() for place in range(signs.shape[1])):
        return 1
    if columns[1].max(initial=1) > 1:
        return 2
    singles = _sums(signs, 1)
    pairs = _sums(signs, 2)
    if singles.keys() & pairs.keys():
        return 3
    if any(count > 1 for count in pairs.values()):
        return 4
    return 5 if pairs.keys() & _sums(signs, 3).keys() else 6


def _sums(signs: NDArray[np.int8], size: int) -> dict[bytes, int]:
    """Return how often each product of so many columns occurs; a product and its opposite count as one."""
    found: dict[bytes, int] = {}
    normal = signs * signs[:1]
    for columns in combinations(range(signs.shape[1]), size):
        key = np.packbits(np.prod(normal[:, columns], axis=1, dtype=np.int8) > 0).tobytes()
        found[key] = found.get(key, 0) + 1
    return found
