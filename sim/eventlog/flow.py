"""How much came and was in work over time: by week, by hour of the week, and where the level changed."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.clock import DATES_ONLY, DAYS, HOURS, ONLY
from sim.eventlog.counted import groups_of, in_work
from sim.eventlog.log import EventLog
from sim.spec.calendars import DAYS as DAY_NAMES
from sim.vocab import DAY, WEEK

PLENTY = 20
"""Arrivals an hour of the week has to have on average, before each hour of each day has a weight of its own."""

SHORTEST = 8
"""Weeks on each side of a change of level."""

SHARP, LARGE = 6.0, 1.3
"""How many standard errors, and how many times, the levels before and after a change have to be apart."""

MISSED = 20.0
"""Events a group would have had in weeks in which it had none from which on it begins late or ends early."""

MONTHS_FROM = 104
"""Weeks a log has to span before months are told apart from growth."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Profile:
    """How arrivals are spread over the hours of the week.

    Attributes
    ----------
    arrivals
        Cases by hour of the week from Monday 00:00: 168 numbers.
    weights
        Against what is usual on average: 168 numbers with mean 1.
    by_hour
        Whether each hour of each day has a weight of its own; else days and hours of the day are weighed one by one,
        hours alike for Monday to Friday and for the weekend.
    timed
        Whether hours of the day are known.
    """

    arrivals: Floats
    weights: Floats
    by_hour: bool
    timed: bool

    @property
    def written(self) -> dict[str, Any]:
        """What a scenario writes as one of its `profiles`."""
        return {"week": dict(self._days())}

    def _days(self) -> Iterator[tuple[str, Any]]:
        days = [_written_day(row) for row in np.round(self.weights.reshape(DAYS, -1), 3)]
        first = 0
        for day in range(1, DAYS + 1):
            if day == DAYS or days[day] != days[first]:
                last = day - 1
                yield DAY_NAMES[first] if first == last else f"{DAY_NAMES[first]}-{DAY_NAMES[last]}", days[first]
                first = day


def arrival_profile(log: EventLog, table: pd.DataFrame) -> Profile:
    """Return how arrivals are spread over the week; cases that had begun before the log do not count.

    Parameters
    ----------
    log
        What is looked at.
    table
        What `sim.eventlog.counted.case_table` says of it.
    """
    del log
    times = table.loc[~table["cut"], "arrival"].to_numpy(dtype=np.float64)
    dates = np.abs(times % DAY) < 1e-6
    timed = bool(dates.mean() < ONLY) if len(times) else False
    kept = times[~dates] if timed and dates.mean() >= DATES_ONLY else times
    counts = np.bincount((kept % WEEK).astype(np.int64), minlength=HOURS).astype(np.float64)
    by_hour = timed and counts.sum() >= PLENTY * HOURS
    smooth = counts if by_hour else _by_parts(counts, timed)
    weights = smooth / smooth.mean() if smooth.sum() > 0 else np.ones(HOURS)
    return Profile(counts, weights, by_hour, timed)


def by_week(log: EventLog, table: pd.DataFrame) -> pd.DataFrame:
    """Return what happened in each week.

    Parameters
    ----------
    log, table
        As for `arrival_profile`.

    Returns
    -------
    DataFrame
        ``week`` (from 0), ``date`` (its Monday), ``whole`` (whether the log spans all of it), ``arrivals``,
        ``finished`` (known to be), ``events``, ``wip`` (cases in work, mean over the week as far as the log goes).
    """
    begin, stop = in_work(table, log.until)
    first = float(log.begins.min()) if len(log.events) else 0.0
    count = max(math.ceil(log.until / WEEK), 1)
    edges = np.arange(count + 1) * WEEK
    open_edges = np.clip(edges, first, log.until)
    hours = np.diff(open_edges)
    worked = np.diff(_passed(begin, open_edges) - _passed(stop, open_edges))
    done = table.loc[~table["open"], "finish"].to_numpy(dtype=np.float64)
    return pd.DataFrame(
        {
            "week": np.arange(count),
            "date": [(log.origin + dt.timedelta(weeks=week)).date().isoformat() for week in range(count)],
            # the first and the last day that was worked may be any working day of their week
            "whole": (edges[:-1] + 2 * DAY > first) & (edges[1:] - 3 * DAY <= log.until),
            "arrivals": _in_weeks(begin, count),
            "finished": _in_weeks(done, count),
            "events": _in_weeks(log.events["end"].to_numpy(dtype=np.float64), count),
            "wip": np.where(hours > 0, worked / np.maximum(hours, 1e-9), np.nan),
        }
    )


def by_month(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return arrivals a week by month of the year, against the mean of all; empty where two years are not seen."""
    whole = weeks[weeks["whole"]]
    if len(whole) < MONTHS_FROM:
        return pd.DataFrame({"month": [], "weight": [], "weeks": []})
    month = pd.to_datetime(whole["date"]).dt.month
    found = whole.groupby(month)["arrivals"].agg(["mean", "size"])
    weight = found["mean"] / found["mean"].mean()
    return pd.DataFrame({"month": found.index, "weight": weight.to_numpy(), "weeks": found["size"].to_numpy()})


def level_shift(counts: Any) -> tuple[int, float, float] | None:
    """Return the place from which on numbers have another level, and both levels; None where there is none so sharp.

    Numbers that follow each other are alike, so they are taken in fours when it is said how sharp the change is.
    """
    values = np.asarray(counts, dtype=np.float64)
    best: tuple[float, int] | None = None
    for place in range(SHORTEST, len(values) - SHORTEST + 1):
        before, after = values[:place], values[place:]
        spread = math.hypot(_error(before), _error(after))
        sharp = abs(after.mean() - before.mean()) / spread if spread > 0 else math.inf
        if best is None or sharp > best[0]:
            best = (sharp, place)
    if best is None or best[0] < SHARP:
        return None
    levels = float(values[: best[1]].mean()), float(values[best[1] :].mean())
    return (best[1], *levels) if max(levels) > LARGE * min(levels) else None


def groups_over_time(log: EventLog) -> pd.DataFrame:
    """Return from when to when each group is seen.

    Returns
    -------
    DataFrame
        ``group``, ``events``, ``people`` (different resources; NaN where none is known), ``first`` and ``last`` (hours
        of its first and last event), ``late`` and ``early`` (whether it begins so late, or ends so early, that this is
        no chance at the pace it has in between).
    """
    events = log.events
    end = events["end"].to_numpy(dtype=np.float64)
    names = groups_of(log)
    by_group = pd.DataFrame({"group": names, "end": end}).groupby("group")["end"]
    found = by_group.agg(events="size", first="min", last="max").reset_index()
    people = events["resource"].groupby(names).nunique()
    found["people"] = found["group"].map(people) if "resource" in log.known else np.nan
    begin, stop = float(end.min()), float(end.max())
    pace: pd.Series = found["events"] / np.maximum(found["last"] - found["first"], WEEK)
    lasting = (found["last"] - found["first"]) >= SHORTEST * WEEK
    found["late"] = lasting & (pace * (found["first"] - begin) >= MISSED) & (found["first"] - begin > SHORTEST * WEEK)
    found["early"] = lasting & (pace * (stop - found["last"]) >= MISSED) & (stop - found["last"] > SHORTEST * WEEK)
    return found.sort_values("events", ascending=False, ignore_index=True)


def _by_parts(counts: Floats, timed: bool) -> Floats:
    """Return weights of days times weights of hours, the latter alike for Monday to Friday and for the weekend."""
    days = counts.reshape(DAYS, -1)
    found = np.zeros_like(days)
    for part in (slice(0, 5), slice(5, 7)):
        hours = days[part].sum(0) if timed else np.ones(days.shape[1])
        if hours.sum() > 0:
            found[part] = days[part].sum(1, keepdims=True) * hours / hours.sum()
    return found.ravel()


def _written_day(weights: Floats) -> Any:
    """Return one weight, or weights by span of hours."""
    edges = [0, *(np.flatnonzero(np.diff(weights)) + 1).tolist(), len(weights)]
    if len(edges) == 2:
        return float(weights[0])
    return {f"{first:02d}:00-{last:02d}:00": float(weights[first]) for first, last in itertools.pairwise(edges)}


def _in_weeks(hours: Floats, count: int) -> NDArray[np.int64]:
    week = np.minimum((hours // WEEK).astype(np.int64), count - 1)
    return np.bincount(week, minlength=count)


def _passed(begins: Floats, edges: Floats) -> Floats:
    """Return how many hours in all have passed since each of several begins, at each of several times."""
    ordered = np.sort(begins)
    before = np.searchsorted(ordered, edges)
    return before * edges - np.append(0.0, np.cumsum(ordered))[before]


def _error(values: Floats) -> float:
    """Return the standard error of a mean; neighbors in time are not independent, so the means of fours are taken."""
    size = 4 if len(values) >= 4 * 4 else 2
    cut = values[len(values) % size :].reshape(-1, size).mean(1)
    return float(cut.std(ddof=1) / math.sqrt(len(cut)))
