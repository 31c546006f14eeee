"""Warnings about opening hours: somebody is asked who is closed while the others are at work."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario.notes import Notes
from sim.spec.calendars import Calendar
from sim.spec.findings import Path
from sim.spec.organization import Organization
from sim.spec.process import Process
from sim.vocab import WEEK
from sim.words import Text, words

texts = words("checks")

Shifts = tuple[tuple[float, float], ...]

SHARE = 0.25
"""Up to this share of the hours in which somebody is asked he may be closed without a word."""

MINUTE = 1.0 / 60.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who is asked, when he is at work, the calendar of those who ask, and what messages say of its hours."""

    owner: str
    shifts: Shifts
    by: str
    when: Text
    path: Path


def check_closed(notes: Notes, organization: Organization) -> None:
    """Note who is asked while closed, once for each process, where the customer's date does not allow for it.

    Those who do the first work are asked when cases come, others when those who ask them are at work. What is wanted
    by no date can wait for the former, but nobody would choose to ask the latter at night. Who approves for some hours
    a week does so at the beginning of management's shifts: that is meant, and told only where it is often too late.
    """
    for name, process in organization.processes.items():
        seen: dict[tuple[str, str], tuple[_Asked, int]] = {}
        for one in _asked(organization, process, ("processes", name, "steps")):
            first, places = seen.get((one.owner, one.by), (one, 0))
            seen[one.owner, one.by] = (first, places + 1)
        for one, places in seen.values():
            _check(notes, organization, process, one, places)


def _asked(organization: Organization, process: Process, path: Path) -> Iterator[_Asked]:
    demand = process.demand
    for name, step in process.steps.items():
        here, hours = (*path, name), organization.departments[step.R].calendar
        if demand.per_week is not None and process.target is not None:
            yield _Asked(step.R, organization.shifts(step.R), demand.during, texts.CASES_COME, (*here, "R"))
        roles = [("C", index, owner) for index, owner in enumerate(step.C)]
        for role, index, owner in [*roles, *([("A", -1, step.A)] if step.A else [])]:
            place = (*here, role) if index < 0 else (*here, role, index)
            shifts = organization.clock(owner).intervals if process.target is None else organization.shifts(owner)
            yield _Asked(owner, shifts, hours, texts.WORKS.format(department=step.R), place)


def _check(notes: Notes, organization: Organization, process: Process, one: _Asked, places: int) -> None:
    by = organization.calendar(one.by)
    closed = by.hours_per_week - _shared(one.shifts, by)
    if closed <= SHARE * by.hours_per_week:
        return
    clock = organization.target_calendar(process)
    if process.target is not None and process.target >= _longest_wait(one.shifts, clock):
        return
    if process.target is not None and "." in one.owner:
        _check_approver(notes, organization, one, by, _too_late(one.shifts, by, clock, process.target))
        return
    also = (texts.ALSO_ONE if places == 2 else texts.ALSO.format(count=places - 1)) if places > 1 else ""
    facts = {"owner": one.owner, "closed": closed, "hours": by.hours_per_week, "when": one.when, "also": also}
    notes.warning(one.path, texts.CLOSED.format(**facts))


def _check_approver(notes: Notes, organization: Organization, one: _Asked, by: Calendar, late: float) -> None:
    """Note somebody who approves for some hours a week where most who ask him wait past the date until he is back."""
    if late > SHARE * by.hours_per_week:
        facts = {"owner": one.owner, "week": organization.hours_per_week(one.owner), "shifts": _written(one.shifts)}
        facts |= {"late": late, "hours": by.hours_per_week, "when": one.when}
        notes.warning(one.path, texts.APPROVER_AWAY.format(**facts))


def _too_late(shifts: Shifts, by: Calendar, clock: Calendar, target: float) -> float:
    """Return the hours of a week, open in `by`, from which it is longer than the target to the next shift."""
    late = 0.0
    for (_, stop), (start, _) in zip(shifts, [*shifts[1:], (shifts[0][0] + WEEK, 0.0)], strict=True):
        latest = _before(start, target, clock, stop)
        late += by.open_hours(max(stop, latest)) - by.open_hours(stop)
    return late


def _before(time: float, hours: float, clock: Calendar, earliest: float) -> float:
    """Return the latest moment from `earliest` to `time` from which it is at least so many hours of the clock."""
    goal, low, high = clock.open_hours(time) - hours, earliest, time
    while high - low > MINUTE:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if clock.open_hours(middle) <= goal else (low, middle)
    return low


def _written(shifts: Shifts) -> str:
    """Return shifts as files write them: mon-fri 08:00-09:00, 13:00-14:00; to the minute, and at least one long."""
    shown = tuple((start, max(stop, start + MINUTE)) for start, stop in shifts)
    days: dict[str, list[str]] = Calendar(intervals=shown).model_dump()
    return "; ".join(f"{day} {', '.join(spans)}" for day, spans in days.items())


def _shared(shifts: Shifts, other: Calendar) -> float:
    """Return the hours of the week in which both are open."""
    return sum(other.open_hours(stop) - other.open_hours(start) for start, stop in shifts)


def _longest_wait(shifts: Shifts, clock: Calendar) -> float:
    """Return the most hours of the clock from a closing to the next opening."""
    opens = [start for start, _ in shifts]
    closes = [stop for _, stop in shifts]
    following = [*opens[1:], opens[0] + WEEK]
    return max(clock.open_hours(later) - clock.open_hours(stop) for stop, later in zip(closes, following, strict=True))
