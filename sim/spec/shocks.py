"""Shocks: dated changes from outside that an organization has to survive."""

import math
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, WrapSerializer

from sim.spec.base import Model, Reference, Share, number, whole
from sim.spec.closures import Openings
from sim.spec.dates import OrDate
from sim.vocab import DAY, WEEK

Week = Annotated[float, number(-100_000.0, 100_000.0), OrDate()]
Weeks = Annotated[float, number(0.0, 100_000.0)]


class Leaver(Model):
    """The people who held the relationship of two departments together leave.

    Both sides lose what these people understood of the other beyond what the knowledge base holds, and the trust in
    them: newcomers meet the culture's baseline. The first department works with one person less until the vacancy is
    filled.
    """

    kind: Literal["leaver"] = "leaver"
    """Says that somebody leaves."""
    week: Week
    """Week in which they leave, from when counting begins; negative in the warm-up."""
    from_: Reference = Field(validation_alias="from", serialization_alias="from")
    """The department they leave."""
    to: Reference
    """The department with which they kept up the relationship."""
    share: Share = 1.0
    """Share of the relationship that was theirs."""
    people: Annotated[int, whole(0, 100_000)] = 1
    """How many leave; with 0 the relationship is lost and nobody is missing."""
    vacancy_weeks: Weeks = 8.0
    """Weeks until they are replaced."""

    @property
    def replaced(self) -> float:
        """The week in which the vacancy is filled."""
        return self.week + self.vacancy_weeks


class Surge(Model):
    """The customers of a process come faster for some weeks; they are the same customers, only sooner."""

    kind: Literal["surge"] = "surge"
    """Says that demand changes for a while."""
    week: Week
    """Week in which it begins, from when counting begins; negative in the warm-up."""
    process: Reference
    """The process whose demand it is."""
    weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 4.0
    """How long it lasts."""
    factor: Annotated[float, number(0.0, 100.0)] = 2.0
    """Demand during the surge against usual (below 1: a slump); overlapping surges multiply."""

    @property
    def over(self) -> float:
        """The week in which it is over."""
        return self.week + self.weeks


class ShortStaffed(Model):
    """Some people of a department are away for a while; whoever is left keeps up all its relationships."""

    kind: Literal["short_staffed"] = "short_staffed"
    """Says that people are away."""
    week: Week
    """Week from which they are away, from when counting begins; negative in the warm-up."""
    department: Reference
    """The department they are missing in."""
    people: Annotated[int, whole(1, 100_000)] = 1
    """How many are away."""
    weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 2.0
    """How long they are away."""

    @property
    def replaced(self) -> float:
        """The week in which they are back."""
        return self.week + self.weeks


class SupplierFailure(Model):
    """Suppliers, carriers or customers of a process take longer for some weeks, unless there is somebody else."""

    kind: Literal["supplier_failure"] = "supplier_failure"
    """Says that those outside take longer."""
    week: Week
    """Week in which it begins, from when counting begins; negative in the warm-up."""
    process: Reference
    """The process whose steps wait for them."""
    step: Reference | None = None
    """The step at which they are waited for; empty = every step of the process with `external`."""
    weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 4.0
    """For how many weeks whatever is ordered takes longer."""
    factor: Annotated[float, number(1.0, 100.0)] = 2.0
    """Waits outside against usual, without a `backup`; failures that overlap multiply."""

    @property
    def over(self) -> float:
        """The week in which it is over."""
        return self.week + self.weeks


class UrgentOrder(Model):
    """A customer comes on a date, on top of all others, with something that is urgent from the start."""

    kind: Literal["urgent_order"] = "urgent_order"
    """Says that something urgent comes in."""
    week: Week
    """Week in which it comes, from when counting begins; negative in the warm-up."""
    process: Reference
    """The process that it goes through."""
    cases: Annotated[int, whole(1, 1000)] = 1
    """How many such cases come at once."""


class WrongUpdate(Model):
    """For some days a department believes that the goods of a step are there, and they are not."""

    kind: Literal["wrong_update"] = "wrong_update"
    """Says that what is told about goods is wrong."""
    week: Week
    """Week from which it is wrong, from when counting begins; negative in the warm-up."""
    process: Reference
    """The process of the step."""
    step: Reference
    """The step whose goods are missing; it says how long they take (`short_wait`)."""
    days: Annotated[float, number(0.0, 100_000.0, above=True)] = 1.0
    """Calendar days for which the goods are missing whenever its work is taken up, unless confirmed or in reserve."""

    @property
    def over(self) -> float:
        """The week in which it is put right."""
        return self.week + self.days * DAY / WEEK


Shock = Leaver | Surge | ShortStaffed | SupplierFailure | UrgentOrder | WrongUpdate
SHOCKS: tuple[str, ...] = ("leaver", "surge", "short_staffed", "supplier_failure", "urgent_order", "wrong_update")
"""Every kind of shock."""


def _with_kind(shock: Any, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
    """Write the kind first, although it is at its default: without it nobody could tell what it is."""
    said: dict[str, Any] = handler(shock)
    return {"kind": shock.kind, **said}


AnyShock = Annotated[Shock, Field(discriminator="kind"), WrapSerializer(_with_kind)]
"""Any shock, told apart by its `kind`."""

Span = tuple[float, float, float]
"""Begin and end in hours of the run, and demand against usual."""


def hour(week: float, warmup_weeks: float) -> float:
    """Return the hour of the run at which a week begins that is counted from the end of the warm-up.

    Weeks of days, such as 9/7, begin at midnight and not a rounding error later.
    """
    return round((warmup_weeks + week) * WEEK, 6)


def spans(surges: Sequence[Surge | SupplierFailure], warmup_weeks: float) -> list[Span]:
    """Return what surges make of the demand of one process, or failures of its waits, span by span."""
    return products(
        [
            (hour(one.week, warmup_weeks), hour(one.over, warmup_weeks), one.factor)
            for one in surges
            if one.factor != 1.0
        ]
    )


def products(moving: Sequence[Span]) -> list[Span]:
    """Return the products of factors that hold for a while, span by span, without end."""
    times = sorted({0.0, *(time for first, last, _ in moving for time in (first, last))})
    return [
        (begin, end, math.prod(factor for first, last, factor in moving if first <= begin < last))
        for begin, end in zip(times, [*times[1:], math.inf], strict=True)
    ]


def open_between(calendar: Openings, begin: float, end: float) -> float:
    """Return the open hours from `begin` to `end`, both in hours of the run."""
    return calendar.open_hours(end) - calendar.open_hours(begin)


def usual_hours(surges: Sequence[Surge], calendar: Openings, warmup_weeks: float, until: float) -> float:
    """Return in how many open hours of usual demand as many customers come as they do by the hour `until`."""
    return math.fsum(
        factor * open_between(calendar, begin, min(end, until))
        for begin, end, factor in spans(surges, warmup_weeks)
        if begin < until
    )
