"""Checks of shocks: what they name exists, there is somebody who can leave, and it happens within the run."""

import math
from collections.abc import Sequence

from sim.scenario.dealings import dealings_of
from sim.scenario.notes import Notes
from sim.spec.findings import Path, errors
from sim.spec.organization import Organization
from sim.spec.shocks import Leaver, Shock, Surge, usual_hours
from sim.vocab import WEEK

MOST_DEMAND = 1000.0
"""So many times its usual value demand may reach where surges overlap."""

Leavers = Sequence[tuple[int, Leaver]]


def check_shocks(
    notes: Notes, shocks: Sequence[Shock], organization: Organization, warmup: float, horizon: float
) -> None:
    """Note shocks that cannot happen, or would change little that counts."""
    for index, one in enumerate(shocks):
        path: Path = ("shocks", index)
        if one in shocks[:index]:
            notes.warning(path, f"found a {one.kind} a second time just as before, and both count")
        if one.week >= horizon:
            message = f"found {one.week:g}, expected a week before the end of the horizon ({horizon:g})"
            notes.warning((*path, "week"), f"{message}, or only cases that are still open then feel it")
        if one.week < -warmup:
            message = f"found {one.week:g}, expected a week from the start of the warm-up ({0.0 - warmup:g}) on"
            notes.error((*path, "week"), message)
        if isinstance(one, Surge):
            _check_surge(notes, one, path, organization)
        else:
            _check_sides(notes, one, path, organization)
    _check_factors(notes, shocks)
    leavers = [(index, one) for index, one in enumerate(shocks) if isinstance(one, Leaver)]
    _check_people(notes, leavers, organization)
    if leavers and not errors(notes.findings):
        _check_relationships(notes, leavers, organization)


def planned_cases(
    organization: Organization, shocks: Sequence[Shock], process: str, warmup: float, weeks: float
) -> float:
    """Return the mean number of cases of a process in a run of so many weeks, warm-up and surges included."""
    demand = organization.processes[process].demand
    if demand.per_week is None:
        return float(len(demand.at))
    surges = [one for one in shocks if isinstance(one, Surge) and one.process == process]
    calendar = organization.calendar(demand.during)
    return demand.per_week * usual_hours(surges, calendar, warmup, weeks * WEEK) / calendar.hours_per_week


def counted_cases(
    organization: Organization, shocks: Sequence[Shock], process: str, warmup: float, horizon: float
) -> float:
    """Return the mean number of cases of a process that arrive within the horizon, surges included."""
    dates = organization.processes[process].demand.at
    if dates:
        return float(sum(0.0 <= date < horizon * WEEK for date in dates))
    before, all_ = (planned_cases(organization, shocks, process, warmup, weeks) for weeks in (warmup, warmup + horizon))
    return all_ - before


def _check_surge(notes: Notes, surge: Surge, path: Path, organization: Organization) -> None:
    known = notes.known((*path, "process"), surge.process, organization.processes, "a process")
    if known and organization.processes[surge.process].demand.at:
        message = f"found '{surge.process}', whose cases are dated, expected a process with demand per_week"
        notes.error((*path, "process"), message)


def _check_factors(notes: Notes, shocks: Sequence[Shock]) -> None:
    """Note surges that overlap to more than anybody can mean."""
    surges = [(index, one) for index, one in enumerate(shocks) if isinstance(one, Surge)]
    for place, (index, one) in enumerate(surges):
        earlier = [other for _, other in surges[: place + 1] if other.process == one.process]
        factor = math.prod(other.factor for other in earlier if other.week <= one.week < other.over)
        if factor > MOST_DEMAND:
            message = (
                f"found {one.factor:g}, which with others makes {factor:.3g} times the usual demand, expected "
                f"at most {MOST_DEMAND:g} times"
            )
            notes.error(("shocks", index, "factor"), message)


def _check_sides(notes: Notes, leaver: Leaver, path: Path, organization: Organization) -> None:
    notes.known((*path, "from"), leaver.from_, organization.departments, "a department")
    notes.known((*path, "to"), leaver.to, organization.departments, "a department")
    if leaver.from_ == leaver.to:
        notes.error((*path, "to"), f"found '{leaver.to}' on both sides, expected two departments")


def _check_people(notes: Notes, leavers: Leavers, organization: Organization) -> None:
    """Note where more people leave than are there then, others who left before and are not replaced yet counted."""
    for place, (index, one) in enumerate(leavers):
        department = organization.departments.get(one.from_)
        earlier = [
            other
            for n, (_, other) in enumerate(leavers)
            if other.from_ == one.from_ and (other.week, n) < (one.week, place) and other.replaced >= one.week
        ]
        away = sum(other.people for other in earlier)
        if department is not None and one.people > department.staff - away:
            there = f"{max(0, department.staff - away)}, for so many are there then"
            gone = f" ({away} of {department.staff} have left before)" if away else ""
            notes.error(("shocks", index, "people"), f"found {one.people}, expected at most {there}{gone}")


def _check_relationships(notes: Notes, leavers: Leavers, organization: Organization) -> None:
    """Note leavers between departments that have no relationship they could hold."""
    pairs = dealings_of(organization).judged
    for index, one in leavers:
        if (one.from_, one.to) not in pairs:
            others = sorted(to for here, to in pairs if here == one.from_ and to in organization.departments)
            message = (
                f"found '{one.to}', with which '{one.from_}' never deals, expected one of "
                f"{', '.join(others) or '(there is none)'}, or no relationship is lost"
            )
            notes.warning(("shocks", index, "to"), message)
