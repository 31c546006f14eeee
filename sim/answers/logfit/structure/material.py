"""What is learned from: the events of a log as numbers, case by case, with what is known of their ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.departments import Departments
from sim.answers.logfit.structure.settings import Settings
from sim.eventlog.counted import codes_of
from sim.eventlog.endings import endings
from sim.eventlog.log import EventLog

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FADED = 0.25
"""Open cases, as a share of those that have to be expected, below which a log is taken to hold finished ones only."""

MOST_UNSEEN = 8.0
"""For how many cases one may stand that was seen though most of its kind were not."""


@dataclass(frozen=True, eq=False)
class Material:
    """Events of a log in the order in which they began, case by case.

    Attributes
    ----------
    case, token, begin, end
        Of each event: its case, what is done where (a row of `kinds`), when it began and ended.
    kinds
        Activity and department of each token, as numbers.
    activities
        What activities are called.
    first
        Which events are the first of their case.
    finished
        Whether each case is known to be finished.
    arrival
        When each case began.
    stands_for
        For how many cases each one stands: more than one where a log holds only finished cases, and long ones that
        began late are missing.
    only_finished
        Whether the log holds only finished cases.
    until
        When the log was taken.
    started
        Whether it is known when events began.
    """

    case: Ints
    token: Ints
    begin: Floats
    end: Floats
    kinds: Ints
    activities: tuple[str, ...]
    first: Bools
    finished: Bools
    arrival: Floats
    stands_for: Floats
    only_finished: bool
    until: float
    started: bool

    @property
    def department(self) -> Ints:
        """The department of each event."""
        return self.kinds[self.token, 1]

    @property
    def last(self) -> Bools:
        """Which events are the last of their case."""
        return np.append(self.first[1:], True)


def material_of(log: EventLog, departments: Departments, settings: Settings) -> Material:
    """Return the events of a log as numbers."""
    started = "start" in log.known
    begins, ends = log.begins, log.events["end"].to_numpy(dtype=np.float64)
    case = log.events["case"].to_numpy(dtype=np.int64)
    # as ends may be booked one over another, who began first is first
    order = np.lexsort((np.arange(len(case)), ends, begins, case)) if started else np.arange(len(case))
    activity, names = codes_of(log.events["activity"]), tuple(map(str, log.events["activity"].cat.categories))
    department = departments.codes(log)
    kinds, token = _kinds(activity[order], department[order], settings.steps)
    finished = ~endings(log).open
    arrival = log.arrivals
    only = _only_finished(log, finished)
    if only:
        finished = np.ones(len(finished), dtype=bool)
    room = log.until - arrival
    return Material(
        case=case[order],
        token=token,
        begin=begins[order],
        end=np.maximum(ends[order], begins[order]),
        kinds=kinds,
        activities=names,
        first=log.first_of_case,
        finished=finished,
        arrival=arrival,
        stands_for=_stands_for(log.finishes - arrival, room) if only else np.ones(len(arrival)),
        only_finished=only,
        until=log.until,
        started=started,
    )


def _kinds(activity: Ints, department: Ints, most: int) -> tuple[Ints, Ints]:
    """Return which activities are done where, and which of these each event is; the rare are put to the usual place."""
    several = int(department.max(initial=0)) + 1
    pair = activity * several + department
    found, place, count = np.unique(pair, return_inverse=True, return_counts=True)
    if len(found) > most:
        usual: dict[int, int] = {}
        for one in np.argsort(-count, kind="stable"):
            usual.setdefault(int(found[one] // several), int(found[one]))
        least = np.sort(count)[::-1][max(0, most - len(usual))]
        moved = np.array(
            [one if n > least else usual[int(one // several)] for one, n in zip(found, count, strict=True)]
        )
        found, place = np.unique(moved[place], return_inverse=True)
    return np.column_stack([found // several, found % several]).astype(np.int64), place.astype(np.int64)


def _only_finished(log: EventLog, finished: Bools) -> bool:
    """Tell whether a log holds nothing but finished cases, though as many came as ever."""
    arrival, finish = log.arrivals, log.finishes
    length = finish - arrival
    if len(length) < 2 or length.max(initial=0.0) <= 0.0:
        return False
    span = log.until - arrival.min()
    usual = float(np.mean(length[finished])) if finished.any() else float(length.mean())
    expected = len(length) / max(span, 1e-9) * usual
    return bool(expected >= 5.0 and (~finished).sum() <= FADED * expected)


def _stands_for(length: Floats, room: Floats) -> Floats:
    """Return for how many cases each one stands of which only those were seen that took no longer than there was room.

    The distribution of lengths under this selection is the product-limit estimate with time reversed: of those that
    could have been seen to take as long, which share was shorter.
    """
    length, room = np.maximum(length, 0.0), np.maximum(room, length)
    order = np.argsort(length, kind="stable")
    values, counts = np.unique(length[order], return_counts=True)
    at_risk = np.searchsorted(values, values, side="right")
    at_risk = np.searchsorted(length[order], values, side="right") - np.searchsorted(np.sort(room), values, side="left")
    survive = np.where(at_risk > 0, 1.0 - counts / np.maximum(at_risk, 1), 1.0)
    below = np.append(np.cumprod(np.maximum(survive, 1e-3)[::-1])[::-1][1:], 1.0)  # up to and with each value
    seen = below[np.clip(np.searchsorted(values, room, side="right") - 1, 0, len(values) - 1)]
    return np.asarray(1.0 / np.maximum(seen, 1.0 / MOST_UNSEEN))
