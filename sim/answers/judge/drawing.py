"""Logs made of the cases of another, each moved in time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog


def drawn(log: EventLog, cases: Any, hours: Any) -> EventLog:
    """Return a log of cases of another, as often as they are named, each moved by so many hours.

    Parameters
    ----------
    log : EventLog
        Where they are from.
    cases : array of int
        Their rows there.
    hours : array of float
        By how much each is moved.
    """
    rows, moves = np.asarray(cases, dtype=np.int64), np.asarray(hours, dtype=np.float64)
    several = np.bincount(log.events["case"].to_numpy(dtype=np.int64), minlength=len(log.cases))
    begin = np.cumsum(several) - several
    count = several[rows]
    number = np.repeat(np.arange(len(rows)), count)
    within = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    events = log.events.iloc[np.repeat(begin[rows], count) + within].reset_index(drop=True)
    events["case"] = number
    for name in ("start", "end"):
        events[name] = events[name] + moves[number]
    about = log.cases.iloc[rows].reset_index(drop=True)
    about["case"] = pd.Series(np.arange(len(rows)).astype(str))
    about["due"] = about["due"] + moves
    return replace(log, events=events, cases=about, until=float(events["end"].max()) if len(events) else log.until)
