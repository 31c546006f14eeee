"""Money week by week: what cases bring, what it costs that they are late, coordination, and what interventions take.

A case counts in the week in which it arrives, so that the same customers stand in the same week with and without an
intervention. The weeks sum to the measures, which are means a week.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.counted import accepted, served
from sim.frames import Rows
from sim.measures import coordinated, counted_days, numbers_of, rates_of, weeks_of
from sim.money import brought, delayed, spent_in
from sim.outcome import Columns, Outcome
from sim.vocab import DAY, WEEK

COLUMNS = ("revenue", "delay_cost", "coordination_cost", "spent", "spent_once")
"""Money of a week: what cases bring, what their lateness costs, coordination, and what interventions take."""


def money_rows(outcome: Outcome) -> Rows:
    """Return `COLUMNS` of every week of the horizon; what nobody speaks of is nothing."""
    kept = np.flatnonzero(accepted(outcome))
    cases, done = Columns(outcome.columns, kept), served(outcome)[kept]
    numbers, edges = weeks_of(outcome)
    edges = edges[int((numbers < 0).sum()) :]
    weeks = len(edges) - 1
    when = _week_of(cases["arrival"], outcome, weeks)
    days = counted_days(outcome)[0]
    daily = _week_of(numbers_of(outcome, days) * DAY, outcome, weeks)
    once, weekly = np.zeros((2, weeks))
    for bought, taken in spent_in(outcome, edges):
        once, weekly = once + bought, weekly + taken
    values = (
        np.bincount(when, brought(outcome, cases) * done, minlength=weeks),
        np.bincount(when, delayed(outcome, cases, done), minlength=weeks),
        np.bincount(daily, coordinated(outcome, days) @ rates_of(outcome), minlength=weeks),
        weekly,
        once,
    )
    return {"week": np.arange(weeks), **dict(zip(COLUMNS, values, strict=True))}


def _week_of(hours: Any, outcome: Outcome, weeks: int) -> Any:
    """Return in which week of the horizon times lie."""
    numbers = np.floor((hours - outcome.window[0]) / WEEK).astype(int)
    return np.clip(numbers, 0, weeks - 1)
