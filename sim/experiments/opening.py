"""Opening a store for reading: whether it is one, which of its files can be read, and how far it is."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from sim.experiments.columns import OPTIONAL, POINT, REPLICATION, schema_of
from sim.experiments.experiment import Experiment
from sim.experiments.pieces import Piece, piece_called
from sim.experiments.querying import ERROR, Held, Tables
from sim.experiments.sound import groups_of, sound, still_there
from sim.experiments.store import CHECKSUMS, MANIFEST, POINTS, RUNS, DamagedError, StoreError, StoreWarning, read_table
from sim.experiments.store.manifest import FORMAT, identity, read_manifest
from sim.notices import language
from sim.words import Text, words

texts = words("results")


class Opened:
    """A store that is read.

    Parameters
    ----------
    folder : Path
        Where it is.

    Raises
    ------
    StoreError
        If there is none, or one that this version does not know.
    """

    def __init__(self, folder: Path) -> None:
        if not os.path.isdir(folder):
            raise StoreError(texts.NO_FOLDER.format(folder=folder))
        manifest = read_manifest(folder / MANIFEST)
        if manifest is None:
            raise StoreError(texts.NO_STORE.format(folder=folder))
        if manifest["format"] != FORMAT:
            told = f"{manifest['format']!s:.60}"
            raise StoreError(texts.OTHER_FORMAT.format(folder=folder, found=told, known=FORMAT))
        self.folder = folder
        self.manifest = manifest
        self._damage: list[Text] = []
        self._sound: dict[str, list[Piece]] = {}
        self._told: dict[Path, Mapping[str, Any]] = {}

    @cached_property
    def experiment(self) -> Experiment:
        """What the file says."""
        try:
            return Experiment.model_validate(self.manifest["experiment"])
        except ValidationError:
            told = self.manifest.get("deptsim")
            raise StoreError(texts.OTHER_FIELDS.format(folder=self.folder, version=told)) from None

    @cached_property
    def points(self) -> pa.Table:
        """The points."""
        path = self.folder / POINTS
        try:
            return read_table(path)
        except (DamagedError, FileNotFoundError):
            raise StoreError(texts.NO_POINTS.format(file=path)) from None

    @property
    def tables(self) -> tuple[str, ...]:
        """The optional tables that are kept."""
        return tuple(name for name in self.manifest["experiment"].get("tables", ()) if name in OPTIONAL)

    def schema(self, name: str) -> pa.Schema:
        """Return what a table looks like."""
        if name != RUNS:
            return schema_of(name)
        measures = [(one, pa.float64()) for one in self.manifest["measures"]]
        return pa.schema([(POINT, pa.int64()), (REPLICATION, pa.int64()), (ERROR, pa.string()), *measures])

    def pieces(self, name: str) -> list[Piece]:
        """Return the files of a table that can be read; of those that cannot, a warning tells."""
        if name not in self._sound or not still_there(self._sound[name]):
            self._sound[name], damage = sound(self.folder / name, self._look)
            found = [texts.LEFT_OUT.format(damage=one) for one in damage]
            new = [one for one in found if one not in self._damage]
            self._damage += new
            if new:
                warnings.warn("\n".join(one.get(language()) for one in new), StoreWarning, stacklevel=4)
        return self._sound[name]

    def told(self, piece: Piece) -> Mapping[str, Any]:
        """Return what a file that can be read says of itself."""
        return self._told[piece.path]

    def every_damage(self) -> list[Text]:
        """Return what is damaged, after all files were looked at."""
        for name in (RUNS, *self.tables):
            self.pieces(name)
        return self._damage

    @property
    def files(self) -> int:
        """How many files of rows there are."""
        return sum(len(self.pieces(name)) for name in (RUNS, *self.tables))

    @cached_property
    def _identity(self) -> str:
        return identity(self.manifest)

    def _look(self, piece: Piece, told: Mapping[str, Any]) -> None:
        """Refuse a file that holds something else than its name says, or is of another experiment."""
        if (told.get("experiment"), told.get("first"), told.get("last")) != (self._identity, piece.first, piece.last):
            raise DamagedError(words("store").OTHER_CONTENT.format(file=piece.path), piece.path)
        self._told[piece.path] = told

    def held(self, name: str) -> Held:
        """Return a table as it is asked in SQL."""
        return Held([one.path for one in self.pieces(name)], self.schema(name))

    def asked(self) -> Tables:
        """Return all tables as they are asked in SQL."""
        points = Held([self.folder / POINTS], self.points.schema)
        return Tables(self.folder, points, self.held(RUNS), {name: self.held(name) for name in self.tables})

    def groups(self, name: str, columns: Iterable[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of a table, some at a time."""
        chosen = None if columns is None else list(columns)
        try:
            yield from groups_of(self.pieces(name), self.schema(name), chosen)
        except FileNotFoundError:
            raise StoreError(texts.MOVED.format(folder=self.folder)) from None

    @property
    def done(self) -> int:
        """How many runs are there."""
        return self._counted("rows")

    @property
    def failed(self) -> int:
        """How many of them failed."""
        return self._counted("failed")

    def _counted(self, what: str) -> int:
        return sum(int(self._told[one.path].get(what, 0)) for one in self.pieces(RUNS))

    @cached_property
    def complete(self) -> bool:
        """Whether every block is there that a finished store has, in whichever files."""
        finished = finished_blocks(self.folder)
        return finished is not None and all(
            {number for one in self.pieces(name) for number in one.blocks} >= finished.get(name, set())
            for name in (RUNS, *self.tables)
        )

    @property
    def wanted(self) -> int | None:
        """How many runs there are to be; None as long as a stopping rule has not decided."""
        asked = self.manifest["experiment"]["replications"]
        if isinstance(asked, int):
            return asked * int(self.manifest["points"])
        return self.done if self.complete else None


def finished_blocks(folder: Path) -> dict[str, set[int]] | None:
    """Return the blocks of every table that a store had when it was finished; None where it is not."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    found: dict[str, set[int]] = {}
    for line in lines:
        path = PurePosixPath(line.partition("  ")[2])
        if (piece := piece_called(folder / path)) is not None:
            found.setdefault(path.parent.name, set()).update(piece.blocks)
    return found
