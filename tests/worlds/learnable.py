"""Small logs of which the truth is known."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2024-01-01")


def table(rows: Sequence[tuple[Any, ...]], columns: str = "case activity group end", **more: Any) -> EventLog:
    """Return a log of rows, with hours for times."""
    events = pd.DataFrame(rows, columns=columns.split())
    for name in {"start", "end"} & set(events):
        events[name] = MONDAY + pd.to_timedelta(events[name], unit="h")
    return EventLog.of(events, **more)


def desks(cases: int = 600, seed: int = 1, hours: float = 2000.0) -> EventLog:
    """Return a log in which it matters where a case came from: b gives back to a what it had from a, mostly.

    From a: b .6, leaves .4. From b that has it from a: a .8, c .2. From c: b .5, leaves .5. From b that has it from c:
    c .1, leaves .9. Work takes .5 h, waits of 1 h on average follow it, around the clock.
    """
    luck = np.random.default_rng(seed)
    rows = []
    for case, begin in enumerate(np.sort(luck.random(cases)) * hours):
        before, here, time = "", "a", float(begin)
        while here:
            rows.append((case, f"work {here}", here, time, time + 0.5))
            u = luck.random()
            if here == "a":
                follows = "b" if u < 0.6 else ""
            elif here == "c":
                follows = "b" if u < 0.5 else ""
            elif before == "a":
                follows = "a" if u < 0.8 else "c"
            else:
                follows = "c" if u < 0.1 else ""
            before, here, time = here, follows, time + 0.5 + float(luck.exponential(1.0))
    return table(rows, "case activity group start end")


def office(cases: int = 400, seed: int = 2) -> EventLog:
    """Return a log of people who work from 9 to 17, Monday to Friday: registered, and decided 4 open hours later."""
    luck = np.random.default_rng(seed)
    rows = []
    for case in range(cases):
        opened = np.sort(luck.random(1))[0] * 40.0 * 20.0
        waited = float(luck.choice([2.0, 4.0, 6.0]))
        rows.append((case, "register", "front", _clock(opened)))
        rows.append((case, "decide", "back", _clock(opened + waited)))
    return table(rows)


def _clock(opened: float) -> float:
    """Return when so many hours of an office have passed since the first Monday."""
    day, hour = divmod(opened, 8.0)
    week, weekday = divmod(int(day), 5)
    return week * 168.0 + weekday * 24.0 + 9.0 + hour
