"""Doing nothing clever: the last weeks once more, cases drawn at random, and one half of the test for the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.judge.drawing import drawn
from sim.answers.judge.forecasts import Asked, Forecast
from sim.eventlog.endings import endings
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

REPLAY, RANDOM, FLOOR = "replay", "random", "floor"


@dataclass(frozen=True)
class Same:
    """A forecast without luck."""

    made: EventLog

    def log(self, number: int) -> EventLog:
        """Return it."""
        del number
        return self.made


class Replay:
    """The last cases of the training part once more, whole weeks later.

    Where cases are counted, as many as are asked for: of as few whole weeks before the test as hold so many, the first
    ones. Where they are not, all that happened in as many whole weeks before the cut as there are after it. If the
    training part is shorter, again and again.
    """

    name = REPLAY

    def learn(self, train: EventLog, asked: Asked) -> Forecast:
        """Return the log that is the only forecast."""
        return Same(_last_weeks(train, asked) if asked.cases is None else _last_cases(train, asked.begin, asked.cases))


def _last_cases(train: EventLog, begin: float, cases: int) -> EventLog:
    arrivals = np.sort(train.arrivals)
    enough = arrivals[-cases] if cases <= len(arrivals) else arrivals[0]
    weeks = max(np.ceil((begin - enough) / WEEK), 1.0)
    if cases > len(arrivals):  # all whole weeks that there are, again and again
        weeks = max(np.floor((begin - enough) / WEEK), 1.0)
    period = weeks * WEEK
    order = np.argsort(train.arrivals, kind="stable")
    rows = order[arrivals >= begin - period]
    taken = np.resize(rows, cases)
    return drawn(train, taken, period * (1 + np.arange(cases) // len(rows)))


def _last_weeks(train: EventLog, asked: Asked) -> EventLog:
    begin = asked.begin
    weeks = np.ceil((asked.end - begin) / WEEK)
    known = max(np.floor((begin - train.begins.min()) / WEEK), 1.0)
    period = min(weeks, known) * WEEK
    going = train.finishes >= begin - period
    rows = np.flatnonzero(going)
    cut = train.happened(begin - period, begin)  # without what came before, for the second time and all after
    again = np.arange(len(cut.cases))
    times = range(2, int(np.ceil(weeks * WEEK / period)) + 1)
    first = drawn(train, rows, np.full(len(rows), period))
    return joined([first, *(drawn(cut, again, np.full(len(again), number * period)) for number in times)])


def joined(parts: list[EventLog]) -> EventLog:
    """Return the cases of several logs of the same kind as one."""
    if len(parts) == 1:
        return parts[0]
    before = np.cumsum([0, *(len(one.cases) for one in parts)])
    events = pd.concat([one.events.assign(case=one.events["case"] + k) for one, k in zip(parts, before, strict=False)])
    for name in ("activity", "group", "resource"):  # no categories any more where they differed
        events[name] = events[name].astype("category")
    cases = pd.concat([one.cases for one in parts], ignore_index=True)
    cases["case"] = [str(number) for number in range(len(cases))]
    until = max(one.until for one in parts)
    return replace(parts[0], events=events.reset_index(drop=True), cases=cases, until=until)


@dataclass(frozen=True)
class Drawn:
    """Random cases of the training part, each at the hour of the week at which it arrived, in a week drawn by lot.

    Attributes
    ----------
    train
        Where they are from.
    rows
        Those that may be drawn.
    rate
        Arrivals an hour.
    asked
        What is forecast.
    """

    train: EventLog
    rows: NDArray[np.int64]
    rate: float
    asked: Asked

    def log(self, number: int) -> EventLog:
        """Draw one."""
        luck = np.random.default_rng([self.asked.seed, number])
        arrivals, begin = self.train.arrivals, self.asked.begin
        if self.asked.cases is not None:
            count, first, hours = self.asked.cases, begin, self.asked.cases / self.rate
        else:
            longest = float((self.train.finishes - arrivals)[self.rows].max())
            first = begin - longest
            hours = self.asked.end - first
            count = int(luck.poisson(self.rate * hours))
        rows = luck.choice(self.rows, count)
        moves = np.ceil((first - arrivals[rows]) / WEEK) * WEEK
        left = first + hours - arrivals[rows] - moves
        moves += np.floor(luck.random(count) * np.maximum(np.ceil(left / WEEK), 1.0)) * WEEK
        found = drawn(self.train, rows, moves)
        return found.only(found.finishes >= begin)


class RandomCases:
    """Cases of the training part drawn at random, arriving as often as there, at the hours of the week they did."""

    name = RANDOM

    def learn(self, train: EventLog, asked: Asked) -> Forecast:
        """Return what is drawn from: all cases, or those that are finished where others are there, too."""
        rows = np.arange(len(train.cases))
        if asked.open_known:
            done = np.flatnonzero(~endings(train).open)
            rows = done if len(done) else rows
        hours = max(train.until - train.begins.min(), WEEK)
        return Drawn(train, rows, len(train.cases) / hours, asked)


def halves(test: EventLog, seed: int, number: int) -> tuple[EventLog, EventLog]:
    """Return both halves of the cases of a log, by lot."""
    order = np.random.default_rng([seed, number]).permutation(len(test.cases))
    mine = np.zeros(len(test.cases), dtype=bool)
    mine[order[: len(order) // 2]] = True
    return test.only(mine), test.only(~mine)
