"""What a wanted precision costs: replications, runs and hours, from a pilot of a few replications.

The half width of an interval is that of Student's t over replications. How much replications differ is known from the
pilot, and no better than that: with few of them the spread may be far larger than it looks (chi-square bound of the
variance, which holds for normal numbers). So a number of replications is told for the spread as it was found, and for
the largest that the pilot leaves open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sim.experiments.axes import Axis
from sim.experiments.complete import Numbers, by_scenario, exact, matched
from sim.experiments.effects import effects
from sim.spec.findings import TextError
from sim.study.statistics import LEVEL, Scale, within

CONFIDENCE = 0.9
"""How sure it is that the spread is no larger than its bound."""

MOST = 10_000_000
"""Replications that are counted up to; more are told as that many."""

COLUMNS = (
    "measure", "what", "scenario", "about", "pilot", "half_width", "spread", "spread_high", "wanted", "replications",
    "replications_high",
)  # fmt: skip
"""What the table of precision holds."""


@dataclass(frozen=True, slots=True)
class Needed:
    """How often something has to be run until its interval is as narrow as wanted.

    Attributes
    ----------
    pilot
        Replications that say so.
    half_width
        Of the interval after the pilot; of a mean within bounds, the longer side.
    spread, spread_high
        Standard deviation over replications: as the pilot found it, and the largest it leaves open.
    replications, replications_high
        How many are needed with either, two at least; None where the pilot cannot tell.
    """

    pilot: int
    half_width: float
    spread: float
    spread_high: float
    replications: int | None
    replications_high: int | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What replications cost.

    Attributes
    ----------
    runs
        Points times replications.
    hours
        Hours of computing, of all workers together and of each by itself.
    """

    runs: int
    hours: float


def replications_for(
    values: ArrayLike,
    half_width: float,
    scale: Scale = "any",
) -> Needed:
    """Return how many replications make the interval of a mean as narrow as wanted.

    Parameters
    ----------
    values : array_like
        One number per replication of the pilot, or the difference of two; NaN where undefined.
    half_width : float
        What is wanted, in the unit of the numbers.
    scale : {"any", "positive", "share"}
        What numbers are possible; of a difference, any.

    Returns
    -------
    Needed
        With one number in the pilot, or none, nothing can be told but that.

    Examples
    --------
    >>> from sim.experiments.precision import replications_for
    >>> found = replications_for([0.0, 1.0, 2.0, 3.0, 4.0], 0.5)
    >>> found.replications, found.replications_high
    (41, 147)
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if known.size < 2:
        return Needed(known.size, math.nan, math.nan, math.nan, None, None)
    mean, spread = float(known.mean()), float(known.std(ddof=1))
    high = spread * _bound(known.size - 1)
    now = _half(known.size, mean, spread, scale)
    told = [_least(half_width, mean, one, scale) for one in (spread, high)]
    return Needed(known.size, now, spread, high, told[0], told[1])


def precision(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axes: Sequence[Axis],
    wanted: Mapping[str, float],
    scales: Mapping[str, Scale] | None = None,
) -> pd.DataFrame:
    """Return what a pilot says about the replications of everything that is read from an experiment.

    Parameters
    ----------
    points, runs, axes
        The pilot, as `sim.experiments.effects.effects` takes them.
    wanted : mapping
        The wanted half width of each measure, in its unit.
    scales : mapping, optional
        What numbers measures can take; any, where nothing is said.

    Returns
    -------
    DataFrame
        A row for each mean (``what`` is ``mean``, ``about`` the point), each difference of a point to the first one of
        its organization (``difference``), and each effect of one factor or of two (``main effect``, ``interaction``),
        with the columns of `COLUMNS`. A design that samples a range has no effects to tell.
    """
    rows = []
    for measure, half_width in wanted.items():
        scale = (scales or {}).get(measure, "any")
        for what, scenario, about, values in _questions(points, runs, axes, measure):
            found = replications_for(values, half_width, scale if what == "mean" else "any")
            told = {name: getattr(found, name) for name in COLUMNS if hasattr(found, name)}
            asked = {"measure": measure, "what": what, "scenario": scenario, "about": about, "wanted": half_width}
            rows.append(asked | told)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"replications": "Int64", "replications_high": "Int64"})


def widest(table: pd.DataFrame) -> pd.DataFrame:
    """Return of every measure and kind of question the row that needs most replications, as all are to be narrow.

    Of many rows that is also the one whose spread luck made largest: with hundreds of points it is more than enough.
    """
    known = table[table["replications"].notna()]
    places = known.groupby(["measure", "what"], sort=False)["replications"].idxmax()
    return table.loc[places.to_numpy()].reset_index(drop=True)


def cost(replications: int, points: int, seconds: float, workers: int = 1) -> Cost:
    """Return the runs that so many replications are, and the hours that they take.

    Parameters
    ----------
    replications, points : int
        How often how many points are run.
    seconds : float
        What one run takes on one worker.
    workers : int
        How many work at a time.
    """
    runs = replications * points
    return Cost(runs, runs * seconds / workers / 3600.0)


def _questions(
    points: pd.DataFrame, runs: pd.DataFrame, axes: Sequence[Axis], measure: str
) -> Iterator[tuple[str, str, str, Numbers]]:
    """Yield everything that is read from an experiment, with one number for each replication."""
    for scenario, ones in by_scenario(points):
        used = matched(runs, measure, ones.index)
        numbers = used.numbers
        for place, point in enumerate(used.values.index):
            yield "mean", scenario, str(point), numbers[place]
        for place, point in enumerate(used.values.index[1:], 1):
            yield "difference", scenario, str(point), exact(numbers[place] - numbers[0], numbers)
    try:
        found = effects(points, runs, axes, [measure])
    except TextError:  # it samples a range: there are no levels to compare
        return
    for row, values in zip(found.table.itertuples(), found.values.to_numpy(dtype=float), strict=True):
        yield "interaction" if row.other else "main effect", str(row.scenario), str(row.effect), values


def _bound(freedom: int) -> float:
    """Return how many times larger a standard deviation may be than it was found."""
    from scipy.special import chdtri  # takes longer to load than a pilot to read

    return float(np.sqrt(freedom / chdtri(freedom, CONFIDENCE)))


def _half(count: int, mean: float, spread: float, scale: Scale) -> float:
    """Return the half width of an interval after so many replications; of one within bounds, the longer side."""
    from scipy.special import stdtrit

    half = float(stdtrit(count - 1, 0.5 + LEVEL / 2)) * spread / math.sqrt(count)
    low, high = within(np.array([mean]), np.array([half]), scale)
    return float(max(mean - low[0], high[0] - mean))


def _least(wanted: float, mean: float, spread: float, scale: Scale) -> int:
    """Return the fewest replications whose interval is that narrow; it narrows with every one."""
    low, high = 1, 2
    while high < MOST and _half(high, mean, spread, scale) > wanted:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _half(middle, mean, spread, scale) > wanted else (low, middle)
    return min(high, MOST)
