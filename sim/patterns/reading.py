"""What patterns read from the cases of one run."""

from __future__ import annotations

import pandas as pd

from sim.results import RunResult
from sim.vocab import WEEK


def arrived(result: RunResult, process: str, first: float = 0.0, last: float | None = None) -> pd.DataFrame:
    """Return the cases of a process that arrived within some weeks of the horizon, or in all of them."""
    scenario, cases = result.scenario, result.cases
    week = cases["arrival"] / WEEK - scenario.warmup_weeks
    end = scenario.horizon_weeks if last is None else last
    return cases[(cases["process"] == process) & (week >= first) & (week < end)]


def lead(result: RunResult, process: str, first: float, last: float) -> float:
    """Return the mean lead time of cases that arrived in some weeks, each at most the tail."""
    cases, tail = arrived(result, process, first, last), result.scenario.tail * WEEK
    return float((cases["served"] - cases["arrival"]).fillna(tail).clip(upper=tail).mean())
