"""Libraries that write to the screen what is said better in one sentence."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

_LOUD = ("distributed", "distributed.client", "distributed.gc", "tornado.application", "asyncio")


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Let Dask, and what it builds on, write no log in this process for a while."""
    loggers = [logging.getLogger(name) for name in _LOUD]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
