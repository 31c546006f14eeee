"""Two ways to split a log by time: as published comparisons do it, and as somebody has to forecast who stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.answers.judge.forecasts import Asked
from sim.eventlog.log import EventLog
from sim.eventlog.selected import only_finished

Protocol = Literal["published", "forecast"]

PROTOCOLS: tuple[Protocol, ...] = ("published", "forecast")

SHARE = 0.8
"""Of the events that are learned from, where nothing else is said."""

FEWEST = 2
"""Cases that either part has to have."""


@dataclass(frozen=True, eq=False)
class Split:
    """A log, split.

    Attributes
    ----------
    protocol
        How.
    train
        What is learned from.
    test
        What is compared with: whole cases, of which only events from `begin` on are judged.
    begin
        The hour from which on events are judged.
    end
        When the log ends.
    cases
        How many cases a forecast has; None where it has to know itself.
    dropped
        Cases that are in neither part, because they had begun before the cut and ended after it.
    going_on
        Cases that had begun before the cut and go on after it, and are in both.
    finished
        Whether the log holds only cases that had ended by its end, so that a forecast is to be judged by its own such.
    """

    protocol: Protocol
    train: EventLog
    test: EventLog
    begin: float
    end: float
    cases: int | None
    dropped: int
    going_on: int
    finished: bool = False

    def asked(self, number: int, seed: int) -> Asked:
        """Return what is forecast, so many times."""
        return Asked(self.begin, self.end, self.cases, self.cases is None, number, seed)


def split(log: EventLog, protocol: Protocol, share: float = SHARE) -> Split | None:
    """Split a log by time; None where too few cases would be in one of the parts.

    Parameters
    ----------
    log : EventLog
        The whole.
    protocol : {"published", "forecast"}
        ``published``: the first `share` of events, by when they ended, are for learning, the others for the test; cases
        with events in both are dropped from both (`train_test_split.py` of AgentSimulator). ``forecast``: the cut is
        the hour at which that share had ended; all that ended before is known, and nothing is dropped.
    share : float
        Of the events.
    """
    if len(log.cases) < 2 * FEWEST:
        return None
    found = _published(log, share) if protocol == "published" else _forecast(log, share)
    judged = int((found.test.finishes >= found.begin).sum()) if len(found.test.cases) else 0
    return found if len(found.train.cases) >= FEWEST and judged >= FEWEST else None


def _published(log: EventLog, share: float) -> Split:
    case, end = log.events["case"].to_numpy(), log.events["end"].to_numpy()
    order = np.argsort(end, kind="stable")
    number = round(len(order) * share)
    before, after = (np.bincount(case[these], minlength=len(log.cases)) for these in (order[:number], order[number:]))
    train, test = log.only(after == 0), log.only(before == 0)
    cut = float(end[order[min(number, len(order) - 1)]])
    begin = float(test.arrivals.min()) if len(test.cases) else cut
    dropped = int(((before > 0) & (after > 0)).sum())
    return Split("published", replace(train, until=cut), test, begin, log.until, len(test.cases), dropped, 0)


def _forecast(log: EventLog, share: float) -> Split:
    end = log.events["end"].to_numpy()
    cut = float(np.sort(end)[min(round(len(end) * share), len(end) - 1)])
    train = log.happened(-np.inf, cut)
    test = log.only(log.finishes >= cut)
    first = test.events["end"].to_numpy()[test.first_of_case]
    return Split("forecast", train, test, cut, log.until, None, 0, int((first < cut).sum()), only_finished(log))
