"""What is counted of a log: by case, and in figures over all that are finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.endings import endings
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Of the time from the first event to the last that are told."""

MANY = 4
"""Hand-offs from which on cases are told together."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def codes_of(column: pd.Series) -> Ints:
    """Return a number for each value of a column; -1 where it is unknown."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, dtype=np.int64)
    return np.asarray(pd.factorize(column)[0], dtype=np.int64)


def groups_of(log: EventLog) -> pd.Series:
    """Return the name of the group of each event; an unknown one has no name."""
    return log.events["group"].astype(object).where(log.events["group"].notna(), "").astype(str)


@dataclass(frozen=True, eq=False)
class Steps:
    """How each event follows the one before it in its case.

    Attributes
    ----------
    case
        Of each event.
    first
        Whether it is the first of its case; then nothing is before it.
    changed
        Whether it is in another group than the one before.
    gap
        Hours from the end of the one before to its begin, or to its end where its begin is not known; never below 0;
        0 for the first.
    """

    case: Ints
    first: Bools
    changed: Bools
    gap: Floats


def steps_of(log: EventLog) -> Steps:
    """Return how events follow each other."""
    case = log.events["case"].to_numpy(dtype=np.int64)
    first = log.first_of_case
    group, end = codes_of(log.events["group"]), log.events["end"].to_numpy(dtype=np.float64)
    changed, gap = np.zeros(len(case), dtype=bool), np.zeros(len(case))
    changed[1:] = group[1:] != group[:-1]
    gap[1:] = np.maximum(log.begins[1:] - end[:-1], 0.0)
    changed[first], gap[first] = False, 0.0
    return Steps(case, first, changed, gap)


def case_table(log: EventLog, open_cases: Any = None) -> pd.DataFrame:
    """Return what is counted of each case.

    Parameters
    ----------
    log : EventLog
        What is looked at.
    open_cases : array of bool, optional
        Which cases are not finished, in the order of the log's cases; where nothing is said, `endings` tells.

    Returns
    -------
    DataFrame
        One row a case, in the order of the log's: ``case``; ``arrival`` and ``finish`` (hours: the first begin, the
        last end); ``events``; ``handoffs`` (changes of group from one event to the next); ``ping_pong`` (how often a
        group got it back from the one it had given it to: A to B to A); ``returns`` (how often it came to a group
        where it had been before; ping-pong is among them); ``repeats`` (events whose activity was done before);
        ``groups`` (different ones); ``cycle_hours``; ``boundary_hours`` and ``within_hours`` (from the end of an event
        to the begin of the next, or to its end where no begin is known, when the next is in another group and when it
        is in the same); ``work_hours`` (NaN where no begin is known); ``due``; ``late`` (unknown where there is no
        date or the case is open); ``open`` (not known to be finished); ``unsure`` (open, but it may as well be
        finished); ``cut`` (it had probably begun before the log did); ``priority``.
    """
    count, steps, ends = len(log.cases), steps_of(log), endings(log)
    case, group, begins = steps.case, codes_of(log.events["group"]), log.begins
    end = log.events["end"].to_numpy(dtype=np.float64)
    visit = steps.first | steps.changed
    come_back = _again(case[visit], group[visit])
    arrival = np.full(count, np.inf)
    np.minimum.at(arrival, case, begins)
    finish = np.full(count, -np.inf)
    finish[case] = end  # the last of each case is written last
    due = log.cases["due"].to_numpy(dtype=np.float64)
    unfinished = ends.open if open_cases is None else np.asarray(open_cases, dtype=bool)
    table = pd.DataFrame(
        {
            "case": log.cases["case"].to_numpy(),
            "arrival": arrival,
            "finish": finish,
            "events": np.bincount(case, minlength=count),
            "handoffs": _sum(case, steps.changed, count),
            "ping_pong": _sum(case[visit], _back_and_forth(case[visit], group[visit]), count),
            "returns": _sum(case[visit], come_back, count),
            "repeats": _sum(case, _again(case, codes_of(log.events["activity"])), count),
            "groups": _sum(case[visit], ~come_back, count),
            "cycle_hours": finish - arrival,
            "boundary_hours": np.bincount(case, np.where(steps.changed, steps.gap, 0.0), count),
            "within_hours": np.bincount(case, np.where(steps.changed, 0.0, steps.gap), count),
            "work_hours": _work(log, case, count),
            "due": due,
            "late": _late(finish, due, unfinished),
            "open": unfinished,
            "unsure": ends.unsure if open_cases is None else np.zeros(count, dtype=bool),
            "cut": ends.cut,
        }
    )
    table["priority"] = log.cases["priority"].to_numpy()
    return table


def figures(log: EventLog, open_cases: Any = None, table: pd.DataFrame | None = None) -> Mapping[str, float]:
    """Return what is counted of a log in all.

    Parameters
    ----------
    log : EventLog
        What is looked at.
    open_cases : array of bool, optional
        As for `case_table`.
    table : DataFrame, optional
        What `case_table` returned, where that is there already.

    Returns
    -------
    Mapping
        Over finished cases: ``cases``, ``events``, ``handoffs``, ``returns``, ``repeats`` and ``ping_pong`` (means a
        case), ``handed_on`` and ``ping_pong_share`` (shares of cases), ``back_after_two`` (of two hand-offs in a row,
        how many go back), ``boundary_share`` (of the hours from first begin to last end), ``cycle_mean``,
        ``cycle_q10`` to ``cycle_q90``, ``on_time``, ``on_time_0`` to ``on_time_4`` (by hand-offs; 4 and more together).
        Over all cases: ``open_share``, ``arrivals_per_week``, ``wip`` (cases in work, mean over time). NaN where it
        is not known.
    """
    every = case_table(log, open_cases) if table is None else table
    done = every[~every["open"]]
    handoffs = done["handoffs"].to_numpy()
    hours = done["cycle_hours"].to_numpy()
    found = {
        "cases": float(len(done)),
        **{name: _mean(done[name]) for name in ("events", "handoffs", "returns", "repeats", "ping_pong")},
        "handed_on": _mean(handoffs > 0),
        "ping_pong_share": _mean(done["ping_pong"] > 0),
        "back_after_two": _ratio(done["ping_pong"].sum(), np.maximum(handoffs - 1, 0).sum()),
        "boundary_share": _ratio(done["boundary_hours"].sum(), hours.sum()),
        "cycle_mean": _mean(hours),
        **{f"cycle_q{100 * q:.0f}": float(np.quantile(hours, q)) if len(hours) else np.nan for q in QUANTILES},
        "on_time": _on_time(done),
    }
    told = np.minimum(handoffs, MANY)
    found |= {f"on_time_{number}": _on_time(done[told == number]) for number in range(MANY + 1)}
    return {**found, **_over_time(log, every)}


def in_work(table: pd.DataFrame, until: float) -> tuple[Floats, Floats]:
    """Return from when to when each case is in work; those that are open until the log was taken."""
    arrival = table["arrival"].to_numpy(dtype=np.float64)
    return arrival, np.where(table["open"], np.maximum(until, arrival), table["finish"])


def _over_time(log: EventLog, table: pd.DataFrame) -> dict[str, float]:
    begin, stop = in_work(table, log.until)
    hours = log.until - begin.min() if len(begin) else 0.0
    return {
        "open_share": _mean(table["open"]),
        "arrivals_per_week": _ratio(len(table) * WEEK, hours),
        "wip": _ratio(float((stop - begin).sum()), hours),
    }


def _again(case: Ints, value: Ints) -> Bools:
    """Tell which values have been there before in their case."""
    return pd.Series(case * (value.max(initial=0) + 2) + value + 1).duplicated().to_numpy(dtype=bool)


def _back_and_forth(case: Ints, group: Ints) -> Bools:
    """Tell which visits go back to the group before the last one."""
    back = np.zeros(len(case), dtype=bool)
    back[2:] = (case[2:] == case[:-2]) & (group[2:] == group[:-2])
    return back


def _work(log: EventLog, case: Ints, count: int) -> Floats:
    hours = (log.events["end"] - log.events["start"]).to_numpy(dtype=np.float64)
    known = ~np.isnan(hours)
    found = np.bincount(case[known], hours[known], count)
    return np.where(np.bincount(case[known], minlength=count) > 0, found, np.nan)


def _late(finish: Floats, due: Floats, unfinished: Bools) -> Any:
    unknown = np.isnan(due) | unfinished
    return pd.arrays.BooleanArray(np.where(unknown, False, finish > due), unknown)


def _on_time(table: pd.DataFrame) -> float:
    return 1.0 - _mean(table["late"].dropna().to_numpy(dtype=bool))


def _sum(case: Ints, which: Bools, count: int) -> Ints:
    return np.bincount(case[which], minlength=count)


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else np.nan


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole > 0 else np.nan
