"""A log whose weeks are all alike but for luck, with two departments between which cases go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2024-01-01")


def made_log(weeks: int = 24, per_week: int = 8, seed: int = 1) -> EventLog:
    """Return a log of cases that come on working days and take some hours in each of three steps."""
    luck = np.random.default_rng(seed)
    rows = []
    for week in range(weeks):
        for number in range(per_week):
            at = 168.0 * week + 24.0 * luck.integers(0, 5) + luck.uniform(8.0, 12.0)
            steps = ["ask", "check", "ask", "answer"] if luck.random() < 0.3 else ["ask", "check", "answer"]
            for step in steps:
                begins = at + luck.uniform(0.1, 1.0)
                at = begins + luck.uniform(0.1, 2.0)
                group = "back" if step == "check" else "front"
                rows.append((f"{week}-{number}", step, group, begins, at))
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "start", "end"])
    for name in ("start", "end"):
        table[name] = MONDAY + pd.to_timedelta(table[name], "h")
    return EventLog.of(table, "alike")
