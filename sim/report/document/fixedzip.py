"""Office files without the moment at which they were made: the same parts in the same order give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MADE = datetime(2000, 1, 1)
"""What office files say about when they were made: the same in all, as nothing but the inputs decides what they say."""

_ENTRY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that an archive can say."""


def rewrite(source: IO[bytes], place: Path, change: Callable[[str, bytes], bytes] | None = None) -> None:
    """Write an archive again, every part with the same date.

    Parameters
    ----------
    source
        The archive.
    place
        Where it is written.
    change
        Returns what is written for a part, from its name and what it was.

    Raises
    ------
    ValueError
        If two parts have one name: office programs offer to repair such a file.
    """
    with ZipFile(source) as found, ZipFile(place, "w", ZIP_DEFLATED) as made:
        names = found.namelist()
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"parts of the file that are there twice: {', '.join(twice)}")
        for name in names:
            part = ZipInfo(name, _ENTRY)
            part.compress_type = ZIP_DEFLATED
            held = found.read(name)
            made.writestr(part, held if change is None else change(name, held))
