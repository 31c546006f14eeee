"""What handlers may open: every one says, beside its code, how many rows one visit to it can take at most.

Compiled code does not look whether a row is there. So the kernel asks, before each stage of a request and each event,
whether there is room for whatever they may open: the sum of what all handlers say.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Times = Literal["once", "branches", "asked", "told", "questions"]
"""How often in one stage: once; for every step of a process; for everybody whom a step consults, or informs; for every
question that a meeting has time for."""


class Opens(NamedTuple):
    """Rows that one visit to a handler opens at most."""

    requests: int = 0
    events: int = 0
    defects: int = 0
    times: Times = "once"


def most(declared: Iterable[Opens], times: Mapping[Times, int]) -> int:
    """Return how many rows of one kind a single stage can open at most.

    Parameters
    ----------
    declared : iterable of Opens
        What the handlers say.
    times : mapping of str to int
        How often each is visited in a stage, by what it depends on in a scenario.

    Returns
    -------
    int
        Rows, of requests, events or defects, whichever are most.

    Examples
    --------
    >>> from sim.kernel.opens import Opens, most
    >>> most([Opens(requests=1), Opens(requests=2, events=1, times="asked")], {"once": 1, "asked": 3})
    7
    """
    rows = [(times[one.times] * one.requests, times[one.times] * one.events, times[one.times] * one.defects)
            for one in declared]  # fmt: skip
    return max(map(sum, zip(*rows, strict=True)))
