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
