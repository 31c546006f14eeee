"""Checks of an organization beyond types: names that exist, numbers that make sense, queues that can empty."""

from collections.abc import Collection, Mapping

from sim.scenario.closed import check_closed
from sim.scenario.flow import check_flow
from sim.scenario.notes import Notes
from sim.scenario.promptness import check_promptness
from sim.scenario.releases import check_releases
from sim.scenario.workload import planned_loads
from sim.spec.calendars import PREDEFINED, in_full
from sim.spec.findings import Path, shown
from sim.spec.levers import LEVERS
from sim.spec.manning import common
from sim.spec.organization import PRESET, PRESETS, Department, Organization
from sim.spec.process import Process, Step
from sim.spec.sites import apart_by_site
from sim.vocab import WEEK
from sim.words import either, words

texts = words("checks")
WHAT = words("findings").WHAT

Names = Collection[str]

CLOSE = 0.9
"""From this planned load on hardly anybody has room for what is not planned: in the shipped scenarios that is a tenth
of the time and more, and a queue is ten times as long at 0.9 as at half of it."""


def check_organization(notes: Notes, organization: Organization) -> None:
    """Note everything that is wrong with an organization."""
    calendars = in_full(organization.calendars)
    before = len(notes.findings)
    for name, department in organization.departments.items():
        _check_department(notes, organization, department, ("departments", name), calendars)
    _check_levers(notes, organization.levers, ("levers",), top=True)
    _check_management(notes, organization)
    _check_signers(notes, organization)
    _check_relations(notes, organization)
    _check_sites(notes, organization)
    _check_queue(notes, organization)
    pools = dict.fromkeys(organization.pools())
    for name, process in organization.processes.items():
        _check_process(notes, organization, process, ("processes", name), (calendars, pools))
    check_releases(notes, organization)
    if not any(one.severity == "error" for one in notes.findings[before:]):
        _check_loads(notes, organization)
        check_closed(notes, organization)
        check_promptness(notes, organization)


def _check_department(
    notes: Notes, organization: Organization, department: Department, path: Path, calendars: Names
) -> None:
    notes.known((*path, "calendar"), department.calendar, calendars, WHAT["calendar"])
    _check_shifts(notes, organization, department, path, calendars)
    for name, pool in department.pools.items():
        if pool.calendar is not None:
            notes.known((*path, "pools", name, "calendar"), pool.calendar, calendars, WHAT["calendar"])
    notes.once((*path, "kpis"), (kpi.measures for kpi in department.kpis))
    for index, kpi in enumerate(department.kpis):
        if kpi.measures != "volume" and kpi.target > 1.0:
            told = texts.SHARE_TARGET.format(target=kpi.target, kpi=kpi.measures)
            notes.error((*path, "kpis", index, "target"), told)
    if department.own_work and department.own_work.share > 0.0 and department.own_work.size.mean <= 0.0:
        notes.error((*path, "own_work", "size"), texts.EMPTY_PIECES)
    _check_levers(notes, department.levers, (*path, "levers"), top=False)
    if department.pools and organization.management is None:
        notes.error((*path, "pools"), texts.NO_MANAGEMENT)


def _check_shifts(
    notes: Notes, organization: Organization, department: Department, path: Path, calendars: Names
) -> None:
    """Note shifts that the calendar of the department does not have, that overlap, or that have more than all."""
    known = [
        (name, organization.calendar(name).intervals)
        for name in department.shifts
        if notes.known((*path, "shifts", name), name, calendars, WHAT["calendar"])
    ]
    if department.calendar not in calendars:
        return
    week = organization.calendar(department.calendar).intervals
    for place, (name, hours) in enumerate(known):
        people = department.shifts[name]
        other = next((one for one, others in known[:place] if common(common(week, others), hours)), None)
        if not common(week, hours):
            notes.error((*path, "shifts", name), texts.SHIFT_CLOSED.format(name=name, calendar=department.calendar))
        elif other is not None:
            notes.error((*path, "shifts", name), texts.SHIFTS_OVERLAP.format(name=name, other=other))
        if people > department.staff:
            told = texts.SHIFT_OF_MORE.format(people=people, staff=department.staff)
            notes.warning((*path, "shifts", name), told)


def _check_levers(notes: Notes, levers: Mapping[str, float | str], path: Path, *, top: bool) -> None:
    for name, value in levers.items():
        here = (*path, name)
        if name == PRESET and top:
            if value not in PRESETS:
                notes.error(here, texts.PRESET.format(found=value, presets=either(PRESETS)))
        elif notes.known(here, name, LEVERS, WHAT["lever"]):
            spec = LEVERS[name]
            if isinstance(value, str) or not spec.low <= value <= spec.high:
                notes.error(here, texts.LEVER_OUTSIDE.format(found=value, range=spec.range))


def _check_signers(notes: Notes, organization: Organization) -> None:
    """Note where signatures are asked for that nobody could give."""
    if organization.management is not None:
        return
    said: list[tuple[Path, Mapping[str, float | str]]] = [(("levers",), organization.levers)]
    said += [(("departments", name, "levers"), one.levers) for name, one in organization.departments.items()]
    for path, levers in said:
        asked = levers.get("signatures", 0.0)
        if isinstance(asked, float | int) and asked > 0.0:
            notes.warning((*path, "signatures"), texts.NOBODY_SIGNS.format(found=asked))


def _check_management(notes: Notes, organization: Organization) -> None:
    name = organization.management
    if name is None or not notes.known(("management",), name, organization.departments, WHAT["department"]):
        return
    known = in_full(organization.calendars)
    for owner, department in organization.departments.items():
        for pool, one in department.pools.items():
            calendar = one.calendar or organization.departments[name].calendar
            most = organization.calendar(calendar).hours_per_week if calendar in known else WEEK
            if one.hours_per_week > most:
                told = texts.POOL_HOURS.format(hours=one.hours_per_week, most=most)
                if one.calendar is not None:
                    told = texts.OWN_HOURS.format(hours=one.hours_per_week, most=most, calendar=calendar)
                notes.warning(("departments", owner, "pools", pool, "hours_per_week"), told)


def _check_relations(notes: Notes, organization: Organization) -> None:
    seen: set[tuple[str, str]] = set()
    apart: dict[tuple[str, str], float] = {}
    for index, pair in enumerate(organization.relations.pairs):
        path: Path = ("relations", "pairs", index)
        notes.known((*path, "from"), pair.from_, organization.departments, WHAT["department"])
        notes.known((*path, "to"), pair.to, organization.departments, WHAT["department"])
        if pair.from_ == pair.to:
            notes.error((*path, "to"), texts.SAME_SIDES.format(name=pair.to))
        if (pair.from_, pair.to) in seen:
            notes.error(path, texts.PAIR_TWICE.format(one=pair.from_, other=pair.to))
        if pair.trust is None and pair.understanding is None and pair.distance is None:
            notes.error(path, texts.PAIR_SILENT)
        seen.add((pair.from_, pair.to))
        back = apart.get((pair.to, pair.from_))
        if pair.distance is not None and back is not None and back != pair.distance:
            told = texts.PAIR_DISTANCES.format(found=pair.distance, other=back)
            notes.error((*path, "distance"), told)
        if pair.distance is not None:
            apart[pair.from_, pair.to] = pair.distance


def _check_sites(notes: Notes, organization: Organization) -> None:
    """Note a distance between sites where no two departments have different ones."""
    if organization.relations.between_sites > 0.0 and not apart_by_site(organization):
        notes.warning(("relations", "between_sites"), texts.ONE_SITE)


def _check_queue(notes: Notes, organization: Organization) -> None:
    rule = organization.queue
    if rule.urgency + rule.value + rule.due <= 0.0:
        notes.error(("queue",), texts.NO_WEIGHT)


def _check_process(
    notes: Notes, organization: Organization, process: Process, path: Path, names: tuple[Names, Names]
) -> None:
    calendars, pools = names
    notes.known((*path, "demand", "during"), process.demand.during, calendars, WHAT["calendar"])
    _check_target(notes, process, path, calendars)
    for name, step in process.steps.items():
        here = (*path, "steps", name)
        if step.external is not None:
            every = {**PREDEFINED, **organization.calendars}
            notes.known((*here, "external", "calendar"), step.external.calendar, every, WHAT["calendar"])
        _check_roles(notes, step, here, organization.departments, pools)
        _check_goods(notes, step, (*here, "short_wait"))
    if process.served_by is not None:
        notes.known((*path, "served_by"), process.served_by, process.steps, WHAT["step"])
    check_flow(notes, process, path)
    _check_complaints(notes, organization, process, path)


def _check_complaints(notes: Notes, organization: Organization, process: Process, path: Path) -> None:
    """Note complaints that go nowhere or round and round, and processes to which nothing comes."""
    told = process.complains
    here = (*path, "complains", "process")
    known = told is not None and notes.known(here, told.process, organization.processes, WHAT["process"])
    if told is not None and known and organization.processes[told.process].complains is not None:
        notes.error(here, texts.COMPLAINS_ON.format(name=told.process))
    named = fed_by_others(organization)
    if process.demand.per_week == 0.0 and path[-1] not in named and named <= set(organization.processes):
        notes.error((*path, "demand", "per_week"), texts.NOTHING_COMES)


def fed_by_others(organization: Organization) -> set[str]:
    """Return the processes in which customers of others complain, or that releases go through themselves."""
    complaints = {one.complains.process for one in organization.processes.values() if one.complains is not None}
    return complaints | {one.work for one in organization.releases.values() if one.work is not None}


def _check_goods(notes: Notes, step: Step, path: Path) -> None:
    if step.short > 0.0 and step.short_wait is None:
        notes.error(path, texts.WAIT_MISSING.format(short=step.short))
    elif step.short > 0.0 and step.short_wait is not None and step.short_wait.mean <= 0.0:
        notes.error(path, texts.WAIT_EMPTY)


def _check_target(notes: Notes, process: Process, path: Path, calendars: Names) -> None:
    if process.target_days is not None and process.target_hours is not None:
        told = texts.TWO_TARGETS.format(days=process.target_days, hours=process.target_hours)
        notes.error((*path, "target_days"), told)
    here = (*path, "target_calendar")
    known = notes.known(here, process.target_calendar, calendars, WHAT["calendar"])
    if known and process.target_hours is None and process.target_calendar != "always":
        notes.error(here, texts.CALENDAR_ALONE.format(found=shown(process.target_calendar)))
    for field in ("delay_cost", "late_penalty"):
        found = getattr(process, field)
        if found is not None and process.target is None:
            notes.error((*path, field), texts.DELAY_UNDATED.format(found=found))


def _check_roles(notes: Notes, step: Step, path: Path, departments: Names, pools: Names) -> None:
    notes.known((*path, "R"), step.R, departments, WHAT["department"])
    if step.A is not None:
        notes.known((*path, "A"), step.A, pools, WHAT["approver"])
    lists = {"C": step.C, "I": step.I, "contested_by": step.contested_by}
    for role, names in lists.items():
        notes.once((*path, role), names)
        for index, name in enumerate(names):
            known = notes.known((*path, role, index), name, departments, WHAT["department"])
            if known and name == step.R and role != "contested_by":
                notes.warning((*path, role, index), texts.NOT_ASKED.format(name=name))
    if set(step.contested_by) == {step.R}:
        notes.warning((*path, "contested_by"), texts.CONTESTS_ITSELF.format(name=step.R))


def _check_loads(notes: Notes, organization: Organization) -> None:
    for load in planned_loads(organization):
        if load.utilization >= CLOSE:
            name, _, pool = load.owner.partition(".")
            path: Path = ("departments", name, "pools", pool) if pool else ("departments", name, "staff")
            hours = {"own": load.own, "work": load.work, "coordination": load.coordination, "capacity": load.capacity}
            told = texts.OVERLOADED if load.utilization >= 1.0 else texts.CLOSE
            parts = texts.LOAD_PARTS.format(**hours)
            notes.warning(path, told.format(load=load.utilization, most=CLOSE, parts=parts))
