"""What departments and approvers do week by week: how much waits for them, and on what their hours go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.scenario import Scenario, planned_loads
from sim.spec.organization import Organization
from sim.vocab import DAY, WEEK

KINDS: Mapping[str, tuple[str, ...]] = {
    "own": ("own",),
    "work": ("work",),
    "answers": ("consult", "approve", "inform", "follow_up"),
    "rework": ("rework",),
    "disputes": ("triage", "negotiate", "mediate"),
}
"""What hours go on, and the kinds of requests that are counted there."""

PLANNED = ("own", "work", "answers")
"""What a plan knows of: nobody plans rework and disputes."""

WHOLE = round(WEEK / DAY)
"""Days of a whole week."""

COLUMNS = ("replication", "week", "department", "days", "queue", "open", *KINDS)


def work_weeks(daily: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return one row per replication, week and owner of a queue, from the start of the run to the end of the horizon.

    Parameters
    ----------
    daily : DataFrame
        One row per replication, day and owner of a queue, as in `RunResult.daily`.
    scenario : Scenario
        What was run.

    Returns
    -------
    DataFrame
        Columns replication, week (0 is the first that counts), department, days (of the week that belong to it), queue
        (requests that wait, mean over the evenings of the week), open (hours of all its people), and the hours spent
        on own work, work on cases, answers, rework, and disputes.
    """
    within = daily["day"] * DAY < (scenario.warmup_weeks + scenario.horizon_weeks) * WEEK
    kept = daily[within]
    days = kept[["replication", "day", "department", "queue", "staff"]].copy()
    days["week"] = week_of(days["day"].to_numpy(), scenario.warmup_weeks)
    hours = {owner: scenario.hours_per_week(owner) / WHOLE for owner in scenario.pools()}
    days["open"] = days["staff"] * days["department"].astype(str).map(hours)
    for name, kinds in KINDS.items():
        days[name] = kept[[f"hours_{kind}" for kind in kinds]].to_numpy().sum(axis=1)
    sums = dict.fromkeys(("open", *KINDS), "sum") | {"queue": "mean", "day": "size"}
    found = days.groupby(["replication", "week", "department"], observed=True).agg(sums).reset_index()
    return found.rename(columns={"day": "days"})[list(COLUMNS)]


def week_of(days: np.ndarray, warmup_weeks: float) -> np.ndarray:
    """Return the number of the week in which days begin: 0 is the first that counts."""
    return np.floor((days * DAY - warmup_weeks * WEEK) / WEEK).astype(int)


def levels(weekly: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column of one owner, or of none in particular, as an array of replications × weeks in order."""
    return np.asarray(weekly.pivot_table(column, "replication", "week", dropna=False), dtype=float)


def planned_shares(organization: Organization) -> dict[str, dict[str, float]]:
    """Return the share of hours that a plan without mishaps puts on each kind of `PLANNED`, by owner of a queue."""
    return {
        one.owner: dict(
            zip(PLANNED, (part / one.capacity for part in (one.own, one.work, one.coordination)), strict=True)
        )
        for one in planned_loads(organization)
    }
