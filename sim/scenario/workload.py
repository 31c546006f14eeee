"""How busy everybody would be if nothing went wrong: the load of each owner of a queue.

For a department with n people, open h hours a week, skill s, and the share o that overhead and talking in teams take::

    capacity      n · h · (1 - o)                                        person-hours a week
    own           share of own work · capacity
    work          Σ over its steps: cases a week · visits · work within scope that machines leave / s
    coordination  Σ over the steps R that name it: cases a week · visits · adherence of R · answer / s,
                  and over those that need not ask it but may: cases a week · visits · needless questions · answer / s
    utilization   (own + work + coordination) / capacity

`visits` are the step's probability, or the solution of the traffic equations in a Markov process; `answer` is the mean
of `coordination_work` for consulting, approving or being informed. Complexity has mean 1 and changes nothing here.
Disputes, rework, conflicts, meetings and double checks come on top. A pool has its `hours_per_week` as
capacity, within the opening hours of management.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.spec.manning import share_at_work
from sim.spec.organization import Organization
from sim.spec.process import Process, Step
from sim.spec.releases import releases_a_week
from sim.spec.traffic import visits
from sim.vocab import BETWEEN_TEAMS, LEAST_PRODUCTIVITY


@dataclass(frozen=True, slots=True)
class Workload:
    """Person-hours a week of one owner of a queue (a department, or a pool such as sales.director)."""

    owner: str
    capacity: float
    own: float
    work: float
    coordination: float

    @property
    def total(self) -> float:
        """Hours asked for in a week."""
        return self.own + self.work + self.coordination

    @property
    def utilization(self) -> float:
        """Share of the capacity that is asked for; 1 or more means that the queue grows without end."""
        return self.total / self.capacity


def planned_loads(organization: Organization) -> tuple[Workload, ...]:
    """Return the load of every owner of a queue, in the order of `Organization.pools`.

    Parameters
    ----------
    organization
        An organization, or a scenario.
    """
    work = dict.fromkeys(organization.pools(), 0.0)
    coordination = dict(work)
    for flow, process in organization.processes.items():
        rates = _rates(organization, process, releases_a_week(organization.releases, flow))
        for name, rate in rates.items():
            step = process.steps[name]
            work[step.R] += rate * hours_of_work(organization, process, step) / organization.departments[step.R].skill
            for owner, hours in _answers(organization, step):
                coordination[owner] += rate * hours
        for owner, hours in _needless(organization, process, rates):
            coordination[owner] += hours
    return tuple(_load(organization, owner, work[owner], coordination[owner]) for owner in work)


def hours_of_work(organization: Organization, process: Process, step: Step) -> float:
    """Return the mean hours of work of a step, without what is out of scope and what machines do."""
    scope = organization.lever("scope", process.front) if step.scalable else 1.0
    return step.work.mean * scope * (1.0 - organization.lever("automation", step.R) * step.routine)


def _rates(organization: Organization, process: Process, for_releases: float) -> dict[str, float]:
    """Return the visits of every step in a week, by the cases that are not prevented."""
    cases = process.demand.weekly + for_releases
    if process.preventable > 0.0:
        cases *= 1.0 - organization.lever("prevention", process.front) * process.preventable
    return {name: cases * often for name, often in visits(process).items()}


def _answers(organization: Organization, step: Step) -> Iterator[tuple[str, float]]:
    """Return who spends which hours on a visit of a step, besides the work itself."""
    adherence = organization.lever("adherence", step.R)
    hours = organization.coordination_work
    asked = [(name, hours.consult.mean) for name in step.C] + [(name, hours.inform.mean) for name in step.I]
    if step.A is not None:
        asked.append((step.A, hours.approve.mean))
    for owner, mean in asked:
        if owner != step.R and adherence > 0.0:
            department = organization.departments.get(owner)
            yield owner, adherence * mean / (department.skill if department else 1.0)


def _needless(organization: Organization, process: Process, rates: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Return the hours a week for which departments are asked without need; all that are not asked anyway alike."""
    members = {step.R for step in process.steps.values()}
    everybody, spared = 0.0, dict.fromkeys(members, 0.0)
    for name, step in process.steps.items():
        asked = (members & {step.R, *step.C}) if step.C else members
        if len(asked) < len(members):
            share = organization.lever("needless", step.R) * (1.0 - organization.lever("clarity", step.R))
            each = rates[name] * share * organization.coordination_work.consult.mean / (len(members) - len(asked))
            everybody += each
            for owner in asked:
                spared[owner] += each
    for owner in members:
        yield owner, max(0.0, everybody - spared[owner]) / organization.departments[owner].skill


def _load(organization: Organization, owner: str, work: float, coordination: float) -> Workload:
    department = organization.departments.get(owner)
    staff = department.staff if department else 1
    left = productivity(organization, organization.home(owner), staff)
    capacity = staff * share_at_work(organization, owner) * organization.hours_per_week(owner) * left
    own = department.own_work.share * capacity if department and department.own_work else 0.0
    return Workload(owner, capacity, own, work, coordination)


def productivity(organization: Organization, department: str, staff: int) -> float:
    """Return what overhead leaves, and talking in and between teams."""
    size, load, overhead = (organization.lever(name, department) for name in ("team_size", "pair_load", "overhead"))
    people = max(1, staff)
    team = min(people, size)
    within = max(0.0, 1.0 - load * (team - 1.0))
    between = max(0.0, 1.0 - BETWEEN_TEAMS * (math.ceil(people / team) - 1.0))
    return max(LEAST_PRODUCTIVITY, (1.0 - overhead) * within * between)
