"""SQL on the results of an experiment, by DuckDB, which reads from the files only what a question needs.

What is asked can read the tables of this experiment and nothing else: no other file, no network, no extension; and it
can change nothing.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sim.experiments.columns import POINT, REPLICATION
from sim.spec.findings import TextError, shortened
from sim.words import words

if TYPE_CHECKING:
    import duckdb

texts = words("results")

INSTALL = "pip install 'deptsim[experiments]'"

BATCH = 10_000
"""Rows of an answer that are held at a time."""

ERROR = "error"
_KEYS = (POINT, REPLICATION, ERROR)

_TYPES = {
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.string(): "varchar",
    pa.large_string(): "varchar",
    pa.bool_(): "boolean",
}


_PIVOTS = re.compile(r"[\s(]*(pivot|from|with|select)\b", re.IGNORECASE)
"""How a question begins that may have several statements for the library."""


class QueryError(TextError):
    """A question in SQL that has no answer."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a table holds: its files, and what they look like."""

    files: Sequence[Path]
    schema: pa.Schema


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that can be asked about.

    Attributes
    ----------
    folder
        The folder in which all files are.
    points, runs
        The points, and the runs with their measures.
    others
        The optional tables by name.
    """

    folder: Path
    points: Held
    runs: Held
    others: dict[str, Held] = field(default_factory=dict)


@contextlib.contextmanager
def answer(tables: Tables, sql: str, memory: str | None = None) -> Iterator[pa.RecordBatchReader]:
    """Give the rows of an answer, some at a time.

    Parameters
    ----------
    tables
        What can be asked about.
    sql
        One statement that selects something.
    memory
        The most memory that is used, like ``2GB``; what needs more goes through temporary files.

    Raises
    ------
    QueryError
        Where there is no answer.
    """
    duckdb = _duckdb()
    with (
        tempfile.TemporaryDirectory(prefix="deptsim-") as aside,
        _told(duckdb),
        _connected(duckdb, tables, aside, memory) as connection,
    ):
        _check(duckdb, sql)
        found = connection.sql(sql)
        with contextlib.closing(found.to_arrow_reader(BATCH)) as reader:
            yield _plain(reader)


def _duckdb() -> Any:
    try:
        import duckdb  # large, and an extra
    except ImportError:
        raise QueryError(texts.NEEDS_EXTRA.format(command=INSTALL)) from None
    return duckdb


def _plain(reader: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """Return rows whose columns can be told apart, and whose decimals are numbers as everywhere."""
    fields = [
        (name, pa.float64() if pa.types.is_decimal(one.type) else one.type)
        for name, one in zip(distinct(reader.schema.names), reader.schema, strict=True)
    ]
    schema = pa.schema(fields)
    batches = (one.rename_columns(schema.names).cast(schema) for one in reader)
    return pa.RecordBatchReader.from_batches(schema, batches)


@contextlib.contextmanager
def _told(duckdb: Any) -> Iterator[None]:
    """Let errors of the library be one sentence, without the line of SQL that it points into."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise QueryError(texts.TOO_LARGE) from None
    except (duckdb.Error, pa.ArrowException) as error:
        raise QueryError(texts.NO_ANSWER.format(why=_why(str(error)))) from None


def _why(message: str) -> str:
    """Return what a library says, on one line and without where in the text it happened."""
    said = re.split(r"\n\s*LINE \d+:", message)[0]
    return " ".join(said.split())


def _check(duckdb: Any, sql: str) -> None:
    """Refuse what is not one statement that selects something; a ``pivot`` is several for the library."""
    found = duckdb.extract_statements(sql)
    if len(found) != 1:
        raise QueryError(texts.NOT_ONE.format(count=len(found)))
    kind = found[0].type
    pivots = kind == duckdb.StatementType.MULTI and _PIVOTS.match(sql)  # one could be inside of what writes a file
    if kind != duckdb.StatementType.SELECT and not pivots:
        raise QueryError(texts.ONLY_SELECT.format(found=shortened(sql)))


@contextlib.contextmanager
def _connected(duckdb: Any, tables: Tables, aside: str, memory: str | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that sees the tables, and shut all doors behind it."""
    config = {
        "temp_directory": aside,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }
    with contextlib.closing(duckdb.connect(":memory:", config=config)) as connection:
        connection.execute("set enable_progress_bar = false")
        if memory is not None:
            _limit(duckdb, connection, memory)
        tables = _under(tables, aside)
        connection.execute(f"set allowed_directories = [{_text(str(tables.folder))}]")
        for name, query in _views(tables):
            connection.execute(f"create view {_name(name)} as {query}")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def _under(tables: Tables, aside: str) -> Tables:
    """Return tables by a path in which nothing stands for other signs: a link, where the folder is called so."""
    folder = tables.folder.resolve()
    if re.search(r"[\[*?]", str(folder)):
        link = Path(aside) / "store"
        link.symlink_to(folder, target_is_directory=True)
        folder = link

    def moved(held: Held) -> Held:
        return Held([folder / one.relative_to(tables.folder) for one in held.files], held.schema)

    return Tables(folder, moved(tables.points), moved(tables.runs), {k: moved(one) for k, one in tables.others.items()})


def _limit(duckdb: Any, connection: Any, memory: str) -> None:
    try:
        connection.execute(f"set memory_limit = {_text(memory)}")
    except duckdb.Error:
        raise QueryError(texts.NO_MEMORY.format(found=memory)) from None


def _views(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield the views by name."""
    runs = distinct(tables.runs.schema.names)
    yield "points", _read(tables.points)
    yield "runs", _defined(tables.runs)
    yield "errors", f"select {POINT}, {REPLICATION}, {ERROR} from runs where {ERROR} is not null"
    yield "data", _joined(tables.points.schema.names, runs)
    if measures := ", ".join(map(_name, runs[len(_KEYS) :])):
        fine = f"from (select * exclude ({ERROR}) from runs where {ERROR} is null)"
        yield "long", f"select * {fine} unpivot include nulls (value for measure in ({measures}))"
    for name, one in tables.others.items():
        yield name, _defined(one)


def _defined(held: Held) -> str:
    """Return the query of a table in which numbers that are not defined are null, so that means leave them out."""
    columns = [
        f"nullif({_name(name)}, 'nan'::double) as {_name(name)}" if pa.types.is_floating(one.type) else _name(name)
        for name, one in zip(distinct(held.schema.names), held.schema, strict=True)
    ]
    return f"select {', '.join(columns)} from ({_read(held)})"


def _joined(points: Sequence[str], runs: Sequence[str]) -> str:
    """Return the view of runs with the factors of their points; a factor that is called as a measure has a 2 behind."""
    names = distinct(points)
    new = distinct([*runs, *names[1:]])[len(runs) :]
    factors = [f"points.{_name(one)} as {_name(called)}" for one, called in zip(names[1:], new, strict=True)]
    rest = [f"runs.{_name(one)}" for one in runs[1:]]
    return f"select {', '.join([f'runs.{POINT}', *factors, *rest])} from runs join points using ({POINT})"


def _read(held: Held) -> str:
    """Return the query of a table as it stands in its files, its columns called so that they can be told apart."""
    names = ", ".join(map(_name, distinct(held.schema.names)))
    if not held.files:
        empty = [f"null::{_TYPES[one.type]}" for one in held.schema]
        return f"select * from (select {', '.join(empty)} where false) as held({names})"
    files = ", ".join(_text(str(one)) for one in held.files)
    return f"select * from read_parquet([{files}], hive_partitioning = false) as held({names})"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def distinct(names: Sequence[str]) -> list[str]:
    """Return names of columns that differ also where upper and lower case count the same; later ones get a number."""
    taken: set[str] = set()
    made = []
    for name in names:
        new, number = name, 1
        while new.casefold() in taken:
            number += 1
            new = f"{name}_{number}"
        taken.add(new.casefold())
        made.append(new)
    return made
