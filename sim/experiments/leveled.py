"""Levels that factors have at the points of an experiment, and which of them can be compared there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.axes import Axis, Value
from sim.experiments.complete import Complete, plain
from sim.spec.findings import TextError
from sim.words import words

texts = words("analyses")

MOST_LEVELS = 12
"""Values that a factor may have at the points: more are no levels but draws from a range."""


@dataclass(frozen=True, eq=False)
class Compared:
    """The points of an organization, and which factors are compared at them.

    Attributes
    ----------
    points
        Where factors stand.
    axes
        Those with levels to compare.
    drawn
        Those that are drawn from a range; at every draw, each combination of levels is run.
    """

    points: pd.DataFrame
    axes: tuple[Axis, ...]
    drawn: tuple[str, ...] = ()

    def whole(self, used: Complete) -> Complete:
        """Return what is known without the draws at which a combination is not: they would count for one side only."""
        if not self.drawn:
            return used
        draws = self.points.groupby(list(self.drawn), sort=False).ngroup()
        known = draws.loc[used.values.index]
        often = known.map(known.value_counts())
        kept = used.values[often == draws.value_counts().max()]
        return replace(used, values=kept, lost_points=used.lost_points + len(used.values) - len(kept))


def compared_at(points: pd.DataFrame, axes: Sequence[Axis]) -> Compared:
    """Return which factors can be compared at some points.

    Raises
    ------
    TextError
        If a factor is drawn from a range, and others are not compared at each draw.
    """
    drawn = _drawn(points, axes)
    if not drawn:
        return Compared(points, tuple(axes))
    for names in (drawn, [axis.name for axis in axes if not axis.levels]):
        others = tuple(axis for axis in axes if axis.name not in names)
        if others and _crossed(points, names, [axis.name for axis in others]):
            return Compared(points, others, tuple(names))
    raise _no_levels(drawn[0], points[drawn[0]].nunique())


def _drawn(points: pd.DataFrame, axes: Sequence[Axis]) -> list[str]:
    """Return which factors are drawn from a range: those with many values, or a new one at every draw of several.

    Of the latter there may be few, and all of them together change at once: no level of one is met at two of another.
    """
    counts = {axis.name: points[axis.name].nunique() for axis in axes if not axis.levels}
    moving = [name for name, count in counts.items() if count > 1]
    draws = points.groupby(moving, sort=False).ngroups if len(moving) > 1 else 0
    return [name for name, count in counts.items() if count > MOST_LEVELS or 2 < count == draws]


def _crossed(points: pd.DataFrame, drawn: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether every combination of levels that occurs is there once at every draw."""
    combinations = points.groupby(list(others), sort=False).ngroups
    often = points.groupby(list(drawn), sort=False).size()
    return bool((often == combinations).all()) and not points.duplicated([*drawn, *others]).any()


def _no_levels(factor: str, count: int) -> TextError:
    if count <= MOST_LEVELS:
        return TextError(texts.DRAWN_ANEW.format(factor=factor))
    return TextError(texts.NO_LEVELS.format(factor=factor, count=count, most=MOST_LEVELS))


def levels_of(axis: Axis, values: pd.Series) -> tuple[Value, ...]:
    """Return the levels of a factor that occur, in order; of a range, where things are comes first, if it is one.

    Raises
    ------
    TextError
        If there are more than levels can be.
    """
    there = [plain(one) for one in values.unique()]
    if axis.levels:
        places = {axis.cell(one) for one in there}
        return tuple(one for place, one in enumerate(axis.levels) if place in places)
    if len(there) > MOST_LEVELS:
        raise _no_levels(axis.name, len(there))
    return tuple(sorted(there, key=lambda one: (one != axis.reference, one)))


def codes_of(values: pd.Series, levels: Sequence[Value]) -> Any:
    """Return the number of the level at which a factor stands in every point."""
    known = Axis("", tuple(levels))
    places = {one: known.cell(plain(one)) for one in values.unique()}
    return values.map(places).to_numpy(dtype=np.int64)
