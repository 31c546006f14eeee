"""Work that is done by the workers of a Dask cluster: one that is there, or one of this machine that is started.

Workers may come and go: tasks are given to whoever is there, and those of a worker that is gone to another. Whoever
dies of a task is not told apart from whoever waits behind it, so a task that several workers did not survive is tried
once more, alone, before it is given up.
"""

from __future__ import annotations

import contextlib
import math
import os
import time
import uuid
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, cast

from sim import notices
from sim.engine.ahead import Result, in_order
from sim.engine.errors import EngineError, EngineLostError
from sim.engine.local import Local
from sim.engine.quiet import quiet
from sim.engine.remote import identity
from sim.engine.sent import loads, packed
from sim.engine.started import LOST
from sim.engine.task import One, Task
from sim.engine.worker import Answer
from sim.spec.counts import count_of
from sim.words import words

texts = words("engines")

Client: TypeAlias = Any
Future: TypeAlias = Any
"""Those of `distributed`, which only whoever uses this engine has to have."""

_AHEAD, _LEAST = 3, 8
"""Tasks that are sent, or done and not yet asked for, for each thread of a worker; and however few there are."""

INSTALL = "pip install 'deptsim[cluster]'"
"""What brings the library."""

_LOOK = 2.0
"""Seconds after which it is looked again who is there."""

_UNDER_WAY = ("pending", "lost")
"""What is said of tasks that are not done yet, or done but to be done again, as whoever did them is gone."""

_PATIENCE = 10.0
"""Seconds within which a scheduler has to answer."""


class Dask:
    """Tasks are worked on by the workers of a Dask cluster, which needs the extra ``cluster``.

    Parameters
    ----------
    address : str, optional
        Where the scheduler is, such as ``tcp://10.0.0.1:8786``, or the file in which it has written that. Without one,
        a scheduler and workers are started on this machine, and end with this process.
    workers : int, optional
        How many processes to start where there is no address; by default one for each core. Any number gives the same
        bits.

    Raises
    ------
    EngineError
        Where workers are asked for that somebody else's scheduler has or has not.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        if address is not None and workers is not None:
            raise EngineError(texts.WORKERS_OF_SCHEDULER)
        self.address = address
        self.workers = (os.cpu_count() or 1) if workers is None else count_of("workers", workers, 1)
        self._open = contextlib.ExitStack()
        self._cluster: _Cluster | None = None
        self._end = weakref.finalize(self, self._open.close)

    def results(self, tasks: Iterable[One]) -> Iterator[tuple[One, Any]]:
        """Yield every task with what came of it, in order; whoever stops asking stops the work.

        Raises
        ------
        EngineError
            Where the library is missing, or a worker has other sources than are installed here.
        EngineLostError
            Where the scheduler does not answer, or is lost.
        """
        rest = iter(tasks)
        first = next(rest, None)
        if first is None:
            return
        turn = _Turn(self._connected())
        try:
            yield from in_order(chain([first], rest), turn.begin, turn.room)
        except EngineLostError:
            self.close()
            raise
        finally:
            turn.stop()

    def _connected(self) -> _Cluster:
        if self._cluster is None:
            distributed = _library()
            self._open.enter_context(quiet())
            local = None
            if self.address is None:
                local = self._open.enter_context(contextlib.closing(Local(self.workers)))
            client = _connection(distributed.Client, local.address if local else str(self.address))
            self._open.enter_context(client)
            self._cluster = _Cluster(client, local)
            self._cluster.greet()
        return self._cluster

    def close(self) -> None:
        """Leave the cluster; end it where it was started here."""
        self._cluster = None
        self._open.close()

    def __enter__(self) -> Dask:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _library() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise EngineError(texts.MISSING.format(command=INSTALL)) from error


def _connection(client: Callable[..., Client], address: str) -> Client:
    """Return a connection to a scheduler."""
    where = {"scheduler_file": address} if Path(address).is_file() else {"address": address}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of libraries; what counts is looked at by each worker
            return client(**where, timeout=_PATIENCE, set_as_default=False, name="deptsim")
    except Exception as error:  # whatever a name, a network or another kind of server comes up with
        why = " ".join(str(error).split()) or type(error).__name__
        raise EngineLostError(texts.UNREACHED.format(address=address, why=why)) from error


class _Cluster:
    """Workers that may come and go.

    Parameters
    ----------
    client : Client
        The connection to their scheduler.
    local : Local, optional
        The process of the scheduler where it was started here.
    """

    def __init__(self, client: Client, local: Local | None) -> None:
        self.client, self._local = client, local
        self.address = str(client.scheduler.address)
        self._threads, self._looked = 0, -math.inf

    @property
    def threads(self) -> int:
        """How many threads all workers have, as of a moment ago."""
        if time.monotonic() - self._looked > _LOOK:
            self._threads = sum(self.client.nthreads().values())
            self._looked = time.monotonic()
        return self._threads

    def greet(self) -> None:
        """Say it where nobody is there to begin with: it may take a while until somebody comes."""
        if not self.threads:
            notices.say_once(texts.NOBODY, address=self.address)

    def wait(self, futures: Sequence[Future]) -> None:
        """Wait until all of some tasks are done, whatever came of them."""
        wait = _library().wait
        waiting = [one for one in futures if one.status in _UNDER_WAY]
        while waiting and (self._local is None or self._local.alive):
            with self.client.as_current(), contextlib.suppress(TimeoutError, CancelledError):
                wait(waiting, timeout=_LOOK)
            waiting = [one for one in waiting if one.status in _UNDER_WAY]

    def lost(self) -> EngineLostError:
        """Return the sentence that nobody is there any more."""
        return EngineLostError(texts.SCHEDULER_LOST.format(address=self.address))


class _Turn:
    """What is asked of a cluster at one time."""

    def __init__(self, cluster: _Cluster) -> None:
        self._cluster = cluster
        self._here = identity()
        self._begun: dict[int, Future] = {}
        self._done: dict[int, Any] = {}
        self._count = 0

    def room(self) -> int:
        """Return how many tasks may be under way."""
        with _connected(self._cluster):
            return max(_LEAST, _AHEAD * self._cluster.threads)

    def begin(self, task: Task) -> Result:
        """Send a task, the earlier ones first."""
        number, sent = self._count, packed(task)
        self._count += 1
        self._begun[number] = self._sent(number, sent)
        return partial(self._result, number, task, sent)

    def _sent(self, number: int, sent: bytes) -> Future:
        with _connected(self._cluster):
            client = self._cluster.client
            return client.submit(_remote(), sent, self._here, pure=False, priority=-number, key=_key())

    def _result(self, number: int, task: Task, sent: bytes) -> Any:
        if number not in self._done:
            self._cluster.wait([self._begun[number]])
            if _killed(self._begun[number]):  # several workers died, of this one or of one before it
                self._alone(number, sent)
            if _killed(self._begun[number]):
                del self._begun[number]
                return task.lost(LOST)
            self._gather(number)
        answer = cast(Answer, loads(self._done.pop(number)))
        if answer.kind == "other":
            worker, there = answer.what
            raise EngineError(texts.OTHER_VERSION.format(worker=worker, there=there, here=self._here))
        return answer.result()

    def _alone(self, number: int, sent: bytes) -> None:
        """Try a task once more, when nobody does anything else."""
        self._cluster.wait(list(self._begun.values()))
        self._begun[number] = self._sent(number, sent)
        self._cluster.wait([self._begun[number]])

    def _gather(self, number: int) -> None:
        """Fetch all that is finished, which takes as long as to fetch one; this one is, unless nobody is there."""
        if self._begun[number].status != "finished":
            raise self._cluster.lost()
        ready = {one: future for one, future in self._begun.items() if future.status == "finished"}
        with _connected(self._cluster):
            self._done |= zip(ready, self._cluster.client.gather(list(ready.values())), strict=True)
        for one in ready:
            del self._begun[one]

    def stop(self) -> None:
        """Let nobody begin what has not begun."""
        with contextlib.suppress(Exception):  # whoever is not there does nothing
            self._cluster.client.cancel(list(self._begun.values()))
        self._begun.clear()


@contextlib.contextmanager
def _connected(cluster: _Cluster) -> Iterator[None]:
    """Take what goes wrong between here and the scheduler for the loss of it."""
    try:
        yield
    except (CancelledError, OSError, RuntimeError) as error:
        raise cluster.lost() from error


def _killed(future: Future) -> bool:
    """Tell whether workers died of a task, or with it.

    Raises
    ------
    EngineError
        Where a worker could not even begin it.
    """
    if future.status != "error":
        return False
    error = future.exception()
    if isinstance(error, _library().KilledWorker):
        return True
    if isinstance(error, ImportError):
        raise EngineError(texts.NOT_THERE.format(module=error.name or error)) from error
    raise error


def _key() -> str:
    return f"deptsim-{uuid.uuid4().hex}"


def _remote() -> Callable[[bytes, str], bytes]:
    """Return what a worker does; sent as it is, as a scheduler need not have deptsim."""

    def at_worker(sent: bytes, expected: str) -> bytes:
        from sim.engine.remote import done_as

        return done_as(sent, expected)

    return at_worker
