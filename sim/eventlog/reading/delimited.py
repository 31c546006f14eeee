"""Tables in text, of any length: read in blocks, only the columns that are needed.

How they are encoded and what columns are apart by is found as for workbooks (`sim.workbook.delimited`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sim.eventlog.reading.limits import MAX_COLUMNS, MAX_EVENTS, MAX_ROW, bearable
from sim.eventlog.reading.source import sampled, unlike
from sim.eventlog.reading.streams import Held
from sim.spec.findings import Finding, ScenarioError
from sim.words import Text, words
from sim.workbook.delimited import STATED, decoded, delimiter_of, encoding_of
from sim.workbook.refused import refused

texts = words("logread")
opened = words("opened")

_MARKS = ",;\t|，；"
_WESTERN = "latin-1"
"""Of what is neither UTF-8 nor GB18030: every byte is a letter."""
_UNSEEN = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_HEAD = 30
"""Lines that tell what columns are apart by."""


class Delimited:
    """A table in text."""

    def __init__(self, held: Held) -> None:
        self.file = held.name
        self.notes: list[Text] = []
        self.about: Mapping[str, str] = {}
        self._held = held
        self._said = False
        self._encoding = self._encoded()
        with self._text() as text:
            head = [text.readline(MAX_ROW + 1) for _ in range(_HEAD)]
        if max(map(len, head)) > MAX_ROW:
            raise refused(self.file, texts.LONG_ROW.format(most=MAX_ROW))
        stated = STATED.match(head[0])
        self._delimiter = (
            stated[1] if stated else delimiter_of(head, "".join(one for one in _MARKS if one in head[0]) or _MARKS)
        )
        self._above = 1 if stated else 0
        top = [(self._line, row) for _, (_, row) in zip(range(_HEAD), self._reader(), strict=False) if any(row)]
        longest = max((len(row) for _, row in top), default=0)
        if longest > MAX_COLUMNS:
            raise refused(self.file, texts.MANY_COLUMNS.format(most=MAX_COLUMNS))
        usual = Counter(len(row) for _, row in top if len(row) > 1).most_common(1)
        if not usual:
            raise refused(self.file, texts.NO_TABLE)
        self._before, names = _headings([one for one in top if len(one[1]) == usual[0][0]])
        self._names = unlike(names)

    @property
    def names(self) -> Sequence[str]:
        """The columns."""
        return self._names

    def _encoded(self) -> str:
        encoding = encoding_of(self._held.parts)
        if b"\0" in self._held.head and encoding != "utf-16":
            raise refused(self.file, opened.NO_TEXT)
        if encoding is not None and not (encoding == "gb18030" and self._looks_western()):
            return encoding
        if _UNSEEN.search(self._held.head):
            raise refused(self.file, opened.NO_TEXT)
        self.notes.append(texts.WESTERN)
        return _WESTERN

    def _looks_western(self) -> bool:
        """Tell whether text that can be read as GB18030 has mostly letters then that hardly any Chinese text has."""
        part = next(self._held.parts()).rpartition(b"\n")[0]
        letters = [one for one in (decoded(part) or "") if one.isalpha() and not one.isascii()]
        odd = sum(not one.encode("gb2312", "ignore") for one in letters)
        return odd * 2 > len(letters)

    def _text(self) -> io.TextIOWrapper:
        stream = io.BufferedReader(self._held.stream(), 1 << 16)
        return io.TextIOWrapper(stream, encoding=self._encoding, newline="")

    def _reader(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows with the lines in which they begin."""
        with self._text() as text:
            for _ in range(self._above):
                text.readline()
            lines = iter(lambda: text.readline(MAX_ROW + 1), "")
            reader = csv.reader(lines, delimiter=self._delimiter)
            begins = 1
            try:
                while (row := _next_row(reader)) is not None:
                    self._line = reader.line_num + self._above
                    yield begins + self._above, row
                    begins = reader.line_num + 1
            except csv.Error:
                raise self._no_row(reader.line_num + self._above) from None

    def _no_row(self, line: int) -> ScenarioError:
        return ScenarioError([Finding(texts.NO_ROW, file=self.file, line=line)])

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the names that have as many cells as there are columns, with their lines."""
        for line, row in self._reader():
            if self._line > self._before and len(row) == len(self.names):
                yield line, row

    @cached_property
    def sample(self) -> pd.DataFrame:
        """The first rows."""
        rows = [row for _, (_, row) in zip(range(sampled(len(self.names))), self._rows(), strict=False)]
        return pd.DataFrame(rows, columns=list(self.names), dtype=str)

    def place(self, row: int, name: str) -> int | str:
        """Return the line in which a row begins."""
        del name
        return next((line for number, (line, _) in enumerate(self._rows()) if number == row), row + self._before + 1)

    def load(self, names: Sequence[str], rows: Sequence[int] | None = None) -> pd.DataFrame:
        """Return some columns of all rows, or of those of some numbers, in order."""
        import pyarrow as pa

        if not self._delimiter.isascii():
            return self._slowly(names, rows)
        kinds = [pa.dictionary(pa.int32(), pa.string()) if rows is None and self._repeats(name) else pa.string()
                 for name in names]  # fmt: skip
        ragged: list[int] = []
        with self._held.stream() as stream:
            try:
                batches = self._batches(pa.PythonFile(stream, mode="r"), names, kinds, ragged)
                table = pa.Table.from_batches(list(batches) if rows is None else list(_of_rows(batches, rows)))
            except ScenarioError:
                raise
            except (pa.ArrowException, OSError, ValueError):
                if stream.failed is not None:
                    raise stream.failed from None
                raise refused(self.file, texts.NO_ROW) from None
        self._say(len(ragged), table.num_rows)
        table = table.unify_dictionaries()
        frame = table.to_pandas(split_blocks=True, self_destruct=True)
        frame.columns = list(names)
        return frame

    def _repeats(self, name: str) -> bool:
        """Tell whether a column says the same again and again, so that it is held as numbers of what it says."""
        return bool(self.sample[name].nunique() * 2 <= len(self.sample))

    def _slowly(self, names: Sequence[str], rows: Sequence[int] | None) -> pd.DataFrame:
        """Return some columns where they are apart by a wide letter."""
        places = [list(self.names).index(name) for name in names]
        held = [[row[place] for place in places] for _, (_, row) in zip(range(MAX_EVENTS), self._rows(), strict=False)]
        self._say(sum(self._odd(row) for _, row in self._reader()), len(held))
        frame = pd.DataFrame(held, columns=list(names), dtype=object)
        return frame if rows is None else frame.iloc[list(rows)]

    def _batches(self, file: Any, names: Sequence[str], kinds: Any, ragged: list[int]) -> Iterator[Any]:
        """Yield blocks of rows; rows of another length are left out, and noted down in `ragged`."""
        from pyarrow import csv as arrow

        def skip(row: Any) -> str:
            ragged.append(row.actual_columns)
            return "skip"

        keys = [str(place) for place in range(len(self.names))]
        chosen = [keys[list(self.names).index(name)] for name in names]
        reader = arrow.open_csv(
            file,
            arrow.ReadOptions(
                use_threads=False, block_size=MAX_ROW * 2, skip_rows=self._before, column_names=keys,
                encoding="utf8" if self._encoding == "utf-8-sig" else self._encoding,
            ),
            arrow.ParseOptions(delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=skip),
            arrow.ConvertOptions(include_columns=chosen, column_types=dict(zip(chosen, kinds, strict=True))),
        )  # fmt: skip
        read = 0
        for batch in reader:
            read += batch.num_rows
            if read > MAX_EVENTS:
                raise refused(self.file, texts.MANY_EVENTS.format(most=MAX_EVENTS))
            yield batch

    def _say(self, ragged: int, rows: int) -> None:
        if not ragged or self._said:
            return
        line, cells = next((line, len(row)) for line, row in self._reader() if self._odd(row))
        facts = {"count": ragged, "cells": cells, "columns": len(self.names)}
        if ragged > bearable(rows):
            raise ScenarioError([Finding(texts.RAGGED.format(**facts), file=self.file, line=line)])
        self._said = True
        self.notes.append(texts.RAGGED_LEFT_OUT.format(line=line, **facts))

    def _odd(self, row: list[str]) -> bool:
        return self._line > self._before and bool(row) and len(row) != len(self.names)


def _headings(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """Return the row with the names of columns and its line: the first that fills most of its cells.

    Above it there may be a title, which programs fill up with empty cells.
    """
    full = (one for one in rows if 2 * sum(bool(cell.strip()) for cell in one[1]) > len(one[1]))
    return next(full, rows[0])


def _of_rows(batches: Iterator[Any], rows: Sequence[int]) -> Iterator[Any]:
    """Yield of blocks the rows of some numbers, which are in order."""
    wanted, before = np.asarray(rows), 0
    for batch in batches:
        within = wanted[(wanted >= before) & (wanted < before + batch.num_rows)] - before
        yield batch.take(within)
        before += batch.num_rows


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row, whose cells may be as long as a row; elsewhere the limit of the library holds."""
    usual = csv.field_size_limit(MAX_ROW)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(usual)
