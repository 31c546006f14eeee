"""For how many hours people are there: open hours of departments and approvers, day by day, days off left out."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kernel import layout
from sim.vocab import DAY, WEEK


def open_hours(params: layout.Params, staff: Any, days: Any, first: Any) -> Any:
    """Return the open hours of all people of everybody who has a queue, summed over groups of days.

    Parameters
    ----------
    params
        Of what was run.
    staff
        People, a row for each day and a column for each owner of a queue.
    days
        The numbers of these days.
    first
        The rows at which groups begin.
    """
    calendars = params.calendars[params.pools["calendar"]]
    if (calendars["cycle"] == WEEK).all():
        return np.add.reduceat(staff, first, axis=0) * calendars["hours"] / 7.0
    return np.add.reduceat(staff * hours_by_day(params, days), first, axis=0)


def hours_by_day(params: layout.Params, days: Any) -> Any:
    """Return the open hours on some days (rows) of everybody who has a queue (columns).

    Of a calendar without days off it is the same share of its week every day, as it is where nobody has any.
    """
    rows = params.pools["calendar"]
    found = {row: _of_calendar(params, int(row), np.asarray(days)) for row in np.unique(rows)}
    return np.array([found[row] for row in rows]).T


def _of_calendar(params: layout.Params, row: int, days: Any) -> Any:
    calendar = params.calendars[row]
    if calendar["cycle"] == WEEK:
        return np.full(len(days), calendar["hours"] / 7.0)
    segments = params.segments[calendar["first"] : calendar["first"] + calendar["n"]]
    edges = np.column_stack([segments["start"], segments["end"]]).ravel()
    passed = np.column_stack([segments["before"], segments["before"] + segments["end"] - segments["start"]]).ravel()
    low, high = (np.interp((days + more) * DAY, edges, passed, left=0.0) for more in (0, 1))
    return high - low
