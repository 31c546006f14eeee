"""What is sent to where work is done: as bytes, with code that stands in no file, and compiled there only once."""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

from sim.compile import Compiled, compile_scenario
from sim.engine.errors import EngineError
from sim.engine.task import Task
from sim.words import words

texts = words("engines")

_REMEMBERED = 256
"""Scenarios that a process keeps compiled, a quarter of a megabyte each: the alternatives of a study take turns."""

loads = pickle.loads


def sendable(thing: Any) -> bytes:
    """Return something as bytes: what an importable module holds by its name, everything else as it is."""
    import cloudpickle  # only where something is sent

    sent: bytes = cloudpickle.dumps(thing)
    return sent


def packed(task: Task) -> bytes:
    """Return a task as bytes.

    Raises
    ------
    EngineError
        Where something in it is bound to this process.
    """
    try:
        return sendable(task)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise EngineError(texts.NOT_SENT.format(why=f"{type(error).__name__}: {error}")) from error


@lru_cache(_REMEMBERED)
def compiled_from(scenario: bytes) -> Compiled:
    """Return a scenario that was sent, ready to run."""
    return compile_scenario(loads(scenario), fresh=True)
