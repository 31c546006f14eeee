"""Checks of what a scenario plans: how long to watch, what to report, what to try."""

import math
from collections.abc import Iterable, Mapping, Sequence

from sim.interventions import Custom, Intervention
from sim.interventions.custom import CustomEdit
from sim.interventions.own import complaints, is_own
from sim.scenario.checks import fed_by_others
from sim.scenario.notes import Notes
from sim.scenario.window import MOST, longest_target, longest_wait, usual_tail, weeks_of
from sim.spec.calendars import in_full
from sim.spec.findings import Path
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES, PER_PROCESS
from sim.spec.organization import Organization
from sim.vocab import WEEK
from sim.words import words

texts = words("checks")
WHAT = words("findings").WHAT

FEW_CASES = 10.0


def check_run(notes: Notes, organization: Organization, warmup: float, horizon: float, tail: float | None) -> None:
    """Note a tail in which no target can be met, and dated cases outside the time of a run."""
    calendars = in_full(organization.calendars)
    known = all(process.target_calendar in calendars for process in organization.processes.values())
    if tail is not None and known and tail < (longest := longest_target(organization)):
        notes.error(("tail_weeks",), texts.SHORT_TAIL.format(tail=tail, longest=longest))
    for name, process in organization.processes.items():
        _check_dates(notes, process.demand.at, ("processes", name, "demand", "at"), warmup, horizon)


def check_tail(notes: Notes, organization: Organization, warmup: float, horizon: float, tail: float | None) -> None:
    """Note a target for which a run, where nobody says how long its tail is, goes on longer than it was to be watched.

    The organization has no errors.
    """
    usual = usual_tail(organization)
    if tail is not None or usual <= max(MOST, warmup + horizon, longest_wait(organization)):
        return
    name, process = max(organization.processes.items(), key=lambda one: weeks_of(organization, one[1]))
    field = "target_days" if process.target_hours is None else "target_hours"
    facts = {"target": process.target_hours or process.target_days, "run": warmup + horizon + usual, "tail": usual}
    notes.warning(("processes", name, field), texts.LONG_TAIL.format(**facts))


def _check_dates(notes: Notes, dates: Sequence[float], path: Path, warmup: float, horizon: float) -> None:
    for place, time in enumerate(dates):
        if time < -warmup * WEEK:
            notes.error((*path, place), texts.CASE_BEFORE.format(time=time, first=0.0 - warmup * WEEK))
    if dates and dates[-1] >= horizon * WEEK:
        notes.warning((*path, len(dates) - 1), texts.CASE_AFTER.format(time=dates[-1], end=horizon * WEEK))


def check_counted(notes: Notes, cases: Mapping[str, float], organization: Organization) -> None:
    """Note processes of which so few cases arrive within the horizon that a single one decides what is reported.

    Whoever dates cases one by one means them to be few.
    """
    for name, number in cases.items():
        least = FEW_CASES if organization.processes[name].demand.per_week is not None else 1.0
        if number < least and name not in fed_by_others(organization):
            told = texts.FEW_CASES if number else texts.NO_CASES
            notes.warning(("processes", name, "demand"), told.format(number=number, least=FEW_CASES))


def check_measures(notes: Notes, measures: Sequence[str], organization: Organization) -> None:
    """Note measures that do not exist."""
    valid = measure_names(organization, any("." in name for name in measures))
    notes.once(("measures",), measures)
    for index, name in enumerate(measures):
        notes.known(("measures", index), name, valid, WHAT["measure"])


def measure_names(organization: Organization, of_processes: bool = True) -> dict[str, None]:
    """Return the names of all measures of an organization, those of single processes where they are asked for."""
    names = {**dict.fromkeys(MEASURES), **{f"kpi_{name}": None for name in organization.departments}}
    if of_processes:
        names |= dict.fromkeys(f"{name}.{process}" for name in PER_PROCESS for process in organization.processes)
    return names


def check_interventions(
    notes: Notes,
    interventions: Sequence[Intervention],
    organization: Organization,
    path: Path,
    before: Sequence[Intervention] = (),
) -> None:
    """Note interventions that name what does not exist or need what is missing, on top of those `before`."""
    for index, one in enumerate(interventions):
        here = (*path, index)
        there = (*before, *interventions[:index])
        if one in there:
            notes.warning(here, texts.TWICE.format(kind=one.kind))
        elif any(_meets(one, other) for other in there):
            notes.warning(here, texts.DOSED_TWICE.format(kind=one.kind))
        notes.once((*here, "departments"), one.departments)
        for place, name in enumerate(one.departments):
            notes.known((*here, "departments", place), name, organization.departments, WHAT["department"])
        if (process := getattr(one, "process", None)) is not None and not is_own(one):
            notes.known((*here, "process"), process, organization.processes, WHAT["process"])
        for need in one.needs:
            if not need.met(organization):
                notes.error(here, texts.LACKS.format(kind=one.kind, expected=need.expected))
        if isinstance(one, Custom):
            if one.empty:
                notes.warning(here, texts.EMPTY_CUSTOM)
            _check_moves(notes, one, organization, here)
            for place, hire in enumerate(one.hires):
                notes.known(
                    (*here, "hires", place, "department"), hire.department, organization.departments, WHAT["department"]
                )
        if is_own(one):
            for complaint in complaints(one, organization):
                notes.error(here, complaint)


def _meets(one: Intervention, other: Intervention) -> bool:
    """Tell whether two are the same intervention in other doses, at a time and place that they have in common."""
    if one.kind != other.kind or one.preset != other.preset or isinstance(one, Custom) or is_own(one):
        return False
    (begin, end), (start, stop) = _weeks(one), _weeks(other)
    return begin < stop and start < end and _share_a_place(one, other)


def _weeks(one: Intervention) -> tuple[float, float]:
    start, end = one.start_week, one.end_week
    return -math.inf if start is None else start, math.inf if end is None else end


def _share_a_place(one: Intervention, other: Intervention) -> bool:
    processes = [process for process in (getattr(one, "process", None), getattr(other, "process", None)) if process]
    apart = all((one.departments, other.departments)) and not set(one.departments) & set(other.departments)
    return len(set(processes)) < 2 and not apart


def check_starts(
    notes: Notes, interventions: Iterable[Intervention], warmup: float, horizon: float, path: Path
) -> None:
    """Note interventions that would begin before the run or after what counts, or be given up before they begin."""
    for index, one in enumerate(interventions):
        start, end = one.start_week, one.end_week
        begin = 0.0 - warmup if start is None else start
        if begin < -warmup:
            told = texts.BEGINS_BEFORE.format(week=begin, first=0.0 - warmup)
            notes.error((*path, index, "start_week"), told)
        if begin >= horizon:
            notes.warning((*path, index, "start_week"), texts.BEGINS_AFTER.format(week=begin, end=horizon))
        if end is not None and end <= begin:
            notes.error((*path, index, "end_week"), texts.ENDS_FIRST.format(week=end, start=begin))


def _check_moves(notes: Notes, custom: Custom, organization: Organization, path: Path) -> None:
    for index, move in enumerate(custom.moves):
        spec, here = LEVERS[move.lever], (*path, "moves", index, "toward")
        if not spec.low <= move.toward <= spec.high:
            notes.error(here, texts.LEVER_OUTSIDE.format(found=f"{move.toward:g}", range=spec.range))
        elif stands := _all_better(custom, move, organization):
            low, high = min(stands), max(stands)
            span = texts.SPAN.format(low=low, high=high) if low < high else f"{low:g}"
            notes.warning(here, texts.WORSE_AIM.format(toward=move.toward, lever=move.lever, span=span))


def _all_better(custom: Custom, move: CustomEdit, organization: Organization) -> list[float]:
    """Return where the lever of a move stands if that is better than its aim in every department it acts in."""
    edit, stands = move.edit(()), []
    for name in custom.departments or organization.departments:
        if name in organization.departments:
            stands.append(organization.lever(move.lever, name))
            if edit.way(organization, name) * (move.toward - stands[-1]) >= 0.0:
                return []
    return stands
