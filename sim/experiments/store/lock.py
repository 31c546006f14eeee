"""One driver at a time works on a store.

Blocks have the same bytes whoever makes them, and take their place in one step, so two drivers would spoil nothing:
they would do everything twice. A driver therefore locks the file `LOCK` in the folder. The system gives a lock back
whenever the driver ends, also by kill -9; processes that the driver has started do not hold it. On network file systems
the lock holds for all machines where the system can do it (NFS with its lock service; Lustre mounted with ``flock``).
Where it cannot, and for what another machine has left behind, the file tells who holds it, and its time stamp beats: it
is given up by whoever stopped beating.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim import notices
from sim.experiments.store.errors import StoreError
from sim.words import words

fcntl: Any
try:
    import fcntl
except ImportError:  # where there is no such thing, the beats decide
    fcntl = None

texts = words("store")

LOCK = "lock"

BEAT, PATIENCE = 5.0, 20.0
"""Seconds between two beats, and for how long a silent one is listened to."""

_TAKEN = (errno.EACCES, errno.EAGAIN)
_held: set[str] = set()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store in a folder for a while.

    Raises
    ------
    StoreError
        If another driver does.
    OSError
        If nothing can be written there.
    """
    path = folder / LOCK
    name = os.path.realpath(path)
    if name in _held:
        raise _refusal(folder, _me())
    opened = _taken(path)
    _held.add(name)
    ended = threading.Event()
    try:
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, json.dumps(_me()).encode())
        threading.Thread(target=_beating, args=(path, ended), daemon=True).start()
        yield
    finally:
        ended.set()
        _held.discard(name)
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(opened)


def _taken(path: Path) -> int:
    """Return the file of the lock, opened by its only holder."""
    while True:
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            alone = _only_one(opened, path)
            holder = _holder(opened)
            if holder and holder != _me() and not (alone and holder.get("machine") == platform.node()):
                _outlive(path, holder)
                _only_one(opened, path)  # listening has opened and closed the file, which gives the lock back
            if _still_there(opened, path):
                return opened
        except BaseException:
            os.close(opened)
            raise
        os.close(opened)


def _only_one(opened: int, path: Path) -> bool:
    """Lock an opened file; say whether the system can do so, and refuse where another process has done it."""
    if fcntl is None:
        return False
    try:
        fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise _refusal(path.parent, _holder(opened)) from None
        return False
    return True


def _still_there(opened: int, path: Path) -> bool:
    """Tell whether a file that was opened still has its name: whoever held it before may have removed it."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(opened), path.stat())
    return False


def _holder(opened: int) -> dict[str, Any]:
    """Return who holds a lock, as far as the file tells."""
    os.lseek(opened, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(opened, 4096))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _me() -> dict[str, Any]:
    return {"process": os.getpid(), "machine": platform.node()}


def _outlive(path: Path, holder: dict[str, Any]) -> None:
    """Return where the holder of a lock, whom the system does not know to have ended, has ended all the same.

    Raises
    ------
    StoreError
        If the holder still beats.
    """
    if holder.get("machine") == platform.node() and not _runs(holder.get("process")):
        return
    notices.say_once(texts.LISTENING, folder=path.parent, seconds=PATIENCE, **_told(holder))
    before, silent = _stamp(path), threading.Event()
    for _ in range(20):
        silent.wait(PATIENCE / 20)
        if _stamp(path) != before:
            raise _refusal(path.parent, holder)


def _runs(process: Any) -> bool:
    """Tell whether a process of this machine runs, or may do so."""
    if os.name == "nt" or not isinstance(process, int) or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _stamp(path: Path) -> int:
    """Return the time stamp of a file; it is opened, so that network file systems ask for it anew."""
    try:
        opened = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return 0
    try:
        return os.fstat(opened).st_mtime_ns
    finally:
        os.close(opened)


def _beating(path: Path, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        with contextlib.suppress(OSError):
            os.utime(path)


def _told(holder: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{holder.get(name, '?')!s:.100}" for name in ("process", "machine")}


def _refusal(folder: Path, holder: dict[str, Any]) -> StoreError:
    return StoreError(texts.LOCKED.format(folder=folder, **_told(holder)))
