"""The optional tables of a store as columns: the same names and kinds whatever happened in a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from sim.frames import Answered, Named, Rows
from sim.tables import TABLES

POINT, REPLICATION = "point", "replication"

OPTIONAL = tuple(name for name, one in TABLES.items() if not one.by_name)
"""The tables that an experiment can keep beside the measures of its runs."""

_KINDS = {"whole": pa.int64(), "number": pa.float64(), "yes or no": pa.bool_(), "name": pa.string()}


@cache
def schema_of(name: str) -> pa.Schema:
    """Return what a table of a store looks like: point and replication, then the columns of the table."""
    table = TABLES[name]
    columns = [(one.name, _KINDS[one.dtype]) for one in (*table.keys, *table.columns)]
    return pa.schema([(POINT, pa.int64()), (REPLICATION, pa.int64()), *columns])


def table_of(name: str, kept: Sequence[tuple[int, int, Rows]]) -> pa.Table:
    """Return the rows of a table in some runs.

    Parameters
    ----------
    name
        The table, one of `OPTIONAL`.
    kept
        Point, replication, and the rows that were kept of it (`sim.tables.kept_of`); a run that failed has none.

    Returns
    -------
    Table
        Row by row as they were given; with all columns where there is no row, too.
    """
    schema = schema_of(name)
    counts = [len(next(iter(rows.values()))) for _, _, rows in kept]
    columns: dict[str, Any] = {
        key: pa.array(np.repeat(np.array([one[place] for one in kept], dtype=np.int64), counts))
        for place, key in enumerate((POINT, REPLICATION))
    }
    for field in list(schema)[2:]:
        parts = [_column(rows[field.name], field.type) for _, _, rows in kept]
        columns[field.name] = pa.chunked_array(parts, field.type).combine_chunks()
    return pa.table(columns, schema=schema)


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    """Return a column of one run; what is missing in it is null, and a number that is not defined NaN."""
    if isinstance(values, Named):
        names = pa.array(values.names, pa.string())
        codes = pa.array(values.codes.astype(np.int64), mask=values.codes < 0)
        return names.take(codes)
    if isinstance(values, Answered):
        return pa.array(values.yes.astype(bool), mask=values.missing)
    found = np.asarray(values)
    if found.dtype.kind in "OU":
        return pa.array(found.tolist(), kind)
    if pa.types.is_integer(kind) and found.dtype.kind == "f":
        return pa.array(np.nan_to_num(found).astype(np.int64), mask=np.isnan(found))
    return pa.array(np.ascontiguousarray(found)).cast(kind)
