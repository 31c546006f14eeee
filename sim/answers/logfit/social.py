"""What a log shows of how groups deal with each other, as tables.

What it costs to be passed on is not fitted to: cases that are passed on may be harder ones, and how long a hand-over
waits is told better by what passes after "not ours". It is set against logs of the organization, as a check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.logfit.bounces import Visits
from sim.answers.logfit.counting import weeks_again
from sim.eventlog.counted import MANY, case_table, steps_of
from sim.eventlog.log import EventLog

FEWEST = 20
"""Cases that were passed on, and others, from which on they are compared."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def social_tables(log: EventLog, visits: Visits) -> Mapping[str, pd.DataFrame]:
    """Return the tables ``bounces``, ``again``, ``boundary`` and ``lateness``."""
    return {
        "bounces": bounce_table(log, visits),
        "again": again_table(visits),
        "boundary": boundary_table(log),
        "lateness": lateness_table(log),
    }


def passed_on_figures(log: EventLog, visits: Visits) -> dict[str, Floats]:
    """Return what finished cases that were passed on are like beside the others, by name.

    Parameters
    ----------
    log, visits
        The log with all its visits.

    Returns
    -------
    dict
        ``slow_passed_on`` (how much more often they are among the slower half of all) and, where due dates are known,
        ``late_passed_on`` (how much more often they are late): each as it is, and as it is when weeks are drawn again.
        Nothing where hardly any case was passed on, or hardly any was not.
    """
    table, count = case_table(log), len(log.cases)
    passed = np.bincount(visits.case, visits.bounce, count) > 0
    done, late = ~table["open"].to_numpy(dtype=bool), table["late"]
    if min((passed & done).sum(), (~passed & done).sum()) < FEWEST:
        return {}
    weeks = weeks_again(log)
    hours = table["cycle_hours"].to_numpy(dtype=np.float64)
    found = {"slow_passed_on": _apart(hours > np.median(hours[done]), passed, done, weeks)}
    dated = done & late.notna().to_numpy(dtype=bool)
    if min((passed & dated).sum(), (~passed & dated).sum()) >= FEWEST:
        found["late_passed_on"] = _apart(late.eq(other=True).fillna(value=False), passed, dated, weeks)
    return found


def _apart(values: Any, passed: Bools, known: Bools, weeks: tuple[NDArray[np.int64], Floats]) -> Floats:
    """Return how much more often something is so of cases that were passed on than of others."""
    numbers, (week, drawn) = np.asarray(values, dtype=np.float64), weeks
    shares = []
    for side in (passed & known, ~passed & known):
        sums, counts = (np.bincount(week, side * one, drawn.shape[1]) for one in (numbers, 1.0))
        shares.append(drawn @ sums / np.maximum(drawn @ counts, 1e-9))
    found: Floats = shares[0] - shares[1]
    return found


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
