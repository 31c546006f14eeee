"""How much of one factor does how much: a curve over its levels, and from where on more no longer helps, or harms.

Every level is a mean with its band; against the reference, the same luck is compared pair by pair. Where a curve turns
is told from all pairs of its levels, their p-values corrected together (Holm 1979): noise is no turn. That more no
longer helps cannot be proven; so it is told how much more could still bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from sim.experiments.axes import Axis, Value
from sim.experiments.complete import Numbers, by_replication, by_scenario, complete, exact
from sim.experiments.leveled import codes_of, levels_of
from sim.spec.findings import TextError, mismatch, one_of
from sim.study.statistics import ALPHA, LEVEL, Interval, Scale, holm, mean_interval, p_of_zero
from sim.words import Text

Better = Literal["higher", "lower", "neither"]

COLUMNS = ("level", "mean", "low", "high", "difference", "difference_low", "difference_high", "p")
"""What the table of a curve holds."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where more of a factor stops to help.

    Attributes
    ----------
    helps_from
        The lowest level that is surely better than the reference; None where there is none.
    enough
        The lowest level above which none is surely better; None where it is not known what better means.
    more
        What the best level above `enough` would bring beside it, in the unit of the measure and counted as better where
        it is above zero, with an interval that holds for all levels above at once; None where there is none above.
    harms_from
        The lowest level from which on all are surely worse than the best below them; None where there is none.
    """

    helps_from: Value | None
    enough: Value | None
    more: Interval | None
    harms_from: Value | None


@dataclass(frozen=True, eq=False)
class Curve:
    """What the levels of a factor do to a measure.

    Attributes
    ----------
    scenario, measure, factor
        Where, what, and of which factor.
    at
        Where another factor stands meanwhile; None where there is none.
    table
        A row for each level, the lowest first: ``mean`` with ``low`` and ``high``; ``difference`` to the reference with
        ``difference_low`` and ``difference_high``, and its ``p``, for each level alone; NaN where the reference is not
        known.
    turn
        Where more stops to help.
    replications
        How many were compared.
    said
        What was left out.
    """

    scenario: str
    measure: str
    factor: str
    at: Value | None
    table: pd.DataFrame
    turn: Turn
    replications: int
    said: tuple[Text, ...] = ()


def dose_response(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axes: Sequence[Axis],
    measure: str,
    factor: str,
    *,
    at: str | None = None,
    better: Better = "neither",
    scale: Scale = "any",
    level: float = LEVEL,
) -> tuple[Curve, ...]:
    """Return the curve of a measure over the levels of a factor: one for each organization, and each level of another.

    Parameters
    ----------
    points : DataFrame
        Where factors stand, by point; with a column ``scenario``, every organization has its own curve.
    runs : DataFrame
        Columns ``point``, ``replication`` and the measure.
    axes : sequence of Axis
        The factors.
    measure, factor : str
        What is looked at, over whose levels; over all other factors it is averaged.
    at : str, optional
        Another factor, at each level of which there is a curve.
    better : {"higher", "lower", "neither"}
        Which of two values is better; with neither, nothing is told of turns.
    scale : {"any", "positive", "share"}
        What numbers are possible.
    level : float
        Confidence level of the bands.

    Returns
    -------
    tuple of Curve
        None for organizations of which nothing is known.

    Raises
    ------
    TextError
        If a factor is not known, or has more values than levels can be.
    """
    known = {axis.name: axis for axis in axes}
    for name in (factor,) if at is None else (factor, at):
        if name not in known:
            raise TextError(mismatch(name, one_of(name, known)))
    found = []
    for scenario, ones in by_scenario(points):
        for place, some in _at_each(ones, None if at is None else known[at]):
            curve = _curve(scenario, some, runs, known[factor], measure, better, scale, level, place)
            found += [] if curve is None else [curve]
    return tuple(found)


def _at_each(points: pd.DataFrame, axis: Axis | None) -> Iterator[tuple[Value | None, pd.DataFrame]]:
    """Yield the points at each level of a factor."""
    if axis is None:
        yield None, points
        return
    levels = levels_of(axis, points[axis.name])
    codes = codes_of(points[axis.name], levels)
    for place, level in enumerate(levels):
        yield level, points[codes == place]


def _curve(
    scenario: str,
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axis: Axis,
    measure: str,
    better: Better,
    scale: Scale,
    level: float,
    at: Value | None,
) -> Curve | None:
    used = complete(by_replication(runs, measure, points.index))
    if not used.values.size:
        return None
    column = points.loc[used.values.index, axis.name]
    levels = levels_of(axis, column)
    codes = codes_of(column, levels)
    means = np.array([used.numbers[codes == place].mean(axis=0) for place in range(len(levels))])
    order = _ascending(levels)
    reference = axis.cell(levels[0]) == axis.off or not axis.levels
    changes = exact(means - means[0], used.numbers) if reference else np.full_like(means, np.nan)
    rows = [_row(levels[place], means[place], changes[place], scale, level) for place in order]
    turn = _turn([levels[place] for place in order], means[order], order.index(0) if reference else None, better)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Curve(scenario, measure, axis.name, at, table, turn, means.shape[1], tuple(used.said(measure)))


def _ascending(levels: Sequence[Value]) -> list[int]:
    """Return the places of levels, the lowest first; of texts, as they stand."""
    places = list(range(len(levels)))
    if any(isinstance(one, str) for one in levels):
        return places
    return sorted(places, key=lambda place: float(levels[place]))


def _row(value: Value, mean: Numbers, changes: Numbers, scale: Scale, level: float) -> dict[str, Value]:
    band, change = mean_interval(mean, level, scale), mean_interval(changes, level)
    return {
        "level": value,
        "mean": band.mean,
        "low": band.low,
        "high": band.high,
        "difference": change.mean,
        "difference_low": change.low,
        "difference_high": change.high,
        "p": float("nan") if np.isnan(changes).any() else p_of_zero(changes),
    }


def _turn(levels: Sequence[Value], means: Numbers, reference: int | None, better: Better) -> Turn:
    """Return where more stops to help, of levels in ascending order."""
    if better == "neither":
        return Turn(None, None, None, None)
    gains = means if better == "higher" else -means
    pairs = list(combinations(range(len(levels)), 2))
    p_values = holm([p_of_zero(exact(gains[upper] - gains[lower], gains)) for lower, upper in pairs])
    sure = {pair for pair, p in zip(pairs, p_values, strict=True) if p < ALPHA}
    mean = gains.mean(axis=1)
    places = range(len(levels))
    helps = [k for k in places if reference is not None and _beats(k, reference, sure, mean)]
    enough = next(k for k in places if not any(_beats(more, k, sure, mean) for more in places[k + 1 :]))
    return Turn(
        levels[helps[0]] if helps else None,
        levels[enough],
        _more(gains, enough),
        _harms(levels, sure, mean),
    )


def _beats(one: int, other: int, sure: set[tuple[int, int]], mean: Numbers) -> bool:
    """Tell whether one level is surely better than another."""
    return (min(one, other), max(one, other)) in sure and bool(mean[one] > mean[other])


def _more(gains: Numbers, enough: int) -> Interval | None:
    """Return what the best level above would bring, its interval wide enough to hold for all of them (Bonferroni)."""
    above = gains[enough + 1 :] - gains[enough]
    if not len(above):
        return None
    level = 1.0 - (1.0 - LEVEL) / len(above)
    found = [mean_interval(one, level) for one in above]
    return max(found, key=lambda one: one.mean)


def _harms(levels: Sequence[Value], sure: set[tuple[int, int]], mean: Numbers) -> Value | None:
    """Return the lowest level from which on all are surely worse than the best one below."""
    for place in range(1, len(levels)):
        best = int(np.argmax(mean[:place]))
        if all(_beats(best, upper, sure, mean) for upper in range(place, len(levels))):
            return levels[place]
    return None
