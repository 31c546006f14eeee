"""Compaction: few files instead of many, with the same rows, whatever happens meanwhile."""

import contextlib
import os
import random
import shutil
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest

from sim.experiments import compaction
from sim.experiments.compaction import Compacted, compact
from sim.experiments.results import Results
from sim.experiments.store import Store, StoreError, StoreWarning, locked
from tests.worlds.storehouse import store


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Let files and groups be small: five columns of runs make files of 12 rows, and groups of 6."""
    monkeypatch.setattr(compaction, "FILE", 60)
    monkeypatch.setattr(compaction, "GROUP", 30)


def sizes():
    """Return a store of thirty runs in ten blocks."""
    return {"points": 10, "replications": 3, "block": 5}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return such a store."""
    return store(tmp_path_factory.mktemp("stores") / "finished", **sizes())


@pytest.fixture(scope="module")
def whole(finished, tmp_path_factory):
    """Return every file of it, put together at once."""
    folder = shutil.copytree(finished, tmp_path_factory.mktemp("whole") / "made")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compaction, "FILE", 60)
        patched.setattr(compaction, "GROUP", 30)
        compact(folder)
    return held(folder)


def names(folder):
    """Return the files of runs."""
    return sorted(path.name for path in (folder / "runs").iterdir())


def held(folder):
    """Return every file of a store by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FILES = ["00000000-00000003.parquet", "00000004-00000007.parquet", "00000008-00000009.parquet"]


def test_it_reads_the_same(tmp_path):
    """Runs, tables and answers; and doing it again changes nothing."""
    folder = store(tmp_path / "made", **sizes(), tables=("ledger",))
    before = Results(folder)
    runs, ledger = before.runs, before.table("ledger")
    facts = (before.done, before.failed, before.wanted)
    change = compact(folder)
    assert change.before == 20
    assert names(folder) == FILES
    after = Results(folder)
    pd.testing.assert_frame_equal(after.runs, runs)
    pd.testing.assert_frame_equal(after.table("ledger"), ledger)
    assert (after.done, after.failed, after.wanted) == facts
    assert after.complete
    assert change.after == after.files
    once = held(folder)
    assert compact(folder) == Compacted(change.after, change.after)
    assert held(folder) == once


def test_what_is_not_finished_waits(tmp_path, whole):
    """Files that are full are made; the rest stays, is gone on with, and the bytes are those of doing it at once."""
    folder = store(tmp_path / "parts", **sizes(), blocks=5)
    compact(folder)
    assert names(folder) == [FILES[0], "00000004.parquet"]
    assert not Results(folder).complete
    store(folder, **sizes(), blocks=9)
    compact(folder)
    store(folder, **sizes())
    compact(folder)
    assert held(folder) == whole


def test_a_finished_store_goes_on(tmp_path):
    """With more replications, as if it had had them from the beginning."""
    folder = store(tmp_path / "more", points=2, replications=50, block=25)
    compact(folder)
    assert names(folder)[-1] == "00000003-00000003.parquet"
    store(folder, points=2, replications=100, block=25)
    compact(folder)
    whole = store(tmp_path / "whole", points=2, replications=100, block=25)
    compact(whole)
    assert held(folder) == held(whole)


def test_what_comes_before_damage_is_put_together(tmp_path, finished):
    """What is damaged and what comes behind it stays as it is."""
    folder = shutil.copytree(finished, tmp_path / "damaged")
    (folder / "runs" / "00000006.parquet").write_bytes(b"PAR1")
    with pytest.warns(StoreWarning):
        compact(folder)
    assert names(folder) == [FILES[0], *(f"0000000{one}.parquet" for one in range(4, 10))]


def test_nobody_else_may_be_at_work(tmp_path):
    """A driver in this or another process."""
    folder = store(tmp_path / "made")
    with locked(folder), pytest.raises(StoreError):
        compact(folder)
    with pytest.raises(StoreError, match="no such folder"):
        compact(tmp_path / "none")


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("moment", range(0, 18, 2))
def test_it_may_end_at_any_moment(tmp_path, monkeypatch, finished, whole, moment):
    """Before any change of a name, everything is there; done again, the bytes are those of doing it at once."""
    folder = shutil.copytree(finished, tmp_path / "killed")
    runs = Results(folder).runs
    left = [moment]

    def ending(usual):
        def act(*given, **options):
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return usual(*given, **options)

        return act

    with monkeypatch.context() as patched, contextlib.suppress(Killed):
        patched.setattr(os, "replace", ending(os.replace))
        patched.setattr(Path, "unlink", ending(Path.unlink))
        compact(folder)
    (folder / "lock").unlink(missing_ok=True)
    between = Results(folder)
    pd.testing.assert_frame_equal(between.runs, runs)
    assert between.complete
    compact(folder)
    assert left[0] == 0
    assert held(folder) == whole


@pytest.mark.long
def test_kills_at_random_moments(tmp_path):
    """By a signal that nobody can catch; what is left over is cleared away."""
    big = {"points": 120, "replications": 3, "block": 3}
    folder = store(tmp_path / "killed", **big)
    runs = Results(folder).runs
    whole = store(tmp_path / "whole", **big)
    compact(whole)
    chance = random.Random(1)
    for _ in range(20):
        process = get_context("fork").Process(target=compact, args=(folder,))
        process.start()
        time.sleep(chance.uniform(0.0, 0.3))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert Results(folder).complete
        pd.testing.assert_frame_equal(Results(folder).runs, runs)
    compact(folder)
    assert {name: one for name, one in held(folder).items() if name != "lock"} == held(whole)


def test_a_single_block_cannot_be_made_anew(tmp_path):
    """Where it is one of many in a file; that is told, instead of running it for nothing."""
    folder = store(tmp_path / "made")
    Store(folder).check_single()
    compact(folder)
    with pytest.raises(StoreError, match="files were put together here"):
        Store(folder).check_single()
