"""What was learned of a log: a scenario that runs, and where its numbers come from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.logfit.structure.building import (
    OPEN,
    PROCESS,
    said_of,
    seasons_in,
    table_of,
    tables_of,
)
from sim.answers.logfit.structure.clocks import OpenHours, departments_as_groups
from sim.answers.logfit.structure.material import material_of
from sim.answers.logfit.structure.open_cases import open_cases
from sim.answers.logfit.structure.parts import Parts, parts_of, shorter
from sim.answers.logfit.structure.routing import reached_from
from sim.answers.logfit.structure.settings import Settings
from sim.eventlog.log import EventLog
from sim.scenario import Scenario
from sim.vocab import DAY, WEEK
from sim.words import Text, words

texts = words("logstructure")

AHEAD = 104
"""Weeks after a log within which open cases come to their next step; what takes longer comes then."""

OVERLAP = 0.01
"""Share of events that overlap with the next, from which on it is said."""


@dataclass(frozen=True, eq=False)
class Learned:
    """The structure of an organization, learned from its log.

    Attributes
    ----------
    parts
        What the scenario is made of.
    scenario
        A scenario that has passed all checks.
    tables
        What was found: ``departments``, ``states``, ``waits``, ``calendars``.
    notes
        What was merged, assumed or left out, in sentences.
    """

    parts: Parts
    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Text, ...]

    def grouped(self, log: EventLog) -> EventLog:
        """Return a log of the same organization with what departments are called as groups."""
        return departments_as_groups(log, self.parts.departments)

    def beginning(self, date: dt.date) -> Scenario:
        """Return the scenario whose counting begins on another date; days off are those of that time of the year."""
        return Scenario.model_validate(said_of(self.parts, date))

    def starting_at(self, log: EventLog, hour: float) -> Scenario:
        """Return the scenario whose counting begins at an hour of a log, with the cases that are open then.

        They are cases of a process of their own, `OPEN`, and each arrives when it comes to its next step; what was done
        with it before is not in the run. Counting begins on the day of the hour, at midnight; the run on the Monday
        before, from which on no new case arrives until that day.

        Parameters
        ----------
        log : EventLog
            What is known at that hour; what ended later is not looked at.
        hour : float
            On the clock of the log.
        """
        parts, whole = self.parts, math.floor(hour / DAY)
        past, days = log.happened(-math.inf, hour), whole % 7
        said = said_of(parts, (log.origin + dt.timedelta(days=whole)).date()) | {"warmup_weeks": days * DAY / WEEK}
        process = said["processes"][PROCESS]
        if days:
            process["demand"].setdefault("peaks", []).append({"from": -days, "to": -1, "factor": 0.0})
        if not len(past.events):
            return Scenario.model_validate(said)
        material = material_of(past, parts.departments, parts.settings, parts.material)
        usual, lively = (
            OpenHours(one, parts.clocks.closed, hour + AHEAD * WEEK)
            for one in (parts.clocks.everybody, parts.clocks.lively)
        )
        hours = [lively if parts.slow(place) else usual for place in range(len(parts.steps))]
        found = open_cases(material, parts.routing, parts.waits, hours, hour)
        if len(found.at):
            places, often = np.unique(found.place, return_counts=True)
            chances = dict(zip(map(int, places), map(float, often / often.sum()), strict=True))
            dates = np.minimum(found.at, hour + AHEAD * WEEK) - whole * DAY
            here = {parts.steps[one] for one in reached_from(chances, parts.routing.next)}
            said["processes"][OPEN] = {
                **process,
                "steps": {name: one for name, one in process["steps"].items() if name in here},
                "label": texts.OPEN_CASES.by_language(),
                "demand": {"at": [round(float(one), 4) for one in dates]},
                "start": table_of(chances, parts.steps),
            }
        return Scenario.model_validate(said)

    def with_social(
        self, latency: Mapping[str, float] | None = None, levers: Mapping[str, Any] | None = None
    ) -> Scenario:
        """Return the scenario in which part of the waits between departments are social, and totals are as observed.

        Parameters
        ----------
        latency : mapping, optional
            Mean open hours until each department notices what others pass to it, by its name in the scenario. That is
            taken out of the waits for it: all are cut by the same share, as far as they reach.
        levers : mapping, optional
            Other levers of the organization.
        """
        parts = self.parts
        noticed = dict.fromkeys(parts.owners, 0.0) | dict(latency or {})
        said = said_of(parts.waiting(shorter(parts, noticed, between=True)))
        for name, hours in noticed.items():
            if hours > 0.0:
                said["departments"][name]["levers"] = {"latency": hours}
        said["levers"] |= levers or {}
        return Scenario.model_validate(said)


def learn(log: EventLog, *, settings: Settings | None = None) -> Learned:
    """Return the structure of an organization, learned from its log.

    Parameters
    ----------
    log : EventLog
        At least one event.
    settings : Settings, optional
        How; by default what nobody says is chosen on weeks that were held out.

    Raises
    ------
    ValueError
        If the log has no event.
    """
    if log.events.empty:
        raise ValueError(texts.NOTHING.format(name=log.name).en)
    parts = parts_of(log, settings or Settings())
    scenario = Scenario.model_validate(said_of(parts))
    return Learned(parts, scenario, tables_of(parts), _notes(parts, scenario))


def _notes(parts: Parts, scenario: Scenario) -> tuple[Text, ...]:
    material = parts.material
    notes = [*parts.departments.notes]
    if material.rare > 0.0:
        notes.append(texts.OTHER_PLACES.format(share=100.0 * material.rare, most=parts.settings.kinds))
    if parts.arrivals.by_end:
        notes.append(texts.BY_END.format(rate=parts.arrivals.per_week, weeks=parts.arrivals.weeks))
    elif material.only_finished:
        notes.append(texts.ONLY_FINISHED)
    if material.started and material.overlapping >= OVERLAP:
        notes.append(texts.OVERLAPPING.format(share=100.0 * material.overlapping))
    if not material.started:
        notes.append(texts.ESTIMATED)
    seasons = seasons_in(parts)
    if seasons is not None:
        fullest, emptiest = (_month(int(one)) for one in (seasons.weights.argmax(), seasons.weights.argmin()))
        most, least = float(seasons.weights.max()), float(seasons.weights.min())
        notes.append(texts.SEASONS.format(fullest=fullest, most=most, emptiest=emptiest, least=least))
    if parts.clocks.closed:
        notes.append(texts.CLOSED.format(days=len(parts.clocks.closed), again=len(scenario.closures)))
    return (*notes, *parts.load.notes, *parts.promises.notes)


def _month(place: int) -> Text:
    """Return what a month is called."""
    return Text(f"{dt.date(2000, place + 1, 1):%B}", f"{place + 1}")
