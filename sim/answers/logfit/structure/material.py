"""What is learned from: the events of a log as numbers, case by case, with what is known of their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure.departments import Departments
from sim.answers.logfit.structure.leaving import left
from sim.answers.logfit.structure.settings import Settings
from sim.eventlog.counted import case_table, codes_of
from sim.eventlog.flow import by_week
from sim.eventlog.log import EventLog
from sim.eventlog.selected import only_finished, selected
from sim.vocab import WEEK
from sim.words import words

texts = words("logstructure")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LONG_VISITS = 2.5
"""Events of a department before it passes a case on, from which on it is told where the case came from."""

FOR_SENDERS = 0.67
"""Share of all kinds that may be the same activity in the same department, told apart by where cases came from."""

LATELY = 0.0625
"""Half-life of what is frequent enough to be told apart, as a share of the span of the log."""

FEW_OPEN = 0.02
"""Share of cases that are open up to which those that were selected by their end are taken to have ended."""

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
        Activity and department of each token, as numbers, and from which department the case came to that one (counted
        from 1; 0 = from none, or from a rare one): what is sent back goes to where it came from.
    activities
        What activities are called.
    first
        Which events are the first of their case.
    left
        The chance that each case has left.
    seen_from
        From when on all that happened is seen: before, where cases were selected by their end, only what those did that
        went on until then.
    arrival
        When each case began.
    stands_for
        For how many cases that came when it did each one stands: more than one where a log holds only finished cases,
        and long ones that began late are missing.
    only_finished
        Whether the log holds only finished cases.
    until
        When the log was taken.
    started
        Whether it is known when events began.
    rare
        Share of events that are done too rarely where they are done to be told apart: one kind in each department.
    """

    case: Ints
    token: Ints
    begin: Floats
    end: Floats
    kinds: Ints
    activities: tuple[str, ...]
    first: Bools
    left: Floats
    seen_from: float
    arrival: Floats
    stands_for: Floats
    only_finished: bool
    until: float
    started: bool
    rare: float

    @property
    def department(self) -> Ints:
        """The department of each event."""
        return self.kinds[self.token, 1]

    def weight(self, at: Floats, case: Ints, until: float, half_life: float) -> Floats:
        """Return what events of cases count of which the older count less.

        Where a log holds only finished cases, it is by when these ended: of all that end at some time long cases are as
        many as they should be, while of those that came late only short ones are there. What is missing at the begin of
        the log, where only short cases had ended, is filled up.

        Parameters
        ----------
        at, case
            When each event was, and its case.
        until
            When an event counts in full.
        half_life
            Weeks after which it counts half; 0 = all count alike.
        """
        if not self.only_finished:
            return np.where(at >= self.seen_from, fading(at, until, half_life), 0.0)
        finish = self.finish[case]
        first = float(self.arrival.min())
        span = max(until - first, 1e-9)
        length = np.clip(finish - self.arrival[case], 0.0, span)
        room = _mass(span - length, half_life) / _mass(np.array(span), half_life)
        return fading(finish, until, half_life) / np.maximum(room, 1.0 / MOST_UNSEEN)

    def counted_at(self, at: Floats, case: Ints) -> Floats:
        """Return when events of cases count as having been: where only finished cases are known, when these ended."""
        return self.finish[case] if self.only_finished else at

    @property
    def finish(self) -> Floats:
        """When the last event of each case ended."""
        found = np.full(len(self.arrival), -np.inf)
        np.maximum.at(found, self.case, self.end)
        return found

    @property
    def cut_end(self) -> Floats:
        """When each event ended, or when the next one of its case began, if that was earlier."""
        then = np.append(self.begin[1:], np.inf)
        return np.minimum(self.end, np.where(self.last, np.inf, then))

    @property
    def overlapping(self) -> float:
        """Share of events that went on when the next one of their case had begun."""
        inner = ~self.last
        return float((self.cut_end < self.end)[inner].mean()) if inner.any() else 0.0

    @property
    def last(self) -> Bools:
        """Which events are the last of their case."""
        return np.append(self.first[1:], True)


def fading(at: Floats, until: float, half_life: float) -> Floats:
    """Return what moments count of which the older count less; all alike where `half_life` (weeks) is 0."""
    if half_life <= 0.0:
        return np.ones(len(at))
    return np.asarray(0.5 ** (np.maximum(until - at, 0.0) / (half_life * WEEK)))


def _mass(hours: Floats, half_life: float) -> Floats:
    """Return what all moments of the last hours count together, up to a factor."""
    return hours if half_life <= 0.0 else np.asarray(1.0 - 0.5 ** (hours / (half_life * WEEK)))


def material_of(log: EventLog, departments: Departments, settings: Settings, like: Material | None = None) -> Material:
    """Return the events of a log as numbers; where they are to be those of another material, with its tokens."""
    started = "start" in log.known
    begins, ends = log.begins, log.events["end"].to_numpy(dtype=np.float64)
    case = log.events["case"].to_numpy(dtype=np.int64)
    # as ends may be booked one over another, who began first is first
    order = np.lexsort((np.arange(len(case)), ends, begins, case)) if started else np.arange(len(case))
    activity, names = codes_of(log.events["activity"]), tuple(map(str, log.events["activity"].cat.categories))
    department = departments.codes(log)
    first = log.first_of_case
    sender = _senders(department[order], first)
    if like is None:
        kinds, token, rare = _kinds(activity[order], department[order], sender, _late(ends[order], log.until), settings)
        names = (*names, texts.OTHER.en) if rare > 0.0 else names
    else:
        kinds, token, rare = like.kinds, _tokens(activity[order], names, department[order], sender, like), like.rare
    arrival = log.arrivals
    gone = _left(log, (activity[order], token), begins[order], np.maximum(ends, begins)[order])
    only = (not settings.whole and only_finished(log)) if like is None else like.only_finished
    seen_from, ended = _seen_from(log, gone) if like is None and not only else (-np.inf, False)
    only = only or ended
    if like is None and (only or gone.max(initial=0.0) < 0.5):
        gone = np.ones(len(log.cases))  # else nobody could tell where cases leave
    room = log.until - arrival
    return Material(
        case=case[order],
        token=token,
        begin=begins[order],
        end=np.maximum(ends[order], begins[order]),
        kinds=kinds,
        activities=names if like is None else like.activities,
        first=log.first_of_case,
        left=gone,
        seen_from=seen_from,
        arrival=arrival,
        stands_for=_stands_for(log.finishes - arrival, room) if only else np.ones(len(arrival)),
        only_finished=only,
        until=log.until,
        started=started,
        rare=rare,
    )


def _left(log: EventLog, kinds: Sequence[Ints], begin: Floats, end: Floats) -> Floats:
    """Return the chance that each case has left."""
    last = np.append(log.first_of_case[1:], True)
    then = np.where(last, log.until, np.append(begin[1:], log.until))
    return left(kinds, np.maximum(then - end, 0.0), ~last)[last]


def _seen_from(log: EventLog, gone: Floats) -> tuple[float, bool]:
    """Return from when on all is seen, where cases were selected by their end, and whether then all had ended."""
    table = case_table(log)
    whole = selected(log, table, by_week(log, table)).ended_from is not None and table["open"].mean() < FEW_OPEN
    table = table.assign(open=gone < 0.5)
    found = selected(log, table, by_week(log, table)).ended_from
    return -np.inf if found is None else min(found, float(log.events["end"].max())), bool(whole)


def _senders(department: Ints, first: Bools) -> Ints:
    """Return from which department a case came to the one that it is in, counted from 1; 0 while it was in no other.

    Where departments do but one or two events before they pass a case on, memory of events tells it as well: then 0.
    """
    came = first | np.append(True, department[1:] != department[:-1])
    if len(came) < LONG_VISITS * came.sum():
        return np.zeros(len(department), dtype=np.int64)
    begin = np.flatnonzero(came)[np.cumsum(came) - 1]
    return np.where(first[begin], 0, department[begin - 1] + 1).astype(np.int64)


def _kinds(
    activity: Ints, department: Ints, sender: Ints, counts: Floats, settings: Settings
) -> tuple[Ints, Ints, float]:
    """Return what is done where, and where it came from, which of these each event is, and the share of rare ones.

    Where there would be too many, the rare ones of each department are one kind: cases are passed on as in the log.
    """
    several = int(department.max(initial=0)) + 1
    other = int(activity.max(initial=0)) + 1
    pair = activity * several + department
    found, place = np.unique(pair, return_inverse=True)
    count = np.bincount(place, counts, len(found))
    rare = 0.0
    if len(found) > settings.kinds:
        kept = np.zeros(len(found), dtype=bool)
        kept[np.argsort(-count, kind="stable")[: max(0, settings.kinds - several)]] = True
        rare = float((~kept)[place].mean())
        found = np.where(kept, found, other * several + found % several)
        pair = found[place]
        found = np.unique(found)
    # where a case came from is told as far as there is room, the frequent ones first
    room = max(settings.steps // 3, int(settings.kinds * FOR_SENDERS) - len(found))
    full = pair * (several + 1) + sender
    sent, count = np.unique(full[sender > 0], return_counts=True)
    told = sent[np.argsort(-count, kind="stable")][:room]
    full = np.where(np.isin(full, told), full, pair * (several + 1))
    kinds, place = np.unique(full, return_inverse=True)
    pairs = kinds // (several + 1)
    table = np.column_stack([pairs // several, pairs % several, kinds % (several + 1)])
    return table.astype(np.int64), place.astype(np.int64), rare


def _late(ends: Floats, until: float) -> Floats:
    """Return what events count where the frequent ones are told apart: those of late more."""
    span = (until - float(ends.min(initial=until))) / WEEK
    return fading(ends, until, LATELY * span)


def _tokens(activity: Ints, names: tuple[str, ...], department: Ints, sender: Ints, like: Material) -> Ints:
    """Return which of the kinds of another material each event is; -1 where there is none with its activity."""
    code = {name: number for number, name in enumerate(like.activities)}
    known = np.array([code.get(name, -1) for name in names], dtype=np.int64)[activity]
    exact = {tuple(map(int, kind)): number for number, kind in enumerate(like.kinds)}
    usual = {int(kind[0]): number for number, kind in reversed(list(enumerate(like.kinds)))}
    other = len(like.activities) - 1 if like.rare > 0.0 else -1

    def token(kind: tuple[int, int, int]) -> int:
        near = (kind, (*kind[:2], 0), (other, *kind[1:]), (other, kind[1], 0))
        return next((exact[one] for one in near if one in exact), usual.get(kind[0], -1))

    there = zip(known.tolist(), department.tolist(), sender.tolist(), strict=True)
    return np.array([token(kind) for kind in there], dtype=np.int64)


def _stands_for(length: Floats, room: Floats) -> Floats:
    """Return for how many cases each one stands of which only those were seen that took no longer than there was room.

    The distribution of lengths under this selection is the product-limit estimate with time reversed: of those that
    could have been seen to take as long, which share was shorter.
    """
    length, room = np.maximum(length, 0.0), np.maximum(room, length)
    order = np.argsort(length, kind="stable")
    values, counts = np.unique(length[order], return_counts=True)
    at_risk = np.searchsorted(length[order], values, side="right") - np.searchsorted(np.sort(room), values, side="left")
    survive = np.where(at_risk > 0, 1.0 - counts / np.maximum(at_risk, 1), 1.0)
    below = np.append(np.cumprod(np.maximum(survive, 1e-3)[::-1])[::-1][1:], 1.0)  # up to and with each value
    seen = below[np.clip(np.searchsorted(values, room, side="right") - 1, 0, len(values) - 1)]
    return np.asarray(1.0 / np.maximum(seen, 1.0 / MOST_UNSEEN))
