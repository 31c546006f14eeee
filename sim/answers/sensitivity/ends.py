"""A tornado: every assumption alone at both ends of its range, all else as the scenario says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.uncertain import Assumption
from sim.study.statistics import LEVEL, Interval, holm, mean_interval, p_of_zero

Numbers = NDArray[np.float64]

LOW, HIGH = "low", "high"

COLUMNS = (
    "assumption", "at_low", "at_low_low", "at_low_high", "at_high", "at_high_low", "at_high_high",
    "swing", "swing_low", "swing_high", "p", "sure", "replications",
)  # fmt: skip
"""What is told of each assumption."""


def end_points(assumptions: Sequence[Assumption]) -> list[dict[str, float]]:
    """Return the points: first the scenario as it is, then each assumption at the ends at which it does not stand."""
    ends = [
        {one.place: int(end) if one.whole else end}
        for one in assumptions
        for end in (one.low, one.high)
        if end != one.here
    ]
    return [{}, *ends]


def tornado(assumptions: Sequence[Assumption], values: Numbers) -> pd.DataFrame:
    """Return what a measure is at the ends of each range beside what it is as the scenario says.

    Parameters
    ----------
    assumptions
        What is varied.
    values : array, points × replications
        What was measured at `end_points`.

    Returns
    -------
    DataFrame
        A row for each assumption, with differences from the scenario as it is, paired by replication: ``at_low`` and
        ``at_high`` at the ends of its range with 95 % intervals; ``swing`` from the low end to the high one with its
        interval, its ``p`` corrected for all assumptions (Holm), and whether it is ``sure``.
    """
    now = values[0]
    at = _places(assumptions)
    rows = []
    for one in assumptions:
        low, high = (values[at[one.place, end]] for end in (LOW, HIGH))
        swing = high - low
        told = [mean_interval(changes) for changes in (low - now, high - now, swing)]
        known = swing[~np.isnan(swing)]
        numbers = [number for each in told for number in (each.mean, each.low, each.high)]
        rows.append((one.place, *numbers, p_of_zero(known), known.size))
    found = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "sure"])
    found["p"] = holm(found["p"])
    found.insert(COLUMNS.index("sure"), "sure", found["p"] < 1.0 - LEVEL)
    return found


def as_it_is(values: Numbers) -> Interval:
    """Return the measure where everything is as the scenario says, with its interval."""
    return mean_interval(values[0])


def _places(assumptions: Sequence[Assumption]) -> Mapping[tuple[str, str], int]:
    """Return which point is which end of which assumption; an end that is as things are is the first point."""
    found, next_one = {}, 1
    for one in assumptions:
        for name, end in ((LOW, one.low), (HIGH, one.high)):
            found[one.place, name] = 0 if end == one.here else next_one
            next_one += end != one.here
    return found
