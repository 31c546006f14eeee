"""Whether something has settled: trends over replications, and how long a warm-up has to be.

A run that has not settled says something about its length rather than about the organization. Weeks of one replication
are not independent of each other, replications are; so every test here takes one number from each replication.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.study.statistics import holm, p_of_zero

ALPHA = 0.05
"""Chance of a false alarm among all trends of a run together."""

WARMUP_ALPHA = 0.01
"""The same for a warm-up: lower, because the weeks that are tested were chosen for being different."""

GROWTH = 0.25
"""A trend matters from this share of the mean level on, over the weeks that count ..."""
LEAST = 1.0
"""... and from so many requests or cases on: less is within what one case more or less would do."""

BIAS = 0.05
"""A warm-up is too short if weeks that count are off by more than this share of the level that is reached later."""

ENDS = 0.1
"""Share of the weeks at either end over which a level is told: single weeks are noisy."""

FEWEST = 3
"""Replications from which on a trend is tested; the t distribution of two says next to nothing."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How a weekly level moves over the weeks that count.

    Attributes
    ----------
    begin, end
        Mean level at the beginning and at the end.
    growth
        Fitted change over the weeks, mean over replications.
    p
        Of no trend, corrected for all that were looked at together; NaN where too few replications say anything.
    grows, falls
        Whether it does so beyond luck and by as much as matters.
    """

    begin: float
    end: float
    growth: float
    p: float
    grows: bool
    falls: bool


UNKNOWN = Trend(float("nan"), float("nan"), float("nan"), float("nan"), grows=False, falls=False)
"""Where there are no weeks to look at."""


@dataclass(frozen=True, slots=True)
class Warmup:
    """What there is to say about a warm-up.

    Attributes
    ----------
    weeks
        How long it is.
    needed
        Weeks from the start of the run after which levels no longer depend on how it began; None where they still do
        in the second half of the run.
    bias
        How far the weeks that count too early are off, as a share of the level that is reached later.
    p
        Of no difference between the two; NaN where too few replications say anything, or no week counts too early.
    """

    weeks: int
    needed: int | None
    bias: float
    p: float

    @property
    def too_short(self) -> bool:
        """Whether weeks count that are off, beyond luck and by as much as matters."""
        return self.p < WARMUP_ALPHA and abs(self.bias) > BIAS

    @property
    def late_weeks(self) -> int:
        """By how many weeks it is too short; 0 where it is long enough, or where no length would do."""
        return self.needed - self.weeks if self.too_short and self.needed is not None else 0


def trends_of(levels: dict[str, ArrayLike]) -> dict[str, Trend]:
    """Return the trend of each level by name; all of them are tested together.

    Each replication gives the slope of a straight line, and Student's t test says whether the mean of the slopes is
    zero. Holm's correction keeps the chance of a false alarm about any of them at `ALPHA`.

    Parameters
    ----------
    levels
        An array of replications × weeks that count, by name.
    """
    found = {name: np.atleast_2d(np.asarray(level, dtype=float)) for name, level in levels.items()}
    changes = {name: _changes(level) for name, level in found.items()}
    corrected = holm([_p_of_no(change) for change in changes.values()])
    return {name: _trend(found[name], changes[name], float(p)) for name, p in zip(found, corrected, strict=True)}


def _trend(level: NDArray[Any], changes: NDArray[Any], p: float) -> Trend:
    edge = max(1, round(ENDS * level.shape[1]))
    begin, end = _mean(level[:, :edge]), _mean(level[:, -edge:])
    growth = _mean(changes)
    told = p < ALPHA and abs(growth) >= max(LEAST, GROWTH * _mean(level))
    return Trend(begin, end, growth, p, told and growth > 0.0, told and growth < 0.0)


def _changes(level: NDArray[Any]) -> NDArray[Any]:
    """Return the change over all weeks of the straight line through each replication."""
    weeks = level.shape[1]
    if weeks < 2:
        return np.full(len(level), np.nan)
    time = np.arange(weeks) - (weeks - 1) / 2.0
    return np.asarray(level @ time / (time @ time) * weeks)


def _p_of_no(changes: NDArray[Any]) -> float:
    """Return the p-value of Student's t test that the mean of these numbers is zero; NaN where they are too few."""
    known = changes[~np.isnan(changes)]
    if known.size < FEWEST:
        return float("nan")
    return p_of_zero(known)


def _mean(values: NDArray[Any]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def mser(series: ArrayLike) -> int | None:
    """Return after how many values a series has settled: the marginal standard error rule.

    Leaving out the first d values loses information and removes bias; the rule takes the d in the first half that gives
    the smallest standard error of the mean of the rest. A smallest value at the very middle is none, and None is
    returned. The rule is meant for means of batches, such as weeks.

    References
    ----------
    White, K. P. (1997). An effective truncation heuristic for bias reduction in simulation output. Simulation 69(6),
    323-334. White, Cobb & Spratt (2000) find it best among five rules, applied to batches of five.
    """
    values = np.asarray(series, dtype=float)
    half = len(values) // 2
    if half < 1:
        return None
    errors = [float(values[d:].var() / (len(values) - d)) for d in range(half + 1)]
    least = int(np.argmin(errors))
    return None if least == half else least


def warmup_of(level: ArrayLike, weeks: int) -> Warmup:
    """Return whether a warm-up of so many weeks is long enough for a weekly level of replications.

    The rule is applied to the mean over replications, as Welch's graph is read. What it says is luck unless the weeks
    that count before it are off in the replications, too.

    Parameters
    ----------
    level
        An array of replications × weeks from the start of the run to the end of the weeks that count.
    weeks
        The length of the warm-up.
    """
    found = np.atleast_2d(np.asarray(level, dtype=float))
    if not found.size:  # no whole week, or no replication that has one
        return Warmup(weeks, None, 0.0, float("nan"))
    needed = mser(found.mean(axis=0))
    settled = found.shape[1] // 2 if needed is None else needed
    if settled <= weeks or found.shape[1] <= settled:
        return Warmup(weeks, needed, 0.0, float("nan"))
    early, late = found[:, weeks:settled].mean(axis=1), found[:, settled:].mean(axis=1)
    reached = float(late.mean())
    bias = float((early - late).mean()) / reached if reached else 0.0
    return Warmup(weeks, needed, bias, _p_of_no(early - late))
