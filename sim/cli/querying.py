"""deptsim query"""

from __future__ import annotations

import json as json_
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.table import Table

from sim.characters import json_visible
from sim.cli.codes import FINE
from sim.cli.errors import UsageError
from sim.cli.screen import screen, write, write_json
from sim.cli.spreadsheets import write_csv_of
from sim.cli.storing import check_outside, saying_damage
from sim.experiments.results import open_experiment
from sim.files import whole
from sim.report.lines import lines_of
from sim.report.plaintable import new_table
from sim.study.plain import plain_data
from sim.words import either, words
from sim.words.numbers import MINUS, MISSING

texts = words("results")

SHOWN = 50
"""Rows of an answer that are printed; a file has all of them."""


def query_command(folder: Path, sql: str, out: Path | None, memory: str | None, json: bool, lang: str) -> int:
    """Print what a question in SQL finds, or write it into a file."""
    save = None if out is None else _saving(out, lang)
    with saying_damage():
        found = open_experiment(folder)
        if out is not None:
            check_outside(folder, "--out", out, lang)
        with found.answer(sql, memory) as reader:
            if out is not None and save is not None:
                save(reader, out)
                write(words("terminal").WRITTEN.format(files=out).get(lang))
            elif json:
                write_json([row for batch in reader for row in _rows(batch)])
            else:
                _print(reader, lang)
    return FINE


def _saving(out: Path, lang: str) -> Callable[[pa.RecordBatchReader, Path], None]:
    """Return what writes an answer into a file that is called so."""
    if out.suffix.lower() not in _SAVED:
        raise UsageError(texts.NO_KIND.format(file=out, known=either(_SAVED)).get(lang))
    return _SAVED[out.suffix.lower()]


def _save_csv(reader: pa.RecordBatchReader, out: Path) -> None:
    def parts() -> Iterator[Any]:
        yield reader.schema.empty_table().to_pandas()
        yield from (batch.to_pandas() for batch in reader)

    write_csv_of(parts(), out)


def _save_parquet(reader: pa.RecordBatchReader, out: Path) -> None:
    with whole(out) as place, pq.ParquetWriter(place, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _save_json(reader: pa.RecordBatchReader, out: Path) -> None:
    """Write a list of rows, a row on a line."""
    with whole(out) as place, place.open("w", encoding="utf-8", newline="\n") as file:
        before = "[\n"
        for batch in reader:
            for row in _rows(batch):
                file.write(before + json_visible(json_.dumps(row, ensure_ascii=False, allow_nan=False)))
                before = ",\n"
        file.write("\n]\n" if before == ",\n" else "[]\n")


_SAVED = {".csv": _save_csv, ".parquet": _save_parquet, ".json": _save_json}
"""What writes an answer, by what the name of the file ends with."""


def _rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return rows as JSON can say them: dates and the like as text, numbers that are not finite as null."""
    return [{name: _said(value) for name, value in row.items()} for row in batch.to_pylist()]


def _said(value: Any) -> Any:
    plain = plain_data(value)
    return plain if plain is None or isinstance(plain, bool | int | float | str | list | dict) else str(plain)


def _print(reader: pa.RecordBatchReader, lang: str) -> None:
    """Print the first rows, and how many more there are."""
    rows: list[list[Any]] = []
    more = 0
    for batch in reader:
        fits = max(0, SHOWN - len(rows))
        rows += [list(row) for row in zip(*(one.to_pylist() for one in batch.slice(0, fits).columns), strict=True)]
        more += max(0, batch.num_rows - fits)
    console = screen()
    console.print(_table(reader.schema, rows))
    if more:
        told = texts.MORE_ROWS.format(shown=SHOWN, count=f"{SHOWN + more:,}")
        console.print(lines_of(told.get(lang), console.width, lang), style="dim")


def _table(schema: pa.Schema, rows: list[list[Any]]) -> Table:
    numbers = [at for at, one in enumerate(schema) if pa.types.is_integer(one.type) or pa.types.is_floating(one.type)]
    table = new_table("", *schema.names, numbers=tuple(numbers))
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _cell(value: Any) -> str:
    """Return a value as a table shows it: numbers with six digits, what is not defined as a dash."""
    if value is None or value != value:
        return MISSING
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}".replace("-", MINUS)
    return str(value).replace("-", MINUS) if isinstance(value, int) else str(value)
