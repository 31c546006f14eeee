"""Looking ahead in a stream of tasks: as many are begun as there is room for, and results come in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sim.engine.task import One

Result = Callable[[], Any]
"""Waits for what comes of a task."""


def in_order(
    tasks: Iterable[One], begin: Callable[[One], Result], room: Callable[[], int]
) -> Iterator[tuple[One, Any]]:
    """Yield tasks with what came of them, in order.

    Parameters
    ----------
    tasks
        A stream; no more of it is read than there is room for.
    begin
        Begins a task.
    room
        How many may be begun, or done and not yet asked for, at this moment.
    """
    rest = iter(tasks)
    waiting: deque[tuple[One, Result]] = deque()
    while True:
        waiting += [(one, begin(one)) for one in islice(rest, max(0, room() - len(waiting)))]
        if not waiting:
            return
        task, result = waiting.popleft()
        yield task, result()
