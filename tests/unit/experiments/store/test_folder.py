"""Which folders can be the store of an experiment; whatever cannot, stays as it is."""

import json
import platform
import shutil
from pathlib import Path

import pytest

from sim.experiments.store import MANIFEST, Store, StoreError
from sim.experiments.store import manifest as manifests
from sim.experiments.store.journal import JOURNAL
from sim.experiments.store.manifest import identity, manifest_of
from tests.worlds.stores import FACTORS, compared, made, small


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a finished store."""
    folder = tmp_path_factory.mktemp("stores") / "finished"
    made(folder)
    return folder


@pytest.fixture
def store(finished, tmp_path):
    """Return a copy of it."""
    return Path(shutil.copytree(finished, tmp_path / "store"))


def everything(folder):
    """Return the bytes of all files in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder, match, plan=None):
    """Expect that an experiment is refused in one line, and that nothing is changed."""
    before = everything(folder)
    with pytest.raises(StoreError, match=match) as caught:
        made(folder, plan)
    assert everything(folder) == before
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"seed": 2}, r"differing in seed \(1 there, 2 here\); "),
        ({"block": 5}, r"differing in block \(3 there, 5 here\); "),
        ({"factors": {**FACTORS, "raci": {"with": "okr"}}}, "differing in factors; "),
        ({"design": {"kind": "one_at_a_time"}, "seed": 3}, "differing in design, seed"),
        ({"set": {"horizon_weeks": 2, "warmup_weeks": 0}}, "differing in scenarios; "),
        ({"replications": 4}, "of 3 replications, and 4 do not go on from there"),
        ({"replications": 2}, "of 3 replications, and 2 were asked for: they can be raised, not lowered"),
        ({"replications": {"measure": "trust", "half_width": 1.0}}, "begun with other replications"),
        ({"tables": ["cases"]}, "differing in tables"),
    ],
)
def test_another_experiment_is_refused(fields, told, store):
    """With what differs, and what to do."""
    refused(store, told, small(**fields))
    refused(store, "choose another folder", small(**fields))


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("format", r"of format other, and this deptsim knows format 1"),
        ("kernel", r"other sources of the kernel \(deptsim .*, other, here "),
        ("sources", r"other sources of deptsim \(deptsim .*, other, here "),
    ],
)
def test_another_deptsim_is_refused(field, told, store):
    """Rows of two versions do not go together."""
    told_there = json.loads((store / MANIFEST).read_text())
    (store / MANIFEST).write_text(json.dumps({**told_there, field: "other"}))
    refused(store, told)


def test_words_may_change(store):
    """An answer is written into the file once it is known; the store then has the bytes as if it always stood there."""
    answered = small(answer="By two points.", question="By how much?", measures=["trust"], engine="processes")
    found = made(store, answered)
    assert found == made(store.with_name("fresh"), answered)
    assert json.loads(found[MANIFEST])["experiment"]["answer"] == "By two points."


@pytest.mark.parametrize("name", ["thesis.docx", "runs/old.parquet", "runs", "manifest.json", "checksums.txt"])
def test_a_folder_of_somebody_is_no_store(name, tmp_path):
    """Whatever lies in it, also where it is called as something of a store is."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    refused(tmp_path, rf"found '{name.split('/')[0]}', expected an empty folder")


def test_the_folder_of_a_run_is_no_store(tmp_path):
    """It has a manifest, too."""
    (tmp_path / MANIFEST).write_text('{"scenario": "order_delivery", "format": 1}')
    refused(tmp_path, "found 'manifest.json'")


def test_a_file_is_no_folder(tmp_path):
    """It is told so, and not overwritten; a folder within it cannot be."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="found a file, expected a folder"):
        made(tmp_path / "file")
    with pytest.raises(OSError, match="Not a directory"):
        made(tmp_path / "file" / "store")
    assert (tmp_path / "file").read_text() == "mine"


def test_what_a_killed_driver_left_is_its_own(tmp_path, finished):
    """Before there was a manifest, and half-written files in every folder."""
    for name in (".0123456789ab.parquet", "lock", JOURNAL, "points.parquet", "runs/.0123456789ab.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("half")
    (tmp_path / ".DS_Store").write_text("hidden")
    assert made(tmp_path) == compared(finished)
    assert not list(tmp_path.rglob(".0123*"))
    assert (tmp_path / ".DS_Store").exists()


def test_only_the_manifest_is_gone(store, finished):
    """The blocks say of which experiment they are: it goes on with that one, and not with another."""
    (store / MANIFEST).unlink()
    refused(store, "manifest.json is gone or damaged", small(seed=2))
    assert made(store) == compared(finished)
    (store / MANIFEST).write_text("{ 0")
    with pytest.warns(match=r"manifest\.json: not as it was written"):
        assert made(store) == compared(finished)


def test_no_machine_and_no_time_is_told_in_what_is_compared(finished):
    """They stand in the journal."""
    told = (finished / MANIFEST).read_text()
    journal = (finished / JOURNAL).read_text()
    for secret in (platform.node(), platform.python_version(), str(finished.parent), "20"[:0] or '"at"'):
        assert secret not in told
    lines = [json.loads(line) for line in journal.splitlines()]
    assert [one["event"] for one in lines] == ["begin", "end"]
    assert lines[0]["machine"] == platform.node()
    assert lines[1]["how"] == "complete"
    assert lines[1]["done"] == 12


def test_checksums_are_those_of_everybody(finished):
    """As `sha256sum -c` reads them, in one order."""
    import hashlib

    lines = [line.split("  ") for line in (finished / "checksums.txt").read_text().splitlines()]
    assert [name for _, name in lines] == [MANIFEST, "points.parquet", *(f"runs/0000000{n}.parquet" for n in range(4))]
    assert all(hashlib.sha256((finished / name).read_bytes()).hexdigest() == digest for digest, name in lines)
    assert Store(finished).counted() == (12, 0)


def test_what_rows_depend_on_is_what_identifies_them(monkeypatch):
    """Words and replications are not; organizations, factors, luck and whatever computes are."""
    told = manifest_of(small())
    assert identity(manifest_of(small(title="Other", replications=9, measures="trust"))) == identity(told)
    others = [small(seed=2), small(block=7), small(set={"horizon_weeks": 2}), small(tables=["cases"])]
    found = {identity(manifest_of(one)) for one in others} | {identity({**told, "kernel": "x"})}
    assert len(found | {identity({**told, "sources": "x"}), identity(told)}) == 7
    monkeypatch.setattr(manifests, "FORMAT", 2)
    assert identity(told) not in found
