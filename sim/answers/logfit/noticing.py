"""How long a hand-over waits to be noticed, as far as a log tells: by what passes after "not ours".

Nobody works on a task that was just passed on, and it waits for nobody outside. So what passes until the next group
takes it up is the time until it is noticed, and that for which it lies in the queue; times of other hand-overs may
hold anything. Where begins are missing, that ends with the work, of which only is known how long it is at most: so
both is looked at, all of it and nothing taken off. The time is lognormal in the model: its mean and spread are what is
likely (on a grid, both even before the log is looked at, the mean on the scale of logarithms). Times below a few
minutes count as short alone, since a queue makes more of them; times of one week go together (by how much more weeks
differ than their times would).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from sim.answers.logfit.bounces import Visits
from sim.answers.logfit.estimated import hours_at_most
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
        How many times of the log tell it, or its spread alone where people said it; none where nothing does.
    """

    hours: tuple[float, float, float]
    spread: tuple[float, float, float]
    times: int


def noticed_of(learned: Learned, log: EventLog, visits: Visits) -> Noticed | None:
    """Return how long hand-overs wait to be noticed; None where too few tasks were passed on.

    Parameters
    ----------
    learned
        The structure.
    log, visits
        The log with all its visits.
    """
    passed = np.flatnonzero(visits.bounce)
    if len(passed) < FEWEST:
        return None
    begun = "start" in log.known
    times, work, week, queue = _times(learned, log, visits, passed)
    found = []
    for known in (times,) if begun else (np.maximum(times - work, 0.0), times):
        if (known > SHORT).sum() < FEWEST / 2:
            return None
        chance = _chances(known, 1.0 / _together(known, week))
        found.append((*_ends(MEANS, chance.sum(axis=1)), *_ends(SPREADS, chance.sum(axis=0))))
    low, middle, high = np.min(found, axis=0), np.mean(found, axis=0), np.max(found, axis=0)
    hours = max(float(low[0]) - queue, 0.0), max(float(middle[1]) - queue, 0.0), float(high[2])
    return Noticed(hours, (float(low[3]), float(middle[4]), float(high[5])), len(times))


def _ends(values: Floats, chances: Floats) -> tuple[float, float, float]:
    low, middle, high = np.interp(LEVELS, np.cumsum(chances) - 0.5 * chances, values)
    return float(low), float(middle), float(high)


def _times(
    learned: Learned, log: EventLog, visits: Visits, passed: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, float]:
    """Return the open hours of who was asked next until the task was taken up, and what else is known of them.

    Where begins are missing they are hours until it was done. Beside them: hours that the work took at most, the week,
    and the mean queue, for which they lie until somebody is free, as far as the structure says.
    """
    parts = learned.parts
    clocks, groups = parts.clocks, parts.departments.codes(log)
    end = log.events["end"].to_numpy(dtype=np.float64)
    there = log.events["start"].to_numpy(dtype=np.float64) if "start" in log.known else end
    before, after = visits.stop[passed] - 1, visits.begin[passed + 1]
    found = np.full(len(passed), np.nan)
    for department, calendar in enumerate(clocks.departments):
        rows = groups[after] == department
        hours = OpenHours(calendar, clocks.closed, float(np.nanmax(end)))
        found[rows] = hours.between(end[before[rows]], there[after[rows]])
    known = np.isfinite(found)
    return found[known], _work(learned, log, after)[known], end[before[known]] // WEEK, _queue(learned, groups[after])


def _work(learned: Learned, log: EventLog, rows: NDArray[np.int64]) -> Floats:
    """Return the hours that events took at most; as the usual one where the structure has none of their kind."""
    material, most = learned.parts.material, hours_at_most(learned)
    done, where = material.kinds[:, 0].tolist(), material.kinds[:, 1].tolist()
    kinds = {
        (material.activities[one], other): place for place, (one, other) in enumerate(zip(done, where, strict=True))
    }
    names = log.events["activity"].astype(str).to_numpy()[rows]
    places = [
        kinds.get(one, -1) for one in zip(names, learned.parts.departments.codes(log)[rows].tolist(), strict=True)
    ]
    return np.append(most, np.median(most))[places]


def _queue(learned: Learned, departments: NDArray[np.int64]) -> float:
    return float(learned.parts.load.queue[departments].mean())


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
