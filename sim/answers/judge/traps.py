"""What makes a comparison weak: few cases, how cases were chosen, and what is cut off at the ends."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.eventlog.counted import case_table
from sim.eventlog.flow import by_week
from sim.eventlog.log import EventLog
from sim.eventlog.selected import selected

FEW_CASES = 100
"""Cases of the test below which luck decides much."""

MUCH = 0.1
"""Share of cases that were dropped, or go on at the end, from which on it is said."""

COLUMNS = ("protocol", "trap", "count", "share")


def traps_of(log: EventLog, splits: pd.DataFrame) -> pd.DataFrame:
    """Return the traps of a log, by how it is split.

    Returns
    -------
    DataFrame
        ``protocol``; ``trap``: ``few_cases`` (in the test), ``dropped`` (cases in neither part, so that
        near the cut only short ones are left on both sides), ``open`` (cases that still go on when the log ends),
        ``by_end`` (cases were chosen by when they ended: arrivals are not to be judged), ``by_begin``, ``finished``
        (only finished cases are there), ``overlap`` (tests of different cuts share events); ``count`` and ``share``.
    """
    table = case_table(log)
    chosen = selected(log, table, by_week(log, table))
    rows: list[dict[str, Any]] = []
    for protocol, mine in splits.groupby("protocol", sort=False):
        least = mine["test_cases"].min()
        found: list[tuple[str, Any, Any]] = [("few_cases", least, None)] if least < FEW_CASES else []
        dropped = mine["dropped"].mean()
        if dropped > MUCH * len(log.cases):
            found.append(("dropped", dropped, dropped / len(log.cases)))
        opened = float(table["open"].sum())
        if opened > MUCH * least:
            found.append(("open", opened, opened / len(log.cases)))
        if chosen.ended_from is not None:
            found.append(("by_end", chosen.missing, None))
        if chosen.begun_until is not None:
            found.append(("by_begin", None, None))
        if chosen.only_finished:
            found.append(("finished", None, None))
        if protocol == "forecast" and mine["share"].nunique() > 1:
            found.append(("overlap", float(len(mine)), None))
        rows += [{"protocol": protocol, "trap": trap, "count": one, "share": share} for trap, one, share in found]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"count": float, "share": float})
