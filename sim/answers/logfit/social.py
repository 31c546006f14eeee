"""What a log shows of how groups deal with each other, as tables; nothing in it is fitted yet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.answers.logfit.bounces import Visits
from sim.eventlog.counted import MANY, case_table, steps_of
from sim.eventlog.log import EventLog


def social_tables(log: EventLog, visits: Visits) -> Mapping[str, pd.DataFrame]:
    """Return the tables ``bounces``, ``again``, ``boundary`` and ``lateness``."""
    return {
        "bounces": bounce_table(log, visits),
        "again": again_table(visits),
        "boundary": boundary_table(log),
        "lateness": lateness_table(log),
    }


def bounce_table(log: EventLog, visits: Visits) -> pd.DataFrame:
    """Return, by activity and by who did it in the end, how often it was taken up, and passed on before."""
    tasks = visits.table
    found = tasks.groupby(["activity", "group"]).agg(
        tasks=("bounces", "size"), disputed=("bounces", lambda one: int((one > 0).sum())), bounces=("bounces", "sum")
    )
    found = found.reset_index()
    for part in ("activity", "group"):
        names = np.array([str(one) for one in log.events[part].cat.categories], dtype=object)
        found[part] = names[found[part].to_numpy()]
    found["chance"] = found["bounces"] / (found["bounces"] + found["tasks"])
    return found.sort_values("bounces", ascending=False, ignore_index=True)


def again_table(visits: Visits) -> pd.DataFrame:
    """Return, by how often a task was passed on, of how many that got so far the next one passed it on as well.

    ``passed_on`` (before), ``tasks``, ``chance`` of being passed on once more.
    """
    times = visits.table["bounces"].to_numpy()
    rows = []
    for before in range(MANY):
        reached = int((times >= before).sum())
        if reached:
            rows.append((before, reached, float((times > before).sum() / reached)))
    return pd.DataFrame(rows, columns=["passed_on", "tasks", "chance"])


def boundary_table(log: EventLog) -> pd.DataFrame:
    """Return, by pair of groups, how often work went from one to the other and how long it lay in between.

    ``sender``, ``receiver`` (the same group where work stayed), ``handoffs``, ``hours`` (mean), ``median``.
    """
    steps = steps_of(log)
    names = log.events["group"].astype(str).to_numpy()
    rows = ~steps.first
    table = pd.DataFrame(
        {
            "sender": np.append("", names[:-1])[rows],
            "receiver": names[rows],
            "gap": steps.gap[rows],
        }
    )
    found = table.groupby(["sender", "receiver"])["gap"].agg(handoffs="size", hours="mean", median="median")
    return found.reset_index().sort_values("handoffs", ascending=False, ignore_index=True)


def lateness_table(log: EventLog) -> pd.DataFrame:
    """Return the share on time by hand-offs, over finished cases with a date; the last row is for more as well."""
    table = case_table(log)
    known = table[~table["open"] & table["late"].notna()]
    handoffs = np.minimum(known["handoffs"].to_numpy(), MANY)
    late = known["late"].to_numpy(dtype=bool)
    rows = [
        (number, int((handoffs == number).sum()), float(1.0 - late[handoffs == number].mean()))
        for number in range(MANY + 1)
        if (handoffs == number).any()
    ]
    return pd.DataFrame(rows, columns=["handoffs", "cases", "on_time"])
