"""One forecast against what came: distances and figures of each of its logs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.judge.baselines import FLOOR, halves
from sim.answers.judge.distances import DISTANCES, distances, seen
from sim.answers.judge.forecasts import Forecaster
from sim.answers.judge.split import Split
from sim.eventlog.counted import figures
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

FIGURES = (
    "arrivals_per_week",
    "events",
    "handoffs",
    "ping_pong_share",
    "ping_pong",
    "returns",
    "boundary_share",
    "on_time",
    "cycle_mean",
    "cycle_q10",
    "cycle_q25",
    "cycle_q50",
    "cycle_q75",
    "cycle_q90",
)
"""Of `sim.eventlog.counted`, over all cases as far as they got; arrivals only where their number is forecast."""

HALF = 1.0 / np.sqrt(2.0)
"""Two halves differ more by luck than two whole samples: by the root of two."""

SECONDS = "seconds"
"""The measure of the time that learning and simulating took."""


def judged(split: Split, one: Forecaster, number: int, seed: int) -> pd.DataFrame:
    """Learn, simulate and compare; one row a simulated log and measure.

    Returns
    -------
    DataFrame
        Columns ``log``, ``measure`` and ``value``: distances to the test, and figures as they are in the log.

    Raises
    ------
    ValueError
        If it cannot learn from the training part.
    """
    begun = time.perf_counter()
    forecast = one.learn(split.train, split.asked(number, seed))
    truth = seen(split.test, split.begin)
    rows: list[dict[str, Any]] = []
    for k in range(number):
        made = within(forecast.log(k), split)
        found = {**distances(seen(made, split.begin), truth), **figures_of(made, split)}
        rows += [{"log": k, "measure": measure, "value": value} for measure, value in found.items()]
    took = {"log": 0, "measure": SECONDS, "value": time.perf_counter() - begun}
    return pd.DataFrame([*rows, took])


def floor(split: Split, number: int, seed: int) -> pd.DataFrame:
    """Compare halves of the test with each other: what luck alone makes of it, had the test been twice as long."""
    judged_cases = split.test.only(split.test.finishes >= split.begin)
    rows: list[dict[str, Any]] = []
    for k in range(number):
        one, other = (seen(half, split.begin) for half in halves(judged_cases, seed, k))
        rows += [{"log": k, "measure": name, "value": HALF * far} for name, far in distances(one, other).items()]
    return pd.DataFrame(rows).assign(method=FLOOR)


def within(made: EventLog, split: Split) -> EventLog:
    """Return what is judged of a simulated log."""
    if split.cases is None:
        made = made.happened(-np.inf, np.nextafter(split.end, np.inf))
    return made.only(made.finishes >= split.begin) if len(made.cases) else made


def figures_of(log: EventLog, split: Split) -> dict[str, float]:
    """Return figures of a log, over all cases as far as they got."""
    found = dict(figures(log, np.zeros(len(log.cases), dtype=bool))) if len(log.cases) else {}
    weeks = (split.end - split.begin) / WEEK
    arrived = float((log.arrivals >= split.begin).sum()) if len(log.cases) else 0.0
    found["arrivals_per_week"] = arrived / weeks if split.cases is None and weeks > 0 else np.nan
    return {name: float(found.get(name, np.nan)) for name in FIGURES}


def measures() -> Iterator[str]:
    """Yield all that is measured."""
    yield from (*DISTANCES, *FIGURES)
