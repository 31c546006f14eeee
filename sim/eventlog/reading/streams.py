"""Files as bytes, packed with gzip or not: bounded, and whatever fails is a sentence."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.eventlog.reading.limits import LARGE, MAX_FILE, MAX_RATIO, MAX_UNPACKED
from sim.spec.findings import ScenarioError, shortened
from sim.words import words
from sim.words.system import why_not
from sim.workbook.refused import refused

texts = words("logread")
files = words("files")

_GZIP = b"\x1f\x8b"
_LOOKED_AT = 4096


class Stream(io.RawIOBase):
    """What a file holds, unpacked; what is too much or damaged is an error, kept in `failed` as well."""

    def __init__(self, held: Held) -> None:
        super().__init__()
        self._held = held
        self._raw: Any = held.path.open("rb")
        self._from: Any = gzip.GzipFile(fileobj=self._raw) if held.packed else self._raw
        self._read = 0
        self.failed: ScenarioError | None = None

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        try:
            part: bytes = self._from.read(1 << 20 if size < 0 else size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise self._fails(texts.DAMAGED_GZIP) from None
        except OSError as error:
            raise self._fails(files.UNREADABLE.format(why=why_not(error))) from None
        self._read += len(part)
        if self._held.packed and self._read > LARGE and self._read > MAX_RATIO * self._held.size:
            raise self._fails(texts.UNPACKED.format(most=MAX_UNPACKED))
        if self._read > MAX_UNPACKED:
            raise self._fails(texts.UNPACKED.format(most=MAX_UNPACKED))
        return part

    def _fails(self, text: Any) -> ScenarioError:
        self.failed = refused(self._held.name, text)
        return self.failed

    def close(self) -> None:
        """Close the file."""
        self._raw.close()
        super().close()


@dataclass(frozen=True)
class Held:
    """A file that was found to be one.

    Attributes
    ----------
    path, name
        Where it is, and what people call it.
    size
        Its bytes, as it is.
    packed
        Whether by gzip.
    head
        What it begins with, unpacked.
    """

    path: Path
    name: str
    size: int
    packed: bool
    head: bytes = b""

    def stream(self) -> Stream:
        """Return what it holds, from its beginning."""
        return Stream(self)

    def parts(self) -> Iterator[bytes]:
        """Yield what it holds, from its beginning."""
        with self.stream() as stream:
            yield from iter(lambda: stream.read(1 << 20), b"")

    def whole(self, most: int) -> bytes:
        """Return all of it, where that is not more than `most` bytes."""
        parts, size = [], 0
        with self.stream() as stream:
            while part := stream.read(1 << 20):
                parts.append(part)
                size += len(part)
                if size > most:
                    raise refused(self.name, files.TOO_LARGE.format(most=most))
        return b"".join(parts)


def held(path: Path) -> Held:
    """Return a file, or refuse it in a sentence."""
    name = shortened(path.name or str(path), 100)
    try:
        if path.is_dir():
            raise refused(name, files.FOLDER)
        if not path.is_file():
            raise refused(name, files.NO_ORDINARY_FILE if path.exists() else files.NO_FILE)
        size = os.stat(path).st_size
        with path.open("rb") as stream:
            packed = stream.read(2) == _GZIP
    except OSError as error:
        raise refused(name, files.UNREADABLE.format(why=why_not(error))) from None
    except ValueError as error:
        if isinstance(error, ScenarioError):
            raise
        raise refused(name, files.UNREADABLE.format(why=files.NO_PATH)) from None
    if size > MAX_FILE:
        raise refused(name, files.TOO_LARGE.format(most=MAX_FILE))
    found = Held(path, name, size, packed)
    with found.stream() as stream:
        head = stream.read(_LOOKED_AT)
    if not head.strip(b"\0 \t\r\n"):
        raise refused(name, texts.EMPTY)
    return Held(path, name, size, packed, head)
