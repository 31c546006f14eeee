"""Days on which an organization is closed year after year, as far as its log shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
from dateutil.easter import easter
from numpy.typing import NDArray

from sim.eventlog.clock import CLOSED, NEAR
from sim.eventlog.log import EventLog
from sim.vocab import DAY

Floats = NDArray[np.float64]

FROM_EASTER = (-48, -47, -3, -2, 1, 39, 40, 50, 60)
"""Days that move with Easter: from Shrove Monday to Corpus Christi, with the Friday after Ascension Day."""


def closed_again(log: EventLog, closed: tuple[int, ...], begins: dt.date, ahead: range) -> list[int]:
    """Return the days, counted from a date on, on which an organization will be closed as it was in its log.

    A day that moves with Easter is so many days from Easter again, any other is on its date; not where people worked
    on it in another year of the log.

    Parameters
    ----------
    log
        Of the organization.
    closed
        Days of the log on which next to nothing happened, though much is usual.
    begins
        The date from which days are counted.
    ahead
        The days that are asked about.
    """
    if not closed:
        return []
    worked = _worked(log)
    first, last = (begins + dt.timedelta(days=one) for one in (ahead.start, ahead.stop))
    found: set[int] = set()
    for one in closed:
        date = (log.origin + dt.timedelta(days=one)).date()
        others = [(again - log.origin.date()).days for again in _again(date, range(date.year - 9, date.year + 10))]
        if any(0 <= day < len(worked) and worked[day] for day in others):
            continue
        found |= {(again - begins).days for again in _again(date, range(first.year, last.year + 1))}
    return sorted(one for one in found if one in ahead)


def _again(date: dt.date, years: range) -> Iterator[dt.date]:
    """Yield the same day in some years."""
    apart = (date - easter(date.year)).days
    for year in years:
        if apart in FROM_EASTER:
            yield easter(year) + dt.timedelta(days=apart)
        elif (date.month, date.day) != (2, 29):
            yield date.replace(year=year)


def _worked(log: EventLog) -> NDArray[np.bool_]:
    """Tell of each day of a log whether it was one of work: with more than next to nothing for its day of the week."""
    counts = np.bincount((log.events["end"].to_numpy() // DAY).astype(np.int64)).astype(np.float64)
    usual = np.zeros(len(counts))
    for day in range(len(counts)):
        usual[day] = np.median(counts[max(day % 7, day - 7 * NEAR) : day + 7 * NEAR + 1 : 7])
    found: NDArray[np.bool_] = (usual > 0.0) & (counts > CLOSED * usual)
    return found


def closures(days: list[int], begins: dt.date) -> list[dict[str, Any]]:
    """Return days off as a scenario writes them, those in a row as one, each called by its date."""
    return [{"label": (begins + dt.timedelta(days=one)).isoformat(), "from": one, **more} for one, more in _rows(days)]


def nobody_comes(days: list[int]) -> list[dict[str, Any]]:
    """Return what demand says of days on which no case arrives."""
    return [{"from": one, **more, "factor": 0.0} for one, more in _rows(days)]


def _rows(days: list[int]) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield the first day of each row of days, with the last where it is another."""
    for place, one in enumerate(days):
        if place and days[place - 1] == one - 1:
            continue
        last = one
        while last + 1 in days:
            last += 1
        yield one, {"to": last} if last > one else {}
