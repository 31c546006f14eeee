"""Driving an experiment: whatever happens on the way, the same bytes in the end, and nothing finished is done twice."""

import errno
import resource
import shutil
import sys
from pathlib import Path

import pytest

import sim
from sim.engine import Threads
from sim.experiments import rounds, running
from sim.experiments.pacing import Standing
from sim.experiments.results import Results
from sim.experiments.running import run_plan
from sim.experiments.store import StoreError, StoreWarning, locked
from sim.experiments.task import RunsTask
from tests.worlds.experiments import BUDDIES, folder_with
from tests.worlds.fakes import small_scenario
from tests.worlds.stores import compared, made, small

BLOCKS = 4


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


@pytest.fixture
def worked(monkeypatch):
    """Return the numbers of the blocks that are worked on."""
    found = []
    work = RunsTask.work

    def noting(self):
        found.append(self.block.number)
        return work(self)

    monkeypatch.setattr(RunsTask, "work", noting)
    return found


class Backwards:
    """An engine that does everything at once, and the last first."""

    def results(self, tasks):
        """Yield tasks with what came of them."""
        several = list(tasks)
        done = {task.block.number: task.work() for task in reversed(several)}
        yield from ((task, done[task.block.number]) for task in several)


@pytest.mark.compiled
def test_any_engine_gives_the_same_bytes(finished, tmp_path):
    """Whatever order, whatever number of workers."""
    run_plan(small(), tmp_path / "backwards", Backwards())
    run_plan(small(), tmp_path / "threads", Threads(3))
    assert compared(tmp_path / "backwards") == compared(tmp_path / "threads") == compared(finished)


def test_a_finished_store_is_left_alone(store, finished, worked):
    """Every byte is looked at, nothing is written and nothing locked."""
    told = []
    with locked(store):
        assert made(store, progress=told.append) == compared(finished)
    assert worked == []
    assert told == [Standing(12, 12, 0, 12)]


@pytest.mark.parametrize("stop", [0, 1, 3])
def test_an_interrupted_driver_is_gone_on_with(stop, tmp_path, finished, worked):
    """What was stored is not run again."""

    def interrupt(standing):
        if standing.done == 3 * stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, progress=interrupt)
    assert not (tmp_path / "lock").exists()
    assert sorted(path.stem for path in (tmp_path / "runs").iterdir()) == [f"0000000{n}" for n in range(stop)]
    told = []
    worked.clear()
    assert made(tmp_path, progress=told.append) == compared(finished)
    assert worked == list(range(stop, BLOCKS))
    assert told[0] == Standing(3 * stop, 12, 0, 3 * stop)
    assert told[-1] == Standing(12, 12, 0, 3 * stop)


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def empty(path):
    path.write_bytes(b"")


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)


def exchange(path):
    shutil.copy(path.with_name("00000000.parquet"), path)


@pytest.mark.parametrize(
    ("damage", "told"),
    [(cut, "cut off"), (empty, "cut off"), (flip, "not as it was written"), (exchange, "holds something else")],
)
def test_only_what_is_damaged_is_run_again(damage, told, store, finished, worked):
    """It is named in a sentence, and put aside."""
    damage(store / "runs" / "00000002.parquet")
    with pytest.warns(StoreWarning, match=f"made again:\n.*00000002.parquet: {told}"):
        assert made(store) == compared(finished)
    assert worked == [2]
    assert (store / "damaged" / "runs" / "00000002.parquet").exists()


def test_what_is_gone_is_run_again(store, finished, worked):
    """A block, the points, the checksums; nothing is named that is simply not there yet."""
    (store / "runs" / "00000001.parquet").unlink()
    (store / "checksums.txt").unlink()
    assert made(store) == compared(finished)
    assert worked == [1]
    (store / "points.parquet").write_bytes(b"PAR1")
    with pytest.warns(StoreWarning, match=r"points\.parquet: cut off"):
        assert made(store) == compared(finished)
    assert worked == [1]


def test_a_block_that_belongs_to_nothing_is_put_aside(store, finished):
    """Nobody counts it."""
    shutil.copy(store / "runs" / "00000001.parquet", store / "runs" / "00000007.parquet")
    with pytest.warns(StoreWarning, match=r"00000007\.parquet: holds something else"):
        assert made(store) == compared(finished)


def test_a_block_of_another_cut_is_run_again(store, monkeypatch, finished):
    """A store whose rounds were others: the runs of a number are not those that its file has."""
    monkeypatch.setattr(rounds, "ROUND", 2)
    (store / "checksums.txt").unlink()
    with pytest.warns(StoreWarning, match=r"00000000\.parquet: holds something else"):
        made(store)
    assert len(Results(store).runs.drop_duplicates(["point", "replication"])) == len(Results(store).runs) == 12


@pytest.mark.compiled
def test_replications_can_be_raised(tmp_path, monkeypatch, worked):
    """From a whole number of rounds on: what is there stays, and the bytes are those of a fresh start."""
    monkeypatch.setattr(rounds, "ROUND", 2)
    made(tmp_path / "grown", small(replications=2))
    worked.clear()
    grown = made(tmp_path / "grown", small(replications=5))
    assert worked == list(range(4, 10))
    assert grown == made(tmp_path / "fresh", small(replications=5))
    assert len(Results(tmp_path / "grown").runs) == 4 * 5


RULE = {"at_least": 3, "at_most": 8, "round": 2, "measure": "lead_time_mean"}


@pytest.mark.compiled
@pytest.mark.parametrize(
    "asked",
    [
        {"of": "mean", "half_width": 20.0},
        {"of": "difference", "half_width": 5.0},
        {"select": "best", "zone": 5.0, "groups": {"half": [0, 1], "all": [0, 1, 2, 3]}},
    ],
)
def test_a_rule_decides_alike_however_it_is_interrupted(asked, tmp_path):
    """At every block; points differ in how often they are run, and none is run more often than it may."""
    plan = small(replications={**RULE, **asked}, block=6)
    whole = made(tmp_path / "whole", plan)
    often = Results(tmp_path / "whole").runs.groupby("point").size()
    assert 3 <= often.min() < often.max() <= 8
    told = []

    def interrupt(standing):
        told.append(standing)
        if standing.done > standing.before:
            raise KeyboardInterrupt

    for _ in range(len(whole) - 3):
        with pytest.raises(KeyboardInterrupt):
            made(tmp_path / "again", plan, progress=interrupt)
    assert made(tmp_path / "again", plan) == whole
    assert told[0].total == 4 * 8
    assert told[0].open
    assert told[0].least == 4 * 3
    assert told[-1].done == told[-1].total == often.sum()


def test_failed_runs_are_stored_and_can_be_tried_again(tmp_path, monkeypatch, finished, worked):
    """They are counted; the same call leaves them, since they would fail again, unless it is told to retry."""
    work = RunsTask.work
    monkeypatch.setattr(RunsTask, "work", lambda self: self.lost("no luck") if self.block.number == 1 else work(self))
    told = []
    made(tmp_path, progress=told.append)
    assert told[-1] == Standing(12, 12, 3, 0)
    assert set(Results(tmp_path).errors["error"]) == {"no luck"}
    monkeypatch.setattr(RunsTask, "work", work)
    worked.clear()
    made(tmp_path, progress=told.append)
    assert (worked, told[-1]) == ([], Standing(12, 12, 3, 12))
    assert made(tmp_path, retry=True) == compared(finished)


def test_a_full_disk_is_an_error_that_loses_nothing(tmp_path, finished):
    """What was stored is sound; no half file stays."""

    def fill(standing):
        if standing.done == 6:
            resource.setrlimit(resource.RLIMIT_FSIZE, (5000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(OSError) as caught:
            made(tmp_path, progress=fill)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert caught.value.errno == errno.EFBIG
    assert caught.value.filename.endswith("00000002.parquet")
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["00000000.parquet", "00000001.parquet"]
    assert made(tmp_path) == compared(finished)


def test_a_folder_in_which_nothing_can_be_written(tmp_path, monkeypatch):
    """The error of the system says so; nothing was begun."""
    refuse = PermissionError(errno.EROFS, "Read-only file system", str(tmp_path / "lock"))
    monkeypatch.setattr("sim.experiments.store.lock.os.open", lambda *_: (_ for _ in ()).throw(refuse))
    with pytest.raises(OSError, match="Read-only"):
        made(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_driver_at_a_time(tmp_path):
    """The second is refused while the first is at work, and told who that is."""
    (tmp_path / "a").mkdir()
    with locked(tmp_path / "a"), pytest.raises(StoreError, match="another driver is at work there"):
        made(tmp_path / "a")
    assert list((tmp_path / "a").iterdir()) == []


def test_optional_tables_are_stored_beside(tmp_path):
    """Block by block, and a block counts only where all of them are there."""
    plan = small(tables=["utilization"], replications=2)
    whole = made(tmp_path / "store", plan)
    assert sum(name.startswith("utilization/") for name in whole) == sum(name.startswith("runs/") for name in whole)
    (tmp_path / "store" / "utilization" / "00000001.parquet").unlink()
    assert made(tmp_path / "store", plan) == whole


def test_in_python(tmp_path):
    """By fields, and once more by the same with a word changed."""
    asked = {
        "scenarios": small_scenario(),
        "set": {"horizon_weeks": 1, "warmup_weeks": 0},
        "factors": {"raci": {"with": "raci"}},
    }
    found = sim.experiment(asked, tmp_path, replications=2)
    assert found.runs[["point", "replication"]].to_numpy().tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    again = sim.experiment(asked, tmp_path, replications=2, title="Roles", engine=Threads(1))
    assert sim.open_experiment(tmp_path).experiment.title == again.experiment.title == "Roles"
    assert running.Standing(1, 2).failed == 0
    with pytest.raises(StoreError, match="expected where the experiment is to be stored"):
        sim.experiment(**asked)
    assert sim.experiment(out=tmp_path, **asked, replications=2).runs.equals(found.runs)


FROM_PYTHON = """
scenarios: workshop.yaml
factors:
  prompt: {department: "buddies_run:Prompt"}
  hours: {with: {class: "buddies_run:Buddy", strength: 0.5}, dose: hours, values: [off, 2]}
measures: ["buddies_run:slowest"]
replications: 2
"""


@pytest.mark.usefixtures("forgotten")
def test_what_is_written_in_python_is_run(tmp_path, monkeypatch):
    """Departments, interventions and measures that stand beside the file, wherever it is run from."""
    monkeypatch.chdir(folder_with(tmp_path, FROM_PYTHON, buddies_run=BUDDIES).parent)
    found = sim.experiment("tried.yaml", "threads")
    assert found.errors.empty
    assert (found.runs["slowest"] > 50).all()
    assert found.points["hours"].tolist() == ["off", "2", "off", "2"]


@pytest.fixture
def forgotten():
    """Forget the modules of a test."""
    yield
    sys.modules.pop("buddies_run", None)
