"""What was found in each setting of a pattern, and what is claimed of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from numpy.typing import ArrayLike

from sim.study.statistics import mean_interval
from sim.words import Text, words
from sim.words.numbers import MINUS, signed

texts = words("patterns")


class Found:
    """Quantities of every replication, by setting; replication n met the same luck in all of them.

    Parameters
    ----------
    frames : mapping of DataFrame
        By setting: a row for each replication, a column for each quantity.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self.frames = dict(frames)

    def __call__(self, setting: str, quantity: str) -> pd.Series:
        """Return a quantity in one setting, by replication."""
        return self.frames[setting][quantity]

    def change(self, quantity: str, before: str, after: str) -> pd.Series:
        """Return what a quantity is in the setting `after` beyond that in `before`, by replication."""
        return self(after, quantity) - self(before, quantity)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that has to hold: the 95 % interval of a mean lies wholly beyond a bound, or between two.

    Attributes
    ----------
    key : str
        By what its words are found in those of its pattern.
    mean, low, high : float
        The mean over the replications and the ends of its 95 % interval (Student's t).
    above, below : float
        The bounds, infinite where there is none.
    replications : int
        Over how many replications the mean is taken.
    """

    key: str
    mean: float
    low: float
    high: float
    above: float
    below: float
    replications: int

    @property
    def holds(self) -> bool:
        """Whether the whole interval is within the bounds."""
        return self.low > self.above and self.high < self.below

    @property
    def interval(self) -> Text:
        """The mean with its interval, each with its sign."""
        written = {"mean": signed(self.mean), "low": signed(self.low), "high": signed(self.high)}
        return texts.INTERVAL.format(**written)

    @property
    def asked(self) -> Text:
        """Where the interval has to lie."""
        if math.isinf(self.below):
            return texts.ABOVE.format(bound=plain(self.above))
        if math.isinf(self.above):
            return texts.BELOW.format(bound=plain(self.below))
        return texts.WITHIN.format(low=plain(self.above), high=plain(self.below))


def claim(key: str, values: ArrayLike, *, above: float = -math.inf, below: float = math.inf) -> Claim:
    """Return what is claimed of a number that each replication has, mostly the difference of two settings.

    Parameters
    ----------
    key : str
        By what its words are found.
    values : array_like
        One number per replication; NaN where undefined.
    above, below : float
        Beyond or between which bounds the interval has to lie.
    """
    known = pd.Series(values, dtype=float).dropna()
    found = mean_interval(known)
    return Claim(key, found.mean, found.low, found.high, above, below, len(known))


def plain(bound: float) -> str:
    """Write a bound as it was set."""
    return f"{bound:g}".replace("-", MINUS)
