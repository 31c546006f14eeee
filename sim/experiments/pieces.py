"""The files of a table in a store: one for each block, or one for many blocks once the store is compacted.

A file is named for the blocks in it: ``00000012.parquet`` for one, ``00000000-00001023.parquet`` for many. What stands
in a file of many counts; files of single blocks beside it are left from a compaction that was interrupted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_NAME = re.compile(r"([0-9]{8,15})(?:-([0-9]{8,15}))?\.parquet")


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A file with the rows of some blocks.

    Attributes
    ----------
    first, last
        The first and the last of its blocks.
    path
        Where it is.
    """

    first: int
    last: int
    path: Path = field(compare=False)

    @property
    def blocks(self) -> range:
        """The numbers of its blocks."""
        return range(self.first, self.last + 1)

    def within(self, other: Piece) -> bool:
        """Tell whether another piece has all its blocks."""
        return other.first <= self.first and self.last <= other.last


def path_of(folder: Path, first: int, last: int | None = None) -> Path:
    """Return where the rows of a block, or of all blocks from the first to the last, are or are to be."""
    return folder / (f"{first:08d}.parquet" if last is None else f"{first:08d}-{last:08d}.parquet")


def piece_called(path: Path) -> Piece | None:
    """Return the file of rows that has a path, by its name; None where none is called so."""
    known = _NAME.fullmatch(path.name)
    if known is None:
        return None
    first, last = int(known[1]), int(known[2] or known[1])
    usual = path_of(path.parent, first, last if known[2] else None)
    return Piece(first, last, path) if path == usual and first <= last else None


def every_piece(folder: Path) -> list[Piece]:
    """Return all files with rows, also those whose blocks are in a larger one too; by block, the larger one first."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [one for name in names if (one := piece_called(folder / name)) is not None]
    return sorted(found, key=lambda one: (one.first, -one.last, one.path.name))


def pieces(folder: Path) -> list[Piece]:
    """Return the files to be read, by block: every block is in one of them at most."""
    return outermost(every_piece(folder))


def outermost(found: Iterable[Piece]) -> list[Piece]:
    """Return pieces without those that are within another; they are given by block, the larger one first."""
    kept: list[Piece] = []
    for one in found:
        if not kept or one.first > kept[-1].last:
            kept.append(one)
    return kept
