"""Checks of an organization beyond types: names that exist, numbers that make sense, queues that can empty."""

from collections.abc import Collection, Mapping

from sim.scenario.closed import check_closed
from sim.scenario.flow import check_flow
from sim.scenario.notes import Notes
from sim.scenario.promptness import check_promptness
from sim.scenario.workload import planned_loads
from sim.spec.calendars import PREDEFINED
from sim.spec.findings import Path, shown
from sim.spec.levers import LEVERS
from sim.spec.organization import PRESET, PRESETS, Department, Organization
from sim.spec.process import Process, Step

Names = Collection[str]

CLOSE = 0.9
"""From this planned load on hardly anybody has room for what is not planned: in the shipped scenarios that is a tenth
of the time and more, and a queue is ten times as long at 0.9 as at half of it."""


def check_organization(notes: Notes, organization: Organization) -> None:
    """Note everything that is wrong with an organization."""
    calendars = {**PREDEFINED, **organization.calendars}
    before = len(notes.findings)
    for name, department in organization.departments.items():
        _check_department(notes, organization, department, ("departments", name), calendars)
    _check_levers(notes, organization.levers, ("levers",), top=True)
    _check_management(notes, organization)
    _check_relations(notes, organization)
    _check_queue(notes, organization)
    pools = dict.fromkeys(organization.pools())
    for name, process in organization.processes.items():
        _check_process(notes, organization, process, ("processes", name), (calendars, pools))
    if not any(one.severity == "error" for one in notes.findings[before:]):
        _check_loads(notes, organization)
        check_closed(notes, organization)
        check_promptness(notes, organization)


def _check_department(
    notes: Notes, organization: Organization, department: Department, path: Path, calendars: Names
) -> None:
    notes.known((*path, "calendar"), department.calendar, calendars, "a calendar")
    notes.once((*path, "kpis"), (kpi.measures for kpi in department.kpis))
    for index, kpi in enumerate(department.kpis):
        if kpi.measures != "volume" and kpi.target > 1.0:
            found = f"found {kpi.target:g}"
            notes.error((*path, "kpis", index, "target"), f"{found}, expected a share of at most 1 for {kpi.measures}")
    if department.own_work and department.own_work.share > 0.0 and department.own_work.size.mean <= 0.0:
        notes.error((*path, "own_work", "size"), "found pieces of 0 hours, expected hours above 0")
    _check_levers(notes, department.levers, (*path, "levers"), top=False)
    if department.pools and organization.management is None:
        notes.error((*path, "pools"), "found approvers, expected 'management:' to name the department they belong to")


def _check_levers(notes: Notes, levers: Mapping[str, float | str], path: Path, *, top: bool) -> None:
    for name, value in levers.items():
        here = (*path, name)
        if name == PRESET and top:
            if value not in PRESETS:
                notes.error(here, f"found {value}, expected {' or '.join(PRESETS)}")
        elif notes.known(here, name, LEVERS, "a lever"):
            spec = LEVERS[name]
            if isinstance(value, str) or not spec.low <= value <= spec.high:
                notes.error(here, f"found {value}, expected a number from {spec.low:g} to {spec.high:g} ({spec.unit})")


def _check_management(notes: Notes, organization: Organization) -> None:
    name = organization.management
    if name is None or not notes.known(("management",), name, organization.departments, "a department"):
        return
    calendar = organization.departments[name].calendar
    if calendar not in organization.calendars and calendar not in PREDEFINED:
        return
    most = organization.calendar(calendar).hours_per_week
    for owner, department in organization.departments.items():
        for pool, one in department.pools.items():
            if one.hours_per_week > most:
                message = f"found {one.hours_per_week:g}, expected at most the {most:g} opening hours of management"
                notes.warning(("departments", owner, "pools", pool, "hours_per_week"), message)


def _check_relations(notes: Notes, organization: Organization) -> None:
    seen: set[tuple[str, str]] = set()
    for index, pair in enumerate(organization.relations.pairs):
        path: Path = ("relations", "pairs", index)
        notes.known((*path, "from"), pair.from_, organization.departments, "a department")
        notes.known((*path, "to"), pair.to, organization.departments, "a department")
        if pair.from_ == pair.to:
            notes.error((*path, "to"), f"found '{pair.to}' on both sides, expected two departments")
        if (pair.from_, pair.to) in seen:
            notes.error(path, f"found the pair {pair.from_} -> {pair.to} a second time, expected each pair once")
        if pair.trust is None and pair.understanding is None:
            notes.error(path, "found a pair that says nothing, expected trust or understanding")
        seen.add((pair.from_, pair.to))


def _check_queue(notes: Notes, organization: Organization) -> None:
    rule = organization.queue
    if rule.urgency + rule.value + rule.due <= 0.0:
        notes.error(("queue",), "found urgency, value and due all 0, expected at least one weight above 0")


def _check_process(
    notes: Notes, organization: Organization, process: Process, path: Path, names: tuple[Names, Names]
) -> None:
    calendars, pools = names
    notes.known((*path, "demand", "during"), process.demand.during, calendars, "a calendar")
    _check_target(notes, process, path, calendars)
    for name, step in process.steps.items():
        here = (*path, "steps", name)
        if step.external is not None:
            notes.known((*here, "external", "calendar"), step.external.calendar, calendars, "a calendar")
        _check_roles(notes, step, here, organization.departments, pools)
    check_flow(notes, process, path)


def _check_target(notes: Notes, process: Process, path: Path, calendars: Names) -> None:
    if process.target_days is not None and process.target_hours is not None:
        found = f"found {process.target_days:g} beside target_hours ({process.target_hours:g})"
        notes.error((*path, "target_days"), f"{found}, expected only one of them")
    here = (*path, "target_calendar")
    known = notes.known(here, process.target_calendar, calendars, "a calendar")
    if known and process.target_hours is None and process.target_calendar != "always":
        notes.error(here, f"found {shown(process.target_calendar)}, expected it only where target_hours are given")


def _check_roles(notes: Notes, step: Step, path: Path, departments: Names, pools: Names) -> None:
    notes.known((*path, "R"), step.R, departments, "a department")
    if step.A is not None:
        notes.known((*path, "A"), step.A, pools, "a department, or a pool of one such as sales.director")
    lists = {"C": step.C, "I": step.I, "contested_by": step.contested_by}
    for role, names in lists.items():
        notes.once((*path, role), names)
        for index, name in enumerate(names):
            known = notes.known((*path, role, index), name, departments, "a department")
            if known and name == step.R and role != "contested_by":
                notes.warning((*path, role, index), f"found '{name}', which is responsible itself and is not asked")
    if set(step.contested_by) == {step.R}:
        message = f"found '{step.R}' alone, which is responsible anyway; expected others between whom it can be argued"
        notes.warning((*path, "contested_by"), message)


def _check_loads(notes: Notes, organization: Organization) -> None:
    for load in planned_loads(organization):
        if load.utilization >= CLOSE:
            name, _, pool = load.owner.partition(".")
            path: Path = ("departments", name, "pools", pool) if pool else ("departments", name, "staff")
            found = f"found a utilization of {load.utilization:.2f}"
            parts = f"own {load.own:.1f}, work {load.work:.1f}, coordination {load.coordination:.1f}"
            hours = f"{parts} of {load.capacity:.1f} hours a week"
            expected = "expected less than 1, or the queue grows without end"
            if load.utilization < 1.0:
                expected = f"expected at most {CLOSE:g}, because disputes, rework and meetings come on top"
            notes.warning(path, f"{found}, {expected} ({hours})")
