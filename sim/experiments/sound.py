"""Reading the tables of a store, some rows at a time: what is damaged is left out, and named."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.pieces import Piece, every_piece, outermost
from sim.experiments.store.sealed import DamagedError, seal_of
from sim.words import Text, words
from sim.words.system import why_not

texts = words("results")

Look = Callable[[Piece, dict[str, object]], None]
"""Looks at what a file says of itself, and refuses it by a `DamagedError`."""


def sound(folder: Path, look: Look) -> tuple[list[Piece], list[Text]]:
    """Return the files of a table that are as they were written, and a sentence for each that is not.

    A file that went away meanwhile was put into a larger one, which is then read instead.
    """
    for _ in range(100):
        fine: list[Piece] = []
        damage: list[Text] = []
        try:
            found = every_piece(folder)
            for one in found:
                _look_at(one, look, fine, damage)
        except FileNotFoundError:
            continue
        return outermost(fine), damage
    raise FileNotFoundError(folder)


def _look_at(piece: Piece, look: Look, fine: list[Piece], damage: list[Text]) -> None:
    if fine and piece.within(fine[-1]):
        return
    try:
        look(piece, seal_of(piece.path))
        fine.append(piece)
    except DamagedError as error:
        damage.append(error.text)
    except FileNotFoundError:
        raise
    except OSError as error:
        damage.append(texts.UNREADABLE.format(file=piece.path, why=why_not(error)))


def still_there(found: Sequence[Piece]) -> bool:
    """Tell whether no file went away since it was found: into a larger one."""
    names = {folder: set(os.listdir(folder)) for folder in {one.path.parent for one in found}}
    return all(one.path.name in names[one.path.parent] for one in found)


def groups_of(found: Sequence[Piece], schema: pa.Schema, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of a table, a group of them at a time; where there is none, an empty table."""
    names = schema.names if columns is None else list(columns)
    empty = schema.empty_table().select(names)
    yield empty
    for one in found:
        with contextlib.closing(pq.ParquetFile(one.path)) as file:
            for place in range(file.num_row_groups):
                yield fitted(file.read_row_group(place, columns=names), empty.schema)


def fitted(found: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return rows as a table has them; most are so already, and casting takes as long as reading a small block."""
    plain = found.replace_schema_metadata(None)
    return plain if plain.schema == schema else plain.select(schema.names).cast(schema)


def together(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Yield tables with at least so many rows, the last one aside, instead of many small ones."""
    waiting: list[pa.Table] = []
    count = 0
    for one in tables:
        waiting.append(one)
        count += one.num_rows
        if count >= rows:
            yield pa.concat_tables(waiting)
            waiting, count = [], 0
    if waiting:
        yield pa.concat_tables(waiting)
