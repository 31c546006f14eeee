"""From where on more of something does harm, and where in a grid something helps: only as far as it is certain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from sim.experiments.cells import by_cell
from sim.study.family import family_of
from sim.study.statistics import Interval, paired_difference


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a measure is best along a factor, and from where on it is certainly worse than there.

    Attributes
    ----------
    best, worse
        Levels: with the best mean, and the first from which on every one is certainly worse than that.
    change
        What the measure is at `worse` beyond what it is at `best`, with an interval that holds for all pairs of levels
        at once: the best level was found by looking at all of them.
    """

    best: float
    worse: float
    change: Interval


def turn_of(levels: pd.DataFrame, better: str) -> Turn | None:
    """Return from where on more does harm; None where nothing shows it.

    Parameters
    ----------
    levels
        A row for each replication, a column for each level, the smallest first.
    better
        Which direction of the measure is: ``higher``, ``lower``, or ``neither``, which has no best level.
    """
    means = levels.mean()
    if better == "neither" or levels.shape[1] < 3 or means.isna().any():
        return None
    best = int(np.argmax(means) if better == "higher" else np.argmin(means))
    pairs = _all_pairs(levels)
    sign = 1.0 if better == "higher" else -1.0
    first = None
    for place in range(levels.shape[1] - 1, best, -1):
        found = pairs[(best, place)]
        certain = max(sign * found.low, sign * found.high) < 0.0
        if not certain:
            break
        first = place
    if first is None:
        return None
    return Turn(float(levels.columns[best]), float(levels.columns[first]), pairs[(best, first)])


def _all_pairs(levels: pd.DataFrame) -> dict[tuple[int, int], Interval]:
    """Return how every two levels differ, with intervals that hold for all of them at once."""
    places = list(combinations(range(levels.shape[1]), 2))
    values = levels.to_numpy(dtype=float)
    level = 1.0 - family_of([values[:, b] - values[:, a] for a, b in places]).alpha
    return {(a, b): paired_difference(values[:, a], values[:, b], level).difference for a, b in places}


def sign_map(
    points: pd.DataFrame, runs: pd.DataFrame, across: str, down: str, measure: str, reference: object
) -> pd.DataFrame:
    """Return what each level of one factor changes against its reference, at each level of another.

    Parameters
    ----------
    points, runs
        As an experiment has them.
    across, down
        The factor along which is looked, and the one whose levels are compared with one of them.
    measure
        Its name.
    reference
        That level.

    Returns
    -------
    pandas.DataFrame
        `across`, `down`, ``difference``, ``low`` and ``high``: they hold for the whole map at once (max-t).
    """
    table = by_cell(points, runs, (across, down), measure)
    pairs = {(a, b): (table[(a, reference)], table[(a, b)]) for a, b in table.columns if b != reference}
    level = 1.0 - family_of([(after - before).to_numpy() for before, after in pairs.values()]).alpha
    rows = [{across: a, down: b, **_differing(before, after, level)} for (a, b), (before, after) in pairs.items()]
    return pd.DataFrame(rows, columns=[across, down, "difference", "low", "high"])


def _differing(before: pd.Series, after: pd.Series, level: float) -> dict[str, float]:
    found = paired_difference(before, after, level).difference
    return {"difference": found.mean, "low": found.low, "high": found.high}
