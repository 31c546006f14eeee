"""A Dask cluster of this machine, in a process of its own: a scheduler, and workers that are replaced where they die.

It runs no script of whoever starts it, and ends when whoever started it does, however that ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from importlib import import_module
from typing import IO, cast

from sim.engine.errors import EngineError
from sim.engine.started import started
from sim.words import words

texts = words("engines")

_DEATHS = 1
"""How many workers may die of a task, or of one before it, before it is tried alone."""

_PATIENCE = 10.0
"""Seconds that it has to end by itself."""


class Local:
    """A cluster that is started, and ended with `close`.

    Parameters
    ----------
    workers : int
        How many processes, each with one thread.

    Attributes
    ----------
    address
        Of its scheduler.
    """

    def __init__(self, workers: int) -> None:
        code = f"from sim.engine.local import main; main({workers})"
        self._process = started(code, stdout=subprocess.PIPE)
        self.address = cast(IO[bytes], self._process.stdout).readline().decode().strip()
        if not self.address:
            code = str(self._process.wait())
            self.close()
            raise EngineError(texts.NOT_STARTED.format(why=texts.ENDED.format(code=code)))

    @property
    def alive(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it."""
        cast(IO[bytes], self._process.stdin).close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        cast(IO[bytes], self._process.stdout).close()


def main(workers: int) -> None:
    """Start a cluster, write where it is, and keep it until nothing can be read any more."""
    os.environ["DASK_LOGGING__DISTRIBUTED"] = "critical"  # the workers read it as well
    dask, distributed = import_module("dask"), import_module("distributed")
    dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS})
    cluster = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=None,
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},  # any port: one may be taken
    )
    sys.stdout.write(f"{cluster.scheduler_address}\n")  # for whoever started it
    sys.stdout.flush()
    os.dup2(2, 1)
    sys.stdin.buffer.read()
    threading.Timer(_PATIENCE, os._exit, [1]).start()
    cluster.close()
    os._exit(0)
