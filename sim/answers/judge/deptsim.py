"""The organization that is learned from the training part, as a forecast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.answers.judge.forecasts import Asked
from sim.eventlog.log import EventLog

DEPTSIM = "deptsim"


@dataclass(eq=False)
class Simulations:
    """Runs of a learned organization, as logs on the clock of what it was learned from."""

    learned: Any
    train: EventLog
    asked: Asked
    threads: int | None
    made: list[EventLog] = field(default_factory=list)

    def log(self, number: int) -> EventLog:
        """Return one; all are run when the first is asked for."""
        raise NotImplementedError

    def grouped(self, log: EventLog) -> EventLog:
        """Return a log whose groups are departments."""
        found: EventLog = self.learned.grouped(log)
        return found


class Deptsim:
    """An organization learned from the training part, and simulated."""

    name = DEPTSIM

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads

    def learn(self, train: EventLog, asked: Asked) -> Simulations:
        """Learn one."""
        raise ValueError("not yet")
