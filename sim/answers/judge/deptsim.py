"""The organization that is learned from the training part, as a forecast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answers.judge.baselines import joined
from sim.answers.judge.booking import booked_like
from sim.answers.judge.forecasts import Asked
from sim.answers.judge.histories import Histories
from sim.answers.logfit.structure import Learned, learn
from sim.answers.logfit.structure.building import OPEN
from sim.answers.logfit.structure.settings import Settings
from sim.eventlog.log import EventLog
from sim.eventlog.simulated import simulated
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import DAY, WEEK

DEPTSIM = "deptsim"

ROOM = 1.3
"""Times as long as it takes on average until so many cases have come."""

NEARLY_ALL = 0.99
"""Of the cases, whose times from first to last event are what it takes until an empty organization is as usual."""

DONE, MOST = 0.6, 4
"""Share of the cases of a window that are expected to be done at its end, and runs that are put together at most."""


class Deptsim:
    """An organization learned from the training part, and simulated.

    Where all cases are new, it begins empty in the week in which the first one arrives, and of those that are done
    when the log ends any count, as many as are asked for: in the test there are no others, either.

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
        # what a log is cut at is known: cases that go on then are there, whatever was left out of the whole
        learned = learn(train, settings=Settings(whole=asked.open_known))
        return Simulations(learned, train, asked, self.threads)


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
        asked, together = self.asked, self._together
        scenario = self._going_on() if asked.open_known else self._from_empty()
        ran = run(scenario, asked.number * together, asked.seed, threads=self.threads, events=True, keep=_log_of)
        if ran.kept is None or len(ran.kept) < asked.number * together:
            raise ValueError("; ".join(dict.fromkeys(ran.errors)) or scenario.name)
        kept: Any = ran.kept
        made = [(booked_like(_on_clock_of(log, self.train), self.train), opened) for log, opened in kept]
        if asked.cases is None:
            past = Histories(self.learned.grouped(self.train), asked.begin)
            return [
                past.before(log, opened, np.random.default_rng([asked.seed, k])) for k, (log, opened) in enumerate(made)
            ]
        logs = [log for log, _ in made]
        return [self._chosen(logs[k * together : (k + 1) * together], k, asked.cases) for k in range(asked.number)]

    @property
    def _per_week(self) -> float:
        return float(sum(one.demand.per_week or 0.0 for one in self.learned.scenario.processes.values()))

    @property
    def _together(self) -> int:
        """How many runs it takes until enough cases are done when the log ends."""
        asked = self.asked
        if asked.cases is None:
            return 1
        come = self._per_week * max((asked.end - asked.begin) / WEEK, 1.0)
        return int(np.clip(np.ceil(asked.cases / (DONE * come)), 1, MOST))

    def _from_empty(self) -> Scenario:
        """Return the organization as it is run where all cases are new: from the Monday before the first arrives."""
        asked, train = self.asked, self.train
        usual = float(np.quantile(train.finishes - train.arrivals, NEARLY_ALL))
        cases = asked.cases or 0
        first = np.floor(asked.begin / WEEK)
        until = max(asked.begin + ROOM * WEEK * (cases / self._per_week + 1.0) + usual, asked.end)
        begins = train.origin + dt.timedelta(weeks=float(first))
        weeks = float(np.ceil(until / WEEK) - first)
        scenario = self.learned.beginning(begins.date())
        return scenario.model_copy(update={"horizon_weeks": weeks, "warmup_weeks": 0.0})

    def _going_on(self) -> Scenario:
        """Return the organization as it is run where it has cases to begin with."""
        scenario = self.learned.starting_at(self.train, self.asked.begin)
        hours = self.asked.end - np.floor(self.asked.begin / DAY) * DAY
        return scenario.model_copy(update={"horizon_weeks": max(float(np.ceil(hours / WEEK)), 1.0)})

    def _chosen(self, made: list[EventLog], number: int, cases: int) -> EventLog:
        """Return so many cases: any of those that are done when the log ends, and the next ones if they are too few."""
        log = joined(made)
        arrivals = log.arrivals
        late = log.finishes > self.asked.end
        new = np.flatnonzero(arrivals >= self.asked.begin)
        lot = np.random.default_rng([self.asked.seed, number]).random(len(arrivals))
        order = new[np.lexsort((np.where(late, arrivals, lot)[new], late[new]))]
        chosen = np.zeros(len(log.cases), dtype=bool)
        chosen[order[:cases]] = True
        return log.only(chosen)


def _log_of(result: RunResult) -> tuple[EventLog, NDArray[np.bool_]]:
    """Return the log of a run, and which of its cases were open when it began."""
    about = result.cases
    log = simulated(result, int(about["replication"].iloc[0]) if len(about) else 0)
    opened = about.loc[about["process"] == OPEN, "case"].astype(str)
    return log, log.cases["case"].isin(opened).to_numpy()


def _on_clock_of(made: EventLog, log: EventLog) -> EventLog:
    """Return a log with its times on the clock of another."""
    hours = (made.origin - log.origin) / dt.timedelta(hours=1)
    events, cases = made.events.copy(), made.cases.copy()
    events[["start", "end"]] += hours
    cases["due"] += hours
    return replace(made, events=events, cases=cases, origin=log.origin, zone=log.zone, until=made.until + hours)
