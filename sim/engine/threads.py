"""Work that is done by threads of this process."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from sim.engine.task import One

_AHEAD = 2
"""Tasks that are begun, or done and not yet asked for, for each thread."""


@dataclass(frozen=True, slots=True)
class Threads:
    """Tasks are worked on by threads of this process.

    Parameters
    ----------
    count : int, optional
        How many at once: by default one for each core, and tasks that call code of somebody's own one after another.
        Any number gives the same bits.
    """

    count: int | None = None

    def results(self, tasks: Iterable[One]) -> Iterator[tuple[One, Any]]:
        """Yield every task with what came of it, in order; whoever stops asking stops the work."""
        rest = iter(tasks)
        first = next(rest, None)
        if first is None:
            return
        first.prepare()
        workers = self.count or os.cpu_count() or 1
        pool = ThreadPoolExecutor(workers)
        try:
            yield from self._in_order(pool, chain([first], rest), _AHEAD * workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _in_order(self, pool: ThreadPoolExecutor, tasks: Iterator[One], ahead: int) -> Iterator[tuple[One, Any]]:
        """Yield results in order, no more tasks being begun or kept ahead than workers need."""
        waiting: deque[tuple[One, Future[Any] | None]] = deque()
        while True:
            waiting += [(one, self._begun(pool, one)) for one in islice(tasks, ahead - len(waiting))]
            if not waiting:
                return
            task, future = waiting.popleft()
            yield task, task.work() if future is None else future.result()

    def _begun(self, pool: ThreadPoolExecutor, task: One) -> Future[Any] | None:
        """Begin a task; None where it is done here, when its turn comes."""
        return None if self.count is None and task.asks else pool.submit(task.work)
