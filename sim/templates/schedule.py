"""When the steps of one case begin and end if everybody is free for it, and when they must for the customer's date.

A step is taken up when somebody of R is at work: who is to be consulted is asked then, and all answers are waited for;
then the work is done, whoever is outside delivers, and A approves. What is handed over is noticed after the usual time.
Hours are means, in the openings of whoever has them; questions and approvals count in full where any are asked for at
all (lever `adherence`). Goods are there, and nothing is sent back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sim.scenario import Scenario
from sim.scenario.critical import question_hours
from sim.scenario.holidays import openings, openings_of, target_openings
from sim.scenario.workload import hours_of_work, productivity
from sim.spec.closures import Openings
from sim.spec.process import Process, Step
from sim.spec.releases import Release
from sim.templates.ways import followers, until, way_of
from sim.vocab import DAY, WEEK

Stretch = Callable[[float], float]
"""What makes of the moment at which something begins that at which it ends, or the other way round."""

AT_ONCE = 0.0


@dataclass(frozen=True, slots=True)
class Dates:
    """Of one step: when it is planned to begin and end, and the latest for the customer's date.

    Attributes
    ----------
    start, finish
        Planned, in hours of the run.
    latest_start, latest_finish
        The latest that keep the customer's date; None where nothing is wanted by a date, or not of this step.
    critical
        Whether the customer is served the later, the later it ends.
    """

    start: float
    finish: float
    latest_start: float | None = None
    latest_finish: float | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of one case.

    Attributes
    ----------
    arrival
        When it comes, in hours of the run.
    served
        When its customer is planned to be served: by the last step that counts, or by the release it goes out with.
    wanted
        The customer's date; None where there is none.
    release
        The release it goes out with, if any: its name and its date.
    steps
        The dates of the steps it goes through, by name.
    """

    arrival: float
    served: float
    wanted: float | None
    release: tuple[str, float] | None
    steps: Mapping[str, Dates]


class Planner:
    """Makes the schedules of one process.

    Parameters
    ----------
    scenario : Scenario
        Whose calendars, people and settings count; interventions are not looked at.
    name : str
        One of its processes.
    """

    def __init__(self, scenario: Scenario, name: str) -> None:
        self.scenario, self.name = scenario, name
        self.process: Process = scenario.processes[name]
        self.needs = way_of(self.process)
        self._after = followers(self.needs)
        self._clock = target_openings(scenario, self.process)
        found = [(called, one) for called, one in scenario.releases.items() if name in one.items]
        self._release: tuple[str, Release] | None = found[0] if found else None
        self._moments = self._release[1].moments(scenario.window[0], scenario.weeks * WEEK) if self._release else []
        works = [one for one in scenario.releases.values() if one.work == name]
        self._awaited = works[0].moments(scenario.window[0], scenario.weeks * WEEK) if works else []
        self._steps = {step: _Stretches(scenario, self.process, self.process.steps[step]) for step in self.needs}

    def wanted(self, arrival: float) -> float | None:
        """Return when a customer wants it, or was promised it, or the release goes of which it is the work."""
        if self.process.target is not None:
            return self._clock.after(arrival, self.process.target)
        if self.process.promise is not None:
            return arrival + self.process.promise.standard_days * DAY
        return next((date for cut_off, date, _ in self._awaited if cut_off >= arrival), None)

    def schedule(self, arrival: float) -> Schedule:
        """Return the dates of a case that comes at some moment, in hours of the run."""
        starts, ends, led = self._forward(arrival)
        counted = until(self.needs, self.process.served_by)
        last = max(counted, key=lambda one: ends[one], default=None)
        ready = arrival if last is None else ends[last]
        release, served = self._departure(arrival, ready)
        wanted = self.wanted(arrival)
        latest_starts, latest = self._backward(counted, self._deadline(wanted, arrival))
        critical = _chain(led, last)
        dates = {
            name: Dates(starts[name], ends[name], latest_starts.get(name), latest.get(name), name in critical)
            for name in self.needs
        }
        return Schedule(arrival, served, wanted, release, dates)

    def _forward(self, arrival: float) -> tuple[dict[str, float], dict[str, float], dict[str, str | None]]:
        """Return when each step begins and ends, and which of those before it decides that."""
        starts: dict[str, float] = {}
        ends: dict[str, float] = {}
        led: dict[str, str | None] = {}
        for name, needed in self.needs.items():
            before = max(needed, key=lambda one: ends[one], default=None)
            stretches, led[name] = self._steps[name], before
            sent = arrival if before is None else ends[before]
            there = sent if before is None else stretches.noticed(self.process.steps[before].R, sent)
            starts[name] = stretches.taken_up(there)
            ends[name] = stretches.ends(starts[name])
        return starts, ends, led

    def _backward(self, counted: set[str], deadline: float | None) -> tuple[dict[str, float], dict[str, float]]:
        """Return when each step that counts must begin and end at the latest."""
        starts: dict[str, float] = {}
        ends: dict[str, float] = {}
        if deadline is None:
            return starts, ends
        for name in reversed(self.needs):
            if name in counted:
                giver = self.process.steps[name].R
                due = [self._steps[one].sent(giver, starts[one]) for one in self._after[name] if one in counted]
                ends[name] = min(due, default=deadline)
                starts[name] = self._steps[name].begins(ends[name])
        return starts, ends

    def _departure(self, arrival: float, ready: float) -> tuple[tuple[str, float] | None, float]:
        """Return the release with which a case goes that is done at some moment, and when the customer is served."""
        if self._release is None:
            return None, ready
        name, release = self._release
        for cut_off, date, latest in self._moments:
            if arrival <= cut_off and ready <= (latest if release.at_date == "slip" else date):
                return (name, date), max(date, ready)
        return None, ready

    def _deadline(self, wanted: float | None, arrival: float) -> float | None:
        """Return when the work must be done for the customer's date: before the last release that keeps it."""
        if self._release is None or wanted is None:
            return wanted
        dates = [date for cut_off, date, _ in self._moments if arrival <= cut_off and date <= wanted]
        return dates[-1] if dates else wanted


def _chain(led: Mapping[str, str | None], last: str | None) -> set[str]:
    """Return a step, that which decides when it begins, and so on."""
    found: set[str] = set()
    step = last
    while step is not None:
        found.add(step)
        step = led[step]
    return found


class _Stretches:
    """What a step takes, stretch by stretch, forward and backward."""

    def __init__(self, scenario: Scenario, process: Process, step: Step) -> None:
        self._scenario, self._step = scenario, step
        self._shifts = openings_of(scenario, step.R)
        self._questions = list(self._asked(scenario, step))
        self._work = _hours(scenario, step.R, hours_of_work(scenario, process, step))
        self._rest = list(self._after_work(scenario, step))

    def noticed(self, giver: str, sent: float) -> float:
        """Return when what another department has done is noticed."""
        if giver == self._step.R:
            return sent
        said = _waits(self._scenario, giver).after(sent, self._scenario.lever("withholding", giver))
        return _waits(self._scenario, self._step.R).after(said, self._scenario.lever("latency", self._step.R))

    def sent(self, giver: str, noticed: float) -> float:
        """Return the latest moment at which another department must be done for it to be noticed in time."""
        if giver == self._step.R:
            return noticed
        said = _back(_waits(self._scenario, self._step.R), noticed, self._scenario.lever("latency", self._step.R))
        return _back(_waits(self._scenario, giver), said, self._scenario.lever("withholding", giver))

    def taken_up(self, there: float) -> float:
        """Return when somebody of R takes it up that has been there since a moment."""
        return self._shifts.opens(there)

    def ends(self, start: float) -> float:
        """Return when the step is over that is taken up at a moment."""
        answered = max((_passed(asked, start) for asked in self._questions), default=start)
        return _passed(self._rest, self._shifts.after(self._shifts.opens(answered), self._work))

    def begins(self, end: float) -> float:
        """Return the latest moment at which it must be taken up to be over by another."""
        work = self._shifts.before(_left(self._rest, end), self._work)
        asked = min((_left(asked, work) for asked in self._questions), default=work)
        return self._shifts.before(asked, AT_ONCE)

    def _asked(self, scenario: Scenario, step: Step) -> Iterator[list[tuple[Stretch, Stretch]]]:
        if scenario.lever("adherence", step.R) > 0.0:
            for name in step.C:
                if name != step.R:
                    hours = scenario.coordination_work.consult.mean
                    yield list(_answer(scenario, name, question_hours(scenario, name), hours))

    def _after_work(self, scenario: Scenario, step: Step) -> Iterator[tuple[Stretch, Stretch]]:
        if step.external is not None:
            calendar = scenario.calendar(step.external.calendar)
            full = math.fsum(stop - start for start, stop in calendar.intervals)  # as if its hours were all alike
            yield _waiting(openings(scenario, step.external.calendar), step.outside * full / calendar.hours_per_week)
        if step.A is not None and step.A != step.R and scenario.lever("adherence", step.R) > 0.0:
            latency = scenario.lever("latency", scenario.home(step.A))
            yield from _answer(scenario, step.A, latency, scenario.coordination_work.approve.mean)


def _answer(scenario: Scenario, who: str, latency: float, hours: float) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield the stretches until somebody who is asked has answered."""
    shifts, hours = openings_of(scenario, who), _hours(scenario, who, hours)
    yield _waiting(_waits(scenario, who), latency)
    yield (lambda start: shifts.after(shifts.opens(start), hours)), partial(shifts.before, hours=hours)


def _waiting(clock: Openings, hours: float) -> tuple[Stretch, Stretch]:
    return partial(clock.after, hours=hours), partial(_back, clock, hours=hours)


def _back(clock: Openings, end: float, hours: float) -> float:
    """Return the latest moment at which a wait begins that is over by another; one without hours is over at once."""
    return clock.before(end, hours) if hours > 0.0 else end


def _passed(stretches: list[tuple[Stretch, Stretch]], start: float) -> float:
    for forward, _ in stretches:
        start = forward(start)
    return start


def _left(stretches: list[tuple[Stretch, Stretch]], end: float) -> float:
    for _, backward in reversed(stretches):
        end = backward(end)
    return end


def _waits(scenario: Scenario, owner: str) -> Openings:
    """Return the openings in which others wait for somebody."""
    return openings(scenario, scenario.calendar_of(owner))


def _hours(scenario: Scenario, owner: str, hours: float) -> float:
    """Return the open hours that work takes somebody."""
    department = scenario.departments.get(owner)
    skill, staff = (department.skill, department.staff) if department else (1.0, 1)
    return hours / (skill * productivity(scenario, scenario.home(owner), staff))
