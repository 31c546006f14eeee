"""The log of an organization: which event happened to which case, where, by whom and when.

Times are hours on the clock of the place the log comes from, since a Monday at midnight before its first event: so
calendars, profiles and weeks of scenarios are read off without another conversion, and an hour of the day is that of
the people in it on both sides of a change to summer time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.states import STATE, going_on
from sim.words import Text, words

EVERYBODY = "everybody"
"""The one group of a log that knows none."""

PARTS = ("start", "group", "resource", "due", "priority")
"""What a log may know beside case, activity and the end of every event."""

Hours = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EventLog:
    """A log, read: events in the order in which they ended, case by case.

    Attributes
    ----------
    name
        What it is called: the name of its file.
    events
        One row an event: ``case`` (row of `cases`), ``activity``, ``group`` and ``resource`` (categories; a resource
        may be unknown), ``start`` (NaN where it is not known) and ``end``, in hours since `origin`. Sorted by case,
        end, start, and then as in the file.
    cases
        One row a case: ``case`` (what the log calls it), ``due`` (hours since `origin`, or NaN), ``priority`` (a
        category, or unknown); where the log says it, ``state``: what became of it by when the log was taken.
    origin
        A Monday at midnight, on the clock of `zone`.
    zone
        The time zone, as the IANA calls it.
    known
        Which of `PARTS` it knows.
    until
        When the log was taken, in hours since `origin`: whatever has not happened by then is not known.
    notes
        What was guessed, changed or left out when it was read.
    zoned
        Whether somebody said on the clock of which zone times are; else they are as they were written.
    listed
        How many people a file says to belong to each group, whether they are seen in the log or not.
    """

    name: str
    events: pd.DataFrame
    cases: pd.DataFrame
    origin: dt.datetime
    zone: str
    known: frozenset[str]
    until: float
    notes: tuple[Text, ...] = ()
    zoned: bool = True
    listed: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        events: pd.DataFrame,
        name: str = "log",
        *,
        zone: str | None = None,
        due: Any = None,
        priority: Any = None,
        state: Any = None,
        until: pd.Timestamp | None = None,
        notes: Iterable[Text] = (),
    ) -> EventLog:
        """Return a log made of a table.

        Parameters
        ----------
        events : DataFrame
            Columns ``case``, ``activity`` and ``end``, and where they are known ``group``, ``resource`` and ``start``;
            times without a zone are on the clock of `zone`, those with one are brought there.
        name, notes
            As the log has them.
        zone
            The time zone. Without it, times that say one are brought to UTC, and others stay as they are written.
        due, priority, state : mapping or Series, optional
            By case; times as in `events`, and what became of it in words (`sim.eventlog.states`).
        until : Timestamp, optional
            When it was taken; by default when its last event ended.

        Raises
        ------
        ValueError
            If there is no event.
        """
        if events.empty:
            raise ValueError(words("logread").NO_EVENTS.get())
        zoned = zone is not None or getattr(events["end"].dt, "tz", None) is not None
        zone = zone or "UTC"
        end = _on_clock(events["end"], zone)
        start = _on_clock(events["start"], zone) if "start" in events else pd.Series(pd.NaT, index=events.index)
        first = min(one for one in (start.min(), end.min()) if not pd.isna(one))
        origin = pd.Timestamp(first.date()) - pd.Timedelta(days=first.weekday())
        codes, names = _numbered(events["case"])
        table = pd.DataFrame(
            {
                "case": codes.astype(np.int64),
                "activity": pd.Categorical(events["activity"]),
                "group": pd.Categorical(events["group"] if "group" in events else [EVERYBODY] * len(events)),
                "resource": pd.Categorical(events["resource"] if "resource" in events else [None] * len(events)),
                "start": _hours(start, origin),
                "end": _hours(end, origin),
            }
        )
        table = table.sort_values(["case", "end", "start"], kind="stable", ignore_index=True)
        dates = pd.Series(_by_case(due, names))
        known_due = not dates.isna().all()
        classes = pd.Categorical(_by_case(priority, names))
        cases = pd.DataFrame(
            {
                "case": names,
                "due": _hours(_on_clock(pd.to_datetime(dates), zone), origin) if known_due else np.nan,
                "priority": classes,
            }
        )
        if state is not None:
            cases[STATE] = pd.Categorical(_by_case(state, names))
        has = {
            "start": bool(table["start"].notna().any()),
            "group": "group" in events,
            "resource": "resource" in events and bool(table["resource"].notna().any()),
            "due": known_due,
            "priority": bool(pd.notna(classes).any()),
        }
        last = (
            float(table["end"].max())
            if until is None
            else float(_hours(_on_clock(pd.Series([until]), zone), origin)[0])
        )
        known = frozenset(part for part in PARTS if has[part])
        return cls(name, table, cases, origin.to_pydatetime(), zone, known, last, tuple(notes), zoned)

    def only(self, cases: Any) -> EventLog:
        """Return the log of some of its cases.

        Parameters
        ----------
        cases : array of bool
            Which, in the order of `cases`.
        """
        kept = np.asarray(cases, dtype=bool)
        number = np.cumsum(kept) - 1
        events = self.events[kept[self.events["case"]]].reset_index(drop=True)
        events["case"] = number[events["case"]]
        return replace(self, events=events, cases=self.cases[kept].reset_index(drop=True))

    def happened(self, begin: float, end: float) -> EventLog:
        """Return the log of what ended from one hour on and before another; cases to which nothing did are left out."""
        these = (self.events["end"] >= begin) & (self.events["end"] < end)
        part = replace(self, events=self.events[these].reset_index(drop=True), until=min(self.until, end))
        if STATE in self.cases:  # of what goes on after it nobody could know then what becomes of it
            goes_on = np.zeros(len(self.cases), dtype=bool)
            goes_on[self.events["case"][self.events["end"] >= end]] = True
            part = replace(part, cases=self.cases.assign(**{STATE: going_on(self.cases[STATE], goes_on)}))
        seen = np.zeros(len(self.cases), dtype=bool)
        seen[part.events["case"]] = True
        return part.only(seen)

    @property
    def begins(self) -> Hours:
        """When each event began; where that is not known, when it ended."""
        start, end = self.events["start"].to_numpy(), self.events["end"].to_numpy()
        found: Hours = np.where(np.isnan(start), end, start)
        return found

    @property
    def arrivals(self) -> Hours:
        """When the first event of each case began."""
        by_case = pd.Series(self.begins).groupby(self.events["case"].to_numpy())
        return np.asarray(by_case.min(), dtype=np.float64)

    @property
    def finishes(self) -> Hours:
        """When the last event of each case ended, as far as the log knows."""
        return np.asarray(self.events.groupby("case")["end"].max(), dtype=np.float64)

    @property
    def first_of_case(self) -> NDArray[np.bool_]:
        """Which events are the first of their case."""
        case = self.events["case"].to_numpy()
        return np.append(True, case[1:] != case[:-1]) if len(case) else np.zeros(0, dtype=bool)


def _numbered(cases: pd.Series) -> tuple[Any, Any]:
    """Return cases as numbers in the order in which they come, and what they are called."""
    if not isinstance(cases.dtype, pd.CategoricalDtype) or cases.isna().any():
        return pd.factorize(cases.astype(str), sort=False)
    codes, places = pd.factorize(cases.cat.codes.to_numpy())
    again, names = pd.factorize(cases.cat.categories[places].astype(str))
    return again[codes], names


def _by_case(values: Any, names: Any) -> Any:
    if values is None:
        return np.full(len(names), None, dtype=object)
    held = pd.Series(values)
    held.index = pd.Index([str(one) for one in held.index.tolist()], dtype=object)
    return held.reindex(pd.Index(names, dtype=object)).to_numpy()


def _on_clock(times: pd.Series, zone: str) -> pd.Series:
    """Return times on the clock of a zone, without it."""
    if getattr(times.dt, "tz", None) is not None:
        times = times.dt.tz_convert(zone).dt.tz_localize(None)
    return times


def _hours(times: pd.Series, origin: pd.Timestamp) -> Hours:
    found: Hours = np.asarray((times - origin) / pd.Timedelta(hours=1), dtype=np.float64)
    return found
