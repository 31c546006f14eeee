"""From when to when a log is kept."""

from __future__ import annotations

import math
from numbers import Integral
from typing import Any

from sim.outcome import Outcome
from sim.scenario import Scenario
from sim.vocab import WEEK

Log = bool | tuple[int, int]
"""Whether a log is kept: of everything, or of what touches the weeks from the first to the last."""

ALWAYS = (0.0, math.inf)


def window_of(log: Any, scenario: Scenario) -> tuple[float, float] | None:
    """Return from when to when a log is kept, in calendar hours; None where none is.

    Parameters
    ----------
    log
        As somebody gave it.
    scenario
        What is run; week 0 is the first that counts.

    Raises
    ------
    ValueError
        If it is neither yes or no nor two weeks in order.
    """
    if isinstance(log, bool) or log is None:
        return ALWAYS if log else None
    if not _is_pair(log) or log[0] > log[1]:
        raise ValueError(f"log: found {log!r}, expected True, False or (first week, last week)")
    first, last = map(int, log)
    begin = scenario.window[0]
    return begin + first * WEEK, begin + (last + 1) * WEEK


def _is_pair(log: Any) -> bool:
    whole = isinstance(log, tuple | list) and all(isinstance(n, Integral) and not isinstance(n, bool) for n in log)
    return whole and len(log) == 2


def touching(outcome: Outcome, begin: Any, end: Any) -> Any:
    """Return which intervals touch the time for which a log is kept; what has not ended ends after it."""
    first, last = outcome.logged or ALWAYS
    return (begin < last) & ~(end < first)
