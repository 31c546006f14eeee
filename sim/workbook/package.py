"""The zip file that a workbook is, with bounds: what unpacks to too much, is encrypted or holds macros is refused."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from sim.words import words
from sim.workbook.limits import MAX_ENTRIES, MAX_RATIO, ORGANIZATION, Budget, Limits
from sim.workbook.refused import refused

texts = words("opened")

_ENTRY = b"PK\x01\x02"
"""What every entry of a zip file's directory begins with."""

_LARGE = 1_000_000
_ENCRYPTED = 0x1
_MACROS = ("vbaproject.bin", "/macrosheets/", "basic/", "scripts/")
_OUTSIDE = ("/externallinks/", "/connections.xml", "/querytables/")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a workbook, by name in small letters with slashes."""

    file: str
    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    budget: Budget

    def __contains__(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return _plain(name) in self.parts

    def read(self, name: str) -> bytes:
        """Return what a part holds."""
        part = self.parts.get(_plain(name))
        if part is None:
            raise refused(self.file, texts.NO_PART.format(part=name))
        try:
            with self.archive.open(part) as stream:
                return stream.read(part.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            raise refused(self.file, texts.DAMAGED) from None


def package_of(raw: bytes, file: str, limits: Limits = ORGANIZATION) -> Package:
    """Return the parts of a workbook, or refuse it in a sentence."""
    if raw.count(_ENTRY) > MAX_ENTRIES:
        raise refused(file, texts.MANY_PARTS.format(most=MAX_ENTRIES))
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, LookupError, EOFError):
        raise refused(file, texts.DAMAGED) from None
    entries = archive.infolist()
    if any(one.flag_bits & _ENCRYPTED for one in entries):
        raise refused(file, texts.ENCRYPTED)
    if sum(one.file_size for one in entries) > limits.unpacked or any(map(_bomb, entries)):
        raise refused(file, texts.UNPACKED.format(most=limits.unpacked))
    parts = {_plain(one.filename): one for one in entries}
    if any(
        name.endswith(mark) or (mark in f"/{name}" if mark[0] == "/" else name.startswith(mark))
        for name in parts
        for mark in _MACROS
    ):
        raise refused(file, texts.MACROS)
    if any(mark in f"/{name}" for name in parts for mark in _OUTSIDE):
        raise refused(file, texts.OUTSIDE)
    return Package(file, archive, parts, Budget(file, limits))


def _bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _LARGE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()
