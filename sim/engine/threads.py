"""Work that is done by threads of this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sim.engine.ahead import Result, in_order
from sim.engine.task import One, Task

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

        def begin(task: Task) -> Result:
            here = self.count is None and task.asks  # done when its turn comes, by whoever asks
            return task.work if here else pool.submit(task.work).result

        try:
            yield from in_order(chain([first], rest), begin, lambda: _AHEAD * workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
