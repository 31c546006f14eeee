"""What is believed before any figure is looked at: every assumption anywhere in its range, none with another.

Evenly between the ends of the documented range, or of what the scenario states, as `--robust` and experiments draw it:
what is narrowed here can be used there, and an assumption on which no figure bears keeps what it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiments.axes import Axis
from sim.experiments.ranges import agreed, drawn, ranges_of
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption
from sim.spec.findings import TextError
from sim.words import words

texts = words("fittargets")

Numbers = NDArray[np.float64]

DIGITS = 6
"""Significant digits of a value: more say nothing, and make a store hard to read."""


@dataclass(frozen=True)
class Prior:
    """The assumptions that are fitted.

    Attributes
    ----------
    assumptions
        Each with its range.
    """

    assumptions: tuple[Assumption, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Where they stand."""
        return tuple(one.place for one in self.assumptions)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The assumptions as designs see them."""
        return tuple(drawn(one.place, one) for one in self.assumptions)

    def values(self, shares: Numbers) -> pd.DataFrame:
        """Return values at shares of the ranges (draws × assumptions, from 0 to 1), a column for each place."""
        return pd.DataFrame({axis.name: _rounded(axis, shares[:, k]) for k, axis in enumerate(self.axes)})

    def shares(self, values: pd.DataFrame) -> Numbers:
        """Return at which shares of the ranges values lie; a whole number lies in the middle of its part."""
        columns = []
        for axis in self.axes:
            found = values[axis.name].to_numpy(dtype=float) - axis.low
            wide = axis.high - axis.low
            columns.append((found + 0.5) / (wide + 1.0) if axis.whole else found / wide)
        return np.column_stack(columns)


def _rounded(axis: Axis, shares: Numbers) -> NDArray[np.generic]:
    cells = axis.spread(shares)
    if axis.whole:
        return cells.astype(np.int64)
    short = np.array([float(f"{cell:.{DIGITS}g}") for cell in cells])
    return np.clip(short, axis.low, axis.high)


def prior_of(scenario: Scenario, over: Iterable[str] | None = None) -> Prior:
    """Return the assumptions of a scenario that are fitted: all that have a width, or those at some places.

    Raises
    ------
    TextError
        Where there is none at a place, or its range has no width.
    """
    if over is None:
        known: Sequence[Assumption] = tuple(ranges_of(scenario, ()).values())
        found = Prior(tuple(one for one in known if one.low < one.high))
        if not found.assumptions:
            raise TextError(texts.NOTHING_MOVES.format(name=scenario.name))
        return found
    asked = dict.fromkeys([over] if isinstance(over, str) else over)
    return Prior(tuple(agreed(place, {scenario.name: ranges_of(scenario, (), place)}) for place in asked))
