"""Work that is done by processes of this machine, which is worth it where tasks call code of somebody's own.

Each process does one task at a time, so that it is known which task one died of. Executors of the standard library and
of loky are not used, as one process that dies takes all others and their work with it, they run the script that starts
them once more in every process, and loky's processes outlive whoever started them where that is killed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import threading
import weakref
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, islice
from typing import IO, Any, cast

from sim.engine.ahead import Result, in_order
from sim.engine.errors import EngineError
from sim.engine.sent import loads, packed
from sim.engine.started import LOST, started
from sim.engine.task import One, Task
from sim.engine.worker import Answer
from sim.spec.counts import count_of
from sim.words import words

texts = words("engines")

TRIES = 3
"""How often a task is begun whose process dies of it."""

_AHEAD = 3
"""Tasks that are begun, or done and not yet asked for, for each process."""


class DiedError(Exception):
    """A process ended in the middle of its work."""


class Worker:
    """A process that does one task after another, and ends with this one."""

    def __init__(self) -> None:
        self._process = started("from sim.engine.worker import main; main()", stdout=subprocess.PIPE)
        self._ready = False

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def do(self, sent: bytes) -> Answer:
        """Return what comes of a task.

        Raises
        ------
        DiedError
            Where the process ended meanwhile.
        EngineError
            Where it has never been able to do anything.
        """
        if not self._ready:
            self._begin()
        with _dying():
            pickle.dump(sent, cast(IO[bytes], self._process.stdin))
            cast(IO[bytes], self._process.stdin).flush()
        return self._heard()

    def _begin(self) -> None:
        try:
            self._ready = self._heard().kind == "ready"
        except DiedError:
            code = self._process.wait()
            if code < 0:  # killed
                raise
            raise EngineError(texts.NOT_STARTED.format(why=texts.ENDED.format(code=code))) from None

    def _heard(self) -> Answer:
        with _dying():
            told = pickle.load(cast(IO[bytes], self._process.stdout))
        return cast(Answer, loads(told))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent yet
                cast(IO[bytes], pipe).close()


@contextlib.contextmanager
def _dying() -> Iterator[None]:
    """Take a pipe that ends, or is closed, for the end of the process."""
    try:
        yield
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        raise DiedError from None


class Processes:
    """Tasks are worked on by processes of this machine, which stay for whatever is asked next.

    A task whose process is killed is begun again by another one; the processes end when this one does, however it ends.

    Parameters
    ----------
    count : int, optional
        How many; by default one for each core. Any number gives the same bits.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = (os.cpu_count() or 1) if count is None else count_of("workers", count, 1)
        self._idle: deque[Worker] = deque()
        self._lock = threading.Lock()
        self._end = weakref.finalize(self, _end_all, self._idle)

    def results(self, tasks: Iterable[One]) -> Iterator[tuple[One, Any]]:
        """Yield every task with what came of it, in order; whoever stops asking stops the work."""
        rest = iter(tasks)
        first = list(islice(rest, self.count))
        if not first:
            return
        self._idle.extend(Worker() for _ in range(len(first) - len(self._idle)))
        first[0].prepare()  # so that what is compiled for all is not compiled by each
        pool, turn = ThreadPoolExecutor(self.count), _Turn(self._idle, self._lock)
        try:
            begin, room = partial(_begin, pool, turn), _AHEAD * self.count
            yield from in_order(chain(first, rest), begin, lambda: room)
        finally:
            turn.stop()
            pool.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """End the processes; others are started where more is asked for."""
        _end_all(self._idle)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _begin(pool: ThreadPoolExecutor, turn: _Turn, task: Task) -> Result:
    return pool.submit(turn.do, task).result


class _Turn:
    """What is asked of processes at one time."""

    def __init__(self, idle: deque[Worker], lock: threading.Lock) -> None:
        self._idle, self._lock = idle, lock
        self._busy: set[Worker] = set()
        self._stopped = False

    def do(self, task: Task) -> Any:
        """Return what comes of a task; where its process dies, another one begins it again."""
        sent = packed(task)
        for _ in range(TRIES):
            worker = self._taken()
            try:
                answer = worker.do(sent)
            except DiedError:
                self._ended(worker)
            except EngineError:
                self._ended(worker)
                raise
            else:
                self._given_back(worker)
                return answer.result()
        return task.lost(LOST)

    def _taken(self) -> Worker:
        with self._lock:
            if self._stopped:
                raise DiedError
            while self._idle and not self._idle[-1].alive:  # killed while it had nothing to do
                self._idle.pop().end()
            worker = self._idle.pop() if self._idle else Worker()
            self._busy.add(worker)
            return worker

    def _given_back(self, worker: Worker) -> None:
        with self._lock:
            if worker in self._busy:
                self._busy.remove(worker)
                self._idle.append(worker)

    def _ended(self, worker: Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
        worker.end()

    def stop(self) -> None:
        """End the processes that are at work; no other takes their place."""
        with self._lock:
            self._stopped, busy = True, tuple(self._busy)
            self._busy.clear()
        _end_all(busy)


def _end_all(workers: Collection[Worker]) -> None:
    for worker in tuple(workers):
        worker.end()
    if isinstance(workers, deque):
        workers.clear()
