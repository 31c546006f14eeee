"""The time that counts: a warm-up, the horizon in which arriving cases count, and a tail in which they can be finished.

Every process and every alternative has the same window. So the mix of processes among the cases that count does not
depend on the length of a run, and a case counts whether or not it is ever finished.
"""

from sim.scenario.traffic import visits
from sim.spec.organization import Organization
from sim.spec.process import Process
from sim.vocab import DAY, WEEK

SPANS = 3.0
"""So many times the longest target the tail lasts where a scenario says nothing,"""
LEAST, MOST = 1.0, 12.0
"""but no less and no more than so many weeks, and never less than the longest target."""


def usual_tail(organization: Organization) -> float:
    """Return the weeks after the horizon in which cases can still be finished, where a scenario does not say.

    Where a process has no target, what it takes when nobody waits stands for it.
    """
    spans = [_target(process) or _unhindered(organization, process) for process in organization.processes.values()]
    return max(longest_target(organization), min(MOST, max(LEAST, SPANS * max(spans))))


def longest_target(organization: Organization) -> float:
    """Return the longest target of any process in weeks; 0 where there is none."""
    return max(map(_target, organization.processes.values()))


def _target(process: Process) -> float:
    return (process.target_days or 0.0) * DAY / WEEK


def _unhindered(organization: Organization, process: Process) -> float:
    """Return the calendar weeks of work and waits outside of a mean case, one step after the other."""
    return sum(often * _weeks(organization, process, step) for step, often in visits(process).items())


def _weeks(organization: Organization, process: Process, name: str) -> float:
    """Return the calendar weeks of one visit of a step."""
    step = process.steps[name]
    department = organization.departments[step.R]
    worked = step.work.mean / department.skill / organization.calendar(department.calendar).hours_per_week
    if step.external is None:
        return worked
    return worked + step.external.work.mean / organization.calendar(step.external.calendar).hours_per_week
