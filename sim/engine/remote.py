"""What a worker of a cluster does: a task, where it has the sources that whoever sends it has."""

from __future__ import annotations

import platform
from functools import cache

from sim.engine.sent import sendable
from sim.engine.worker import Answer, done
from sim.results import circumstances


@cache
def identity() -> str:
    """Return what stands for everything here that numbers, and what can be sent, depend on."""
    here = circumstances()
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{here['sources']}, {here['kernel']}, Python {python}"


def done_as(sent: bytes, expected: str) -> bytes:
    """Return what is to be said of a task that was sent; where the sources are others, what they are."""
    if identity() != expected:
        return sendable(Answer("other", (platform.node(), identity())))
    return done(sent)
