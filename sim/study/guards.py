"""What an improvement must be seen beside: more that is never finished, or less that gets done.

Conflicts, disputes, waits and costs all fall where an organization stands still. So wherever an alternative leaves more
cases unfinished or finishes fewer, that is reported whether or not somebody asked for it, and none of its improvements
is called better without the remark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from sim.report.texts import BUT
from sim.results import Replications
from sim.spec.measures import MeasureSpec, of_process
from sim.study.effects import COLUMNS, effects_table

GUARDS = ("unfinished_share", "throughput")
"""The measures without which others flatter."""

RATES = ("conflicts_per_100", "bounces_per_100", "handed_over", "ping_pong", "rework_share")
"""What falls where cases do not get on; of one process, where those of that process do not, however few they are."""

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
    watched = _guards_of(table["measure"])
    guards = effects_table(runs, watched, specs)
    moved = guards[[_moved(row) for _, row in guards.iterrows()]]
    missing = [name for name in watched if name in set(moved["measure"]) and name not in set(table["measure"])]
    if missing:
        table = effects_table(runs, (*dict.fromkeys(table["measure"]), *missing), specs)
    doubtful = {(row["alternative"], _process(row["measure"])) for _, row in moved.iterrows() if _flatters(row)}
    remark = [
        row["verdict"] == "better"
        and bool(doubtful & {(row["alternative"], one) for one in ("", _process(row["measure"]))})
        for _, row in table.iterrows()
    ]
    return table.assign(verdict=table["verdict"].mask(pd.Series(remark, table.index), BUT))[[*COLUMNS]]


def _process(name: str) -> str:
    """Return the process that a measure is of; nothing for one of the whole scenario."""
    return name.partition(".")[2]


def _guards_of(measures: Iterable[str]) -> tuple[str, ...]:
    """Return the guards of the whole scenario, and of every process whose rates are reported."""
    single = dict.fromkeys(_process(name) for name in measures if name.startswith(tuple(f"{one}." for one in RATES)))
    return (*GUARDS, *(of_process(name, process) for process in single for name in GUARDS))


def _moved(row: pd.Series) -> bool:
    """Tell whether a guard changed beyond luck, and by enough to matter."""
    least = SHARE if row["measure"].startswith("unfinished_share") else PART * abs(row["baseline"])
    within_luck = row["ci_low"] <= 0.0 <= row["ci_high"]  # without an interval nothing is known of luck
    return bool(not math.isnan(row["difference"]) and abs(row["difference"]) >= least and not within_luck)


def _flatters(row: pd.Series) -> bool:
    return bool((row["difference"] > 0.0) == row["measure"].startswith("unfinished_share"))
