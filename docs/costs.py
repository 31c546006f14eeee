"""What interventions cost at their usual doses: in plain words by row, and in hours and money of one organization."""

from dataclasses import dataclass

from docs.rows import manufacturer, said, span
from sim.interventions import (
    INTERVENTIONS,
    Forms,
    HoursOf,
    Intervention,
    Minutes,
    OnceHours,
    Pay,
    PerCase,
    ShareOfWork,
    Signed,
)
from sim.interventions.costs import Cost

LATER = 26.0
"""Weeks after which it is asked what an intervention takes when it has settled."""

WHOSE = {
    "one": "one person of each department",
    "leaders": "every leader",
    "front": "one person of each department that takes cases in",
}
WHO = {
    "all": "one person of each department with something to do in the process",
    "consulted": "one person of each department that is consulted",
    "front": "one person of the department that takes it in",
    "supplied": "one person of each department with a step whose goods may be missing",
}
TOGETHER = {"all": "all departments with something to do in the process", "consulted": "those that are consulted in it"}
PER = {"head": "every person concerned", "total": "one person of average pay, in all"}


def in_words(cost: Cost, cls: type[Intervention]) -> str:
    """Return what a row of costs says."""
    match cost:
        case Minutes():
            return f"{said(cost.minutes, cls)} minutes a week of everybody concerned{span(cost, cls)}"
        case OnceHours():
            weeks = said(cost.over_weeks, cls)
            return f"{said(cost.hours, cls)} hours of everybody concerned, once, in the first {weeks} weeks"
        case HoursOf(whose="newcomers"):
            return f"{said(cost.hours, cls)} hours of a colleague for each newcomer, at the planned number of those"
        case HoursOf():
            return f"{said(cost.hours, cls)} hours a week of {WHOSE.get(cost.whose, cost.whose)}{span(cost, cls)}"
        case PerCase():
            return f"{said(cost.minutes, cls)} minutes for each case, of {WHO.get(cost.who, cost.who)}"
        case ShareOfWork():
            return f"{said(cost.share, cls)} of the planned work of each case, shared by {TOGETHER[cost.who]}"
        case Forms():
            return f"{said(cost.minutes, cls, cost.lever)} minutes more at every hand-over, as far as they are observed"
        case Signed():
            return f"{said(cost.signatures, cls, cost.lever)} signatures on every result, as far as they are observed"
        case Pay():
            parts = (
                f"{said(part, cls)} {often}" for part, often in ((cost.once, "once"), (cost.weekly, "a week")) if part
            )
            return f"money worth so many hours of pay of {PER[cost.per]}: {', '.join(parts)}"
    raise TypeError(f"{cls.__name__}: docs/costs.py has no words for a row {type(cost).__name__}")


@dataclass(frozen=True)
class Price:
    """Hours of people a week when it begins and when it has settled, and money once and every week."""

    first: float
    later: float
    once: float
    weekly: float

    def __str__(self) -> str:
        """Return the price in short words."""
        hours = f"{self.first:.0f} h a week"
        if round(self.later) != round(self.first):
            hours += f" at first, {self.later:.0f} later"
        time = [] if self.first < 0.5 and self.later < 0.5 else [hours]
        once = [f"{self.once:,.0f} once"] if self.once else []
        weekly = [f"{self.weekly:,.0f} a week"] if self.weekly else []
        return ", ".join(time + [f"money: {' and '.join(once + weekly)}"] * bool(once or weekly)) or "nothing here"


def price(kind: str, preset: str | None = None) -> Price:
    """Return what an intervention costs in the manufacturer's organization at its usual doses, or at a preset."""
    one = INTERVENTIONS[kind](kind=kind, preset=preset)
    spent, organization = one.spends(manufacturer()), manufacturer()
    pay = sum(
        hire.people * organization.departments[hire.department].cost_per_hour * _hours(hire.department)
        for hire in one.recruits(organization)
    )
    return Price(_taken(one, 0.0), _taken(one, LATER), spent.once, spent.weekly + pay)


def _hours(name: str) -> float:
    return manufacturer().hours_per_week(name)


def _taken(one: Intervention, week: float) -> float:
    """Return the hours of people that it takes in the week after so many weeks."""
    organization = manufacturer()
    total = 0.0
    for name, team in organization.departments.items():
        if one.departments and name not in one.departments:
            continue
        left = 1.0
        for edit in one.edits(organization):
            here = edit.lever == "overhead" and (not edit.where or name in edit.where)
            if here and edit.after_weeks <= week < edit.after_weeks + edit.weeks:
                left *= 1.0 - edit.strength * 0.5 ** ((week - edit.after_weeks) / edit.fades_weeks)
        hours = team.staff * _hours(name)
        total += hours * (1.0 - left)
        for meeting in one.meetings(organization):
            length = meeting.minutes / 60.0 * meeting.overrun * len(meeting.days) / meeting.every_weeks
            total += team.staff * meeting.staff_share * length
    return total


def costs(cls: type[Intervention]) -> list[str]:
    """Return everything that a class costs beside its meetings and the people whom it brings."""
    return [in_words(cost, cls) for cost in cls.costs]
