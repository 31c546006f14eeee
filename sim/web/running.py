"""Running the server until somebody ends it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette

from sim.web.reading import MOST_BYTES

USUAL_PORT = 8765
"""The port that is tried first."""

OTHER_PORTS = 20
"""So many after it are tried next; then any."""

SETTINGS: dict[str, Any] = {
    "http": "h11",
    "loop": "asyncio",
    "ws": "websockets-sansio",
    "ws_max_size": MOST_BYTES,
    "ws_max_queue": 32,
    "ws_per_message_deflate": True,
    "lifespan": "on",
    "log_config": None,
    "access_log": False,
    "proxy_headers": False,
    "server_header": False,
    "timeout_graceful_shutdown": 1,
}
"""How the server is run."""

_ENDING = (signal.SIGINT, signal.SIGTERM)


def open_port(port: int | None, lan: bool, before: int | None = None) -> socket.socket:
    """Return a socket that listens: at the port that is asked for, else at that of before, else at the first free one.

    Raises
    ------
    OSError
        If it cannot be had.
    """
    tried = range(USUAL_PORT, USUAL_PORT + OTHER_PORTS)
    ports = [*([] if before is None else [before]), *tried, 0] if port is None else [port]
    for one in ports[:-1]:
        with contextlib.suppress(OSError):
            return _listening(one, lan)
    return _listening(ports[-1], lan)


def _listening(port: int, lan: bool) -> socket.socket:
    # named as TCP, since only through what is asyncio sends at once (TCP_NODELAY); else a week waits 40 ms
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers have one port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("0.0.0.0" if lan else "127.0.0.1", port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


class _Server(uvicorn.Server):
    """Ends when it is told to, by whoever runs it; signals are not its business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Interrupted(logging.Filter):
    """Keeps silent about answers that the end of a server interrupts, which are no mistakes."""

    def __init__(self, server: uvicorn.Server) -> None:
        super().__init__()
        self._server = server

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether something is to be said."""
        cause = record.exc_info[1] if record.exc_info else None
        told = record.getMessage()
        interrupted = isinstance(cause, asyncio.CancelledError) or "CancelledError" in told or "running task" in told
        return not (self._server.should_exit and interrupted)


def server_of(app: Starlette) -> uvicorn.Server:
    """Return what serves, until `should_exit` is set."""
    return _Server(uvicorn.Config(app, **SETTINGS))


def run(app: Starlette, listening: socket.socket, begun: Callable[[], Awaitable[None]]) -> int:
    """Serve until a signal says to end, and return the number of the signal.

    Parameters
    ----------
    app : Starlette
        What answers.
    listening : socket
        Where it is asked.
    begun : callable
        Awaited once the server answers, beside it.
    """
    server = server_of(app)
    came: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        server.force_exit = server.should_exit
        server.should_exit = True
        came.append(number)

    log, silent = logging.getLogger("uvicorn.error"), Interrupted(server)
    log.addFilter(silent)
    try:
        with _handled_by(end):
            asyncio.run(_serve(server, listening, begun))
    finally:
        log.removeFilter(silent)
    return came[0] if came else 0


async def _serve(server: uvicorn.Server, listening: socket.socket, begun: Callable[[], Awaitable[None]]) -> None:
    beside = asyncio.create_task(_once_started(server, begun))
    try:
        await server.serve(sockets=[listening])
    finally:
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)


async def _once_started(server: uvicorn.Server, begun: Callable[[], Awaitable[None]]) -> None:
    while not server.started:
        await asyncio.sleep(0.01)
    await begun()


@contextlib.contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let a function hear the signals that end a process, unless they are ignored."""
    before = {one: signal.getsignal(one) for one in _ENDING}
    heard = [one for one, handled in before.items() if handled is not signal.SIG_IGN]
    for one in heard:
        signal.signal(one, handler)
    try:
        yield
    finally:
        for one in heard:
            signal.signal(one, before[one])
