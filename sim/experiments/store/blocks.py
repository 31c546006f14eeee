"""The blocks of a store: which are there and sound, and how they are written and read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.pieces import Piece, path_of, pieces
from sim.experiments.rounds import Block, Round
from sim.experiments.store.sealed import DamagedError, read_table, seal_of, write_table
from sim.words import Text, words

if TYPE_CHECKING:
    import pyarrow as pa

texts = words("store")

RUNS = "runs"
"""The table that every store has."""

DAMAGED = "damaged"
"""The folder of what was found damaged, or does not belong where it was."""


class Blocks:
    """The blocks in a folder.

    Parameters
    ----------
    folder : Path
        The store.
    tables : sequence of str
        What there is of every block, the runs first.
    identity : str
        Stands for the experiment.

    Attributes
    ----------
    damage : list of Text
        What was put aside, in a sentence each.
    """

    def __init__(self, folder: Path, tables: Sequence[str], identity: str) -> None:
        self.folder, self.tables = folder, tuple(tables)
        self.damage: list[Text] = []
        self._identity = identity
        self._there = {
            name: {number: one for one in pieces(folder / name) for number in one.blocks} for name in self.tables
        }
        self._seals: dict[Path, dict[str, Any] | None] = {}

    def failed_in(self, block: Block) -> int | None:
        """Return how many runs of a block failed; None where it is not there, or not as it should be.

        Of a file with many blocks, the first tells of all. What is not as it should be is put aside.
        """
        told = [self._told(name, block) for name in self.tables]
        if any(one is None for one in told):
            return None
        piece = self._there[RUNS][block.number]
        return int(told[0]["failed"]) if told[0] and piece.first == block.number else 0

    def _told(self, table: str, block: Block) -> dict[str, Any] | None:
        """Return what the file of a block says of itself."""
        piece = self._there[table].get(block.number)
        if piece is None:
            return None
        if piece.path not in self._seals:
            self._seals[piece.path] = self._looked_at(piece)
        told = self._seals[piece.path]
        if told is not None and told.get("runs") not in (None, _runs(block)):
            self._put_aside(piece.path, texts.OTHER_CONTENT)
            told = self._seals[piece.path] = None
        return told

    def _looked_at(self, piece: Piece) -> dict[str, Any] | None:
        """Return what a file says of itself after all its bytes were looked at."""
        try:
            told = seal_of(piece.path)
        except FileNotFoundError:
            return None
        except DamagedError as error:
            self._put_aside(piece.path, error.text)
            return None
        expected = {"experiment": self._identity, "first": piece.first, "last": piece.last}
        if {**told, **expected} != told:
            self._put_aside(piece.path, texts.OTHER_CONTENT)
            return None
        return told

    def _put_aside(self, path: Path, why: Text) -> None:
        """Move a file to where nothing is read, and say why."""
        self.damage.append(why.format(file=path))
        aside = self.folder / DAMAGED / path.parent.name
        aside.mkdir(parents=True, exist_ok=True)
        os.replace(path, aside / path.name)

    def forget(self, last: int) -> None:
        """Put files aside whose blocks come after the last that there is."""
        for name in self.tables:
            for one in pieces(self.folder / name):
                if one.last > last:
                    self._put_aside(one.path, texts.OTHER_CONTENT)

    def write(self, block: Block, tables: Mapping[str, pa.Table]) -> int:
        """Write a block, every table whole or not at all, the runs last; return how many runs failed."""
        failed: int = block.runs - tables[RUNS]["error"].null_count
        told = {"experiment": self._identity, "first": block.number, "last": block.number, "failed": failed}
        for name in reversed(self.tables):
            path = path_of(self.folder / name, block.number)
            write_table(path, tables[name], {**told, "rows": tables[name].num_rows, "runs": _runs(block)})
            self._there[name][block.number] = Piece(block.number, block.number, path)
        return failed

    def values(self, done: Round, measure: str) -> Iterator[tuple[int, int, float, bool]]:
        """Yield point, replication, value of a measure, and whether it failed, of every run of a complete round."""
        columns = ["point", "replication", measure, "error"]
        found = {self._there[RUNS][number] for number in range(done.first, done.stop)}
        for piece in sorted(found):
            table = read_table(piece.path, columns)
            for point, replication, value, error in zip(*(table[name].to_pylist() for name in columns), strict=True):
                if replication in done.replications:
                    yield point, replication, value, error is not None


def _runs(block: Block) -> list[list[int]]:
    """Return the runs of a block as its file tells them: point, first replication, and the one after the last."""
    return [[point, numbers.start, numbers.stop] for point, numbers in block.spans]
