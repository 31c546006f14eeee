"""What an improvement must be seen beside: more that is never finished, or less that gets done.

Conflicts, disputes, waits and costs all fall where an organization stands still. So wherever an alternative leaves more
cases unfinished or finishes fewer, that is reported whether or not somebody asked for it, and none of its improvements
is called better without the remark. A guard is shown where its own interval leaves out zero, and the remark follows its
verdict, which is corrected for the number of tests as every other is.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.report.texts import BUT
from sim.results import Replications
from sim.spec.measures import GUARDS, MeasureSpec
from sim.study.effects import COLUMNS, effects_table

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
    moved = set(guards["measure"][_moved(guards)])
    missing = [name for name in GUARDS if name in moved and name not in set(table["measure"])]
    if missing:
        table = effects_table(runs, (*dict.fromkeys(table["measure"]), *missing), specs)
    worse = table["measure"].isin(GUARDS) & (table["verdict"] == "worse") & _matters(table)
    remark = (table["verdict"] == "better") & table["alternative"].isin(table["alternative"][worse])
    return table.assign(verdict=table["verdict"].mask(remark, BUT))[[*COLUMNS]]


def _moved(guards: pd.DataFrame) -> pd.Series:
    """Tell which guards may have changed by enough to matter, so that they have to be seen."""
    within_luck = (guards["ci_low"] <= 0.0) & (guards["ci_high"] >= 0.0)  # without an interval nothing is known of luck
    return _matters(guards) & ~within_luck


def _matters(table: pd.DataFrame) -> pd.Series:
    """Tell which guards changed by enough to be worth a word."""
    least = (PART * table["baseline"].abs()).mask(table["measure"] == "unfinished_share", SHARE)
    return table["difference"].abs() >= least
