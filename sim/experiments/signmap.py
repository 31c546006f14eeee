"""Where in a grid of two factors something helps and where it harms, as far as that is certain."""

from __future__ import annotations

import pandas as pd

from sim.experiments.cells import by_cell
from sim.study.family import family_of
from sim.study.statistics import paired_difference


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
    keys = [(key[0], key[1]) for key in table.columns if key[1] != reference]
    pairs = {(a, b): (table[(a, reference)], table[(a, b)]) for a, b in keys}
    level = 1.0 - family_of([(after - before).to_numpy() for before, after in pairs.values()]).alpha
    rows = [{across: a, down: b, **_differing(before, after, level)} for (a, b), (before, after) in pairs.items()]
    return pd.DataFrame(rows, columns=[across, down, "difference", "low", "high"])


def _differing(before: pd.Series, after: pd.Series, level: float) -> dict[str, float]:
    found = paired_difference(before, after, level).difference
    return {"difference": found.mean, "low": found.low, "high": found.high}
