"""The store of an experiment: a folder with what was asked, its points, and its runs in blocks.

A store that is finished has the same bytes whatever it was made by, in whatever order, and however often that was
interrupted: `MANIFEST`, `POINTS`, the tables, and last of all `CHECKSUMS`, which says that it is finished. What lies
aside is compared with nothing: the journal, the lock, and what was found damaged.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.pieces import path_of, pieces
from sim.experiments.store.blocks import RUNS, Blocks
from sim.experiments.store.errors import StoreError
from sim.experiments.store.journal import JOURNAL
from sim.experiments.store.lock import LOCK
from sim.experiments.store.manifest import check_same, identity, read_manifest, text_of
from sim.experiments.store.sealed import DamagedError, seal_of, told_by, write_table
from sim.files import LEFT, whole
from sim.words import Text, words

if TYPE_CHECKING:
    import pyarrow as pa

texts = words("store")

MANIFEST, POINTS = "manifest.json", "points.parquet"
CHECKSUMS = "checksums.txt"
"""The digest of every file of a finished store, as ``sha256sum`` writes and reads them."""


class Store:
    """A folder of results.

    Parameters
    ----------
    folder : Path
        Where it is, or is to be.
    tables : sequence of str
        What is stored beside the runs.
    """

    def __init__(self, folder: Path, tables: Sequence[str] = ()) -> None:
        self.folder = folder
        self.tables = (RUNS, *tables)

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is there."""
        return (self.folder / CHECKSUMS).is_file()

    def accept(self, asked: Mapping[str, Any]) -> None:
        """Refuse a folder that cannot hold an experiment; nothing is changed there.

        Raises
        ------
        StoreError
            If it is none, holds something else, or holds another experiment.
        """
        if not os.path.lexists(self.folder):
            return
        if not self.folder.is_dir():
            raise StoreError(texts.NO_FOLDER.format(folder=self.folder))
        there = read_manifest(self.folder / MANIFEST)
        if there is not None:
            check_same(self.folder, there, asked)
        elif (whose := self._whose()) is None:
            self._check_empty()
        elif whose != identity(asked):
            raise StoreError(texts.OTHER_BLOCKS.format(folder=self.folder, manifest=MANIFEST))

    def _whose(self) -> object:
        """Return of which experiment the blocks are, by the first that is sound; None where there is none."""
        for piece in pieces(self.folder / RUNS):
            with contextlib.suppress(DamagedError):
                return seal_of(piece.path).get("experiment")
        return None

    def _check_empty(self) -> None:
        """Refuse a folder in which something lies that no driver has put there before the manifest."""
        ours = {LOCK, JOURNAL, POINTS, *self.tables}
        with os.scandir(self.folder) as entries:
            names = sorted(one.name for one in entries if not one.name.startswith("."))
        foreign = [name for name in names if name not in ours or (name in self.tables and self._filled(name))]
        if foreign:
            raise StoreError(texts.NO_STORE.format(folder=self.folder, found=foreign[0]))

    def _filled(self, table: str) -> bool:
        """Tell whether anything but unfinished files lies in the folder of a table."""
        folder = self.folder / table
        return not folder.is_dir() or any(not LEFT.fullmatch(name) for name in os.listdir(folder))

    def begin(self, asked: Mapping[str, Any], points: pa.Table) -> Blocks:
        """Write what is asked and at which points, where it does not stand there already; return the blocks.

        Raises
        ------
        StoreError, OSError
            As `accept`, or if nothing can be written.
        """
        self.accept(asked)
        begun = (self.folder / MANIFEST).exists()
        for name in self.tables:
            (self.folder / name).mkdir(exist_ok=True)
        self._clear_left()
        damage = [*self._begin_points(points, identity(asked), begun), *self._begin_manifest(text_of(asked), begun)]
        blocks = Blocks(self.folder, self.tables, identity(asked))
        blocks.damage += damage
        return blocks

    def _clear_left(self) -> None:
        """Remove what was being written when a driver was killed."""
        for folder in (self.folder, *(self.folder / name for name in self.tables)):
            for name in os.listdir(folder):
                if LEFT.fullmatch(name):
                    (folder / name).unlink(missing_ok=True)

    def _begin_points(self, points: pa.Table, whose: str, begun: bool) -> Iterator[Text]:
        """Write the points, where they are not there; yield why, where they were."""
        path, told = self.folder / POINTS, {"experiment": whose, "rows": points.num_rows}
        try:
            if seal_of(path) == told:
                return
            why = texts.OTHER_CONTENT.format(file=path)
        except FileNotFoundError:
            why = texts.GONE.format(file=path)
        except DamagedError as error:
            why = error.text
        self.open_again()
        write_table(path, points, told)
        if begun:
            yield why

    def _begin_manifest(self, text: str, begun: bool) -> Iterator[Text]:
        """Write the manifest, where it does not say the same; yield why, where it cannot be read."""
        path = self.folder / MANIFEST
        if begun and path.read_bytes() == text.encode():
            return
        damaged = begun and read_manifest(path) is None
        self.open_again()
        with whole(path, lasting=True) as place:
            place.write_bytes(text.encode())
        if damaged:
            yield texts.OTHER_BYTES.format(file=path)

    def check_single(self) -> None:
        """Refuse where blocks were put together: a single one of them cannot be made anew.

        Raises
        ------
        StoreError
            Saying so.
        """
        for one in pieces(self.folder / RUNS):
            if one.path != path_of(one.path.parent, one.first):
                raise StoreError(texts.PUT_TOGETHER.format(folder=self.folder))

    def open_again(self) -> None:
        """Say that the store is not finished, before anything in it is changed."""
        (self.folder / CHECKSUMS).unlink(missing_ok=True)

    def seal(self) -> None:
        """Say that the store is finished: write the digest of every file, in an order that is always the same."""
        lines = [f"{_sha256(self.folder / name)}  {name}\n" for name in self._files()]
        with whole(self.folder / CHECKSUMS, lasting=True) as place:
            place.write_bytes("".join(lines).encode())

    def _files(self) -> Iterator[str]:
        """Yield the names of what is compared."""
        yield from (MANIFEST, POINTS)
        for table in self.tables:
            yield from (f"{table}/{one.path.name}" for one in pieces(self.folder / table))

    def intact(self, asked: Mapping[str, Any]) -> bool:
        """Tell whether the store is finished, is of an experiment, and has every byte that it was finished with."""
        with contextlib.suppress(OSError):
            lines = (self.folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
            told = dict(line.split("  ", 1)[::-1] for line in lines if "  " in line)
            same = (self.folder / MANIFEST).read_bytes() == text_of(asked).encode()
            return same and list(told) == list(self._files()) and all(map(self._has, told, told.values()))
        return False

    def _has(self, name: str, digest: str) -> bool:
        return _sha256(self.folder / name) == digest

    def counted(self) -> tuple[int, int]:
        """Return how many runs a finished store has, and how many of them failed."""
        told = [told_by(one.path) for one in pieces(self.folder / RUNS)]
        rows = (one["rows"] if isinstance(one["rows"], list) else [one["rows"]] for one in told)  # many blocks: a list
        return sum(map(sum, rows)), sum(one["failed"] for one in told)


def is_store(folder: Path) -> bool:
    """Tell whether a folder is one of results, whatever state it is in."""
    try:
        return (folder / MANIFEST).is_file()
    except (OSError, ValueError):
        return False


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
