"""Which alternatives leave so much undone that hours and troubles that fall away are no improvements."""

from __future__ import annotations

import pandas as pd

from sim.report.texts import BUT
from sim.spec.measures import GUARDS

SHARE, PART = 0.005, 0.01
"""Changes below half a point of unfinished cases, or one in a hundred of the throughput, are not worth a word."""


def matters(table: pd.DataFrame) -> pd.Series:
    """Tell of rows about unfinished cases and throughput whether they changed by enough to be worth a word."""
    unfinished = table["measure"].str.startswith("unfinished_share")
    least = (PART * table["baseline"].abs()).mask(unfinished, SHARE)
    return table["difference"].abs() >= least


def doubtful(table: pd.DataFrame) -> set[str]:
    """Return the alternatives of a comparison's table that leave more unfinished, or get less done, beyond luck."""
    guards = table["measure"].str.split(".").str[0].isin(GUARDS) & (table["verdict"] == "worse") & matters(table)
    return set(table["alternative"][guards | (table["verdict"] == BUT)])
