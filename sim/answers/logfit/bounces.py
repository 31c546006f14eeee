"""Which visits of cases were for nothing: "not ours", and passed on; and the log without them.

A task that is passed on belongs to the group that was asked first, if whoever has such a task usually does no more than
that: who does it in the end is told again by how likely each passes it on. If cases usually stay where the task was
done, it belongs to who did it: what follows is with them.

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
        """A row for each task: who did it in the end, whose it is, and how often it was passed on before.

        ``case``, ``activity`` and ``group`` (of who did it), ``owner`` (the group to which the task belongs),
        ``bounces``, ``back`` (whether one of the hand-offs went back to who had passed it on just before).
        """
        task, done = self.task, ~self.bounce
        return pd.DataFrame(
            {
                "case": self.case[done],
                "activity": self.activity[done],
                "group": self.group[done],
                "owner": self.owner[done],
                "bounces": np.bincount(task, self.bounce).astype(np.int64)[: int(done.sum())],
                "back": np.bincount(task[1:], self._back[1:], int(done.sum())) > 0 if len(task) else done,
            }
        )

    @property
    def task(self) -> Ints:
        """The number of the task of each visit; it ends with a visit that was not for nothing."""
        return np.cumsum(np.append(True, ~self.bounce)[:-1]) - 1

    @property
    def owner(self) -> Ints:
        """The group to which the task of each visit belongs."""
        first = np.flatnonzero(np.append(True, ~self.bounce)[:-1])
        last = np.flatnonzero(~self.bounce)
        alone = np.where(self._stays[self.activity[last]], self.group[last], self.group[first])
        found: Ints = alone[self.task]
        return found

    @property
    def _stays(self) -> Bools:
        """Of each activity, whether cases usually stay where it was done, as far as nobody passed it on."""
        rows = ~(self.bounce | np.append(False, self.bounce)[:-1])
        wide = int(self.activity.max(initial=0)) + 1
        longer = np.bincount(self.activity[rows], (self.stop - self.begin)[rows] > 1, wide)
        found: Bools = longer >= 0.5 * np.bincount(self.activity[rows], minlength=wide)
        return found

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
    """Return the log without what was done in visits for nothing; tasks are with the groups to which they belong.

    Who did what belongs to another group is not said: they are none of its people.
    """
    found = visits_of(log) if visits is None else visits
    length = found.stop - found.begin
    kept, owner = np.repeat(~found.bounce, length), np.repeat(found.group, length)
    owner[found.begin] = found.owner
    moved = owner != np.repeat(found.group, length)
    events, groups = log.events[kept].reset_index(drop=True), log.events["group"].cat.categories
    return replace(
        log,
        events=events.assign(
            group=pd.Categorical.from_codes(owner[kept], categories=groups),
            resource=events["resource"].mask(moved[kept]),
        ),
    )


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
