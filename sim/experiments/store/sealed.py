"""Files of a store: Parquet that is written whole, outlasts a power cut, and says itself whether it is still as it was.

Every file says in the metadata of Parquet, under `KEY`, what is in it, and has a digest there: SHA-256 of all bytes of
the file, with its own 64 digits read as zeros. It is looked at without reading any table, in a tenth of a millisecond
for a block, and whatever was cut off, overwritten or exchanged shows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sim.files import whole
from sim.spec.findings import TextError
from sim.words import Text, words

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

texts = words("store")

KEY = "deptsim"
"""Under which name the metadata of Parquet has what a file says of itself."""

FIRST, DIGEST = "deptsim_store", "sha256"
"""What it begins with, and where the digest is."""

_BLANK = "0" * 64
_BEGIN = f'{{"{FIRST}": '.encode()
_BEFORE_DIGEST = f'"{DIGEST}": "'.encode()
_MAGIC = b"PAR1"
_TAIL = 8
_AT_ONCE = 1 << 20


class DamagedError(TextError):
    """A sentence about a file of a store that is not as it was written."""

    def __init__(self, text: Text, path: Path) -> None:
        super().__init__(text)
        self.path = path

    def __reduce__(self) -> tuple[type[DamagedError], tuple[Text, Path]]:  # type: ignore[override]
        """Pickle with text and path."""
        return type(self), (self.text, self.path)


@contextlib.contextmanager
def sealed(
    path: Path, schema: pa.Schema, told: Mapping[str, Any], *, statistics: bool = False
) -> Iterator[pq.ParquetWriter]:
    """Give what writes tables into a file, which is there, with its digest, once all of them are written.

    Parameters
    ----------
    path
        Of the file.
    schema
        Of the tables.
    told
        What the file says of itself, as JSON has it.
    statistics
        Whether least and greatest values are noted, which large files are searched by.
    """
    import pyarrow.parquet as pq

    names = [one.name for one in schema if str(one.type) == "string"]
    with whole(path, lasting=True) as place:
        with pq.ParquetWriter(
            place,
            schema,
            compression="zstd",
            use_dictionary=names,
            write_statistics=statistics,
            store_schema=False,
        ) as writer:
            yield writer
            writer.add_key_value_metadata({KEY: json.dumps({FIRST: 1, **told, DIGEST: _BLANK})})
        with open(place, "r+b") as file:
            spot = _told(file, path)[1]
            digest = _of_bytes(file, spot)
            file.seek(spot)
            file.write(digest.encode())


def write_table(path: Path, table: pa.Table, told: Mapping[str, Any]) -> None:
    """Write a table in one group of rows."""
    with sealed(path, table.schema, told) as writer:
        writer.write_table(table, row_group_size=max(1, table.num_rows))


def seal_of(path: Path) -> dict[str, Any]:
    """Return what a file says of itself, after all its bytes were looked at.

    Raises
    ------
    DamagedError
        If it is not as it was written.
    OSError
        If it cannot be read.
    """
    with open(path, "rb") as file:
        told, place = _told(file, path)
        digest = _of_bytes(file, place)
    if told.pop(DIGEST) != digest:
        raise DamagedError(texts.OTHER_BYTES.format(file=path), path)
    del told[FIRST]
    return told


def told_by(path: Path) -> dict[str, Any]:
    """Return what a file says of itself, of which nobody doubts that it is as it was written."""
    with open(path, "rb") as file:
        return _told(file, path)[0]


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Return the table in a file, or some columns of it, after all its bytes were looked at.

    Raises
    ------
    DamagedError, OSError
        As `seal_of`.
    """
    import pyarrow.parquet as pq

    seal_of(path)
    with pq.ParquetFile(path) as file:
        return file.read(columns=columns, use_threads=False)


def _told(file: BinaryIO, path: Path) -> tuple[dict[str, Any], int]:
    """Return what a file says of itself, and where the digits of its digest begin."""
    begin, footer = _footer(file, path)
    start = footer.rfind(_BEGIN)
    spot = footer.find(_BEFORE_DIGEST, max(0, start))
    if start < 0 or spot < 0:
        raise DamagedError(texts.NO_SEAL.format(file=path), path)
    try:
        told, _ = json.JSONDecoder().raw_decode(footer[start:].decode("latin-1"))
    except ValueError:
        raise DamagedError(texts.OTHER_BYTES.format(file=path), path) from None
    if DIGEST not in told:
        raise DamagedError(texts.NO_SEAL.format(file=path), path)
    return told, begin + spot + len(_BEFORE_DIGEST)


def _footer(file: BinaryIO, path: Path) -> tuple[int, bytes]:
    """Return where the metadata of a Parquet file begins, and what it is."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    begin = size - _TAIL - int.from_bytes(tail[:4], "little")
    if len(tail) < _TAIL or tail[4:] != _MAGIC or begin < len(_MAGIC):
        raise DamagedError(texts.CUT_OFF.format(file=path), path)
    file.seek(begin)
    return begin, file.read(size - _TAIL - begin)


def _of_bytes(file: BinaryIO, place: int) -> str:
    """Return the digest of a file in which the one that it tells, at some place, counts as zeros."""
    digest = hashlib.sha256()
    file.seek(0)
    left = place
    while left and (part := file.read(min(left, _AT_ONCE))):
        digest.update(part)
        left -= len(part)
    digest.update(_BLANK.encode())
    file.seek(place + len(_BLANK))
    while part := file.read(_AT_ONCE):
        digest.update(part)
    return digest.hexdigest()
