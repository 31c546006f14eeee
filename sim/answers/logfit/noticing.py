"""How long a hand-over waits to be noticed, as far as a log tells: by what passes after "not ours".

Nobody works on a task that was just passed on, and it waits for nobody outside. So what passes until the next group
takes it up is the time until it is noticed, and that for which it lies in the queue; times of other hand-overs may
hold anything. That time is lognormal in the model: its mean and spread are what is likely (on a grid, both even before
the log is looked at, the mean on the scale of logarithms). Times below a few minutes count as short alone, since
a queue makes more of them; times of one week go together (by how much more weeks differ than their times would).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from sim.answers.logfit.bounces import Visits
from sim.answers.logfit.structure import Learned
from sim.answers.logfit.structure.clocks import OpenHours
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

FEWEST = 30
"""Times from which on they tell anything."""

SHORT = 0.3
"""Hours up to which nothing is known of a time but that it is short."""

SPREADS = np.linspace(0.6, 3.2, 53)
"""Spreads that are looked at."""

MEANS = np.geomspace(0.05, 400.0, 181)
"""Hours that are looked at."""

LEVELS = (0.05, 0.5, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Noticed:
    """How long hand-overs wait to be noticed.

    Attributes
    ----------
    hours, spread
        The lever `latency` and its spread: the lower end, the middle and the upper end of what nine of ten chances say.
    times
        How many times of the log tell it; none where people said it.
    """

    hours: tuple[float, float, float]
    spread: tuple[float, float, float]
    times: int


def noticed_of(learned: Learned, log: EventLog, visits: Visits) -> Noticed | None:
    """Return how long hand-overs wait to be noticed; None where too few tasks were passed on, or begins are missing.

    Parameters
    ----------
    learned
        The structure.
    log, visits
        The log with all its visits.
    """
    passed = np.flatnonzero(visits.bounce)
    if "start" not in log.known or len(passed) < FEWEST:
        return None
    times, week, queue = _times(learned, log, visits, passed)
    if (times > SHORT).sum() < FEWEST / 2:
        return None
    chance = _chances(times, 1.0 / _together(times, week))
    low, middle, high = _ends(MEANS, chance.sum(axis=1))
    return Noticed(
        (max(low - queue, 0.0), max(middle - queue, 0.0), high), _ends(SPREADS, chance.sum(axis=0)), len(times)
    )


def _ends(values: Floats, chances: Floats) -> tuple[float, float, float]:
    low, middle, high = np.interp(LEVELS, np.cumsum(chances) - 0.5 * chances, values)
    return float(low), float(middle), float(high)


def _times(learned: Learned, log: EventLog, visits: Visits, passed: NDArray[np.int64]) -> tuple[Floats, Floats, float]:
    """Return the open hours of who was asked next until the task was taken up, in which week that was, and the queue.

    The queue is the mean for which they lie until somebody is free, as far as the structure says.
    """
    clocks, groups = learned.parts.clocks, learned.parts.departments.codes(log)
    start, end = (log.events[one].to_numpy(dtype=np.float64) for one in ("start", "end"))
    before, after = visits.stop[passed] - 1, visits.begin[passed + 1]
    found = np.full(len(passed), np.nan)
    for department, calendar in enumerate(clocks.departments):
        rows = groups[after] == department
        hours = OpenHours(calendar, clocks.closed, float(np.nanmax(end)))
        found[rows] = hours.between(end[before[rows]], start[after[rows]])
    known = np.isfinite(found)
    return found[known], end[before[known]] // WEEK, float(learned.parts.load.queue[groups[after]].mean())


def _chances(times: Floats, counted: float) -> Floats:
    """Return how likely means and spreads are, each time counting so much; means × spreads, together 1."""
    short = times <= SHORT
    logs = np.log(times[~short])
    spread = SPREADS[None]
    middle = np.log(MEANS)[:, None] - spread**2 / 2.0
    apart = len(logs) * (logs.var() + (logs.mean() - middle) ** 2) / spread**2
    likely = -0.5 * apart - len(logs) * np.log(spread) + short.sum() * log_ndtr((np.log(SHORT) - middle) / spread)
    likely = np.exp(counted * (likely - likely.max()))
    found: Floats = likely / likely.sum()
    return found


def _together(times: Floats, week: Floats) -> float:
    """Return by how much more weeks differ than times of their own would make them; 1 at least."""
    logs = np.log(np.maximum(times, SHORT))
    _, place, size = np.unique(week, return_inverse=True, return_counts=True)
    if len(size) < 2:
        return 1.0
    apart = np.bincount(place, logs - logs.mean())
    several = len(size)
    between = float((apart**2).sum()) * several / (several - 1.0)
    return max(1.0, between / max(float(((logs - logs.mean()) ** 2).sum()), 1e-12))
