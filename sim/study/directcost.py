"""What interventions cost directly: the hours a week that they take from people, before anything is run.

In it are the minutes that an intervention charges (`Intervention.cost`: upkeep, agreeing, interruptions, the work that
newcomers do not get done) and its meetings with the time that they run over, each for those days on which it is on, and
on top of what the scenario does already: what is spent once is not spent twice, and meetings that overlap count once.
Not in it is what people then do otherwise (fewer questions, disputes and rework, or more of them, forms and
double-checks), and what approvers spend beside their department. What is left after all that is the net
cost, the change of the measures ``coordination_hours`` and ``total_cost``, which only runs can tell. What an
intervention takes in money beside people's time (``money_per_week``) is in the money, what it takes once beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.compile.taxes import Hours, Left, left_of
from sim.interventions import INTERVENTIONS, Custom, Intervention
from sim.money import spendings
from sim.scenario import Scenario, ScenarioError
from sim.spec.manning import share_at_work
from sim.vocab import WEEK


@dataclass(frozen=True, slots=True)
class DirectCost:
    """What interventions cost directly, in hours of people a week and in money a week.

    Attributes
    ----------
    hours, money
        Mean over the weeks that count (the horizon), comparable with ``coordination_hours`` and ``total_cost``: hours
        at each department's rate, and what is spent week by week.
    most_hours, most_money
        In the dearest of these weeks: more than the mean where something is done or bought once, or is learned.
    meeting_hours
        Of `hours`, those in meetings.
    departments
        `hours` by department.
    once
        Money that is spent once within these weeks; it is not in `money`.
    """

    hours: float
    money: float
    most_hours: float
    most_money: float
    meeting_hours: float
    departments: Mapping[str, float]
    once: float = 0.0


def direct_cost(
    scenario: Scenario,
    interventions: Iterable[Intervention | str | Mapping[str, Any]] | Intervention | str | Mapping[str, Any],
) -> DirectCost:
    """Return what it costs directly to introduce interventions.

    Parameters
    ----------
    scenario : Scenario
        The organization, with whatever it does already.
    interventions : intervention, or iterable of them
        As in `Scenario.with_interventions`; several are introduced together.

    Returns
    -------
    DirectCost
        Hours and money a week.

    Raises
    ------
    ScenarioError
        If an intervention does not exist, or cannot be had beside the others.

    Examples
    --------
    >>> from sim.study.directcost import direct_cost
    >>> cost = direct_cost(sim.load("order_delivery"), ["raci"])
    >>> round(cost.hours), round(cost.money)
    (10, 496)
    """
    one = isinstance(interventions, str | Mapping | Intervention)
    added: Any = [interventions] if one else interventions
    return cost_between(scenario, scenario.with_interventions(added))


def cost_between(before: Scenario, after: Scenario) -> DirectCost:
    """Return what the interventions of one scenario cost directly beyond those of another, in the organization of it.

    Parameters
    ----------
    before : Scenario
        Of which only the interventions are taken.
    after : Scenario
        The organization, and the interventions.

    Returns
    -------
    DirectCost
        Hours and money a week; less than nothing where interventions are given up.

    Examples
    --------
    >>> from sim.study.directcost import cost_between
    >>> scenario = sim.load("order_delivery")
    >>> cost_between(scenario, scenario.with_interventions(["daily_standup"])).meeting_hours > 10
    True
    """
    left = Left.of(after, before.interventions)
    taken = Left.of(after, after.interventions)
    names = list(after.departments)
    rates = np.array([after.departments[name].cost_per_hour for name in names])
    people = np.array([share_at_work(after, name) * after.hours_per_week(name) for name in names])
    people *= [after.departments[name].staff for name in names]
    hours = (left.productivity - taken.productivity) * people
    meetings = (left.productivity - left_of(left.overhead, taken.meetings)) * people
    weeks = _weeks(hours)
    begin, end = after.window
    spent, once = _spent(before, after, np.array([begin, end]))
    by_week, at_once = _spent(before, after, begin + np.arange(len(weeks) + 1) * WEEK)
    return DirectCost(
        hours=float(hours.mean(axis=0).sum()),
        money=float(hours.mean(axis=0) @ rates + spent.sum() / (end - begin) * WEEK),
        most_hours=float(weeks.sum(axis=1).max()),
        most_money=float((weeks @ rates + by_week + at_once).max()),
        meeting_hours=float(meetings.mean(axis=0).sum()),
        departments=dict(zip(names, hours.mean(axis=0).tolist(), strict=True)),
        once=float(once.sum()),
    )


def direct_costs(scenario: Scenario) -> pd.DataFrame:
    """Return what every shipped intervention costs directly, each alone and with its usual doses.

    Parameters
    ----------
    scenario : Scenario
        The organization, with whatever it does already.

    Returns
    -------
    DataFrame
        Indexed by ``kind``: ``hours``, ``money``, ``most_hours``, ``most_money`` ``meeting_hours`` and ``once``, as
        `DirectCost` has them; without those that the organization cannot have.

    Examples
    --------
    >>> from sim.study.directcost import direct_costs
    >>> direct_costs(sim.load("order_delivery")).loc[["shared_kpi", "daily_standup"], "hours"].round().tolist()
    [5.0, 23.0]
    """
    found = {}
    for kind in (name for name, one in INTERVENTIONS.items() if one is not Custom):
        try:
            told = asdict(direct_cost(scenario, kind))
        except ScenarioError:  # such as an escalation path where nobody manages
            continue
        found[kind] = {name: value for name, value in told.items() if name != "departments"}
    columns = ["hours", "money", "most_hours", "most_money", "meeting_hours", "once"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("kind")


def _spent(before: Scenario, after: Scenario, edges: Any) -> tuple[Hours, Hours]:
    """Return the money that interventions take beyond those of another scenario, week by week and once."""
    total = np.zeros((2, len(edges) - 1))
    for sign, one in ((1.0, after), (-1.0, before)):
        for once, weekly in spendings(after, one.interventions, edges):
            total += sign * np.array([weekly, once])
    return total[0], total[1]


def _weeks(hours: Hours) -> Hours:
    """Return the mean of each whole week; of all days where there is none."""
    whole = len(hours) // 7
    return hours[: whole * 7].reshape(whole, 7, -1).mean(axis=1) if whole else hours.mean(axis=0, keepdims=True)
