"""Distances between two logs, as published comparisons of simulators measure them.

They are those of the library log-distance-measures 2.2.0 (Apache-2.0) with the settings of those comparisons, computed
at once instead of event by event, and within rounding the same: times are taken in whole hours, both when an event
began and when it ended, where that is known. The library needs a version of pandas that is not the one of this project.

Here a comparison may also begin at some hour: then only events that ended from then on count, and what a case did
before tells what came before them (its last activities, and when it began).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.log import EventLog

DISTANCES = ("ngd", "aed", "ced", "red", "ctd")
"""Of three activities in a row (0 to 1), events over time, over the hours of each weekday, since the first of their
case, and times from first to last (hours)."""

GRAM = 3
"""Activities in a row."""

DAY, WEEKDAYS, FARTHEST = 24, 7, 23.0

_ROUNDING = 1e-9
"""Hours: what a difference of two times may fall short of a whole number."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Seen:
    """What distances see of a log.

    Attributes
    ----------
    grams
        How often each sequence of activities is there, by its text.
    times
        Whole hours of begins and ends.
    since
        The same, since their case began.
    cycles
        Hours from the first begin of each case to its last end.
    """

    grams: pd.Series
    times: Ints
    since: Ints
    cycles: Floats


def seen(log: EventLog, begin: float = -np.inf) -> Seen:
    """Return what distances see of a log from an hour on."""
    begins, end = log.begins, log.events["end"].to_numpy(dtype=np.float64)
    case = log.events["case"].to_numpy(dtype=np.int64)
    order = np.lexsort((end, begins, case))
    begins, end, case = begins[order], end[order], case[order]
    judged = end >= begin
    count = len(log.cases)
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, case, begins)
    np.maximum.at(last, case, end)
    both = np.concatenate([begins[judged], end[judged]])
    since = both - first[np.tile(case[judged], 2)]
    activity = log.events["activity"].cat
    grams = _grams(np.asarray(activity.codes, dtype=np.int64)[order], case, judged, last >= begin, activity.categories)
    return Seen(grams, _whole(both), _whole(since), (last - first)[last >= begin])


def distances(one: Seen, other: Seen) -> Mapping[str, float]:
    """Return the distances between two logs; NaN where one of them has no event."""
    if not len(one.times) or not len(other.times):
        return dict.fromkeys(DISTANCES, np.nan)
    return {
        "ngd": _of_grams(one.grams, other.grams),
        "aed": moved(one.times, other.times),
        "ced": _of_weekdays(one.times, other.times),
        "red": moved(one.since, other.since),
        "ctd": _of_cycles(one.cycles, other.cycles),
    }


def moved(one: Ints, other: Ints) -> float:
    """Return how far, on average, values have to be moved for one sample to be distributed as the other."""
    values = np.union1d(one, other)
    shares = [np.searchsorted(np.sort(each), values[:-1], side="right") / len(each) for each in (one, other)]
    return float(np.sum(np.abs(shares[0] - shares[1]) * np.diff(values)))


def _whole(hours: Floats) -> Ints:
    return np.floor(hours + _ROUNDING).astype(np.int64)


def _grams(
    activity: Ints, case: Ints, judged: NDArray[np.bool_], goes_on: NDArray[np.bool_], names: pd.Index
) -> pd.Series:
    """Count sequences that end with an event that is judged, or with the end of a case that is."""
    pad = GRAM - 1
    count = np.bincount(case, minlength=len(goes_on))
    place = np.cumsum(count + 2 * pad) - count - pad  # of the first event of each case, among padded sequences
    total = int((count + 2 * pad).sum())
    padded, ends = np.full(total, -1, dtype=np.int64), np.zeros(total, dtype=bool)
    begin_of = np.cumsum(count) - count
    at = place[case] + np.arange(len(case)) - begin_of[case]
    padded[at], ends[at] = activity, judged
    for k in range(pad):
        ends[(place + count + k)[goes_on]] = True
    last = np.flatnonzero(ends)
    table = np.stack([padded[last - back] for back in range(pad, -1, -1)])
    codes, number = np.unique(table, axis=1, return_counts=True)
    said = np.append(names.astype(str).to_numpy(dtype=object), "")
    keys = list(zip(*(said[row] for row in codes), strict=True))
    return pd.Series(number, index=pd.Index(keys, dtype=object, tupleize_cols=False))


def _of_grams(one: pd.Series, other: pd.Series) -> float:
    apart = one.subtract(other, fill_value=0.0).abs().sum()
    return float(apart / (one.sum() + other.sum()))


def _of_weekdays(one: Ints, other: Ints) -> float:
    """Hours since the origin begin with a Monday."""
    found = []
    for weekday in range(WEEKDAYS):
        mine, theirs = (each[each // DAY % WEEKDAYS == weekday] % DAY for each in (one, other))
        if len(mine) and len(theirs):
            found.append(moved(mine, theirs))
        else:
            found.append(0.0 if len(mine) == len(theirs) else FARTHEST)
    return float(np.mean(found))


def _of_cycles(one: Floats, other: Floats) -> float:
    """Bins of an hour begin with the shortest of both."""
    least = min(one.min(), other.min())
    return moved(_whole(one - least), _whole(other - least))
