"""How long a case takes if nobody is ever busy and nothing goes wrong: means along the longest way through a process.

Hours are those of the clock of the target. Where all of it fits into one opening of everybody who takes part, closing
times do not count; else an open hour of somebody with half the opening hours of that clock takes two of its hours.
"""

from collections.abc import Iterator, Mapping

from sim.scenario.workload import hours_of_work
from sim.spec.calendars import Calendar
from sim.spec.organization import Organization
from sim.spec.process import Process, Step, routing
from sim.spec.traffic import visits

PARTS = ("work", "handovers", "questions", "approvals", "outside")
"""The parts of the time."""

Piece = tuple[str, float, Calendar]
"""A part, its hours, and the calendar in which they are open."""


def question_hours(organization: Organization, department: str) -> float:
    """Return the mean open hours until a department looks at a question that it does not answer on the spot."""
    return organization.lever("answer_latency", department)


def time_of(organization: Organization, process: Process) -> dict[str, float]:
    """Return the mean hours of a case by part.

    Parameters
    ----------
    organization : Organization
        Whose calendars, levers and coordination work count.
    process : Process
        One of its processes.
    """
    until = _until_served(process)
    pieces = list(_longest(organization, until) if not process.markov else _expected(organization, until))
    clock = organization.target_calendar(process)
    openings = [max(stop - start for start, stop in calendar.intervals) for _, hours, calendar in pieces if hours > 0.0]
    short = sum(hours for _, hours, _ in pieces) <= min(openings, default=0.0)
    found = dict.fromkeys(PARTS, 0.0)
    for part, hours, calendar in pieces:
        found[part] += hours if short else hours * clock.hours_per_week / calendar.hours_per_week
    return found


def _until_served(process: Process) -> Process:
    """Return a process in which cases that move by chance leave where their customer is served."""
    if process.served_by is None or not process.markov:
        return process
    last = process.steps[process.served_by].model_copy(update={"next": {}})
    return process.model_copy(update={"steps": {**process.steps, process.served_by: last}})


def _expected(organization: Organization, process: Process) -> Iterator[Piece]:
    """Yield the pieces of a process in which cases move by chance, as often as they come on average."""
    often = visits(process)
    for name, step in process.steps.items():
        yield from _times(often[name], _of_step(organization, process, step))
        for follower, share in routing(step).items():
            yield from _times(often[name] * share, _handover(organization, step, process.steps[follower]))


def _longest(organization: Organization, process: Process) -> list[Piece]:
    """Return the pieces along the way through a graph that takes the most open hours."""
    needs, often = process.predecessors(), visits(process)
    ways: dict[str, list[Piece]] = {}
    while len(ways) < len(needs):
        ready = [name for name in needs if name not in ways and all(one in ways for one in needs[name])]
        for name in ready:
            step = process.steps[name]
            before = [
                [*ways[one], *_times(step.probability, _handover(organization, process.steps[one], step))]
                for one in needs[name]
            ]
            own = _times(often[name], _of_step(organization, process, step))
            ways[name] = [*max(before, key=_hours, default=[]), *own]
    return ways[process.served_by] if process.served_by else max(ways.values(), key=_hours)


def _hours(pieces: list[Piece]) -> float:
    return sum(hours for _, hours, _ in pieces)


def _times(often: float, pieces: Iterator[Piece]) -> Iterator[Piece]:
    return ((part, often * hours, calendar) for part, hours, calendar in pieces)


def _handover(organization: Organization, giver: Step, taker: Step) -> Iterator[Piece]:
    if giver.R != taker.R:
        yield "handovers", organization.lever("withholding", giver.R), _calendar(organization, giver.R)
        yield "handovers", organization.lever("latency", taker.R), _calendar(organization, taker.R)


def _of_step(organization: Organization, process: Process, step: Step) -> Iterator[Piece]:
    adherence = organization.lever("adherence", step.R)
    skills: Mapping[str, float] = {name: one.skill for name, one in organization.departments.items()}
    work = organization.coordination_work
    yield "work", hours_of_work(organization, process, step) / skills[step.R], _calendar(organization, step.R)
    asked = [
        (question_hours(organization, name) + work.consult.mean / skills[name], _calendar(organization, name))
        for name in step.C
        if name != step.R
    ]
    if asked:  # all at once, so that the slowest counts
        hours, calendar = max(asked, key=lambda one: one[0] / one[1].hours_per_week)
        yield "questions", adherence * hours, calendar
    if step.A is not None and step.A != step.R:
        home = organization.home(step.A)
        hours = organization.lever("latency", home) + work.approve.mean / skills.get(step.A, 1.0)
        yield "approvals", adherence * hours, organization.clock(step.A)
    if step.external is not None:
        yield "outside", step.outside, organization.calendar(step.external.calendar)


def _calendar(organization: Organization, department: str) -> Calendar:
    return organization.calendar(organization.departments[department].calendar)
