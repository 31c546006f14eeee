"""What open cases had done before a cut, put before what is simulated of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.judge.baselines import joined
from sim.eventlog.endings import endings
from sim.eventlog.log import EventLog

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Histories:
    """The open cases of a log at its end, by what they did last.

    A run tells what open cases do next, and not which of them does. So each gets the history of one whose last activity
    is usually followed by what it does first; no history is used twice.

    Parameters
    ----------
    log : EventLog
        What is known until the cut.
    hour : float
        The cut: new cases arrive from then on.
    """

    def __init__(self, log: EventLog, hour: float) -> None:
        self.log, self.hour = log, hour
        case = log.events["case"].to_numpy(dtype=np.int64)
        activity = log.events["activity"].cat.codes.to_numpy(dtype=np.int64)
        self._names = pd.Index(log.events["activity"].cat.categories.astype(str))
        ends = np.append(case[1:] != case[:-1], True) if len(case) else np.zeros(0, dtype=bool)
        self._follows = np.zeros((len(self._names), len(self._names)))
        np.add.at(self._follows, (activity[:-1][~ends[:-1]], activity[1:][~ends[:-1]]), 1.0)
        opened = endings(log).open
        self._open, self._last = np.flatnonzero(opened), activity[ends][opened]

    def before(self, made: EventLog, opened: Bools, luck: np.random.Generator) -> EventLog:
        """Return a simulated log in which open cases have a history, without new ones from before the cut."""
        kept = opened | (made.arrivals >= self.hour)
        made, opened = made.only(kept), opened[kept]
        if not opened.any() or not len(self._open):
            return made
        rows = np.flatnonzero(opened)
        first = self._names.get_indexer(made.events["activity"].astype(str).to_numpy()[made.first_of_case][rows])
        histories = self._matched(first, luck)
        return self._together(made, rows[histories >= 0], histories[histories >= 0])

    def _matched(self, first: Ints, luck: np.random.Generator) -> Ints:
        """Return for each simulated case which open one it is; -1 where none is left."""
        pools = {int(one): list(luck.permutation(self._open[self._last == one])) for one in np.unique(self._last)}
        found = np.full(len(first), -1, dtype=np.int64)
        for place in luck.permutation(len(first)):
            left = [one for one, pool in pools.items() if pool]
            if not left:
                break
            weights = np.array([len(pools[one]) for one in left], dtype=np.float64)
            usual = self._follows[left, first[place]] / np.maximum(self._follows[left].sum(axis=1), 1.0)
            weights = weights * usual if first[place] >= 0 and (weights * usual).sum() > 0 else weights
            chosen = left[int(luck.choice(len(left), p=weights / weights.sum()))]
            found[place] = pools[chosen].pop()
        return found

    def _together(self, made: EventLog, rows: Ints, histories: Ints) -> EventLog:
        """Return a log in which some cases have the events of others before their own."""
        wanted = np.zeros(len(self.log.cases), dtype=bool)
        wanted[histories] = True
        past = self.log.only(wanted)
        both = joined([made, past])
        place = np.cumsum(wanted) - 1
        number = np.arange(len(both.cases))
        number[len(made.cases) + place[histories]] = rows
        events = both.events.copy()
        events["case"] = number[events["case"].to_numpy(dtype=np.int64)]
        events = events.sort_values(["case", "end", "start"], kind="stable", ignore_index=True)
        cases = both.cases.iloc[: len(made.cases)].reset_index(drop=True).copy()
        dates = cases["due"].to_numpy(dtype=np.float64, copy=True)
        dates[rows] = self.log.cases["due"].to_numpy(dtype=np.float64)[histories]
        cases["due"] = dates
        return replace(both, events=events, cases=cases)
