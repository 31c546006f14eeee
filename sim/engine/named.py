"""Engines by name, as commands and files know them."""

from __future__ import annotations

from typing import Literal, get_args

from sim.engine.dask import Dask
from sim.engine.errors import EngineError
from sim.engine.processes import Processes
from sim.engine.task import Engine
from sim.engine.threads import Threads
from sim.spec.counts import count_of
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("engines")

Named = Literal["threads", "processes", "dask"]
ENGINES: tuple[Named, ...] = get_args(Named)
"""What works on tasks."""


def engine_named(name: str, *, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """Return an engine.

    Parameters
    ----------
    name : {"threads", "processes", "dask"}
        What works on tasks.
    workers : int, optional
        How many at once; by default one for each core of this machine.
    scheduler : str, optional
        Where the scheduler of Dask is; without one, a cluster of this machine is started.

    Raises
    ------
    EngineError
        Where there is no such engine, or it cannot be had like this.
    ValueError
        Where the number of workers cannot be meant.
    """
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineError(texts.UNKNOWN.format(found=repr(name), known=known, hint=did_you_mean(name, ENGINES)))
    if scheduler is not None and name != "dask":
        raise EngineError(texts.NO_SCHEDULER.format(address=repr(scheduler), engine=name))
    if name == "threads":
        return Threads(None if workers is None else count_of("workers", workers, 1))
    if name == "processes":
        return Processes(workers)
    return Dask(scheduler, workers)
