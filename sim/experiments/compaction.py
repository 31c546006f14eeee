"""Compaction: the many files of a store become few large ones, which are read faster and searched by their contents.

Blocks go together in their order, from the first one on, as many as there is room for in a file; so the files and their
bytes follow from the blocks alone, whatever was put together before. A file takes its place in one step, and only then
the files go whose blocks are in it: whatever happens meanwhile, every block is in one of them. The last file of a store
that is not finished is not full and waits; what is missing is made as before, and goes into it.
"""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.opening import Opened
from sim.experiments.pieces import Piece, every_piece, path_of
from sim.experiments.sound import fitted
from sim.experiments.store import RUNS, Store, locked, seal_of, sealed
from sim.files import LEFT

FILE, GROUP = 2**24, 2**22
"""The most values of a file, and of a group of rows in it, which is held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many files there were, and are now."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A block, with how many rows it has."""

    number: int
    rows: int


def compact(folder: str | os.PathLike[str]) -> Compacted:
    """Put the blocks of a store into few large files; what is read is the same before and afterwards.

    It can be interrupted at any time, and done again; an experiment that is not finished can be gone on with.

    Parameters
    ----------
    folder : str or path
        The store.

    Returns
    -------
    Compacted
        How many files of rows there were, and are now.

    Raises
    ------
    StoreError
        If there are no results in the folder, or somebody works on them.
    OSError
        If nothing can be written there.

    Examples
    --------
    >>> from sim.experiments.compaction import compact
    >>> asked = {"scenarios": ["trust_trap"], "factors": {"raci": {"with": "raci"}}, "replications": 2, "block": 2}
    >>> before = sim.experiment(asked, "trust").runs
    >>> compact("trust")
    Compacted(before=2, after=1)
    >>> sim.open_experiment("trust").runs.equals(before)
    True
    """
    place = Path(folder)
    Opened(place)
    with locked(place):
        opened = Opened(place)
        _clear_left(opened)
        names = (RUNS, *opened.tables)
        before = sum(len(opened.pieces(name)) for name in names)
        finished = opened.complete
        for name in names:
            _compact_table(opened, name, finished)
        if finished:
            Store(place, opened.tables).seal()
    opened = Opened(place)
    return Compacted(before, sum(len(opened.pieces(name)) for name in names))


def _clear_left(opened: Opened) -> None:
    """Remove what was being written when a process was killed."""
    for folder in (opened.folder, *(opened.folder / name for name in (RUNS, *opened.tables))):
        for path in folder.iterdir():
            if LEFT.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _compact_table(opened: Opened, name: str, finished: bool) -> None:
    folder = opened.folder / name
    found = opened.pieces(name)
    _clear_covered(folder, found)
    told = {one: opened.told(one) for one in found}
    blocks = list(_first_ones(found, told))
    files = _cut(blocks, FILE // len(opened.schema(name)))
    for ones in files if finished else files[:-1]:
        first, last = ones[0].number, ones[-1].number
        sources = [one for one in found if first <= one.first and one.last <= last]
        path = path_of(folder, first, last)
        if [one.path for one in sources] != [path]:
            _write(path, ones, {one: told[one] for one in sources}, opened.schema(name))
            _clear_covered(folder, [Piece(first, last, path)])


def _clear_covered(folder: Path, larger: Sequence[Piece]) -> None:
    """Remove files whose blocks are all in a larger one; these are given by their blocks."""
    starts = [one.first for one in larger]
    for one in every_piece(folder):
        place = bisect_right(starts, one.first) - 1
        if place >= 0 and one.within(larger[place]) and one.path != larger[place].path:
            one.path.unlink(missing_ok=True)


def _first_ones(found: Sequence[Piece], told: Mapping[Piece, Mapping[str, Any]]) -> Iterator[_Block]:
    """Yield the blocks up to the first that is not there."""
    wanted = 0
    for one in found:
        if one.first != wanted:
            return
        for number, rows in zip(one.blocks, _rows_in(told[one]), strict=True):
            yield _Block(number, rows)
        wanted = one.last + 1


def _rows_in(told: Mapping[str, Any]) -> list[int]:
    """Return how many rows each block of a file has."""
    return list(told.get("each", [told["rows"]]))


def _cut(blocks: Sequence[_Block], most: int) -> list[list[_Block]]:
    """Return blocks in groups that have so many rows at most, unless a single one has more."""
    groups: list[list[_Block]] = []
    room = -1
    for one in blocks:
        if one.rows > room:
            groups.append([])
            room = most
        groups[-1].append(one)
        room -= one.rows
    return groups


def _write(path: Path, blocks: Sequence[_Block], sources: Mapping[Piece, Mapping[str, Any]], schema: pa.Schema) -> None:
    """Write blocks into a file, a group of rows after the other."""
    first = next(iter(sources.values()))
    told = {
        "experiment": first.get("experiment"),
        "first": blocks[0].number,
        "last": blocks[-1].number,
        "rows": sum(one.rows for one in blocks),
        "each": [one.rows for one in blocks],
        "failed": sum(int(one.get("failed", 0)) for one in sources.values()),
    }
    tables = (table for one, known in sources.items() for table in _tables(one, _rows_in(known), schema))
    with sealed(path, schema, told, statistics=True) as writer:
        for ones in _cut(blocks, GROUP // len(schema)):
            group = pa.concat_tables([next(tables) for _ in ones]).combine_chunks()
            writer.write_table(group, row_group_size=max(1, group.num_rows))
    seal_of(path)


def _tables(piece: Piece, rows: Sequence[int], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows of each block of a file."""
    with contextlib.closing(pq.ParquetFile(piece.path)) as file:
        groups = iter(range(file.num_row_groups))
        waiting = schema.empty_table()
        for count in rows:
            while waiting.num_rows < count:
                waiting = pa.concat_tables([waiting, fitted(file.read_row_group(next(groups)), schema)])
            yield waiting.slice(0, count)
            waiting = waiting.slice(count)
