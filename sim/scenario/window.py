"""The time that counts: a warm-up, the horizon in which arriving cases count, and a tail in which they can be finished.

Every process and every alternative has the same window. So the mix of processes among the cases that count does not
depend on the length of a run, and a case counts whether or not it is ever finished.
"""

from sim.spec.organization import Organization
from sim.spec.process import Process
from sim.vocab import DAY, WEEK

SPANS = 3.0
"""So many times the longest target the tail lasts where a scenario says nothing,"""
LEAST, MOST = 1.0, 12.0
"""but no less and no more than so many weeks, and never less than the longest target."""


def usual_tail(organization: Organization) -> float:
    """Return the weeks after the horizon in which cases can still be finished, where a scenario does not say.

    Where a process has no target, nothing tells how long its cases may take, and the tail is as long as it gets.
    """
    longest = max(longest_target(organization), longest_wait(organization))
    if any(process.target is None for process in organization.processes.values()):
        return max(longest, MOST)
    return max(longest, min(MOST, max(LEAST, SPANS * longest)))


def longest_wait(organization: Organization) -> float:
    """Return the longest that anything waits for a release, in calendar weeks; 0 where there is none."""
    return max((one.longest_days * DAY / WEEK for one in organization.releases.values()), default=0.0)


def longest_target(organization: Organization) -> float:
    """Return the longest target of any process in calendar weeks; 0 where there is none."""
    return max(weeks_of(organization, process) for process in organization.processes.values())


def weeks_of(organization: Organization, process: Process) -> float:
    """Return the calendar weeks that a target takes at most: its open hours, and up to a week that is not open."""
    calendar = organization.target_calendar(process)
    weeks = (process.target or 0.0) / calendar.hours_per_week
    return weeks if calendar.always or process.target is None else weeks + 1.0
