"""How the cases of a log were chosen, as far as the log gives it away: by when they ended, began, or both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.log import EventLog
from sim.vocab import DAY, WEEK

Bools = NDArray[np.bool_]

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
"""Share of the cases usually in work below which those at the begin of a log are few."""


EARLY = 0.6
"""Share of the span of a log, from its begin, of which all cases that came are taken to be seen."""

FEWEST = 10
"""Cases without which nothing is said about whether some are missing."""

LONG = 0.9
"""Of early cases, whose time is that within which cases at the end of a log had their last event if they are open."""

RARE, MORE = 0.02, 0.1
"""Share of early cases of which an activity that is hardly ever the last one is; by how much more of the late ones."""

EVIDENCE = 3.0
"""Natural logarithms by which it has to be likelier that cases are missing: twenty times as likely."""

CLEAR = 0.9
"""Share of the cases of a week that would be seen, from which on it makes no difference."""


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
        Whether only those are there that had ended when it was taken (`only_finished`).
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
    return Selected(
        ended_from=ended_from,
        missing=missing,
        begun_until=begun_until,
        only_finished=ended_from is None and begun_until is None and only_finished(log),
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


def only_finished(log: EventLog) -> bool:
    """Tell whether a log holds only cases that had ended when it was taken.

    Then fewer and fewer cases seem to come towards its end: of those that came late only the short ones are there. How
    many, tells how long earlier cases took; whether it is so many, or as many as ever, is what is decided. Where many
    cases stand at activities with which early ones hardly ever ended, these are open, and there.
    """
    arrival, length = log.arrivals, log.finishes - log.arrivals
    span = log.until - arrival.min(initial=np.inf)
    early = np.sort(length[arrival < log.until - span * (1.0 - EARLY)])
    most = int(span / WEEK / 4.0)
    if len(early) < FEWEST or most < 1:
        return False
    if _stands_open(log, arrival < log.until - span * (1.0 - EARLY), float(np.quantile(early, LONG))):
        return False
    # the share of the cases of each of the last weeks that would be seen, by how long earlier ones took
    days = (np.arange(7 * most) + 0.5) * DAY
    seen = np.searchsorted(early, days, side="right").reshape(most, 7).mean(1) / len(early)
    weeks = max(1, int((seen < CLEAR).sum()))
    ago = ((log.until - arrival) // WEEK).astype(np.int64)
    level = float(((ago >= weeks) & (ago < 4 * weeks)).sum()) / (3.0 * weeks)
    came = np.bincount(np.clip(ago, 0, None), minlength=weeks)[:weeks]
    chance = np.clip(seen[:weeks], 0.01, 1.0)
    better = float((came * np.log(chance) + level * (1.0 - chance)).sum())
    return bool(better > EVIDENCE and (1.0 - chance).sum() * level > 3.0)


def _stands_open(log: EventLog, early: Bools, hours: float) -> bool:
    """Tell whether more cases that were busy at the end stand where early ones hardly ever ended."""
    ends = np.append(log.first_of_case[1:], True)
    code, names = pd.factorize(log.events["activity"][ends])
    share = np.bincount(code[early], minlength=len(names)) / max(int(early.sum()), 1)
    rare, late = share[code] < RARE, log.finishes > log.until - hours
    return bool(late.any() and rare[late].mean() - rare[early].mean() > MORE)
