"""What a worker process does: tasks come in through its standard input, results go out through its standard output.

It ends when its input does, whatever it is doing: when whoever started it has enough, and also when that was killed.
"""

from __future__ import annotations

import os
import pickle
import threading
import traceback
from queue import SimpleQueue
from typing import IO, Any, Literal, NamedTuple, cast

from sim import codecache
from sim.engine.errors import EngineError
from sim.engine.sent import loads, sendable
from sim.engine.task import Task
from sim.words import words

texts = words("engines")


class Answer(NamedTuple):
    """What is said of a task elsewhere: what came of it; an error; that one of them cannot be sent; what it lacks."""

    kind: Literal["ready", "done", "raised", "unsendable", "missing", "other"]
    what: Any = None

    def result(self) -> Any:
        """Return what came of the task; raise what it raised.

        Raises
        ------
        EngineError
            Where what came of it could not be sent, or a module that the task needs is not there.
        """
        if self.kind == "raised":
            raise self.what
        if self.kind == "unsendable":
            raise EngineError(texts.NOT_RETURNED.format(why=self.what))
        if self.kind == "missing":
            raise EngineError(texts.NOT_THERE.format(module=self.what))
        return self.what


_once = threading.Lock()
_prepared: set[type[Task]] = set()


def done(sent: bytes) -> bytes:
    """Do a task that was sent; return what is to be said of it, as it is sent back."""
    try:
        task = cast(Task, loads(sent))
    except ModuleNotFoundError as error:
        return _told(Answer("missing", error.name))
    try:
        with _once:
            if type(task) not in _prepared:
                task.prepare()
                _prepared.add(type(task))
        return _told(Answer("done", task.work()))
    except BaseException as error:
        error.add_note("in a worker process: " + traceback.format_exc())
        return _told(Answer("raised", error))


def _told(answer: Answer) -> bytes:
    try:
        return sendable(answer)
    except Exception as error:
        return sendable(Answer("unsendable", f"{type(error).__name__}: {error}"))


def main() -> None:
    """Work until nothing can come any more."""
    tasks, results = _private()
    codecache.told = lambda *_, **__: None  # whoever started this process has said it
    arrived: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(tasks, arrived), daemon=True).start()
    _send(results, _told(Answer("ready")))
    while True:
        _send(results, done(arrived.get()))


def _private() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two streams, which nothing else reads or writes: what is printed goes where errors go."""
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return tasks, results


def _receive(tasks: IO[bytes], arrived: SimpleQueue[bytes]) -> None:
    try:
        while True:
            arrived.put(pickle.load(tasks))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def _send(results: IO[bytes], told: bytes) -> None:
    try:
        pickle.dump(told, results)
        results.flush()
    except OSError:
        os._exit(0)
