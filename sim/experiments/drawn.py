"""What levels change at points that are drawn, where a design crosses both: the same point, with and without."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

Drawn = tuple[pd.DataFrame, pd.DataFrame]
"""Points and runs, of which measures are changes."""


def changes_at(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    crossed: str,
    level: object,
    reference: object,
    drawn: Sequence[str],
    measures: Sequence[str],
) -> Drawn:
    """Return what a level changes against the reference at every drawn point, in each replication.

    Parameters
    ----------
    points, runs
        As the experiment has them, of one organization.
    crossed, level, reference
        The factor whose levels every drawn point meets, and the two that are compared.
    drawn
        All other factors: of two points that agree in them, one is with the level, the other with the reference.
    measures
        Those that are looked at.

    Returns
    -------
    points, runs : DataFrame
        The drawn points with the numbers that they have with the level, and a row for each of their replications: a
        failed run on either side leaves nothing known.
    """
    sides = [points[points[crossed] == one] for one in (level, reference)]
    keyed = [side.reset_index().set_index(list(drawn))["point"] for side in sides]
    partner = dict(zip(keyed[0], keyed[1].reindex(keyed[0].index), strict=True))
    mine = runs[runs["point"].isin(partner)].set_index(["point", "replication"])[list(measures)]
    theirs = runs[runs["point"].isin(set(partner.values()))].set_index(["point", "replication"])[list(measures)]
    at = pd.MultiIndex.from_tuples([(partner[point], number) for point, number in mine.index], names=mine.index.names)
    made = (mine - theirs.reindex(at).to_numpy()).reset_index()
    return points.loc[sorted(partner)], made.assign(error=None)
