"""The tables of a look at a log."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.answers.look.doubts import doubts_of
from sim.answers.look.facts import Found
from sim.eventlog.clock import DAYS, HOURS
from sim.eventlog.counted import MANY
from sim.spec.calendars import DAYS as DAY_NAMES

MOST_TOLD = 10
"""Hand-offs and ping-pong from which on cases are told together."""


def tables_of(found: Found) -> Mapping[str, pd.DataFrame]:
    """Return everything that is found of a log as tidy tables."""
    return {
        "figures": pd.DataFrame({"figure": list(found.figures), "value": list(found.figures.values())}),
        "weeks": found.weeks,
        "months": found.months,
        "calendars": _calendars(found),
        "hours": _hours(found),
        "closed_days": found.clock.closed,
        "groups": found.groups,
        "people": found.people,
        "passes": found.passes,
        "handoffs": _counts(found, "handoffs"),
        "ping_pong": _counts(found, "ping_pong"),
        "lateness": _lateness(found),
        "time": _time(found),
        "machines": found.clock.machines,
        "doubts": doubts_of(found),
    }


def _calendars(found: Found) -> pd.DataFrame:
    """Return the hours of each group; that of all has no name."""
    rows = [
        {
            "group": name,
            "hours": json.dumps(one.written, ensure_ascii=False),
            "hours_per_week": one.calendar.hours_per_week,
            "sights": one.seen,
            "inside": one.inside,
            "own": one.own,
            "timed": bool(one.timed),
        }
        for name, one in ((None, found.clock.everybody), *found.clock.groups.items())
    ]
    return pd.DataFrame(rows)


def _hours(found: Found) -> pd.DataFrame:
    """Return how many were seen at each hour of the week, and how arrivals are weighed."""
    return pd.DataFrame(
        {
            "day": np.repeat(DAY_NAMES, HOURS // DAYS),
            "hour": np.tile(np.arange(HOURS // DAYS), DAYS),
            "sights": found.clock.presence[None],
            "arrivals": found.profile.arrivals,
            "weight": found.profile.weights,
        }
    )


def _counts(found: Found, column: str) -> pd.DataFrame:
    """Return how many finished cases have how many of something."""
    number = found.finished[column].clip(upper=MOST_TOLD)
    cases = np.bincount(number, minlength=1)
    hours = found.finished["cycle_hours"].groupby(number).median().reindex(range(len(cases)))
    return pd.DataFrame(
        {
            column: np.arange(len(cases)),
            "or_more": np.arange(len(cases)) == MOST_TOLD,
            "cases": cases,
            "share": cases / max(cases.sum(), 1),
            "cycle_median": hours.to_numpy(),
        }
    )


def _lateness(found: Found) -> pd.DataFrame:
    """Return how many cases are late by number of hand-offs, and the 95 % interval of Wilson."""
    known = found.finished[found.finished["late"].notna()]
    number = known["handoffs"].clip(upper=MANY)
    late = known["late"].astype(float).groupby(number).agg(["sum", "size"])
    n, share = late["size"].to_numpy(dtype=float), (late["sum"] / late["size"]).to_numpy(dtype=float)
    z = 1.96
    middle, half = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return pd.DataFrame(
        {
            "handoffs": late.index,
            "or_more": late.index == MANY,
            "cases": late["size"].to_numpy(),
            "late": share,
            "low": (middle - half) / (1 + z * z / n),
            "high": (middle + half) / (1 + z * z / n),
        }
    )


def _time(found: Found) -> pd.DataFrame:
    """Return where the hours of finished cases go: at the boundary of groups, within a group, in somebody's hands."""
    done = found.finished
    total = float(done["cycle_hours"].sum())
    boundary, within = float(done["boundary_hours"].sum()), float(done["within_hours"].sum())
    work = max(total - boundary - within, 0.0) if "start" in found.log.known else np.nan
    hours = [boundary, within, work]
    shares = [value / total if total > 0 else np.nan for value in hours]
    return pd.DataFrame({"where": ["boundary", "within", "work"], "hours": hours, "share": shares})
