"""What a forecast of the rest of a log is asked for, and what gives one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sim.eventlog.log import EventLog


@dataclass(frozen=True, slots=True)
class Asked:
    """What is forecast.

    Attributes
    ----------
    begin
        The hour from which on events are forecast: under ``published`` when the first case of the test arrives, under
        ``forecast`` the cut.
    end
        The hour at which the log ends: what has not ended by then is not in the test.
    cases
        How many cases arrive; None where that is to be forecast, too.
    open_known
        Whether cases that have begun before `begin` belong to it: their history is in the training part, and what they
        do from `begin` on is in the test. If not, all cases are new and the training part has finished ones only.
    number
        How many logs are simulated.
    seed
        With the number of a log, the address of all luck.
    """

    begin: float
    end: float
    cases: int | None
    open_known: bool
    number: int
    seed: int


class Forecast(Protocol):
    """What was learned, ready to be simulated."""

    def log(self, number: int) -> EventLog:
        """Return one simulated log, on the clock of the training part (the same origin and zone).

        Cases that had begun before may have their history: events that ended before `Asked.begin` are not judged, but
        tell what came before. Cases that did nothing from then on are left out of the judgment, as is whatever ends
        after `Asked.end` where open cases are known.

        Parameters
        ----------
        number
            From 0 on; the same gives the same.
        """
        ...


class Forecaster(Protocol):
    """A way to forecast the rest of a log.

    Attributes
    ----------
    name
        Of its column.
    """

    name: str

    def learn(self, train: EventLog, asked: Asked) -> Forecast:
        """Learn from the training part alone.

        Raises
        ------
        ValueError
            If nothing can be learned of it; what it says is told.
        """
        ...
