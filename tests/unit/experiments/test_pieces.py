"""Files of rows by their names."""

from sim.experiments.pieces import path_of, pieces

NAMES = [
    "00000000-00000009.parquet", "00000003.parquet", "00000009.parquet", "00000010.parquet", "100000000.parquet",
    ".0123456789ab.parquet", "11.parquet", "00000012.parquet.part", "00000020-00000013.parquet", "000000011.parquet",
    "00000014-00000015", "notes.txt",
]  # fmt: skip


def test_every_block_is_read_once(tmp_path):
    """From the larger of two files; hidden files, and such that are called otherwise, are none."""
    for name in NAMES:
        (tmp_path / name).touch()
    assert [(one.first, one.last) for one in pieces(tmp_path)] == [(0, 9), (10, 10), (10**8, 10**8)]
    assert pieces(tmp_path / "none") == []


def test_names_follow_from_numbers(tmp_path):
    """Of one block, or of many."""
    assert path_of(tmp_path, 12).name == "00000012.parquet"
    assert path_of(tmp_path, 0, 12).name == "00000000-00000012.parquet"
