"""The organization that is learned from the training part, as a forecast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np

from sim.answers.judge.forecasts import Asked
from sim.answers.logfit.structure import Learned, learn
from sim.eventlog.log import EventLog
from sim.eventlog.simulated import simulated
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import WEEK

DEPTSIM = "deptsim"

ROOM = 1.3
"""Times as long as it takes on average until so many cases have come."""

NEARLY_ALL = 0.99
"""Of the cases, whose times from first to last event are what it takes until an empty organization is as usual."""

LONGEST = 104
"""Weeks for which it is run before at most."""


class Deptsim:
    """An organization learned from the training part, and simulated.

    Where all cases are new, it begins empty in the week in which the first one arrives, and of those that are done
    when the log ends the first ones count, as many as are asked for: in the test there are no others, either.

    Parameters
    ----------
    threads
        Runs at a time; all threads of this machine, where nothing is said.
    """

    name = DEPTSIM

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads

    def learn(self, train: EventLog, asked: Asked) -> Simulations:
        """Learn one.

        Raises
        ------
        ValueError
            If no scenario can be made of the training part.
        """
        return Simulations(learn(train), train, asked, self.threads)


@dataclass(eq=False)
class Simulations:
    """Runs of a learned organization, as logs on the clock of what it was learned from.

    Attributes
    ----------
    learned
        The organization.
    train
        What it was learned from.
    asked
        What is forecast.
    threads
        Runs at a time.
    """

    learned: Learned
    train: EventLog
    asked: Asked
    threads: int | None
    _made: list[EventLog] = field(default_factory=list)

    def log(self, number: int) -> EventLog:
        """Return one; all are run when the first is asked for."""
        if not self._made:
            self._made = self._run()
        return self._made[number]

    def grouped(self, log: EventLog) -> EventLog:
        """Return a log whose groups are departments."""
        return self.learned.grouped(log)

    def _run(self) -> list[EventLog]:
        asked = self.asked
        scenario = self._scenario()
        ran = run(scenario, asked.number, asked.seed, threads=self.threads, events=True, keep=_log_of)
        if ran.kept is None or len(ran.kept) < asked.number:
            raise ValueError("; ".join(ran.errors["error"].astype(str).unique()) if len(ran.errors) else scenario.name)
        return [self._chosen(_on_clock_of(one, self.train)) for one in ran.kept]

    def _scenario(self) -> Scenario:
        """Return the organization as it is run: from when on, and for how long."""
        asked, train = self.asked, self.train
        usual = float(np.quantile(train.finishes - train.arrivals, NEARLY_ALL))
        before = min(np.ceil(usual / WEEK), LONGEST) if asked.open_known else 0.0
        first = np.floor(asked.begin / WEEK) - before
        until = asked.end
        if asked.cases is not None:
            per_week = sum(one.demand.per_week for one in self.learned.scenario.processes.values())
            until = max(asked.begin + ROOM * WEEK * (asked.cases / per_week + 1.0) + usual, asked.end)
        weeks = float(np.ceil(until / WEEK) - first)
        begins = train.origin + dt.timedelta(weeks=float(first))
        fields = {"starts_on": begins.date().isoformat(), "horizon_weeks": weeks, "warmup_weeks": 0.0}
        return self.learned.scenario.model_copy(update=fields)

    def _chosen(self, log: EventLog) -> EventLog:
        """Return the cases that count, where that many are asked for."""
        if self.asked.cases is None:
            return log
        arrivals, finishes = log.arrivals, log.finishes
        new = np.flatnonzero(arrivals >= self.asked.begin)
        in_time = finishes[new] <= self.asked.end
        order = new[np.lexsort((arrivals[new], ~in_time))]
        chosen = np.zeros(len(log.cases), dtype=bool)
        chosen[order[: self.asked.cases]] = True
        return log.only(chosen)


def _log_of(result: RunResult) -> EventLog:
    return simulated(result, int(result.cases["replication"].iloc[0]) if len(result.cases) else 0)


def _on_clock_of(made: EventLog, log: EventLog) -> EventLog:
    """Return a log with its times on the clock of another."""
    hours = (made.origin - log.origin) / dt.timedelta(hours=1)
    events, cases = made.events.copy(), made.cases.copy()
    events[["start", "end"]] += hours
    cases["due"] += hours
    return replace(made, events=events, cases=cases, origin=log.origin, zone=log.zone, until=made.until + hours)
