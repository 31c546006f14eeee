"""What interventions cost directly: the hours a week that they take from people, before anything is run.

In it are the minutes that an intervention charges (`Intervention.cost`: upkeep, agreeing, interruptions, the work that
newcomers do not get done) and its meetings with the time that they run over, each for those days on which it is on, and
on top of what the scenario does already: what is spent once is not spent twice, and meetings that overlap count once.
Not in it is what people then do otherwise (fewer questions, disputes and rework, or more of them, forms and
double-checks), what approvers spend beside their department, and what is bought. What is left after all that is the net
cost, the change of the measures ``coordination_hours`` and ``coordination_cost``, which only runs can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.compile.changes import meetings_of, tax_table
from sim.interventions import INTERVENTIONS, Custom, Edit, Intervention
from sim.kernel.mechanisms.adoption import faded
from sim.kernel.mechanisms.service import LEAST
from sim.scenario import Scenario, ScenarioError
from sim.vocab import DAY, WEEK

_FADED = getattr(faded, "py_func", faded)
"""The kernel's own, for whole arrays."""

Hours = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DirectCost:
    """What interventions cost directly, in hours of people a week and in money a week.

    Attributes
    ----------
    hours, money
        Mean over the weeks that count (the horizon), comparable with ``coordination_hours`` and ``coordination_cost``.
    most_hours, most_money
        In the dearest of these weeks: more than the mean where something is done once, or is learned.
    meeting_hours
        Of `hours`, those in meetings.
    departments
        `hours` by department.
    """

    hours: float
    money: float
    most_hours: float
    most_money: float
    meeting_hours: float
    departments: Mapping[str, float]


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
    (7, 336)
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
    left = _Left.of(after, before.interventions)
    taken = _Left.of(after, after.interventions)
    names = list(after.departments)
    rates = np.array([after.departments[name].cost_per_hour for name in names])
    people = np.array([one.staff * after.hours_per_week(name) for name, one in after.departments.items()])
    hours = (left.productivity - taken.productivity) * people
    meetings = (left.productivity - _left(left.overhead, taken.meetings)) * people
    weeks = _weeks(hours)
    return DirectCost(
        hours=float(hours.mean(axis=0).sum()),
        money=float(hours.mean(axis=0) @ rates),
        most_hours=float(weeks.sum(axis=1).max()),
        most_money=float((weeks @ rates).max()),
        meeting_hours=float(meetings.mean(axis=0).sum()),
        departments=dict(zip(names, hours.mean(axis=0).tolist(), strict=True)),
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
        Indexed by ``kind``: ``hours``, ``money``, ``most_hours``, ``most_money`` and ``meeting_hours``, as `DirectCost`
        has them; without those that the organization cannot have.

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
    columns = ["hours", "money", "most_hours", "most_money", "meeting_hours"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("kind")


@dataclass(frozen=True, slots=True)
class _Left:
    """The shares of working time that overhead and meetings take, by day of the horizon and department."""

    overhead: Hours
    meetings: Hours

    @property
    def productivity(self) -> Hours:
        """What both leave."""
        return _left(self.overhead, self.meetings)

    @classmethod
    def of(cls, scenario: Scenario, interventions: tuple[Intervention, ...]) -> _Left:
        """Return the shares with certain interventions, those that begin switched on."""
        begin, end = scenario.window
        times = np.arange(begin // DAY, max(end // DAY, begin // DAY + 1)) * DAY
        on = tuple(one for one in interventions if one.starts_on)
        return cls(_overhead(scenario, on, times), _in_meetings(scenario, on, times))


def _left(overhead: Hours, meetings: Hours) -> Hours:
    return np.maximum(LEAST, (1.0 - overhead) * (1.0 - meetings))


def _weeks(hours: Hours) -> Hours:
    """Return the mean of each whole week; of all days where there is none."""
    whole = len(hours) // 7
    return hours[: whole * 7].reshape(whole, 7, -1).mean(axis=1) if whole else hours.mean(axis=0, keepdims=True)


def _overhead(scenario: Scenario, interventions: tuple[Intervention, ...], times: Hours) -> Hours:
    """Return the lever ``overhead`` day by day, with all that is charged at a time."""
    names = list(scenario.departments)
    left = np.tile([1.0 - scenario.lever("overhead", name) for name in names], (len(times), 1))
    for one in interventions:
        for edit in one.edits(scenario):
            if edit.lever == "overhead" and edit.paid and edit.worsens:
                where = [k for k, name in enumerate(names) if name in (edit.where or names)]
                charged = one.strength * edit.strength * _still(scenario, one, edit, times)
                left[:, where] -= (edit.toward - (1.0 - left[:, where])).clip(0.0) * charged[:, np.newaxis]
    return 1.0 - left


def _still(scenario: Scenario, intervention: Intervention, edit: Edit, times: Hours) -> Hours:
    """Return how much of what is charged is still charged, day by day."""
    begin, end = intervention.span(scenario.warmup_weeks)
    begin += edit.after_weeks * WEEK
    since = times - begin
    on = (since >= 0.0) & (since < edit.weeks * WEEK) & (times < end)
    return np.where(on, _FADED(np.maximum(since, 0.0), edit.fades_weeks * WEEK), 0.0)


def _in_meetings(scenario: Scenario, interventions: tuple[Intervention, ...], times: Hours) -> Hours:
    """Return the share of open hours in meetings, day by day; of meetings that overlap the longest."""
    rows = {name: row for row, name in enumerate(scenario.pools())}
    taxes, where = tax_table(scenario, rows, meetings_of(scenario, rows, interventions))
    kept = np.ones((len(times), len(scenario.departments)))
    for column, name in enumerate(scenario.departments):
        first, n = where[rows[name]]
        mine = taxes[first : first + n]
        for cluster in np.unique(mine["cluster"]):
            held = mine[mine["cluster"] == cluster]
            on = (held["start"] <= times[:, np.newaxis]) & (times[:, np.newaxis] < held["end"])
            kept[:, column] *= 1.0 - np.where(on, held["share"], 0.0).max(axis=1)
    return 1.0 - kept
