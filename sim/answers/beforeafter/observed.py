"""What changed between two periods, with intervals that respect that neighboring weeks are alike.

Weeks are drawn in blocks of neighboring ones, from a circle (Politis & Romano 1992, "A circular block-resampling
procedure for stationary data"), in each period by itself. The spread of what comes of it, on a scale without bounds for
changes in percent, times Student's factor for as many blocks as there are, makes the interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.answers.beforeafter.figures import FIGURES, Scale
from sim.answers.beforeafter.periods import Period

DRAWS = 2000
"""How often weeks are drawn anew."""

ARRIVALS = "arrivals"
"""The figure that is no figure of cases: how many arrive in a week."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observed:
    """What changed of a figure.

    Attributes
    ----------
    name, scale
        Which figure, and how its change is told.
    before, after
        What it was.
    change, low, high
        The change with its 95 % interval: of a share as a difference, of others as a share of before.
    """

    name: str
    scale: Scale
    before: float
    after: float
    change: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it can be told."""
        return bool(np.isfinite([self.change, self.low, self.high]).all())

    @property
    def certain(self) -> bool:
        """Whether there is a change beyond what luck of weeks does."""
        return self.known and not self.low <= 0.0 <= self.high

    @property
    def least(self) -> float:
        """The end of the interval that is nearer to nothing: as much has changed at least."""
        return self.low if self.change > 0.0 else self.high


def block_length(weeks: int) -> int:
    """Return how many neighboring weeks are drawn together: the third root of all, as is usual."""
    return max(1, round(weeks ** (1.0 / 3.0)))


def observed(before: Period, after: Period, seed: int) -> list[Observed]:
    """Return what changed of each figure, and of arrivals a week."""
    generator = np.random.default_rng([seed, 21])
    weeks = [_drawn(one.weeks, generator) for one in (before, after)]
    freedom = sum(one.weeks / block_length(one.weeks) for one in (before, after)) - 2.0
    factor = float(stats.t.ppf(0.975, max(freedom, 1.0)))
    found = []
    for name, one in FIGURES.items():
        means = (before.mean(name), after.mean(name))
        sides = [
            _ratio(period.values[name][chosen], period.cases[name][chosen])
            for period, chosen in zip((before, after), weeks, strict=True)
        ]
        found.append(_observed(name, one.scale, means, sides, factor))
    rates = [period.arrivals[chosen].mean(axis=1) for period, chosen in zip((before, after), weeks, strict=True)]
    return [*found, _observed(ARRIVALS, "percent", (before.per_week, after.per_week), rates, factor)]


def _drawn(weeks: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return the rows of drawn weeks: a row a draw."""
    length = block_length(weeks)
    starts = generator.integers(0, weeks, (DRAWS, -(-weeks // length)))
    rows = (starts[:, :, None] + np.arange(length)) % weeks
    return rows.reshape(DRAWS, -1)[:, :weeks]


def _ratio(values: Floats, cases: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(values.sum(axis=1) / cases.sum(axis=1))


def _observed(name: str, scale: Scale, means: tuple[float, float], sides: list[Floats], factor: float) -> Observed:
    before, after = means
    nothing = Observed(name, scale, before, after, np.nan, np.nan, np.nan)
    if not np.isfinite(means).all() or (scale == "percent" and min(means) <= 0.0):
        return nothing
    if scale == "points":
        drawn, middle = sides[1] - sides[0], after - before
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn, middle = np.log(sides[1]) - np.log(sides[0]), float(np.log(after / before))
    drawn = drawn[np.isfinite(drawn)]
    if drawn.size < DRAWS // 2:
        return nothing
    half = factor * float(drawn.std(ddof=1))
    if scale == "points":
        return Observed(name, scale, before, after, middle, max(middle - half, -1.0), min(middle + half, 1.0))
    change, low, high = (float(np.expm1(one)) for one in (middle, middle - half, middle + half))
    return Observed(name, scale, before, after, change, low, high)
