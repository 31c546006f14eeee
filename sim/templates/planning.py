"""The plan: every step with whoever answers for it, what it needs, its dates, and what those who do it are measured by.

It is a breakdown of goals as well: the goal of a process is to serve its customer by a date; that of each step is the
date by which it must be done for that, or its own milestone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.scenario import Scenario, examined
from sim.spec.process import Process
from sim.templates.moments import arrival_from, hour_of_week
from sim.templates.schedule import Dates, Planner, Schedule
from sim.vocab import DAY

if TYPE_CHECKING:
    import pandas as pd

NONE = math.nan


def plan(scenario: Scenario, week: float = 0.0) -> pd.DataFrame:
    """Return the plan of one case of every process: a row for each step, in the order of the file.

    Dates are the earliest there are if everybody is free for the case: work, questions and approvals in the hours in
    which departments are open, waits for somebody outside in theirs, and the usual time until what is handed over is
    noticed, all as they are on average and as the scenario is without interventions. The latest dates are those that
    still keep the customer's date. Goods are there and nothing goes back.

    Parameters
    ----------
    scenario : Scenario
        What is planned.
    week : float, optional
        The week of the horizon from which on the case comes; 0 is the first.

    Returns
    -------
    DataFrame
        ``process``, ``step``; ``responsible``, ``accountable`` (empty = nobody), ``needs`` (steps), ``share`` of cases
        that need it, ``work_hours`` of one person, ``outside_hours``; ``arrival`` of the case, ``start``, ``finish``,
        ``latest_start``, ``latest_finish``, ``milestone`` and ``wanted`` (the customer's date) in hours of the run as
        in ``cases``, NaN where there is none; ``served`` (with a release where there is one), ``release``;
        ``slack_days`` from ``finish`` to ``latest_finish``, ``critical`` (whether the customer is served the later, the
        later it ends), ``response_hours``, and ``measured_by``: the KPIs of whoever is responsible.

    Raises
    ------
    TextError
        If the week lies outside of the run.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import plan
    >>> steps = plan(sim.load("order_delivery")).set_index(["process", "step"])
    >>> steps.loc[("order", "procure"), ["responsible", "accountable", "needs"]].tolist()
    ['purchasing', 'purchasing.director', 'sign']
    """
    import pandas as pd

    scenario = examined(scenario)
    begin = hour_of_week(scenario, week)
    rows = [row for name in scenario.processes for row in _of_process(scenario, name, begin)]
    return pd.DataFrame(rows)


def _of_process(scenario: Scenario, name: str, begin: float) -> Iterator[dict[str, Any]]:
    planner = Planner(scenario, name)
    found = planner.schedule(arrival_from(scenario, name, begin))
    process = scenario.processes[name]
    needs = {} if process.markov else process.predecessors()
    for key, step in process.steps.items():
        department = scenario.departments[step.R]
        yield {
            "process": name,
            "step": key,
            "responsible": step.R,
            "accountable": step.A or "",
            "needs": ", ".join(needs.get(key, planner.needs.get(key, ()))),
            "share": step.probability,
            "work_hours": step.work.mean,
            "outside_hours": step.outside,
            **_dates(found, process, key),
            "response_hours": NONE if step.response_hours is None else step.response_hours,
            "measured_by": ", ".join(one.measures for one in department.kpis),
        }


def _dates(found: Schedule, process: Process, key: str) -> dict[str, Any]:
    one = found.steps.get(key, Dates(NONE, NONE))
    due = process.steps[key].due_days
    latest = _number(one.latest_finish)
    return {
        "arrival": found.arrival,
        "start": one.start,
        "finish": one.finish,
        "latest_start": _number(one.latest_start),
        "latest_finish": latest,
        "milestone": NONE if due is None else found.arrival + due * DAY,
        "slack_days": (latest - one.finish) / DAY,
        "critical": one.critical,
        "served": found.served,
        "release": found.release[0] if found.release else "",
        "wanted": _number(found.wanted),
    }


def _number(value: float | None) -> float:
    return NONE if value is None else value
