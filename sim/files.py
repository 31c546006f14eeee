"""Files are written whole: under a temporary name beside their place, and put into it when everything is written.

Whatever happens meanwhile (a full disk, a signal, a limit), what stood there before stays as it was.
"""

from __future__ import annotations

import contextlib
import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the place to write to instead of `path`; it becomes `path` where the writing ends well.

    What is no ordinary file (a pipe, a device) is written to as it is; a link is followed.

    Raises
    ------
    OSError
        Where the file cannot be written, with the name of `path`.
    """
    place = Path(os.path.realpath(path))
    if not _ordinary(place):
        yield path
        return
    aside = place.with_name(f".{uuid.uuid4().hex[:12]}{place.suffix}")
    try:
        yield aside
        _as_before(place, aside)
        os.replace(aside, place)
    except OSError as error:
        if error.filename in (None, str(aside), aside):
            error.filename = str(path)
        raise
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def _ordinary(place: Path) -> bool:
    """Tell whether there is an ordinary file at a place, or none yet."""
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except OSError:
        return True


def _as_before(place: Path, aside: Path) -> None:
    """Let the new file be readable for whom the old one was."""
    with contextlib.suppress(OSError):
        aside.chmod(stat.S_IMODE(place.stat().st_mode))
