"""Assembly: all tables of a scenario, and the first rows of departments and links."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.compile.basics import Basics, fill
from sim.compile.changes import edit_table, meeting_table, meetings_of, switch_table, tax_table
from sim.compile.identities import identities, named_by_processes
from sim.compile.links import FEW_POOLS, dense_links, link_tables
from sim.compile.processes import Processes
from sim.compile.releases import release_table
from sim.compile.shocks import shock_table
from sim.kernel import layout
from sim.kernel.room import margin
from sim.scenario import Scenario, examined
from sim.scenario.holidays import anybody, of_week, openings, openings_of
from sim.scenario.reshaping import reshaped
from sim.spec.closures import Openings
from sim.spec.levers import LEVERS
from sim.spec.manning import manned, share_at_work
from sim.spec.organization import Department, Organization
from sim.vocab import WEEK, Judged, Lever

FULL_DESK = 8.0
"""Hours of work a head, times the pace, that wait where speed under load and refusals are at their full (assumption).
"""

CALL = 0.1
"""Hours, times the pace, that a call about an urgent matter takes from each of the two sides (assumption)."""


HELP_FROM = 4.0
"""Hours of work a head, times the pace, that have to wait until others help where no rule says so (assumption)."""

LOOK_UP = 0.2
"""Hours of work, times the pace, that it takes to look up an answer instead of asking for it (assumption)."""
SIGNATURE_HOURS = 0.25
"""Hours, times the pace, that a signature weighs: to see to it that it is given (assumption)."""

STANDSTILL = 1.0
"""Hours of work, times the pace, that one person loses where goods are missing: the line stands still (assumption)."""


@dataclass(frozen=True, eq=False)
class Compiled:
    """A scenario ready to run: the hours of its tail, parameters, first rows, and the names behind the rows.

    `scenario` is what is run, in the structure that interventions give it; `stated` is what somebody stated.
    """

    scenario: Scenario
    tail: float
    params: layout.Params
    departments: Any
    links: Any
    switches: Any
    pools: tuple[str, ...]
    processes: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    link_ends: tuple[tuple[int, int], ...]
    stated: Scenario

    @property
    def end(self) -> float:
        """The hour at which a run ends: after warm-up, horizon and tail."""
        return self.scenario.window[1] + self.tail

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What measures make of the scenario alone, by name, so that it is worked out once for all replications."""
        return {}


def _working_hours(organization: Scenario) -> Openings:
    """Return the hours in which anybody who takes part in a process is at work.

    Management takes part where a step names it, or persons who approve for it; that it may be called to decide is no
    reason to count its nights.
    """
    return anybody(openings(organization, organization.calendar_of(name)) for name in named_by_processes(organization))


def _own_volume(department: Department) -> float:
    """Return the weight of process work among a department's own KPIs."""
    total = math.fsum(kpi.weight for kpi in department.kpis)
    counted = math.fsum(kpi.weight for kpi in department.kpis if kpi.measures in ("volume", "response"))
    return counted / total if total else 0.0


def _kpis(department: Department) -> list[float]:
    """Return a department's own KPIs as numbers, in an order that the order of the file cannot change."""
    found = sorted((Judged[kpi.measures.upper()], kpi.target, kpi.weight) for kpi in department.kpis)
    return [float(number) for kpi in found for number in kpi]


class _Pools:
    """Builds the rows of departments and of the people of management who approve for them."""

    def __init__(self, organization: Scenario, rows: dict[str, int], basics: Basics, who: Mapping[str, int]) -> None:
        self.pools = np.zeros(len(rows), layout.POOL)
        self.departments = np.zeros(len(rows), layout.DEPARTMENT)
        for name in ("root", "head", "tail", "work_from", "under_way"):
            self.departments[name] = -1
        self._base = np.array([organization.lever(lever.name.lower()) for lever in Lever])
        for name, row in rows.items():
            self.pools[row]["who"] = who[name]
        for name, department in organization.departments.items():
            self._department(organization, name, department, rows[name], basics)
            for pool in department.pools:
                self._pool(organization, f"{name}.{pool}", rows[f"{name}.{pool}"], basics)

    def _department(self, organization: Scenario, name: str, one: Department, d: int, basics: Basics) -> None:
        calendar = basics.calendar(openings_of(organization, name))
        own = one.own_work if one.own_work and one.own_work.share > 0.0 else None
        share = share_at_work(organization, name)
        fill(
            self.pools[d],
            purse=one.purse,
            calendar=calendar,
            clock=calendar,
            skill=one.skill,
            own_work=basics.work(own.size) if own else -1,
            own_rate=own.share * one.staff * share * one.skill / own.size.mean if own else 0.0,
            own_target=own.target_hours if own else 0.0,
            own_volume=_own_volume(one),
            manned=share,
            kpis=len(basics.numbers),
            n_kpis=len(one.kpis),
        )
        basics.numbers.extend(_kpis(one))
        self._shifts(organization, name, d, basics)
        self._levers(organization, name, d, one.staff)
        self.departments[d]["manned"] = share

    def _shifts(self, organization: Organization, name: str, d: int, basics: Basics) -> None:
        """Note in which hours not all people are at work; where others begin, everybody looks at what waits."""
        levels = manned(organization, name) if organization.departments[name].shifts else ()
        most = organization.departments[name].staff
        fewer: list[int] = []
        for people, hours in levels:
            row = basics.calendar(of_week(hours))
            basics.keep(row, d)
            fewer += [row, people] if people < most else []
        first, n = basics.listed(fewer)
        fill(self.pools[d], shifts=first, n_shifts=n // 2)

    def _pool(self, organization: Scenario, owner: str, d: int, basics: Basics) -> None:
        home = organization.home(owner)
        clock = basics.calendar(openings(organization, organization.calendar_of(owner)))
        calendar = basics.calendar(openings_of(organization, owner))
        fill(self.pools[d], approver=1, calendar=calendar, clock=clock, skill=1.0, own_work=-1, manned=1.0)
        self._levers(organization, home, d, 1)

    def _levers(self, organization: Organization, name: str, d: int, staff: int) -> None:
        base = self._base.copy()
        for lever, value in organization.departments[name].levers.items():
            base[Lever[lever.upper()]] = value
        self.departments[d]["base"] = base
        self.departments[d]["lever"] = base
        self.departments[d]["staff"] = staff
        self.departments[d]["manned"] = 1.0
        self.departments[d]["skill"] = self.pools[d]["skill"]
        self.departments[d]["productivity"] = 1.0
        self.departments[d]["observed"] = 1.0
        self.departments[d]["loyalty"] = 1.0
        self.departments[d]["attained"] = math.nan


def _world(organization: Scenario, rows: dict[str, int], basics: Basics, rows_ahead: int) -> Any:
    world = np.zeros(1, layout.WORLD)
    hours = _working_hours(organization)
    queue, work, targets = organization.queue, organization.coordination_work, organization.response_targets
    total = queue.urgency + queue.value + queue.due or 1.0
    by_row = [LEVERS[lever.name.lower()] for lever in Lever]
    fill(
        world[0],
        n_departments=len(rows),
        n_processes=len(organization.processes),
        management=rows[organization.management] if organization.management else -1,
        strict=queue.rule == "strict",
        clock=basics.calendar(hours),
        consult=basics.work(work.consult),
        approve=basics.work(work.approve),
        inform=basics.work(work.inform),
        triage=basics.work(work.triage),
        negotiate=basics.work(work.negotiate),
        mediate=basics.work(work.mediate),
        margin=rows_ahead,
        urgency=queue.urgency / total,
        value=queue.value / total,
        due=queue.due / total,
        consult_response=targets.consult or 0.0,
        approve_response=targets.approve or 0.0,
        call=CALL * organization.pace,
        look_up=LOOK_UP * organization.pace,
        standstill=STANDSTILL * organization.pace,
        full_desk=FULL_DESK * organization.pace,
        help_from=HELP_FROM * organization.pace,
        signature=SIGNATURE_HOURS * organization.pace,
        patience=organization.usual("tolerance", LEVERS["tolerance"].neutral),
        group=[0 if spec.group is None else 1 << spec.group for spec in by_row],
        neutral=[spec.neutral for spec in by_row],
        between=[spec.between for spec in by_row],
    )
    return world


def compile_scenario(stated: Scenario, *, fresh: bool = False) -> Compiled:
    """Return the tables of a scenario with its interventions, in the structure that these give it.

    Parameters
    ----------
    stated
        The scenario.
    fresh
        Whether it was made or checked right before, so that nobody can have changed it behind its back.
    """
    stated = stated if fresh else examined(stated)
    scenario = reshaped(stated)
    names = scenario.pools()
    rows = {name: row for row, name in enumerate(names)}
    basics = Basics()
    processes = Processes(scenario, rows, basics)
    pools = _Pools(scenario, rows, basics, identities(scenario, stated))
    links, spans = link_tables(scenario, rows)
    pools.pools["first_link"], pools.pools["n_links"] = np.array(spans).T
    interventions = scenario.interventions
    held = meetings_of(scenario, rows, interventions)
    taxes, where = tax_table(scenario, rows, held)
    for d, (first, n) in where.items():
        fill(pools.pools[d], first_tax=first, n_taxes=n)
    meetings = meeting_table(scenario, rows, held, basics)
    questions = max((meeting.minutes / meeting.item_minutes for _, meeting, _ in held), default=0.0)
    world = _world(scenario, rows, basics, margin({**processes.visits(), "questions": int(questions)}))
    fill(world[0], dense=basics.listed(dense_links(links, spans))[0] if len(rows) <= FEW_POOLS else -1)
    edits = edit_table(scenario, rows, interventions)
    shocks = shock_table(scenario, rows)
    releases = release_table(scenario, basics)
    switches = switch_table(interventions)
    fill(world[0], n_switches=len(switches), n_edits=len(edits), n_meetings=len(meetings), n_shocks=len(shocks))
    fill(world[0], n_releases=len(releases))
    tables = processes.tables() | basics.tables(pools.pools["calendar"])
    fill(world[0], n_calendars=len(tables["calendars"]))
    params = layout.Params(
        world=world,
        pools=pools.pools,
        edits=edits,
        meetings=meetings,
        taxes=taxes,
        shocks=shocks,
        releases=releases,
        **tables,
    )
    ends = tuple((d, int(links[k]["other"])) for d, (first, n) in enumerate(spans) for k in range(first, first + n))
    steps = tuple(processes.step_names)
    flows = tuple(scenario.processes)
    return Compiled(
        scenario, scenario.tail * WEEK, params, pools.departments, links, switches, names, flows, steps, ends, stated
    )
