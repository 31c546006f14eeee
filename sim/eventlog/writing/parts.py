"""A log in parts of whole cases, as texts: so that writing one needs little memory beside the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.log import EventLog

PART = 20_000
"""Events that are held as texts at a time, more only where a single case has more."""

MS = 3_600_000.0
"""Milliseconds of an hour: times are written to the millisecond, which every tool reads."""

Kind = Literal["text", "time", "whole", "number", "yes or no"]
Value: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is known of every case, beside what it is called.

    Attributes
    ----------
    name
        What it is called.
    kind
        What its values are.
    values
        One a case; times are hours, and what is unknown is NaN or None.
    """

    name: str
    kind: Kind
    values: pd.Series


@dataclass(frozen=True, slots=True)
class Part:
    """Some whole cases, from row `first` on, with their events.

    Attributes
    ----------
    first, last
        The rows of its cases: from the first on, before the last.
    event
        The number of its first event.
    case
        Of each event the row of its case.
    activity, group, resource
        Codes of categories; -1 where unknown.
    start, end
        Hours.
    """

    first: int
    last: int
    event: int
    case: Any
    activity: Any
    group: Any
    resource: Any
    start: Any
    end: Any


def parts(log: EventLog) -> Iterator[Part]:
    """Yield a log part by part, in order; a case is never torn apart."""
    table = log.events
    case = table["case"].to_numpy()
    activity, group, resource = (table[name].cat.codes.to_numpy() for name in ("activity", "group", "resource"))
    start, end = table["start"].to_numpy(), table["end"].to_numpy()
    begin, first = 0, 0
    while begin < len(case):
        stop = min(begin + PART, len(case))
        if stop < len(case):
            stop = int(np.searchsorted(case, case[stop - 1], side="right"))
        last = int(case[stop - 1]) + 1
        these = slice(begin, stop)
        yield Part(
            first,
            last,
            begin,
            case[these],
            activity[these],
            group[these],
            resource[these],
            start[these],
            end[these],
        )
        begin, first = stop, last


def attributes_of(log: EventLog) -> list[Attribute]:
    """Return what is known of cases: due dates and priorities where there are any, and all further columns."""
    found = []
    for name, values in log.cases.items():
        if name == "case" or (name in ("due", "priority") and name not in log.known):
            continue
        kind: Kind = "time" if name == "due" else _kind(values)
        found.append(Attribute(str(name), kind, values))
    return found


def _kind(values: pd.Series) -> Kind:
    if pd.api.types.is_bool_dtype(values):
        return "yes or no"
    if pd.api.types.is_integer_dtype(values):
        return "whole"
    if pd.api.types.is_float_dtype(values):
        return "number"
    return "text"


def values_of(attribute: Attribute, part: Part, clock: Clock) -> list[Value]:
    """Return an attribute of the cases of a part; None where it is unknown, and times as `clock` writes them."""
    values = attribute.values.iloc[part.first : part.last]
    if attribute.kind == "time":
        return list(clock.texts(values.to_numpy(dtype=np.float64)))
    unknown = values.isna().to_numpy()
    plain = values.astype(object).tolist()
    if attribute.kind == "text":
        plain = [str(one) for one in plain]
    return [None if away else one for away, one in zip(unknown, plain, strict=True)]


@dataclass(frozen=True, slots=True)
class Clock:
    """How moments are written.

    Attributes
    ----------
    log
        Whose.
    form
        ``plain`` (on the clock of the log), ``offset`` (the same with what the clock is ahead of UTC), or ``utc``.
    """

    log: EventLog
    form: Literal["plain", "offset", "utc"]

    def texts(self, hours: NDArray[np.float64]) -> list[str | None]:
        """Return moments as ISO 8601 has them, to the millisecond; None where they are unknown."""
        known = np.isfinite(hours)
        origin = np.datetime64(self.log.origin.replace(tzinfo=None), "ms")
        moments = origin + np.rint(np.where(known, hours, 0.0) * MS).astype("timedelta64[ms]")
        found = self._written(moments)
        return found if known.all() else [one if there else None for one, there in zip(found, known, strict=True)]

    def _written(self, moments: Any) -> Any:
        if self.form == "plain":
            return [one.replace("T", " ") for one in np.datetime_as_string(moments, unit="ms").tolist()]
        universal = self._universal(moments)
        if self.form == "utc":
            return [f"{one}Z" for one in np.datetime_as_string(universal, unit="ms").tolist()]
        minutes = ((moments - universal) / np.timedelta64(1, "m")).astype(int)
        signs = {one: f"{'-' if one < 0 else '+'}{abs(one) // 60:02d}:{abs(one) % 60:02d}" for one in set(minutes)}
        texts = np.datetime_as_string(moments, unit="ms").tolist()
        return [f"{one}{signs[ahead]}" for one, ahead in zip(texts, minutes.tolist(), strict=True)]

    def _universal(self, moments: Any) -> Any:
        """Return moments in UTC; an hour that the clock shows twice is the first, one it leaves out the next."""
        if self.log.zone == "UTC":
            return moments
        local = pd.DatetimeIndex(moments).tz_localize(
            self.log.zone, ambiguous=np.ones(len(moments), dtype=bool), nonexistent="shift_forward"
        )
        return local.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[ms]")
