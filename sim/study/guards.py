"""What an improvement must be seen beside: more that is never finished, or less that gets done.

Conflicts, disputes, waits and costs all fall where an organization stands still. So wherever an alternative leaves more
cases unfinished or finishes fewer, that is reported whether or not somebody asked for it, and none of its improvements
is called better without the remark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from sim.report.texts import BUT
from sim.results import Replications
from sim.spec.measures import MeasureSpec
from sim.study.effects import COLUMNS, effects_table

GUARDS = ("unfinished_share", "throughput")
"""The measures without which others flatter."""

SHARE, PART = 0.005, 0.01
"""Changes below half a point of unfinished cases, or one in a hundred of the throughput, are not worth a word."""


def guarded(table: pd.DataFrame, runs: Mapping[str, Replications], specs: Mapping[str, MeasureSpec]) -> pd.DataFrame:
    """Return the table with the guards that changed, and with the remark on improvements that they put in doubt.

    Parameters
    ----------
    table
        The effects, as asked for.
    runs
        The replications by label, the baseline among them.
    specs
        What is known about measures.
    """
    guards = effects_table(runs, GUARDS, specs)
    moved = guards[[_moved(row) for _, row in guards.iterrows()]]
    missing = [name for name in GUARDS if name in set(moved["measure"]) and name not in set(table["measure"])]
    if missing:
        table = effects_table(runs, (*dict.fromkeys(table["measure"]), *missing), specs)
    doubtful = set(moved["alternative"][[_flatters(row) for _, row in moved.iterrows()]])
    remark = (table["verdict"] == "better") & table["alternative"].isin(doubtful)
    return table.assign(verdict=table["verdict"].mask(remark, BUT))[[*COLUMNS]]


def _moved(row: pd.Series) -> bool:
    """Tell whether a guard changed beyond luck, and by enough to matter."""
    least = SHARE if row["measure"] == "unfinished_share" else PART * abs(row["baseline"])
    within_luck = row["ci_low"] <= 0.0 <= row["ci_high"]  # without an interval nothing is known of luck
    return bool(not math.isnan(row["difference"]) and abs(row["difference"]) >= least and not within_luck)


def _flatters(row: pd.Series) -> bool:
    return bool((row["difference"] > 0.0) == (row["measure"] == "unfinished_share"))
