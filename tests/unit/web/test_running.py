"""A server that is told to end says nothing of the answers that this interrupts, and of all else as before."""

import asyncio
import logging
from types import SimpleNamespace

import pytest

from sim.web.running import Interrupted


def record(message, cause=None):
    """Return what a server writes into its log."""
    told = (type(cause), cause, None) if cause is not None else None
    return logging.LogRecord("uvicorn.error", logging.ERROR, __file__, 1, message, (), told)


@pytest.mark.parametrize(
    ("said", "told_at_the_end"),
    [
        (record("Exception in ASGI application", asyncio.CancelledError()), False),
        (record("Traceback ...\nasyncio.exceptions.CancelledError"), False),
        (record("Cancel 1 running task(s), timeout graceful shutdown exceeded"), False),
        (record("Exception in ASGI application", ValueError("a mistake")), True),
    ],
)
def test_only_what_the_end_interrupts_is_kept_silent(said, told_at_the_end):
    """Before the end all is told."""
    assert Interrupted(SimpleNamespace(should_exit=False)).filter(said)
    assert Interrupted(SimpleNamespace(should_exit=True)).filter(said) is told_at_the_end
