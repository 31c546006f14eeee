"""Reading a store: finished, unfinished, damaged, half copied, or none."""

import json
import math
import shutil
import warnings

import pandas as pd
import pytest

import sim
from sim.experiments.compaction import compact
from sim.experiments.results import Results
from sim.experiments.store import StoreError, StoreWarning
from sim.spec.findings import TextError
from tests.worlds.storehouse import MEASURES, error, store, value


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a finished store of four points, three replications each, in blocks of four runs at most."""
    return store(tmp_path_factory.mktemp("stores") / "finished", tables=("ledger",))


@pytest.fixture
def folder(finished, tmp_path):
    """Return a copy of it."""
    return shutil.copytree(finished, tmp_path / "made")


def test_every_run_is_there_with_its_point(folder):
    """By point and replication, with errors and what is not defined."""
    found = Results(folder)
    assert repr(found) == "Results(experiment: 12 of 12 runs at 4 points)"
    assert found.complete
    assert (found.done, found.wanted, found.failed, found.files) == (12, 12, 1, 8)
    assert found.factors == ("raci", "select")
    assert found.points["raci"].tolist() == [False, True, False, True]
    for row in found.runs.itertuples():
        assert (row.error if isinstance(row.error, str) else None) == error(row.point, row.replication)
        if not isinstance(row.error, str):
            assert row.trust == value(row.point, row.replication)
    assert found.errors[["point", "replication"]].values.tolist() == [[1, 0]]
    assert math.isnan(found.runs.lead_time[2])


def test_shapes_of_the_same_numbers(folder):
    """Long, wide, with factors, some at a time, and as a data set."""
    found = Results(folder)
    long = found.tidy(["trust"])
    assert long.columns.tolist() == ["point", "scenario", "raci", "select", "replication", "measure", "value"]
    assert len(long) == 11  # of the one that failed there is nothing
    assert len(found.tidy()) == 22
    wide = found.measure("trust")
    assert wide.shape == (3, 4)
    assert wide.loc[2, 3] == value(3, 2)
    assert math.isnan(wide.loc[0, 1])
    assert found.data.loc[found.data["raci"], "point"].unique().tolist() == [1, 3]
    pd.testing.assert_frame_equal(pd.concat(found.iter_runs(), ignore_index=True), found.runs)
    (part,) = found.iter_runs(["trust"])
    assert part.columns.tolist() == ["point", "replication", "error", "trust"]
    assert found.dataset().count_rows() == 12
    assert found.dataset("ledger").count_rows() == 11
    assert sum(part.num_rows for part in found.groups("ledger")) == 11


def test_tables_beside_the_measures(folder):
    """Have point and replication first."""
    table = Results(folder).table("ledger")
    assert table.columns[:3].tolist() == ["point", "replication", "touch"]
    assert len(table) == 11


def test_rounds_are_put_in_order(tmp_path):
    """A replication of a later round stands behind those of its point."""
    runs = Results(store(tmp_path / "rounds", points=3, replications=53, block=64)).runs
    assert runs[["point", "replication"]].values.tolist() == [[point, n] for point in range(3) for n in range(53)]


def test_a_store_that_is_not_finished_says_how_far_it_is(tmp_path):
    """And a result read once stays as it was, whatever is written meanwhile."""
    folder = store(tmp_path / "begun", blocks=2)
    found = Results(folder)
    assert (found.done, found.wanted, found.complete) == (6, 12, False)
    assert repr(found) == "Results(experiment: 6 of 12 runs at 4 points)"
    store(folder)
    assert (len(found.runs), found.done) == (6, 6)
    assert Results(folder).complete


def test_nothing_is_done_yet(tmp_path):
    """All tables are there, without rows."""
    found = Results(store(tmp_path / "new", blocks=0))
    assert (len(found.runs), found.tidy().shape, found.measure("trust").shape) == (0, (0, 7), (0, 0))
    assert found.runs.columns.tolist() == ["point", "replication", "error", *MEASURES]
    assert list(found.iter_runs()) == []


def test_what_is_damaged_is_named_and_left_out(folder):
    """Cut off, overwritten, of another experiment, or under another name; once only."""
    blocks = sorted((folder / "runs").iterdir())
    blocks[0].write_bytes(blocks[0].read_bytes()[:-20])
    held = bytearray(blocks[1].read_bytes())
    held[40] ^= 1
    blocks[1].write_bytes(held)
    shutil.copy(blocks[2], blocks[3])
    found = Results(folder)
    with pytest.warns(StoreWarning) as told:
        assert found.runs["point"].unique().tolist() == [2]
    assert all(name in str(told[0].message) for name in ("00000000.", "00000001.", "00000003."))
    assert len(found.damage) == 3
    assert not found.complete
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(found.measure("trust")) == 3


def test_a_store_that_was_half_copied_is_not_finished(folder):
    """Whatever its checksums tell."""
    (folder / "runs" / "00000002.parquet").unlink()
    found = Results(folder)
    assert (found.done, found.complete, found.damage) == (9, False, ())


def test_a_file_that_goes_into_a_larger_one_meanwhile(folder, monkeypatch):
    """Is read there."""
    from sim.experiments import sound

    looked = []

    def looking(path):
        if not looked:
            looked.append(path)
            compact(folder)
        return usual(path)

    usual = sound.seal_of
    monkeypatch.setattr(sound, "seal_of", looking)
    assert len(Results(folder).runs) == 12


def test_files_that_went_away_since_they_were_found(folder):
    """Are found again; where they go while they are read, a sentence says so."""
    found = Results(folder)
    assert found.done == 12
    reading = found.groups()
    next(reading)  # the first has no rows
    compact(folder)
    assert found.query("select count(*) as n from runs")["n"][0] == len(found.runs) == 12
    with pytest.raises(StoreError, match="put together while they were read"):
        list(reading)


@pytest.mark.parametrize(
    ("prepare", "en", "zh"),
    [
        (lambda folder: shutil.rmtree(folder), "no such folder", "没有这个文件夹"),
        (lambda folder: (folder / "manifest.json").unlink(), "found no results", "没有实验结果"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "found no results", "没有实验结果"),
        (lambda folder: (folder / "points.parquet").unlink(), "the points cannot be read", "设计点无法读取"),
    ],
)
def test_a_folder_that_is_none(folder, prepare, en, zh):
    """Is refused in a sentence."""
    prepare(folder)
    with pytest.raises(StoreError, match=en) as refused:
        assert len(Results(folder).points) == 0
    assert zh in refused.value.said("zh")


def test_a_store_of_another_format(folder):
    """Is told with both formats."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    with pytest.raises(StoreError, match="found results in format 2, expected format 1"):
        sim.open_experiment(folder)


def test_reading_writes_nothing(folder):
    """Also where a question is asked, so that a folder may be for reading only."""
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}
    found = Results(folder)
    assert len(found.runs) == found.query("select count(*) as n from runs")["n"][0]
    assert found.complete
    assert {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))} == before


def test_factors_that_are_called_as_something_else(tmp_path):
    """Get a number behind where they stand beside it."""
    columns = {"trust": range(4), "value": "abcd"}
    found = Results(store(tmp_path / "called", columns=columns))
    assert found.data.columns.tolist()[:8] == [
        "point", "scenario", "raci", "select", "trust_2", "value", "replication", "error"
    ]  # fmt: skip
    assert found.tidy(["trust"])["value_2"].unique().tolist() == list("abcd")


def test_what_is_not_there_is_told_with_what_is(folder):
    """Measures and tables."""
    found = Results(folder)
    with pytest.raises(TextError, match="found no measure 'trusts', expected one of trust, lead_time"):
        found.measure("trusts")
    with pytest.raises(TextError, match="found no table 'cases', expected one of runs, ledger"):
        found.table("cases")
