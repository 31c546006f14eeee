"""What overhead and meetings leave of working time, day by day, before anything is run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compile.changes import meetings_of, tax_table
from sim.interventions import Edit, Intervention
from sim.kernel.mechanisms.adoption import faded
from sim.scenario import Scenario
from sim.vocab import DAY, LEAST_PRODUCTIVITY, WEEK

_FADED = getattr(faded, "py_func", faded)
"""The kernel's own, for whole arrays."""

Hours = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Left:
    """The shares of working time that overhead and meetings take, by day of the horizon and department."""

    overhead: Hours
    meetings: Hours

    @property
    def productivity(self) -> Hours:
        """What both leave."""
        return left_of(self.overhead, self.meetings)

    @classmethod
    def of(cls, scenario: Scenario, interventions: tuple[Intervention, ...]) -> Left:
        """Return the shares with certain interventions, those that begin switched on."""
        begin, end = scenario.window
        times = np.arange(begin // DAY, max(end // DAY, begin // DAY + 1)) * DAY
        on = tuple(one for one in interventions if one.starts_on)
        return cls(_overhead(scenario, on, times), _in_meetings(scenario, on, times))


def left_of(overhead: Hours, meetings: Hours) -> Hours:
    """Return the shares of working time that are left."""
    return np.maximum(LEAST_PRODUCTIVITY, (1.0 - overhead) * (1.0 - meetings))


def _overhead(scenario: Scenario, interventions: tuple[Intervention, ...], times: Hours) -> Hours:
    """Return the lever ``overhead`` day by day, with all that is charged at a time."""
    names = list(scenario.departments)
    left = np.tile([1.0 - scenario.lever("overhead", name) for name in names], (len(times), 1))
    for one in interventions:
        for edit in one.edits(scenario):
            if edit.lever == "overhead" and edit.paid and edit.worsens:
                chosen = set(edit.where or scenario.staffed)
                where = [k for k, name in enumerate(names) if name in chosen]
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
