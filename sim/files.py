"""Files are written whole: under a temporary name beside their place, and put into it when everything is written.

Whatever happens meanwhile (a full disk, a signal, a limit), what stood there before stays as it was. What is to outlast
a power cut as well is on the disk itself before it gets its name, and so is the name before anything else is done.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

LEFT = re.compile(r"\.[0-9a-f]{12}(\.[\w.-]{1,19})?")
"""What a file is called while it is written; one that lies there for long was left by a process that was killed."""

_STANDS_FOR_OTHERS = re.compile(r"/dev/(stdout|stderr|fd/)|/proc/")
"""Names of what is open already."""

_unfinished: set[Path] = set()


@contextlib.contextmanager
def whole(path: Path, *, lasting: bool = False) -> Iterator[Path]:
    """Give the place to write to instead of `path`; it becomes `path` where the writing ends well.

    What is no ordinary file (a pipe, a device) is written to as it is; a link is followed. What is `lasting` outlasts
    a power cut.

    Raises
    ------
    OSError
        Where the file cannot be written, with the name of `path`.
    """
    if not _ordinary(path):
        yield path
        return
    place = Path(os.path.realpath(path))
    with _named(path), beside(place) as aside:
        yield aside
        with contextlib.suppress(OSError):
            aside.chmod(stat.S_IMODE(place.stat().st_mode))
        if lasting:
            _onto_disk(aside, os.O_RDWR)
        os.replace(aside, place)
        if lasting:
            names_onto_disk(place.parent)


def names_onto_disk(folder: Path) -> None:
    """Let the names of the files in a folder outlast a power cut, where the system can be asked for it."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):  # some network file systems do so anyway, and refuse to be asked
            _onto_disk(folder, os.O_RDONLY)


def _onto_disk(path: Path, how: int) -> None:
    opened = os.open(path, how)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def try_writing(path: Path) -> None:
    """Write something beside `path` and leave no trace of it.

    Raises
    ------
    OSError
        Where the file could not be written, with the name of `path`.
    """
    if _ordinary(path):
        with _named(path), beside(Path(os.path.realpath(path))) as aside:
            aside.write_bytes(b"deptsim")


@contextlib.contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Give a free name in the folder of `place`, and remove what is left under it."""
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    aside = place.with_name(f".{uuid.uuid4().hex[:12]}{place.suffix[:20]}")
    _unfinished.add(aside)
    try:
        yield aside
    finally:
        _remove(aside)


def _remove(aside: Path) -> None:
    with contextlib.suppress(OSError):
        aside.unlink()
    _unfinished.discard(aside)


def abandon() -> None:
    """Remove everything unfinished, before a process ends that can wait for nobody."""
    for aside in tuple(_unfinished):
        _remove(aside)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let errors name the file that was asked for."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def _ordinary(path: Path) -> bool:
    """Tell whether there is an ordinary file, or none yet; standard output is none, even where it goes into a file."""
    if _STANDS_FOR_OTHERS.match(os.path.abspath(path)):
        return False
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True
