"""What was measured, by point and replication: as things are, and as the alternative changes them at the same point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiments.results import Results

NOW, CHANGE = "now", "change"
"""What a measure is as things are, and what the alternative changes of it."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What one experiment found, in the order of its design.

    Attributes
    ----------
    points
        The drawn points: where factors stand, and what the design says beside it.
    runs
        Every run.
    sides
        How many organizations each drawn point has: as it is, and with the alternative.
    """

    points: pd.DataFrame
    runs: pd.DataFrame
    sides: int

    def of(self, measure: str) -> Iterator[tuple[str, NDArray[np.float64]]]:
        """Yield ``now``, and ``change`` where there is an alternative, with the numbers: points × replications.

        What is not defined on one side is not defined as a change.
        """
        wide = self.runs.pivot(index="point", columns="replication", values=measure).to_numpy(dtype=float)
        both = wide.reshape(len(self.points), self.sides, -1)
        if self.sides == 1:
            yield NOW, both[:, 0]
            return
        yield CHANGE, both[:, 1] - both[:, 0]
        yield NOW, both[:, 0]

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return int(self.runs["error"].notna().sum())


def outcomes_of(found: Results, sides: int) -> Outcomes:
    """Return what an experiment found; everything is read, so that its folder may go."""
    return Outcomes(found.points.iloc[::sides].reset_index(drop=True), found.runs, sides)
