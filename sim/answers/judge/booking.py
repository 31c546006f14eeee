"""How a ticket system writes down what happens: without when it began, or only the date of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.eventlog.log import EventLog
from sim.vocab import DAY

LATELY = 0.25
"""Share of the events, the last ones, which tell how it is done now."""

DATES = 0.5
"""Share of the events of an activity at midnight from which on only dates are written down."""

_MIDNIGHT = 1e-6


def booked_like(made: EventLog, log: EventLog) -> EventLog:
    """Return a simulated log as it would have been written down where another log is from.

    Parameters
    ----------
    made : EventLog
        The simulated one.
    log : EventLog
        The other: where it knows no begins, there are none; activities of which it lately has dates only have the
        date of the day.
    """
    events = made.events.copy()
    if "start" not in log.known:
        events["start"] = np.nan
    only = dated_activities(log)
    dated = events["activity"].astype(str).isin(only).to_numpy()
    for name in ("start", "end"):
        hours = events[name].to_numpy(dtype=np.float64)
        events[name] = np.where(dated, np.floor(hours / DAY) * DAY, hours)
    events = events.sort_values(["case", "end", "start"], kind="stable", ignore_index=True)
    known = made.known - ({"start"} - log.known)
    return replace(made, events=events, known=known)


def dated_activities(log: EventLog) -> frozenset[str]:
    """Return the activities of which only dates are written down, lately."""
    end = log.events["end"].to_numpy(dtype=np.float64)
    if not len(end):
        return frozenset()
    recent = end >= np.quantile(end, 1.0 - LATELY)
    at_midnight: NDArray[np.bool_] = np.abs((end + DAY / 2) % DAY - DAY / 2) < _MIDNIGHT
    names = log.events["activity"].astype(str)
    share = at_midnight[recent]
    found = names[recent].to_frame("activity").assign(dated=share).groupby("activity")["dated"].mean()
    return frozenset(found.index[found > DATES])
