"""Months in which more or fewer cases come, where the years of a log agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.spec.profiles import MONTHS
from sim.vocab import DAY

Floats = NDArray[np.float64]

YEARS, SURE, APART = 2, 0.01, 1.2
"""Whole years of a log that it takes; by what chance years without seasons may agree as well; and how many times as
many cases have to come in the fullest month as in the emptiest, to be worth telling."""


@dataclass(frozen=True, eq=False)
class Seasons:
    """How many times as many cases as usual come in each month of the year, on average 1.

    Attributes
    ----------
    weights
        From January on.
    """

    weights: Floats

    @property
    def written(self) -> dict[str, float]:
        """The weights as a profile writes them."""
        return {name: round(float(one), 3) for name, one in zip(MONTHS, self.weights, strict=True)}

    def usual(self, per_week: float, until: dt.date, weeks: int) -> float:
        """Return the mean of a year, where so many cases a week came in some weeks before a date."""
        days = (until - dt.timedelta(days=one + 1) for one in range(weeks * 7))
        return per_week / max(float(np.mean([self.weights[one.month - 1] for one in days])), 1e-9)


def seasons_of(arrivals: Floats, counts: Floats, origin: dt.datetime, begin: float, until: float) -> Seasons | None:
    """Return the seasons of a log; None where there are none, or too few years to tell.

    Over whole months, logarithms of cases a day are compared with a steady growth, once with a level for each month of
    the year and once without: a month that is full once is none that is full every year.

    Parameters
    ----------
    arrivals, counts
        When each case came, in hours from the origin, and for how many it stands.
    origin
        Of these hours.
    begin, until
        The hours between which cases are known.
    """
    from scipy.stats import f

    months, days, cases = _months(arrivals, counts, origin, begin, until)
    if len(months) < 12 * YEARS or not (cases > 0.0).all():
        return None
    level = np.log(cases / days)
    plain = np.column_stack([np.ones(len(level)), np.arange(len(level))])
    whole = np.column_stack([plain, months[:, None] == np.arange(1, 12)])
    free = len(level) - whole.shape[1]
    found = np.linalg.lstsq(whole, level, rcond=None)[0]
    rest = float(((level - whole @ found) ** 2).sum())
    without = float(((level - plain @ np.linalg.lstsq(plain, level, rcond=None)[0]) ** 2).sum())
    ratio = (without - rest) / 11.0 / max(rest / free, 1e-12)
    chance = float(f.sf(ratio, 11, free))
    months_apart = np.append(0.0, found[2:])
    # the fullest month is so by luck as well: all are as much nearer to each other as luck would set them apart
    weights: Floats = np.exp((months_apart - months_apart.mean()) * max(0.0, 1.0 - 1.0 / max(ratio, 1e-12)))
    weights /= weights.mean()
    return Seasons(weights) if chance < SURE and weights.max() >= APART * weights.min() else None


def _months(
    arrivals: Floats, counts: Floats, origin: dt.datetime, begin: float, until: float
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return of whole months which one of the year each is, and its days and cases."""
    first, last = ((origin + dt.timedelta(hours=one)).date() for one in (begin, until))
    starts = [dt.date(first.year + one // 12, one % 12 + 1, 1) for one in range(first.month, first.month + 1200)]
    starts = [one for one in starts if one <= last]
    edges = np.array([(one - origin.date()).days * DAY for one in starts])
    cases, _ = np.histogram(arrivals, edges, weights=counts) if len(edges) > 1 else (np.zeros(0), None)
    which = np.array([one.month - 1 for one in starts[:-1]], dtype=np.int64)
    return which, np.diff(edges) / DAY, np.asarray(cases, dtype=np.float64)
