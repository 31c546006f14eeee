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
    longest = longest_target(organization)
    if not all(process.target_days for process in organization.processes.values()):
        return max(longest, MOST)
    return max(longest, min(MOST, max(LEAST, SPANS * longest)))


def longest_target(organization: Organization) -> float:
    """Return the longest target of any process in weeks; 0 where there is none."""
    return max(map(_target, organization.processes.values()))


def _target(process: Process) -> float:
    return (process.target_days or 0.0) * DAY / WEEK
