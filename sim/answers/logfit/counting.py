"""The figures of a log that levers are fitted to, as runs have them, each with what luck makes of it.

How far a figure may be off is told by drawing weeks of cases again (bootstrap over weeks in which cases came: what
comes together goes together; Efron & Tibshirani 1993).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.answers.fit.targets import Target
from sim.answers.logfit.bounces import Visits
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

DRAWN = 400
"""Times that weeks are drawn again."""

LEVELS = (0.05, 0.95)
"""Between which nine of ten of them lie."""

LEAST = 0.002
"""A share is known no better than that, however many cases there are."""

Floats = NDArray[np.float64]


def figures_by_case(log: EventLog, visits: Visits) -> dict[str, Floats]:
    """Return of each case what the figures are means of, by the measure of runs that counts the same."""
    count, tasks = len(log.cases), visits.table
    case = tasks["case"].to_numpy()
    bounces = np.bincount(case, tasks["bounces"], count).astype(np.float64)
    return {
        "bounces_per_100": 100.0 * bounces,
        "handed_over": (bounces > 0).astype(np.float64),
        "ping_pong": (np.bincount(case, tasks["back"], count) > 0).astype(np.float64),
    }


def weeks_again(log: EventLog, seed: int = 1) -> tuple[NDArray[np.int64], Floats]:
    """Return the week of each case, counted from nought, and how often each counts when they are drawn again.

    The first row is that of the weeks as they were; only weeks in which cases came are drawn.
    """
    _, week = np.unique((log.arrivals // WEEK).astype(np.int64), return_inverse=True)
    several = int(week.max()) + 1
    drawn = np.random.default_rng([seed, 26]).multinomial(several, np.full(several, 1.0 / several), DRAWN)
    return week, np.vstack([np.ones(several), drawn])


def targets_of_log(log: EventLog, visits: Visits, seed: int) -> tuple[Target, ...]:
    """Return the figures with the ends between which they may lie by luck; none where nothing was passed on."""
    if not visits.bounce.any():
        return ()
    week = (log.arrivals // WEEK).astype(np.int64)
    _, week = np.unique(week, return_inverse=True)
    luck, several = np.random.default_rng([seed, 25]), int(week.max()) + 1
    size = np.bincount(week, minlength=several).astype(np.float64)
    drawn = luck.multinomial(several, np.full(several, 1.0 / several), DRAWN)
    found = []
    for name, values in figures_by_case(log, visits).items():
        sums = np.bincount(week, values, several)
        mean = float(values.mean())
        low, high = np.quantile(drawn @ sums / np.maximum(drawn @ size, 1.0), LEVELS)
        slack = LEAST * (100.0 if name == "bounces_per_100" else 1.0)
        low, high = max(0.0, min(float(low), mean - slack)), max(float(high), mean + slack)
        found.append(Target(name, mean, low, high if name == "bounces_per_100" else min(1.0, high)))
    return tuple(found)
