"""One forecast against what came: distances and figures of each of its logs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.judge.baselines import FLOOR, halves
from sim.answers.judge.distances import DISTANCES, Seen, distances, seen
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

HALF = float(1.0 / np.sqrt(2.0))
"""Two halves differ more by luck than two whole samples: by the root of two."""

SECONDS = "seconds"
"""The measure of the time that learning and simulating took."""

TEST = "test"
"""What came: it has figures, and no distance."""

GROUPS = 10
"""Parts of the test's cases that are left out in turn, to know what its luck does."""

COLUMNS = ("method", "measure", "log", "without", "value")
"""Of what is measured: ``without`` is the part of the test that was left out, and -1 where none was."""

Grouped = Callable[[EventLog], EventLog]


class Bench:
    """What forecasts of one split are compared with.

    Parameters
    ----------
    split
        The log, split.
    seed
        By which the cases of the test are put in parts.
    grouped
        Names groups as the forecast does; as the log does, where nothing is said.
    """

    def __init__(self, split: Split, seed: int, grouped: Grouped | None = None) -> None:
        self.split, self.seed = split, seed
        self._grouped = grouped or (lambda log: log)
        test = split.test.only(split.test.finishes >= split.begin)
        self._truth = seen(test, split.begin)
        self._parts = _parts(test, split.begin, seed)
        self._test = test

    def rows(self, one: Forecaster, number: int) -> pd.DataFrame:
        """Have something learn and forecast, and compare it.

        Raises
        ------
        ValueError
            If it cannot learn from the training part.
        """
        begun = time.perf_counter() - getattr(one, "seconds", 0.0)  # of what it has learned already
        forecast = one.learn(self.split.train, self.split.asked(number, self.seed))
        found: list[pd.DataFrame] = []
        for k in range(number):
            made = within(forecast.log(k), self.split)
            named = made if hasattr(forecast, "grouped") else self._grouped(made)  # one has departments already
            found.append(self._compared(made, named).assign(log=k))
        took = pd.DataFrame([{"measure": SECONDS, "log": 0, "without": -1, "value": time.perf_counter() - begun}])
        return pd.concat([*found, took], ignore_index=True).assign(method=one.name)[list(COLUMNS)]

    def test(self) -> pd.DataFrame:
        """Return the figures of what came."""
        found = figures_of(self._grouped(self._test), self.split)
        return _table(({"measure": name, "log": 0, "without": -1, "value": one} for name, one in found.items()), TEST)

    def floor(self, number: int) -> pd.DataFrame:
        """Compare halves of the test with each other: what luck alone makes of samples of its size."""
        rows: list[dict[str, Any]] = []
        for k in range(number):
            one, other = (seen(half, self.split.begin) for half in halves(self._test, self.seed, k))
            far = distances(one, other)
            rows += [{"measure": name, "log": k, "without": -1, "value": HALF * far[name]} for name in DISTANCES]
        return _table(rows, FLOOR)

    def _compared(self, made: EventLog, named: EventLog) -> pd.DataFrame:
        looked = seen(made, self.split.begin)
        found = {**distances(looked, self._truth), **figures_of(named, self.split)}
        rows = [{"measure": name, "without": -1, "value": value} for name, value in found.items()]
        for k, part in enumerate(self._parts):
            far = distances(looked, part)
            rows += [{"measure": name, "without": k, "value": far[name]} for name in DISTANCES]
        return pd.DataFrame(rows)


def _table(rows: Any, method: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).assign(method=method)[list(COLUMNS)]


def _parts(test: EventLog, begin: float, seed: int) -> list[Seen]:
    """Return what is left of the test without each of its parts."""
    count = min(GROUPS, len(test.cases))
    part = np.random.default_rng([seed, count]).permutation(np.arange(len(test.cases)) % count)
    return [seen(test.only(part != k), begin) for k in range(count)] if count > 1 else []


def within(made: EventLog, split: Split) -> EventLog:
    """Return what is judged of a simulated log."""
    if split.finished and len(made.cases):
        made = made.only(made.finishes <= split.end)
    elif split.cases is None and len(made.cases):
        made = made.happened(-np.inf, np.nextafter(split.end, np.inf))
    return made.only(made.finishes >= split.begin) if len(made.cases) else made


def figures_of(log: EventLog, split: Split) -> dict[str, float]:
    """Return figures of a log, over all cases as far as they got."""
    found = dict(figures(log, np.zeros(len(log.cases), dtype=bool))) if len(log.cases) else {}
    weeks = (split.end - split.begin) / WEEK
    arrived = float((log.arrivals >= split.begin).sum()) if len(log.cases) else 0.0
    found["arrivals_per_week"] = arrived / weeks if split.cases is None and weeks > 0 else np.nan
    if "group" not in log.known:
        found |= dict.fromkeys(("handoffs", "ping_pong_share", "ping_pong", "returns", "boundary_share"), np.nan)
    return {name: float(found.get(name, np.nan)) for name in FIGURES}


def measures() -> Iterator[str]:
    """Yield all that is measured."""
    yield from (*DISTANCES, *FIGURES)
