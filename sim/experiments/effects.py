"""What each factor does, and what two do beyond that: main effects and interactions with their intervals.

In every replication all points met the same luck, so an effect is estimated in each and its interval is that of the
mean over replications. P-values are corrected for all rows of a table (Holm 1979), as one looks through them for what
matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.axes import Axis, Value
from sim.experiments.complete import Complete, by_replication, by_scenario, complete, exact
from sim.experiments.contrasts import Effect, Estimates, estimated
from sim.experiments.leveled import Compared, codes_of, compared_at, levels_of
from sim.study.statistics import LEVEL, holm, mean_interval, p_of_zero
from sim.words import Text, series, words

texts = words("analyses")

SHOWN = 3
"""Names after which the rest is only counted."""

TIMES = " × "
"""What stands between two factors."""

COLUMNS = (
    "scenario", "measure", "effect", "factor", "level", "other", "other_level",
    "mean", "low", "high", "p", "p_alone", "replications", "mixed",
)  # fmt: skip
"""What the table of effects holds."""


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of all factors on some measures.

    Attributes
    ----------
    table
        A row for each organization, measure and effect: ``effect`` (its name), ``factor`` and ``level``, of two also
        ``other`` and ``other_level``; ``mean``, ``low`` and ``high`` in the unit of the measure; ``p`` corrected for
        all rows, ``p_alone`` for none; ``replications``; ``mixed``: what else the estimate has in it.
    values
        The same rows by replication; NaN in those that were left out.
    said
        What was left out, or taken for nothing.
    """

    table: pd.DataFrame
    values: pd.DataFrame
    said: tuple[Text, ...] = ()

    @property
    def main(self) -> pd.DataFrame:
        """The rows of single factors."""
        return self.table[self.table["other"] == ""]

    @property
    def interactions(self) -> pd.DataFrame:
        """The rows of two factors."""
        return self.table[self.table["other"] != ""]


def effects(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axes: Sequence[Axis],
    measures: Sequence[str],
    level: float = LEVEL,
    called: Mapping[str, Text] | None = None,
) -> Effects:
    """Return what factors do to some measures, each alone and two together.

    Parameters
    ----------
    points : DataFrame
        Where factors stand, by point; with a column ``scenario``, every organization is looked at for itself.
    runs : DataFrame
        Columns ``point`` and ``replication``, and one for each measure.
    axes : sequence of Axis
        The factors; of levels the first is the reference, of a range where things are, or the lowest value.
    measures : sequence of str
        What is looked at.
    level : float
        Confidence level of the intervals.
    called : mapping of str to Text, optional
        What people call measures and factors, where something is said of them; by default as they are called here.

    Returns
    -------
    Effects
        A main effect is the mean at a level less that at the reference, averaged over all other factors. An interaction
        is how much more two do together than the sum of what each does alone.

    Raises
    ------
    TextError
        If a factor has more values than levels can be, as in designs that sample a range; unless others are compared at
        every draw.
    """
    found = [
        one
        for scenario, ones in by_scenario(points)
        for compared in [compared_at(ones, axes)]
        for measure in measures
        for one in [_of_one(scenario, measure, compared, runs)]
        if one is not None
    ]
    rows = [row for one in found for row in one.rows(level)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["p"] = holm(table["p_alone"])
    values = pd.concat([one.values() for one in found], ignore_index=True) if found else pd.DataFrame()
    said = dict.fromkeys(text for one in found for text in one.said(called or {}))
    return Effects(table, values, tuple(said))


@dataclass(frozen=True, eq=False)
class _One:
    """The effects on one measure in one organization."""

    scenario: str
    measure: str
    axes: tuple[Axis, ...]
    levels: tuple[tuple[Value, ...], ...]
    used: Complete
    found: Estimates
    still: tuple[str, ...]
    drawn: tuple[str, ...]

    def rows(self, level: float) -> Iterator[dict[str, Any]]:
        """Yield a row for each effect."""
        for effect, mixed, values in zip(self.found.effects, self.found.mixed, self.found.values, strict=True):
            interval = mean_interval(values, level)
            names = [self.axes[one].name for one in effect.factors]
            levels = [self.levels[f][k] for f, k in zip(effect.factors, effect.levels, strict=True)]
            yield {
                "scenario": self.scenario,
                "measure": self.measure,
                "effect": self.called(effect),
                "factor": names[0],
                "level": levels[0],
                "other": names[1] if len(names) > 1 else "",
                "other_level": levels[1] if len(names) > 1 else None,
                "mean": interval.mean,
                "low": interval.low,
                "high": interval.high,
                "p_alone": p_of_zero(values) if not np.isnan(values).any() else np.nan,
                "replications": values.size,
                "mixed": ", ".join(f"{'' if sign > 0 else '−'}{self.called(other)}" for other, sign in mixed),
            }

    def called(self, effect: Effect) -> str:
        """Return the name of an effect; what is only there or not needs no level."""
        told = []
        for factor, level in zip(effect.factors, effect.levels, strict=True):
            name, levels = self.axes[factor].name, self.levels[factor]
            switched = levels[level] is True and levels[0] is False
            told.append(name if switched else f"{name}={levels[level]}")
        return TIMES.join(told)

    def values(self) -> pd.DataFrame:
        """Return every effect in every replication."""
        return pd.DataFrame(self.found.values, columns=self.used.values.columns)

    def said(self, called: Mapping[str, Text]) -> Iterator[Text]:
        """Yield what was left out, or taken for nothing."""
        yield from self.used.said(called.get(self.measure, self.measure))
        for name in self.still:
            yield texts.NOT_VARIED.format(factor=called.get(name, name))
        if self.drawn:
            yield texts.DRAWN.format(names=series([called.get(name, name) for name in self.drawn], SHOWN))
        if not self.found.pairs and len(self.axes) > 1:
            yield texts.NO_PAIRS


def _of_one(scenario: str, measure: str, compared: Compared, runs: pd.DataFrame) -> _One | None:
    """Return the effects on a measure in an organization; nothing where nothing is known of it."""
    used = compared.whole(complete(by_replication(runs, measure, compared.points.index)))
    if not used.values.size:
        return None
    at, axes = compared.points.loc[used.values.index], compared.axes
    levels = {axis.name: _against(axis, levels_of(axis, at[axis.name])) for axis in axes}
    moving = tuple(axis for axis in axes if len(levels[axis.name]) > 1)
    still = tuple(axis.name for axis in axes if axis not in moving)
    kept = tuple(levels[axis.name] for axis in moving)
    codes = [codes_of(at[axis.name], levels[axis.name]) for axis in moving]
    numbers = used.numbers
    shaped = np.column_stack(codes) if codes else np.zeros((len(at), 0), dtype=np.int64)
    found = estimated(shaped, [len(one) for one in kept], numbers)
    found = replace(found, values=exact(found.values, numbers))
    return _One(scenario, measure, moving, kept, used, found, still, compared.drawn)


def _against(axis: Axis, levels: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return levels that can be told against the reference; none where that does not occur."""
    return () if axis.levels and axis.cell(levels[0]) != 0 else levels
