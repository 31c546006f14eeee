"""Files that know what they were: whatever happens to one of their bytes shows."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiments.store.sealed import DamagedError, read_table, seal_of, sealed, told_by, write_table

TABLE = pa.table({"point": [0, 1], "error": [None, "why"], "trust": [0.5, float("nan")]})
TOLD = {"experiment": "abc", "first": 3, "last": 3}


@pytest.fixture
def path(tmp_path):
    """Return a sealed file."""
    write_table(tmp_path / "one.parquet", TABLE, TOLD)
    return tmp_path / "one.parquet"


def test_what_is_written_is_read(path):
    """The table, what the file says of itself, and nothing beside it; anybody's Parquet reads it, too."""
    assert read_table(path).schema.equals(TABLE.schema)
    assert str(read_table(path).to_pydict()) == str(TABLE.to_pydict())
    assert read_table(path, ["trust"]).column_names == ["trust"]
    assert seal_of(path) == TOLD
    assert told_by(path).items() >= TOLD.items()
    assert [one.name for one in path.parent.iterdir()] == ["one.parquet"]
    assert pq.read_table(path).num_rows == 2


def test_the_same_is_the_same(path):
    """Byte for byte."""
    write_table(path.with_name("two.parquet"), TABLE, TOLD)
    assert path.read_bytes() == path.with_name("two.parquet").read_bytes()


def test_every_other_byte_shows(path):
    """Wherever one is changed (every second is tried), also in what says how long the rest is, and in the digest."""
    data = path.read_bytes()
    for place in range(0, len(data), 2):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(DamagedError, match=r"one\.parquet: "):
            seal_of(path)


def test_every_cut_shows(path):
    """Wherever a file is cut off, and where something hangs on to it."""
    data = path.read_bytes()
    for length in range(0, len(data), 5):
        path.write_bytes(data[:length])
        with pytest.raises(DamagedError):
            seal_of(path)
    path.write_bytes(data + b"\n")
    with pytest.raises(DamagedError):
        seal_of(path)


def test_other_parquet_is_damage(path):
    """A table that somebody else has written says nothing of itself."""
    pq.write_table(TABLE, path)
    with pytest.raises(DamagedError, match="does not say what is in it"):
        read_table(path)


def test_many_groups_of_rows_have_one_digest(tmp_path):
    """A file may be written piece by piece, larger than what is looked at in one go."""
    path = tmp_path / "large.parquet"
    part = pa.table({"value": np.random.default_rng(1).normal(size=60_000)})
    with sealed(path, part.schema, TOLD, statistics=True) as writer:
        for _ in range(3):
            writer.write_table(part)
    assert path.stat().st_size > 1 << 20
    assert seal_of(path) == TOLD
    assert pq.ParquetFile(path).metadata.num_row_groups == 3
    with path.open("r+b") as file:
        file.seek(1 << 19)
        file.write(b"x")
    with pytest.raises(DamagedError, match="not as it was written"):
        seal_of(path)


def test_what_fails_leaves_nothing(tmp_path):
    """A table that cannot be written is no file."""
    with pytest.raises(ValueError, match="no more"), sealed(tmp_path / "x.parquet", TABLE.schema, TOLD):
        raise ValueError("no more")
    assert list(tmp_path.iterdir()) == []
