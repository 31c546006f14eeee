"""The log that a run would have left behind in a ticket system: who had which case on the desk, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.base import text_of

BOOKED = ("work", "rework", "triage")
"""What a ticket system notes down: work, work on a defect, and that somebody found the case not to be theirs."""

CALENDAR = "UTC"

EPOCH = dt.datetime(2001, 1, 1)
"""The Monday at which a run without dates is said to begin."""


def simulated(result: RunResult, replication: int = 0, kinds: Collection[str] = BOOKED, lang: str = "en") -> EventLog:
    """Return the log of one replication.

    Parameters
    ----------
    result : RunResult
        With the tables ``events`` and ``cases`` (`sim.run` with ``events=True``).
    replication : int
        Which.
    kinds : collection of str
        The kinds of work that are events.
    lang : {"en", "zh"}
        In which activities and groups are named.

    Returns
    -------
    EventLog
        An event for each piece of work that ended in the run; activities are labels of steps, groups labels of
        departments; the warm-up is part of it.
    """
    scenario = result.scenario
    table = result.events
    table = table[(table["replication"] == replication) & table["kind"].isin(list(kinds))]
    cases = result.cases[result.cases["replication"] == replication].set_index("case")
    origin = _begin(scenario)
    activity, group = _activities(scenario, lang), _groups(scenario, lang)
    codes, numbers = pd.factorize(table["case"].to_numpy(), sort=True)
    events = pd.DataFrame(
        {
            "case": codes.astype(np.int64),
            "activity": table["activity"].map(activity).astype("category").to_numpy(),
            "group": table["department"].map(group).astype("category").to_numpy(),
            "resource": pd.Categorical([None] * len(table)),
            "start": table["start"].to_numpy(),
            "end": table["end"].to_numpy(),
        }
    ).sort_values(["case", "end", "start"], kind="stable", ignore_index=True)
    known = {"start", "group"} | ({"due"} if cases["target"].notna().any() else set())
    about = pd.DataFrame(
        {
            "case": numbers.astype(str),
            "due": cases["target"].reindex(numbers).to_numpy(dtype=np.float64),
            "priority": pd.Categorical(np.where(cases["urgent"].reindex(numbers), "urgent", "usual")),
        }
    )
    until = float(events["end"].max()) if len(events) else scenario.window[1]
    return EventLog(scenario.name, events, about, origin, CALENDAR, frozenset(known), until)


def _begin(scenario: Scenario) -> dt.datetime:
    """Return the Monday at midnight at which the run begins."""
    if scenario.starts_on is None:
        return EPOCH
    return dt.datetime.fromisoformat(str(scenario.starts_on)) - dt.timedelta(hours=scenario.window[0])


def _activities(scenario: Scenario, lang: str) -> dict[str, str]:
    return {
        f"{process}/{step}": text_of(one.label, step).get(lang)
        for process, flow in scenario.processes.items()
        for step, one in flow.steps.items()
    }


def _groups(scenario: Scenario, lang: str) -> dict[str, str]:
    return {owner: _label(scenario, owner, lang) for owner in scenario.pools()}


def _label(scenario: Scenario, owner: str, lang: str) -> str:
    department = scenario.departments[owner.partition(".")[0]]
    return owner if "." in owner else text_of(department.label, owner).get(lang)
