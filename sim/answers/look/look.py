"""Looking at a log: the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from sim.answers.answer import Answer
from sim.answers.look.facts import Found
from sim.answers.look.tables import tables_of
from sim.eventlog.log import EventLog
from sim.words import words

NOTHING = words("look").NOTHING


@dataclass(frozen=True, eq=False)
class LogLook(Answer):
    """What a log holds, and what it cannot tell.

    Attributes
    ----------
    found
        Everything that was found.
    tables
        ``figures`` (see `sim.eventlog.counted.figures`), ``weeks``, ``months``, ``calendars``, ``hours`` (of the week:
        people seen, arrivals), ``closed_days``, ``groups``, ``people``, ``passes`` (who passes to whom), ``handoffs``
        and ``ping_pong`` (cases by number), ``lateness`` (by number of hand-offs), ``time`` (where it goes),
        ``machines`` (what is booked in bunches), ``doubts`` (what the log cannot tell, and what that means for a fit).

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> sim.look_at(log).about["groups"]
    6
    """

    kind: ClassVar[str] = "look"

    found: Found

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name."""
        return tables_of(self.found)

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """What was looked at: plain data."""
        log, found = self.found.log, self.found
        cases, ends = found.cases, found.endings
        begin, until = float(log.begins.min()), log.until
        return {
            "log": log.name,
            "zone": log.zone if log.zoned else None,
            "from": found.date(begin),
            "until": found.date(until),
            "weeks": (until - begin) / 168.0,
            "cases": len(cases),
            "open": int(cases["open"].sum()),
            "unsure": int(cases["unsure"].sum()),
            "cut": int(cases["cut"].sum()),
            "events": len(log.events),
            "activities": int(log.events["activity"].nunique()),
            "groups": len(found.groups),
            "people": int(log.events["resource"].nunique()),
            "known": sorted(log.known),
            "endings": {
                "said": found.open_cases is not None,
                "by_state": ends.said,
                "first": sorted(ends.first),
                "last": sorted(ends.last),
                "quiet_hours": ends.quiet,
                "long_quiet_hours": ends.long_quiet,
            },
            "notes": [one.by_language() for one in log.notes],
        }


def look_at(log: EventLog, open_cases: Any = None) -> LogLook:
    """Look at a log: what it holds, and what it cannot tell.

    Parameters
    ----------
    log : EventLog
        What is looked at.
    open_cases : array of bool, optional
        Which cases are not finished, in the order of the log's cases; where nothing is said, that is read off the log.

    Returns
    -------
    LogLook
        Tables of facts; `summary` tells them, `plot` draws them.

    Raises
    ------
    ValueError
        If there is no event in it.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> figures = sim.look_at(log).tables["figures"].set_index("figure")["value"]
    >>> bool(2.5 < figures["handoffs"] < 3.5)
    True
    """
    if log.events.empty:
        raise ValueError(NOTHING.get())
    return LogLook(Found(log, open_cases))
