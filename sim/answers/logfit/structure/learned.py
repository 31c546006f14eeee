"""What was learned of a log: a scenario that runs, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.answers.logfit.structure.arrivals import Arrivals, arrivals_of
from sim.answers.logfit.structure.building import built
from sim.answers.logfit.structure.choosing import Chosen, chosen
from sim.answers.logfit.structure.clocks import Clocks, clocks_of, departments_as_groups
from sim.answers.logfit.structure.departments import Departments, departments_of
from sim.answers.logfit.structure.material import Material, material_of
from sim.answers.logfit.structure.routing import Routing, routing_of
from sim.answers.logfit.structure.settings import Settings
from sim.answers.logfit.structure.sojourns import Sojourns, sojourns_of
from sim.eventlog.log import EventLog
from sim.scenario import Scenario
from sim.words import Text


@dataclass(frozen=True, eq=False)
class Learned:
    """The structure of an organization, learned from its log.

    Attributes
    ----------
    log
        What it was learned from.
    settings
        How.
    scenario
        A scenario that has passed all checks.
    departments, material, clocks, chosen, routing, sojourns, arrivals
        What the scenario is made of.
    tables
        ``departments``, ``states``, ``waits``, ``calendars``: what was found, as tables.
    notes
        What was merged, assumed or left out, in sentences.
    """

    log: EventLog
    settings: Settings
    scenario: Scenario
    departments: Departments
    material: Material
    clocks: Clocks
    chosen: Chosen
    routing: Routing
    sojourns: Sojourns
    arrivals: Arrivals
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Text, ...]

    def grouped(self, log: EventLog) -> EventLog:
        """Return a log of the same organization with what departments are called as groups."""
        return departments_as_groups(log, self.departments)


def learn(log: EventLog, *, settings: Settings | None = None) -> Learned:
    """Return the structure of an organization, learned from its log.

    Parameters
    ----------
    log : EventLog
        At least one event.
    settings : Settings, optional
        How; by default what nobody says is chosen on weeks that were held out.
    """
    asked = settings or Settings()
    departments = departments_of(log, asked)
    material = material_of(log, departments, asked)
    clocks = clocks_of(log, departments)
    found = chosen(material, asked)
    routing = routing_of(found)
    sojourns = sojourns_of(log, material, clocks, found.half_life)
    arrivals = arrivals_of(log, material)
    scenario, tables = built(log, asked, departments, material, clocks, found, routing, sojourns, arrivals)
    return Learned(
        log,
        asked,
        scenario,
        departments,
        material,
        clocks,
        found,
        routing,
        sojourns,
        arrivals,
        tables,
        (*log.notes, *departments.notes),
    )
