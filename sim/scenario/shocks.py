"""Checks of shocks: what they name exists, there is somebody who can leave, and it happens within the run."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.scenario.dealings import dealings_of
from sim.scenario.notes import Notes
from sim.scenario.seasons import usual_demand
from sim.spec.findings import Path, errors
from sim.spec.organization import Organization
from sim.spec.shocks import Leaver, Shock, ShortStaffed, SupplierFailure, Surge, UrgentOrder, WrongUpdate
from sim.vocab import WEEK
from sim.words import series, words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")
WHAT = words("findings").WHAT

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
            notes.warning(path, texts.SHOCK_TWICE.format(kind=one.kind))
        if one.week >= horizon:
            notes.warning((*path, "week"), texts.SHOCK_AFTER.format(week=one.week, end=horizon))
        if one.week < -warmup:
            notes.error((*path, "week"), texts.BEGINS_BEFORE.format(week=one.week, first=0.0 - warmup))
        if isinstance(one, Surge):
            _check_surge(notes, one, path, organization)
        elif isinstance(one, SupplierFailure):
            _check_failure(notes, one, path, organization)
        elif isinstance(one, UrgentOrder):
            notes.known((*path, "process"), one.process, organization.processes, WHAT["process"])
        elif isinstance(one, WrongUpdate):
            _check_update(notes, one, path, organization)
        elif isinstance(one, ShortStaffed):
            notes.known((*path, "department"), one.department, organization.departments, WHAT["department"])
        else:
            _check_sides(notes, one, path, organization)
    _check_factors(notes, shocks)
    leavers = [(index, one) for index, one in enumerate(shocks) if isinstance(one, Leaver)]
    _check_people(notes, shocks, organization)
    if leavers and not errors(notes.findings):
        _check_relationships(notes, leavers, organization)


def urgent_orders(shocks: Sequence[Shock], process: str, first: float, last: float) -> int:
    """Return how many urgent orders come in through a process from one week on until before another."""
    found = [one for one in shocks if isinstance(one, UrgentOrder) and one.process == process]
    return sum(one.cases for one in found if first <= one.week < last)


def planned_cases(
    organization: "Scenario", shocks: Sequence[Shock], process: str, warmup: float, weeks: float
) -> float:
    """Return the mean number of cases of a process in a run of so many weeks, warm-up and surges included."""
    demand = organization.processes[process].demand
    orders = urgent_orders(shocks, process, -warmup, weeks - warmup)
    if demand.per_week is None:
        return float(len(demand.dates(-warmup * WEEK, (weeks - warmup) * WEEK)) + orders)
    usual = usual_demand(organization, shocks, process, weeks * WEEK)
    return orders + demand.per_week * usual / organization.calendar(demand.during).hours_per_week


def counted_cases(
    organization: "Scenario", shocks: Sequence[Shock], process: str, warmup: float, horizon: float
) -> float:
    """Return the mean number of cases of a process that arrive within the horizon, surges included."""
    demand = organization.processes[process].demand
    if demand.dated:
        orders = urgent_orders(shocks, process, 0.0, horizon)
        dates = demand.dates(0.0, horizon * WEEK)
        return float(sum(0.0 <= date < horizon * WEEK for date in dates) + orders)
    before, all_ = (planned_cases(organization, shocks, process, warmup, weeks) for weeks in (warmup, warmup + horizon))
    return all_ - before


def _check_surge(notes: Notes, surge: Surge, path: Path, organization: Organization) -> None:
    known = notes.known((*path, "process"), surge.process, organization.processes, WHAT["process"])
    if known and organization.processes[surge.process].demand.dated:
        notes.error((*path, "process"), texts.SURGE_OF_DATED.format(process=surge.process))


def _check_factors(notes: Notes, shocks: Sequence[Shock]) -> None:
    """Note surges that overlap to more than anybody can mean."""
    surges = [(index, one) for index, one in enumerate(shocks) if isinstance(one, Surge)]
    for place, (index, one) in enumerate(surges):
        earlier = [other for _, other in surges[: place + 1] if other.process == one.process]
        factor = math.prod(other.factor for other in earlier if other.week <= one.week < other.over)
        if factor > MOST_DEMAND:
            told = texts.MUCH_DEMAND.format(factor=one.factor, total=factor, most=MOST_DEMAND)
            notes.error(("shocks", index, "factor"), told)


def _check_sides(notes: Notes, leaver: Leaver, path: Path, organization: Organization) -> None:
    notes.known((*path, "from"), leaver.from_, organization.departments, WHAT["department"])
    notes.known((*path, "to"), leaver.to, organization.departments, WHAT["department"])
    if leaver.from_ == leaver.to:
        notes.error((*path, "to"), texts.SAME_SIDES.format(name=leaver.to))


def _check_failure(notes: Notes, failure: SupplierFailure, path: Path, organization: Organization) -> None:
    """Note a failure of those for whom nobody waits."""
    if not notes.known((*path, "process"), failure.process, organization.processes, WHAT["process"]):
        return
    steps = organization.processes[failure.process].steps
    if failure.step is not None and not notes.known((*path, "step"), failure.step, steps, WHAT["step"]):
        return
    meant = [steps[failure.step]] if failure.step is not None else list(steps.values())
    if all(step.external is None for step in meant):
        name = failure.process if failure.step is None else failure.step
        notes.error((*path, "process" if failure.step is None else "step"), texts.NOBODY_OUTSIDE.format(name=name))


def _check_update(notes: Notes, update: WrongUpdate, path: Path, organization: Organization) -> None:
    """Note a wrong update about a step that needs no goods."""
    if not notes.known((*path, "process"), update.process, organization.processes, WHAT["process"]):
        return
    steps = organization.processes[update.process].steps
    known = notes.known((*path, "step"), update.step, steps, WHAT["step"])
    if known and steps[update.step].short_wait is None:
        notes.error((*path, "step"), texts.NO_GOODS.format(name=update.step))


def _where(shock: Leaver | ShortStaffed) -> str:
    return shock.from_ if isinstance(shock, Leaver) else shock.department


def _check_people(notes: Notes, shocks: Sequence[Shock], organization: Organization) -> None:
    """Note where more people leave than are there then, others who left before and are not back yet counted."""
    gone_by = [(index, one) for index, one in enumerate(shocks) if isinstance(one, Leaver | ShortStaffed)]
    for place, (index, one) in enumerate(gone_by):
        department = organization.departments.get(_where(one))
        earlier = [
            other
            for n, (_, other) in enumerate(gone_by)
            if _where(other) == _where(one) and (other.week, n) < (one.week, place) and other.replaced >= one.week
        ]
        away = sum(other.people for other in earlier)
        if department is not None and one.people > department.staff - away:
            gone = texts.LEFT_BEFORE.format(away=away, staff=department.staff) if away else ""
            facts = {"people": one.people, "most": max(0, department.staff - away), "gone": gone}
            notes.error(("shocks", index, "people"), texts.MANY_LEAVE.format(**facts))


def _check_relationships(notes: Notes, leavers: Leavers, organization: Organization) -> None:
    """Note leavers between departments that have no relationship they could hold."""
    pairs = dealings_of(organization).judged
    for index, one in leavers:
        if (one.from_, one.to) not in pairs:
            others = sorted(to for here, to in pairs if here == one.from_ and to in organization.departments)
            known = series(others) or texts.NO_OTHERS
            told = texts.NEVER_DEALS.format(other=one.to, one=one.from_, others=known)
            notes.warning(("shocks", index, "to"), told)
