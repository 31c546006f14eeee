"""Where replications are worked on: blocks of work go in, what is kept of each comes out, in order.

This is the one seam between what is to be run and what runs it. Here threads do it; the kernel lets go of Python's
lock, so they are as good as processes. Whatever else is to do it later needs `results` only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from sim.compile import Compiled
from sim.hooks import HookError, acting
from sim.outcome import Outcome, Window, simulate, warm_up

if TYPE_CHECKING:
    from sim.agents import Departments

Keep = Callable[[Outcome], Any]
"""What is kept of a replication; a function that has a name, so that it can be sent elsewhere."""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some replications of one scenario, worked on in one go.

    Attributes
    ----------
    label
        Which of the scenarios of a study it belongs to.
    compiled
        The scenario, ready to run.
    keep
        What is kept of each replication.
    seed, replications
        The luck, and the numbers of the replications.
    department
        Departments that somebody wrote in Python.
    events, follow
        Whether the event log is written, and whether trust of every pair is written down day by day.
    log
        From when to when everything that happens is kept, in calendar hours; None where it is not.
    """

    label: str
    compiled: Compiled
    keep: Keep
    seed: int
    replications: range
    department: Departments | None = None
    events: bool = False
    follow: bool = False
    log: Window | None = None

    @property
    def asks(self) -> bool:
        """Whether Python is asked at the end of every day."""
        return self.department is not None or acting(self.compiled.scenario.interventions)


@dataclass(frozen=True, eq=False, slots=True)
class Failure:
    """A replication that failed: one sentence, and the error that says more where all of them fail."""

    sentence: str
    error: HookError | MemoryError | None = None


def work(block: Block) -> list[Any]:
    """Return what is kept of each replication of a block, or why it failed."""
    way = _way(block)
    return [_one(block, way, number) for number in block.replications]


def _way(block: Block) -> Callable[..., Outcome]:
    """Return how a replication is run: in one go, or day by day where somebody wants to be asked."""
    if not block.asks:
        return simulate
    from sim.live import way_with  # Mesa takes longer to load than most runs take

    return way_with(block.compiled, block.department)


def _one(block: Block, way: Callable[..., Outcome], number: int) -> Any:
    try:
        asked = {"events": block.events, "follow": block.follow, "log": block.log}
        return block.keep(way(block.compiled, block.seed, number, **asked))
    except HookError as error:
        return Failure(str(error), error)
    except MemoryError as error:
        return Failure(f"replication {number} failed: not enough memory", error.with_traceback(None))
    except ArithmeticError as error:
        return Failure(f"replication {number} failed: {type(error).__name__} {error}".strip())


class Engine(Protocol):
    """What works on blocks."""

    def results(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Any]]]:
        """Yield every block with what is kept of its replications, in order; whoever stops asking stops the work."""


@dataclass(frozen=True, slots=True)
class Threads:
    """Blocks are worked on by threads of this process.

    Parameters
    ----------
    count : int, optional
        How many at once: by default one for each core, and one where hooks are to be asked. Any number gives the same
        bits.
    """

    count: int | None = None

    def results(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Any]]]:
        """Yield every block with what is kept of its replications, in order."""
        if not blocks:
            return
        warm_up(blocks[0].compiled)
        if self.count is None and any(block.asks for block in blocks):
            yield from ((block, work(block)) for block in blocks)
            return
        workers = min(len(blocks), self.count or os.cpu_count() or 1)
        pool = ThreadPoolExecutor(workers)
        try:
            yield from _in_order(pool, blocks, 2 * workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order(pool: ThreadPoolExecutor, blocks: Sequence[Block], ahead: int) -> Iterator[tuple[Block, list[Any]]]:
    """Yield results in order, no more blocks being begun or kept ahead than workers need."""
    waiting: list[tuple[Block, Future[list[Any]]]] = []
    rest = iter(blocks)
    while True:
        waiting += [(block, pool.submit(work, block)) for block in islice(rest, ahead - len(waiting))]
        if not waiting:
            return
        block, future = waiting.pop(0)
        yield block, future.result()
