"""Which of several points is best, with a stated guarantee: the fully sequential procedure of Kim and Nelson.

In a first stage every point has a few replications, which tell how much the difference of each two varies. From then on
a point is out once its sum falls behind that of another by more than luck explains. What is still in is run on, until
one is left. If the best point is ahead of all others by the indifference zone or more, it is the one that is left with
the confidence that was asked for, whatever the variances are, provided that the numbers of a replication are normal;
means over many cases about are. The procedure compares differences, so it may have common random numbers, and needs
fewer replications with them. Where others lie within the zone of the best one, nothing is guaranteed.

Sums are looked at after complete rounds only, not after every replication. That makes the procedure slower, and not
less sure: its proof bounds the chance that the walk of a difference, taken as continuous, leaves its triangle on the
wrong side, and rests on the lemma that it does so no more often when looked at now and then (Jennison, Johnstone &
Turnbull 1982), at whatever times, if these are fixed.

Kim, S.-H. & Nelson, B. L. (2001). A fully sequential procedure for indifference-zone selection in simulation. ACM
Transactions on Modeling and Computer Simulation 11(3), 251-273; here with c = 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BEHIND, TIED, UNKNOWN = "behind", "tied", "unknown"
"""Why a point went out: it fell behind another; it is as good as one before it to the last bit; or it is not known."""


@dataclass(frozen=True, slots=True)
class Out:
    """How a point went out.

    Attributes
    ----------
    after
        Replications after which it did.
    by
        The point that put it out; itself where nothing was known of it.
    why
        One of `BEHIND`, `TIED` and `UNKNOWN`.
    """

    after: int
    by: int
    why: str


@dataclass
class Race:
    """The selection of the best of some points, looked at after each round.

    Attributes
    ----------
    points
        Their numbers; of two that are equal to the last bit, the first stays.
    zone
        The smallest difference that is worth finding, in the unit of the numbers.
    alpha
        How likely the wrong one may be left.
    sign
        1 where more is better, -1 where less is.
    left
        The points that are in.
    out
        How the others went out.
    """

    points: tuple[int, ...]
    zone: float
    alpha: float
    sign: float = 1.0
    left: list[int] = field(default_factory=list)
    out: dict[int, Out] = field(default_factory=dict)
    _reach: dict[int, int] = field(default_factory=dict)
    _width: Numbers = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        """Let every point begin."""
        self.left = list(self.points)

    @property
    def settled(self) -> bool:
        """Whether one is left, or none."""
        return len(self.left) < 2

    def look(self, found: Mapping[int, Sequence[float]]) -> None:
        """Put out whatever is behind.

        Parameters
        ----------
        found
            Of every point that is in, a number for each replication so far; NaN where it is not defined.
        """
        if not self.left:
            return
        numbers = self.sign * np.array([found[point] for point in self.left], dtype=float)
        if not self._reach:
            numbers = self._first_stage(numbers)
        if not self.settled:
            self._compare(numbers)

    def _first_stage(self, numbers: Numbers) -> Numbers:
        """Put out what is hardly known, and find how far each two may be apart by luck."""
        known = (~np.isnan(numbers)).sum(axis=1)
        enough = known >= max(2, math.ceil(numbers.shape[1] / 2))
        for point in np.array(self.left)[~enough]:
            self.out[int(point)] = Out(numbers.shape[1], int(point), UNKNOWN)
        self.left = [point for point in self.left if point not in self.out]
        self._reach = {point: place for place, point in enumerate(self.left)}
        numbers = numbers[enough]
        self._width = np.array([self._widths(one, numbers) for one in numbers]).reshape(len(numbers), len(numbers))
        return numbers

    def _widths(self, one: Numbers, numbers: Numbers) -> Numbers:
        """Return h² S² / δ of the differences of a point from all: how far apart a triangle begins, twice."""
        differences = one - numbers
        count = (~np.isnan(differences)).sum(axis=1)
        safe = np.maximum(count, 2)
        means = np.nansum(differences, axis=1) / safe
        spread = np.nansum((differences - means[:, None]) ** 2, axis=1) / (safe - 1)
        widths = height(safe, len(self.points), self.alpha) * spread / self.zone
        return np.where(count < 2, np.inf, widths)

    def _compare(self, numbers: Numbers) -> None:
        """Put out all that are behind one that is in."""
        places = [self._reach[point] for point in self.left]
        after, best = numbers.shape[1], int(np.nanargmax(np.nanmean(numbers, axis=1)))
        gone: dict[int, Out] = {}
        for place, point in enumerate(self.left):
            differences = numbers[place] - numbers
            count, ahead = (~np.isnan(differences)).sum(axis=1), np.nansum(differences, axis=1)
            allowed = np.maximum(0.0, (self._width[places[place]][places] - self.zone * count) / 2.0)
            behind = ahead < -allowed
            tied = (ahead == 0.0) & (allowed == 0.0) & (np.arange(len(self.left)) < place)
            if place != best and (behind.any() or tied.any()):
                by = int(np.argmin(np.where(behind, ahead + allowed, np.inf))) if behind.any() else int(tied.argmax())
                gone[point] = Out(after, self.left[by], BEHIND if behind.any() else TIED)
        self.out |= gone
        self.left = [point for point in self.left if point not in gone]


def height(first: NDArray[np.int64] | int, points: int, alpha: float) -> Numbers:
    """Return h² of Kim and Nelson: 2 η (n₀ - 1), with η = ((2 α / (k - 1)) ^ (-2 / (n₀ - 1)) - 1) / 2.

    Parameters
    ----------
    first
        n₀, replications of the first stage.
    points
        k, how many there are.
    alpha
        How likely a wrong selection may be.
    """
    freedom = np.asarray(first, dtype=float) - 1.0
    eta = ((2.0 * alpha / max(points - 1, 1)) ** (-2.0 / freedom) - 1.0) / 2.0
    return np.asarray(2.0 * eta * freedom)
