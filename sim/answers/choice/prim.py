"""PRIM: a box, limits of a few columns at once, within which cases of interest are many.

The patient rule induction method peels: of all columns and both their ends it takes away the small share of cases that
lets the density, the share of cases of interest among those left, rise most for each case that goes (Friedman & Fisher
1999, Statistics and Computing 9: 123). What is left after each peel is a box of the trajectory. From there on it is
as in scenario discovery (Bryant & Lempert 2010, Technological Forecasting and Social Change 77: 34): a limit stays only
where its quasi-p value, the chance that luck alone makes the box as dense beside all its other limits, is small. Here
it is that of Fisher's exact test, since a box is a part of what it is compared with (by the binomial of the source
a limit that keeps most cases could never matter), times the number of limits that could have been chosen, two for
each column and size of peels, since the best of many looks good by luck. Of the boxes that are left, the one is
taken whose coverage (share of all cases of interest that lie in it) and density are best together: the greatest
harmonic mean.

Whatever was searched for looks better than it is. How dense a box is has to be told from cases that did not help to
find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

PEEL = 0.05
"""Share of the cases in a box that one peel takes away."""

SIZES = (PEEL, 0.1, 0.2, 0.4)
"""Shares of peels by which it is looked for limits that stand out."""

SMALLEST, FEWEST = 0.05, 10
"""No box holds a smaller share of all cases, or fewer of them."""

ALPHA = 0.05
"""Quasi-p value, corrected, from which on a limit goes."""

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

Limit = tuple[int, bool]
"""A column, and whether its lower end is limited."""

SIDES = (True, False)


@dataclass(frozen=True, eq=False)
class Box:
    """Limits of columns; a case lies in it where it is within all of them.

    Attributes
    ----------
    low, high
        For each column; infinite where there is no limit. They stand halfway between the last case that was taken away
        and the first that was not.
    """

    low: Numbers
    high: Numbers

    @classmethod
    def around_all(cls, columns: int) -> Box:
        """Return the box without any limit."""
        return cls(np.full(columns, -np.inf), np.full(columns, np.inf))

    def holds(self, cases: Numbers) -> Mask:
        """Tell which cases lie in it."""
        return np.asarray(((cases > self.low) & (cases < self.high)).all(axis=1))

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that there are."""
        lower = [(int(one), True) for one in np.flatnonzero(np.isfinite(self.low))]
        upper = [(int(one), False) for one in np.flatnonzero(np.isfinite(self.high))]
        return tuple(sorted(lower + upper))

    def at(self, limit: Limit) -> float:
        """Return where a limit is."""
        return float((self.low if limit[1] else self.high)[limit[0]])

    def moved(self, limit: Limit, value: float) -> Box:
        """Return the box with one limit somewhere else; with an infinite one, without it."""
        column, lower = limit
        side = (self.low if lower else self.high).copy()
        side[column] = value
        return replace(self, low=side) if lower else replace(self, high=side)

    def without(self, limit: Limit) -> Box:
        """Return the box without one of its limits."""
        return self.moved(limit, -np.inf if limit[1] else np.inf)


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a box tells cases of interest from others.

    Attributes
    ----------
    inside, hits
        How many cases lie in it, and how many of these are of interest.
    cases, interest
        How many there are, and how many of all are of interest.
    """

    inside: int
    hits: int
    cases: int
    interest: int

    @property
    def density(self) -> float:
        """Share of interest among the cases in it; NaN of an empty box."""
        return self.hits / self.inside if self.inside else float("nan")

    @property
    def coverage(self) -> float:
        """Share of all cases of interest that lie in it; NaN where there are none."""
        return self.hits / self.interest if self.interest else float("nan")

    @property
    def both(self) -> float:
        """The harmonic mean of density and coverage."""
        return 2.0 * self.hits / (self.inside + self.interest) if self.inside + self.interest else 0.0


def quality(box: Box, cases: Numbers, interest: Mask) -> Quality:
    """Return how well a box does on some cases."""
    inside = box.holds(cases)
    return Quality(int(inside.sum()), int((inside & interest).sum()), len(cases), int(interest.sum()))


def trajectory(
    cases: Numbers, interest: Mask, peel: float = PEEL, ends: frozenset[Limit] | None = None
) -> Iterator[Box]:
    """Yield the box around all cases, and what is left of it after every peel.

    Parameters
    ----------
    cases : array, cases × columns
        Numbers without gaps; the order of a column is all that counts.
    interest : array of bool
        Which cases are of interest.
    peel : float
        Share of the cases in a box that a peel takes away.
    ends : set of limits, optional
        The ends of columns that may be peeled; all, where nothing is said.
    """
    least = max(FEWEST, int(np.ceil(SMALLEST * len(cases))))
    closed = np.array(
        [[ends is not None and (one, lower) not in ends for one in range(cases.shape[1])] for lower in SIDES]
    )
    box = Box.around_all(cases.shape[1])
    yield box
    inside = box.holds(cases)
    while not interest[inside].all():
        found = _peeled(box, cases[inside], interest[inside], peel, least, closed)
        if found is None:
            return
        box, inside = found, found.holds(cases)
        yield box


def found_box(cases: Numbers, interest: Mask) -> Box | None:
    """Return the box that tells cases of interest best from others; None where no limit does it beyond luck.

    Of many columns, some have by chance no case of interest at an end, and small peels get lost there. So limits are
    looked for with peels of several sizes, and then all is peeled patiently with those only that stood out.

    Parameters
    ----------
    cases, interest
        As in `trajectory`.
    """
    first = [_kept(one, cases, interest) for size in SIZES for one in trajectory(cases, interest, size)]
    ends = frozenset(limit for box in first for limit in box.limits)
    if not ends:
        return None
    again = [_kept(one, cases, interest) for one in trajectory(cases, interest, PEEL, ends)]
    boxes = [box for box in (*first, *again) if box.limits]
    best = max(boxes, key=lambda box: (quality(box, cases, interest).both, -len(box.limits)))
    return _kept(_pasted(best, cases, interest, PEEL), cases, interest)


def quasi_p(box: Box, cases: Numbers, interest: Mask) -> Numbers:
    """Return for each limit of a box the chance that luck alone makes the box as dense, that limit aside.

    It is that of as many hits or more within the limit, of all cases that lie within the others.
    """
    from scipy.stats import hypergeom  # takes longer to load than most of this

    columns, lower = np.array(box.limits).T.astype(int)
    at = np.array([box.at(limit) for limit in box.limits])
    beyond = np.where(lower, cases[:, columns] <= at, cases[:, columns] >= at)
    outside = beyond.sum(axis=1)
    inside = outside == 0
    alone = beyond & (outside == 1)[:, None]
    hits, others = int((inside & interest).sum()), (alone & interest[:, None]).sum(axis=0)
    wider = int(inside.sum()) + alone.sum(axis=0)
    return np.asarray(hypergeom.sf(hits - 1, wider, hits + others, int(inside.sum())))


def more_inside(inside: Mask, interest: Mask) -> float:
    """Return the p-value of Fisher's exact test, one-sided, that interest is no more frequent inside than outside."""
    from scipy.stats import hypergeom  # takes longer to load than most of this

    hits = int((inside & interest).sum())
    return float(hypergeom.sf(hits - 1, len(inside), int(interest.sum()), int(inside.sum())))


def _peeled(box: Box, cases: Numbers, interest: Mask, peel: float, least: int, closed: Mask) -> Box | None:
    """Return a box after its best peel; None where none makes it denser and leaves enough."""
    order = np.argsort(cases, axis=0, kind="stable")
    ordered = np.take_along_axis(cases, order, axis=0)
    hits = np.vstack([np.zeros(cases.shape[1]), np.cumsum(interest[order], axis=0)])
    total, count = float(interest.sum()), len(cases)
    best: tuple[float, Box | None] = (0.0, None)
    for lower, shut in zip(SIDES, closed, strict=True):
        gone = _gone(ordered if lower else -ordered[::-1], peel)
        taken = np.take_along_axis(hits, (gone if lower else count - gone)[None], axis=0)[0]
        left_hits = total - taken if lower else taken
        left = count - gone
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = (left_hits / left - total / count) / gone
        rise[(left < least) | (gone == 0) | shut] = -np.inf
        column = int(np.argmax(rise))
        if rise[column] > best[0]:
            edge = int(gone[column]) if lower else count - int(gone[column])
            at = float(ordered[edge - 1, column] + ordered[edge, column]) / 2.0
            best = float(rise[column]), box.moved((column, lower), at)
    return best[1]


def _gone(ordered: Numbers, peel: float) -> NDArray[np.intp]:
    """Return how many cases a peel takes from the beginning of each ordered column: equal ones go or stay together."""
    first = ordered[max(1, int(peel * len(ordered)))] if len(ordered) > 1 else ordered[0]
    below = (ordered < first).sum(axis=0)
    return np.where(below > 0, below, (ordered == ordered[0]).sum(axis=0)) % len(ordered)


def _kept(box: Box, cases: Numbers, interest: Mask) -> Box:
    """Return a box without those of its limits that luck would make, the most doubtful first."""
    while box.limits:
        doubts = quasi_p(box, cases, interest)
        worst = int(np.argmax(doubts))
        if doubts[worst] * len(SIDES) * cases.shape[1] * len(SIZES) < ALPHA:
            return box
        box = box.without(box.limits[worst])
    return box


def _pasted(box: Box, cases: Numbers, interest: Mask, peel: float) -> Box:
    """Return a box whose limits are moved out, some cases at a time, as long as it becomes denser by that."""
    better: Box | None = box
    while better is not None:
        box, better = better, None
        density = quality(box, cases, interest).density
        for limit in box.limits:
            wider = _wider(box, limit, cases, peel)
            found = quality(wider, cases, interest).density
            if found > density:
                better, density = wider, found
    return box


def _wider(box: Box, limit: Limit, cases: Numbers, peel: float) -> Box:
    """Return a box with one limit so far out that as many cases come in as a peel would take away."""
    column, lower = limit
    sign = 1.0 if lower else -1.0
    beyond = cases[box.without(limit).holds(cases) & ~box.holds(cases), column] * sign
    outward = np.sort(beyond)[::-1]
    many = max(1, int(peel * box.holds(cases).sum()))
    if many >= outward.size or not (further := outward[outward < outward[many - 1]]).size:
        return box.without(limit)
    return box.moved(limit, sign * float(outward[many - 1] + further[0]) / 2.0)
