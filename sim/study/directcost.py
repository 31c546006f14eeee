"""What interventions cost directly: the hours a week that they take from people, before anything is run.

In it are the minutes that an intervention charges (`Intervention.cost`: upkeep, agreeing, interruptions, the work that
newcomers do not get done) and its meetings with the time that they run over, each for those days on which it is on, and
on top of what the scenario does already: what is spent once is not spent twice, and meetings that overlap count once.
Not in it is what people then do otherwise (fewer questions, disputes and rework, or more of them, forms and
double-checks, talking within and between teams), and what approvers spend beside their department. What is left after
all that is the net cost, the change of the measures ``coordination_hours`` and ``total_cost``, which only runs can
tell. What an intervention takes in money beside people's time (`Intervention.spends`, and the pay of people whom it
brings) is in the money as far as it is spent week by week; what it takes once stands beside it. All of it is in the
structure that the interventions give the organization.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from sim.compile.taxes import Hours, Left, left_of
from sim.interventions import INTERVENTIONS, Custom, Intervention
from sim.money import spendings
from sim.scenario import Scenario, ScenarioError
from sim.scenario.reshaping import reshaped
from sim.scenario.uncertain import settled
from sim.spec.manning import share_at_work
from sim.vocab import WEEK

Plan: TypeAlias = tuple[Intervention, ...]


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
    spent
        Of `money`, what is spent week by week beside people's time.
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
    spent: float = 0.0
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
    return cost_between(scenario, settled(scenario).with_interventions(added))


def cost_between(before: Scenario, after: Scenario) -> DirectCost:
    """Return what the interventions of one scenario cost directly beyond those of another, in the organization of it.

    Parameters
    ----------
    before : Scenario
        Of which only the interventions are taken.
    after : Scenario
        The interventions, and the organization: in the structure that they give it.

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
    shaped = reshaped(after)
    left = Left.of(shaped, before.interventions)
    taken = Left.of(shaped, after.interventions)
    names = list(shaped.departments)
    rates = np.array([shaped.departments[name].pay for name in names])
    people = np.array([share_at_work(shaped, name) * shaped.hours_per_week(name) for name in names])
    people *= [shaped.departments[name].staff for name in names]
    hours = (left.productivity - taken.productivity) * people
    meetings = (left.productivity - left_of(left.overhead, taken.meetings)) * people
    weeks = _weeks(hours)
    begin, end = after.window
    plans = (before.interventions, after.interventions)
    taken_in_all, once = _spent(shaped, *plans, np.array([begin, end]))
    by_week, at_once = _spent(shaped, *plans, begin + np.arange(len(weeks) + 1) * WEEK)
    spent = float(taken_in_all.sum() / (end - begin) * WEEK)
    return DirectCost(
        hours=float(hours.mean(axis=0).sum()),
        money=float(hours.mean(axis=0) @ rates) + spent,
        most_hours=float(weeks.sum(axis=1).max()),
        most_money=float((weeks @ rates + by_week + at_once).max()),
        meeting_hours=float(meetings.mean(axis=0).sum()),
        departments=dict(zip(names, hours.mean(axis=0).tolist(), strict=True)),
        spent=spent,
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
        Indexed by ``kind``: ``hours``, ``money``, ``most_hours``, ``most_money``, ``meeting_hours``, ``spent`` and
        ``once``, as `DirectCost` has them; without those that the organization cannot have.

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
    columns = ["hours", "money", "most_hours", "most_money", "meeting_hours", "spent", "once"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("kind")


def _spent(shaped: Scenario, before: Plan, after: Plan, edges: Any) -> tuple[Hours, Hours]:
    """Return the money that interventions take beyond others, week by week and once."""
    total = np.zeros((2, len(edges) - 1))
    for sign, plan in ((1.0, after), (-1.0, before)):
        for once, weekly in spendings(shaped, plan, edges):
            total += sign * np.array([weekly, once])
    return total[0], total[1]


def _weeks(hours: Hours) -> Hours:
    """Return the mean of each whole week; of all days where there is none."""
    whole = len(hours) // 7
    return hours[: whole * 7].reshape(whole, 7, -1).mean(axis=1) if whole else hours.mean(axis=0, keepdims=True)
