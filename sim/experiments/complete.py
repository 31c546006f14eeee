"""Numbers of an experiment as a table of points × replications, and which of them can be compared with each other.

Every replication is a comparison of its own: all its points met the same luck. So an effect is estimated in each
replication, and always from the same points; where runs failed, or a measure is not defined, some of either are left
out, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiments.axes import Value
from sim.words import Text, words

texts = words("analyses")

Numbers = NDArray[np.float64]

ROUNDING = 1e-12
"""Differences that small against the numbers they are made from are rounding errors."""

SCENARIO = "scenario"
"""The column of points that says which organization it is."""


@dataclass(frozen=True, eq=False)
class Complete:
    """The points and replications of which every number is known.

    Attributes
    ----------
    values
        One number for each point (rows) and replication (columns).
    lost_points, lost_replications
        How many are left out.
    """

    values: pd.DataFrame
    lost_points: int = 0
    lost_replications: int = 0

    @property
    def numbers(self) -> Numbers:
        """The same without names."""
        found: Numbers = self.values.to_numpy(dtype=float)
        return found

    def said(self, measure: Text | str) -> Iterator[Text]:
        """Yield what is left out, in a sentence each."""
        facts = {"measure": measure, "points": self.lost_points, "replications": self.lost_replications}
        if self.lost_points:
            yield texts.LOST_POINTS.format(**facts)
        if self.lost_replications:
            yield texts.LOST_REPLICATIONS.format(**facts)


def by_replication(runs: pd.DataFrame, measure: str, points: pd.Index) -> pd.DataFrame:
    """Return a measure at some points (rows) in every replication (columns); NaN where a run failed or has none."""
    chosen = runs.loc[runs["point"].isin(points), ["point", "replication", measure]]
    return chosen.pivot(index="point", columns="replication", values=measure).reindex(points)


def complete(values: pd.DataFrame) -> Complete:
    """Return the points and replications between which nothing is missing.

    Points that are never known go first. If half of the replications or more are whole then, the others go; otherwise
    every replication stays that knows anything, and the points go that one of them does not know.
    """
    known = values.notna()
    alive = values.loc[known.any(axis=1), known.any(axis=0)]
    whole = alive.notna().all(axis=0)
    enough = 2 * int(whole.sum()) >= len(whole)
    kept = alive.loc[:, whole] if enough else alive.loc[alive.notna().all(axis=1)]
    return Complete(kept, len(values) - len(kept), values.shape[1] - kept.shape[1])


def by_scenario(points: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the points of every organization; all of them at once where nothing says which they belong to."""
    if SCENARIO not in points:
        yield "", points
        return
    for name, ones in points.groupby(SCENARIO, sort=False):
        yield str(name), ones


def exact(differences: Numbers, numbers: Numbers) -> Numbers:
    """Return differences of some numbers, zero where they are no more than what adding up in another order makes."""
    return np.where(np.abs(differences) <= ROUNDING * np.abs(numbers).max(initial=0.0), 0.0, differences)


def plain(value: Any) -> Value:
    """Return a value of a table as Python's own."""
    found: Value = value.item() if isinstance(value, np.generic) else value
    return found
