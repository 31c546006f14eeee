"""How many cases come, and when: the level of recent weeks, and the profile of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.material import Material
from sim.eventlog.counted import case_table
from sim.eventlog.flow import arrival_profile, by_week
from sim.eventlog.log import EventLog
from sim.eventlog.selected import selected
from sim.vocab import WEEK

Floats = NDArray[np.float64]

WINDOWS = (4, 8, 13, 26, 52, 104)
"""Weeks whose mean is tried as a forecast."""

AHEAD = 4
"""Weeks that are forecast."""

SEEN = 0.5
"""Share of the cases of a week that have to be seen for it to count, where long ones are missing."""

FEWEST = 3
"""Weeks of which a level is made."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """How many cases come in a week, over which weeks that was counted, and how they are spread over a week.

    Attributes
    ----------
    per_week
        Mean number.
    weeks
        Weeks at the end of the log that were counted.
    filled_up
        Whether cases were added that are missing, as the log holds only those that had ended.
    by_end
        Whether cases were chosen by their end, so that as many are taken to come as ended.
    profile
        As scenarios write it.
    """

    per_week: float
    weeks: int
    filled_up: bool
    by_end: bool
    profile: Mapping[str, Any]


def arrivals_of(log: EventLog, material: Material) -> Arrivals:
    """Return how many cases come, and when."""
    table = case_table(log)
    profile = arrival_profile(log, table).written
    chosen = selected(log, table, by_week(log, table))
    if chosen.ended_from is not None:
        weeks = max((log.until - chosen.ended_from) / WEEK, 1.0)
        rate = float((table["finish"] >= chosen.ended_from).sum()) / weeks
        return Arrivals(float(np.clip(rate, 0.01, 1e6)), round(weeks), False, True, profile)
    first = float(material.begin.min()) if len(material.begin) else 0.0
    count = max(1, int((material.until - first) // WEEK))
    # whole weeks, counted back from when the log was taken
    back = np.floor((material.until - material.arrival) / WEEK).astype(np.int64)
    cases_of_week: Floats = np.bincount(np.clip(back, 0, None), material.stands_for, count)[:count].astype(np.float64)
    if material.only_finished:
        # of the last weeks too little is seen
        seen = np.bincount(np.clip(back, 0, None), None, count)[:count] >= SEEN * cases_of_week
        first_seen = int(np.argmax(seen & (cases_of_week > 0)))
        cases_of_week = cases_of_week[first_seen:] if count - first_seen >= FEWEST else cases_of_week
    cases_of_week = cases_of_week[::-1]
    window = _window(cases_of_week)
    rate = float(cases_of_week[-window:].mean())
    short = material.until - first
    if short < WEEK:
        rate = len(material.arrival) * WEEK / max(short, 1.0) if short > 0 else float(len(material.arrival))
    return Arrivals(float(np.clip(rate, 0.01, 1e6)), window, material.only_finished, False, profile)


def _window(by_week: Floats) -> int:
    """Return over how many weeks the mean forecasts the next ones best, tried at all times of the log."""
    count = len(by_week)
    errors: dict[int, float] = {}
    passed = np.concatenate([[0.0], np.cumsum(by_week)])
    places = np.arange(max(AHEAD, count // 3), count - AHEAD + 1)
    for window in (*WINDOWS, count):
        if window > count or not len(places):
            continue
        begin = np.maximum(places - window, 0)
        forecast = (passed[places] - passed[begin]) / (places - begin)
        came = (passed[places + AHEAD] - passed[places]) / AHEAD
        errors[min(window, count)] = float(((forecast - came) ** 2).mean())
    if not errors:
        return count
    least = min(errors.values())
    return max(window for window, error in errors.items() if error <= 1.02 * least)
