"""Which visits of cases were for nothing: "not ours", and passed on; and the log without them.

A visit is what one group does to a case before another has it. It was for nothing where all that was done in it is
done again by the group that has the case next: the group looked, and passed it on. Work that has an activity of its own
is none, so routing through roles is not; nor is a rejection, after which somebody does another thing. A group that
passes on nearly everything of a kind is a first line, as planned, and its visits are work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.counted import codes_of, steps_of
from sim.eventlog.log import EventLog

PLANNED = 0.9
"""Share of visits of one kind from which on passing them on is how it is meant to be."""

FEW = 20
"""Visits of one kind up to which nothing of the like is said."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Visits:
    """The visits of a log, in its order.

    Attributes
    ----------
    case, group, activity
        Of each visit; the activity with which it begins.
    begin, stop
        The rows of its events: from, and up to.
    first
        Whether it is the first of its case.
    bounce
        Whether it was for nothing.
    """

    case: Ints
    group: Ints
    activity: Ints
    begin: Ints
    stop: Ints
    first: Bools
    bounce: Bools

    @property
    def table(self) -> pd.DataFrame:
        """A row for each task: who did it in the end, and how often it was passed on before.

        ``case``, ``activity`` and ``group`` (of who did it), ``bounces``, ``back`` (whether one of the hand-offs went
        back to who had passed it on just before), ``firsts`` (the first visit of the task, by number).
        """
        task = np.cumsum(np.append(True, ~self.bounce[:-1])) - 1 if len(self.case) else np.zeros(0, dtype=np.int64)
        done = ~self.bounce
        return pd.DataFrame(
            {
                "case": self.case[done],
                "activity": self.activity[done],
                "group": self.group[done],
                "bounces": np.bincount(task, self.bounce).astype(np.int64)[: int(done.sum())],
                "back": np.bincount(task[1:], self._back[1:], int(done.sum())) > 0 if len(task) else done,
            }
        )

    @property
    def _back(self) -> Bools:
        """Whether a visit after one for nothing is with the group that had passed it on to that one."""
        back = np.zeros(len(self.case), dtype=bool)
        back[2:] = self.bounce[1:-1] & (self.case[2:] == self.case[:-2]) & (self.group[2:] == self.group[:-2])
        return back


def visits_of(log: EventLog) -> Visits:
    """Return the visits of a log."""
    steps = steps_of(log)
    begin = np.flatnonzero(steps.first | steps.changed)
    stop = np.append(begin[1:], len(steps.case))
    activity, group = codes_of(log.events["activity"]), codes_of(log.events["group"])
    first = steps.first[begin]
    visit = np.cumsum(steps.first | steps.changed) - 1
    bounce = _for_nothing(activity, visit, first)
    bounce &= ~_as_planned(activity[begin], group[begin], bounce)
    return Visits(steps.case[begin], group[begin], activity[begin], begin, stop, first, bounce)


def debounced(log: EventLog, visits: Visits | None = None) -> EventLog:
    """Return the log without what was done in visits for nothing."""
    found = visits_of(log) if visits is None else visits
    kept = np.repeat(~found.bounce, found.stop - found.begin)
    return replace(log, events=log.events[kept].reset_index(drop=True))


def _for_nothing(activity: Ints, visit: Ints, first: Bools) -> Bools:
    """Tell of which visits everything is done again in the next one of the same case."""
    count, wide = len(first), int(activity.max(initial=0)) + 1
    done = np.unique(visit * wide + activity)
    again = np.isin(done + wide, done)  # the same activity, one visit later
    missing = np.bincount(done[~again] // wide, minlength=count)
    followed = np.append(~first[1:], False) if count else np.zeros(0, dtype=bool)
    found: Bools = (missing == 0) & followed
    return found


def _as_planned(activity: Ints, group: Ints, bounce: Bools) -> Bools:
    """Tell which visits are of a group that passes on nearly all that begins so."""
    _, kind = np.unique(activity * (int(group.max(initial=0)) + 2) + group + 1, return_inverse=True)
    visits = np.bincount(kind)
    planned = (visits >= FEW) & (np.bincount(kind, bounce) >= PLANNED * visits)
    found: Bools = planned[kind]
    return found
