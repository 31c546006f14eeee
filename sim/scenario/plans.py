"""Checks of what a scenario plans: how long to watch, what to report, what to try."""

from collections.abc import Iterable, Mapping, Sequence

from sim.interventions import Custom, Intervention
from sim.interventions.own import complaints, is_own
from sim.scenario.notes import Notes
from sim.spec.findings import Path
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES
from sim.spec.organization import Organization
from sim.vocab import WEEK

MANY_CASES = 20_000_000.0
NEEDS_MANAGEMENT = ("escalation_path",)


def check_run(notes: Notes, horizon: float, warmup: float, organization: Organization) -> None:
    """Note a horizon in which little would be seen."""
    weeks = horizon + warmup
    for name, process in organization.processes.items():
        path: Path = ("processes", name)
        target = process.target_days
        if target is not None and 4.0 * target / 7.0 >= horizon:
            message = f"found {horizon:g} weeks, expected more than 4 times the target of '{name}' ({target:g} days)"
            notes.warning(("horizon_weeks",), f"{message}, or its lead time cannot be measured")
        if process.demand.at and process.demand.at[-1] >= weeks * WEEK:
            message = (
                f"found {process.demand.at[-1]:g}, expected times before the end of the run ({weeks * WEEK:g} hours)"
            )
            notes.warning((*path, "demand", "at", len(process.demand.at) - 1), message)


def check_cases(notes: Notes, cases: Mapping[str, float]) -> None:
    """Note processes with more cases in a run than anybody would want to wait for."""
    for name, number in cases.items():
        if number > MANY_CASES:
            path: Path = ("processes", name, "demand", "per_week")
            notes.warning(path, f"found about {number:.2g} cases in a run, expected far fewer")


def check_measures(notes: Notes, measures: Sequence[str], departments: Iterable[str]) -> None:
    """Note measures that do not exist."""
    valid = {**dict.fromkeys(MEASURES), **{f"kpi_{name}": None for name in departments}} if measures else {}
    notes.once(("measures",), measures)
    for index, name in enumerate(measures):
        notes.known(("measures", index), name, valid, "a measure")


def check_interventions(
    notes: Notes, interventions: Sequence[Intervention], organization: Organization, path: Path
) -> None:
    """Note interventions that name what does not exist or need what is missing."""
    for index, one in enumerate(interventions):
        here = (*path, index)
        if one in interventions[:index]:
            notes.warning(here, f"found {one.kind} a second time just as before, and both count")
        notes.once((*here, "departments"), one.departments)
        for place, name in enumerate(one.departments):
            notes.known((*here, "departments", place), name, organization.departments, "a department")
        if one.kind in NEEDS_MANAGEMENT and organization.management is None:
            notes.error(here, f"found {one.kind}, expected 'management:' to name the department that decides")
        if isinstance(one, Custom):
            _check_moves(notes, one, here)
        if is_own(one):
            for complaint in complaints(one, organization):
                notes.error(here, complaint)


def _check_moves(notes: Notes, custom: Custom, path: Path) -> None:
    for index, move in enumerate(custom.moves):
        spec = LEVERS[move.lever]
        if not spec.low <= move.toward <= spec.high:
            message = f"found {move.toward:g}, expected a number from {spec.low:g} to {spec.high:g} ({spec.unit})"
            notes.error((*path, "moves", index, "toward"), message)
