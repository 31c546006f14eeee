"""How many people of a department are at work, where that is not always the same."""

import math
from collections.abc import Iterable

from sim.spec.calendars import Interval
from sim.spec.closures import joined
from sim.spec.organization import Organization

Manned = tuple[tuple[int, tuple[Interval, ...]], ...]
"""How many are at work, and in which hours of the week."""


def common(one: Iterable[Interval], other: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the hours that lie in both."""
    rows = list(other)
    met = ((max(a, c), min(b, d)) for a, b in one for c, d in rows)
    return tuple(sorted((start, stop) for start, stop in met if start < stop))


def without(one: Iterable[Interval], other: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the hours of the first that lie in none of the second."""
    left = list(one)
    for begin, end in other:
        pieces = [((start, min(stop, begin)), (max(start, end), stop)) for start, stop in left]
        left = [(start, stop) for both in pieces for start, stop in both if start < stop]
    return tuple(left)


def manned(organization: Organization, name: str) -> Manned:
    """Return in which hours of the week how many of a department are at work: outside shifts all of them."""
    one = organization.departments[name]
    rest = organization.calendar(one.calendar).intervals
    levels: dict[int, tuple[Interval, ...]] = {}
    for when, people in sorted(one.shifts.items()):
        here = common(rest, organization.calendar(when).intervals)
        rest = without(rest, here)
        levels[min(people, one.staff)] = (*levels.get(min(people, one.staff), ()), *here)
    levels[one.staff] = (*levels.get(one.staff, ()), *rest)
    return tuple((people, joined(hours)) for people, hours in sorted(levels.items(), reverse=True) if hours)


def share_at_work(organization: Organization, owner: str) -> float:
    """Return how many people of an owner of a queue are at work on average in open hours, as a share of all."""
    one = organization.departments.get(owner)
    levels = manned(organization, owner) if one is not None and one.shifts else ()
    if one is None or [people for people, _ in levels] in ([], [one.staff]):
        return 1.0
    hours = [(people, math.fsum(stop - start for start, stop in some)) for people, some in levels]
    return math.fsum(people * time for people, time in hours) / (one.staff * math.fsum(time for _, time in hours))
