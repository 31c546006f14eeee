"""How the cases of a log were chosen, as far as the log gives it away: by when they ended, began, or both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog
from sim.vocab import WEEK

FIRST_ENDS = 0.02
"""Share of the cases that end first: by when they have, others that had begun as early should have ended too."""

MOST_MISSED = 20.0
"""How many missing cases one that is there may stand for, so that a single old one decides nothing."""

MISSING, TIMES, PART = 20.0, 3.0, 0.1
"""So many cases have to be missing, so many times those that are there, and such a part of all."""

FEWEST_AT_ONCE = 5.0
"""Cases in work on average below which nobody can tell whether some are missing at an end of the log."""

FEWEST_WEEKS = 4
"""Weeks of a log below which nobody can tell either."""

FEW = 0.2
"""Share of the cases usually in work below which those at the end of a log are few."""


@dataclass(frozen=True)
class Selected:
    """How cases seem to have been chosen.

    Attributes
    ----------
    ended_from
        By their end: hour from on which nearly all of them end, though many had begun long before; else None.
    missing
        Then: how many cases that ended before are missing, at least.
    begun_until
        By their begin: hour of the last arrival, when the log goes on for long after it; else None.
    only_finished
        Whether hardly any case is open at the end of the log, though many usually are in work.
    begins_empty
        Whether hardly any case was in work when the log began, though many usually are.
    """

    ended_from: float | None
    missing: float
    begun_until: float | None
    only_finished: bool
    begins_empty: bool


def selected(log: EventLog, table: pd.DataFrame, weeks: pd.DataFrame) -> Selected:
    """Return how the cases of a log seem to have been chosen.

    Parameters
    ----------
    log
        What is looked at.
    table, weeks
        What `case_table` and `by_week` say of it.
    """
    ended_from, missing = _by_end(table)
    begun_until = _by_begin(log, table) if ended_from is None else None
    wip = float(weeks["wip"].mean())
    many = wip >= FEWEST_AT_ONCE and len(weeks) >= FEWEST_WEEKS
    opened = int(table["open"].sum())
    return Selected(
        ended_from=ended_from,
        missing=missing,
        begun_until=begun_until,
        only_finished=many and ended_from is None and begun_until is None and opened < FEW * wip,
        begins_empty=many and ended_from is None and int(table["cut"].sum()) < FEW * wip,
    )


def _by_end(table: pd.DataFrame) -> tuple[float | None, float]:
    """Return from when on cases end, if those that had ended before are missing, and how many.

    A case that began early and had not ended by then stands for others that began as early and were quicker: how many
    is known from how long all cases take. Where far more are missing than are there, they were left out.
    """
    done = table[~table["open"]]
    if len(done) < MISSING:
        return None, 0.0
    border = float(done["finish"].quantile(FIRST_ENDS))
    early = done[(done["arrival"] < border) & (done["finish"] >= border)]
    hours = np.sort(done["cycle_hours"].to_numpy())
    longer = 1.0 - np.searchsorted(hours, border - early["arrival"].to_numpy(), side="left") / len(hours)
    missing = float(np.minimum((1.0 - longer) / np.maximum(longer, 1e-9), MOST_MISSED).sum())
    there = int((done["finish"] < border).sum())
    least = max(MISSING + there, TIMES * there, PART * len(done))
    return (border, missing) if missing >= least else (None, 0.0)


def _by_begin(log: EventLog, table: pd.DataFrame) -> float | None:
    """Return when the last case began, if so much time is left that many should have come."""
    arrivals = table["arrival"].to_numpy()
    last, span = float(arrivals.max()), float(arrivals.max() - arrivals.min())
    rest = log.until - last
    expected = rest * len(arrivals) / span if span > 0 else 0.0
    return last if expected >= MISSING and rest >= WEEK else None
