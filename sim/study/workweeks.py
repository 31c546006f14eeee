"""What people do week by week, as series, and what was planned that they would do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.scenario import planned_loads
from sim.spec.organization import Organization

KEYS = ("replication", "week")
PLANNED = ("own", "work", "answers")
"""What a plan knows of what hours go on: nobody plans rework and disputes."""


def levels(weeks: pd.DataFrame, column: str) -> Any:
    """Return a column of what has one row per replication and week as an array of replications × weeks, in order."""
    (replications, row), (numbers, place) = (np.unique(weeks[key], return_inverse=True) for key in KEYS)
    found = np.full((len(replications), len(numbers)), np.nan)
    found[row, place] = weeks[column]
    return found


def planned_shares(organization: Organization) -> dict[str, dict[str, float]]:
    """Return the share of hours that a plan without mishaps puts on each kind of `PLANNED`, by owner of a queue."""
    return {
        one.owner: dict(
            zip(PLANNED, (part / one.capacity for part in (one.own, one.work, one.coordination)), strict=True)
        )
        for one in planned_loads(organization)
    }
