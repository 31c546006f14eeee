"""A Dask cluster: the same as threads, whoever joins and whoever dies; a scheduler that is gone is one sentence."""

import os
import signal
import subprocess
import sys
import time
from itertools import count, islice

import pytest

from sim.engine import EngineError, EngineLostError
from sim.engine.dask import Dask
from sim.engine.started import LOST
from sim.study.compare import compare
from tests import ROOT
from tests.worlds.fakes import small_scenario
from tests.worlds.tasks import Fatal, Refused, Square, Unreturned

SHORT = {"warmup_weeks": 0.0, "horizon_weeks": 2.0}
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


class Cluster:
    """A scheduler and workers as a person starts them, each a process of its own."""

    def __init__(self, folder):
        self.file, self._processes = folder / "scheduler.json", []
        self.scheduler = self._started(
            "dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--dashboard-address", ":0"
        )
        while not self.file.exists():
            time.sleep(0.05)

    def worker(self):
        """Start a worker."""
        return self._started("dask_worker", "--nthreads", "1", "--no-nanny", "--death-timeout", "60")

    def _started(self, module, *options):
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *options]
        log = (self.file.parent / f"{module}{len(self._processes)}.log").open("w")
        command += ["--scheduler-file", str(self.file)]
        with log:
            self._processes.append(subprocess.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log))
        return self._processes[-1]

    def end(self):
        """End everybody."""
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """A scheduler without workers."""
    made = Cluster(tmp_path)
    yield made
    made.end()


def results(engine, tasks):
    """Return what comes of some tasks."""
    return [result for _, result in engine.results(tasks)]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    """With why, and where one was looked for."""
    monkeypatch.setattr("sim.engine.dask._PATIENCE", 0.1)
    with pytest.raises(EngineLostError, match=r"^no Dask scheduler answers at tcp://127\.0\.0\.1:9 \("):
        results(Dask("tcp://127.0.0.1:9"), [Square(1)])


def test_the_library_may_be_missing(monkeypatch):
    """Then it is said what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match=r"pip install 'deptsim\[cluster\]'$"):
        results(Dask(), [Square(1)])


@pytest.mark.long
def test_workers_come_and_go_and_the_bits_stay(cluster, capfd):
    """One joins late, the first one is killed in mid-run; whether anybody is there to begin with may be said."""
    arguments = {"scenario": small_scenario(**SHORT), "alternatives": {"RACI": ["raci"]}, "replications": 10}
    workers = []

    def progress(done, total):
        if done in (2, 6):
            workers.append(cluster.worker())
        if done == 6:
            workers[0].kill()

    with Dask(str(cluster.file)) as engine:
        workers.append(cluster.worker())
        there = compare(**arguments, engine=engine, progress=progress)
    here = compare(**arguments)
    assert here.table.equals(there.table)
    assert here.manifest == there.manifest
    assert workers[0].wait() == -signal.SIGKILL
    assert all("no worker has joined" in line for line in capfd.readouterr().err.splitlines())


@pytest.mark.long
def test_it_is_said_where_nobody_is_there(cluster, capfd):
    """Once, and the work waits; the first worker starts only when the cluster has been looked at."""

    def tasks():
        yield Square(2)
        cluster.worker()
        yield Square(3)

    with Dask(str(cluster.file)) as engine:
        assert results(engine, tasks()) == [4, 9]
    said = capfd.readouterr().err
    assert "no worker has joined the scheduler at tcp://127.0.0.1:" in said
    assert said.count("\n") == 1


@pytest.mark.long
def test_a_worker_that_differs_is_refused(cluster, monkeypatch):
    """Its numbers might differ, too."""
    monkeypatch.setattr("sim.engine.dask.identity", lambda: "deptsim of another day")
    cluster.worker()
    with Dask(str(cluster.file)) as engine, pytest.raises(EngineError, match=r"other sources of deptsim .*another day"):
        results(engine, [Square(1)])


@pytest.mark.long
def test_a_scheduler_that_is_lost_is_one_sentence(cluster, capfd):
    """What was finished by then has come."""
    cluster.worker()
    with Dask(str(cluster.file)) as engine:
        asked = engine.results(Square(number) for number in count())
        assert [result for _, result in islice(asked, 3)] == [0, 1, 4]
        cluster.scheduler.kill()
        with pytest.raises(EngineLostError, match=r"^the connection to the Dask scheduler at tcp://.* was lost"):
            list(asked)
    assert all("no worker has joined" in line for line in capfd.readouterr().err.splitlines())


@pytest.mark.long
def test_a_cluster_of_this_machine(tmp_path, capfd):
    """Kills, errors and what cannot be sent are as with processes; few tasks are looked at ahead."""
    seen = []
    tasks = (seen.append(number) or Square(number) for number in count())
    with Dask(workers=2) as engine:
        asked = engine.results(tasks)
        assert [result for _, result in islice(asked, 20)] == [number**2 for number in range(20)]
        asked.close()
        assert len(seen) < 40
        killed = [Square(2), Fatal(3, tmp_path), Square(4), Square(5), Square(6)]
        assert results(engine, killed) == [4, (3, LOST), 16, 25, 36]
        with pytest.raises(ZeroDivisionError, match="7 by nothing"):
            results(engine, [Refused(7)])
        with pytest.raises(EngineError, match="cannot be sent back from another process"):
            results(engine, [Unreturned(1)])
        assert results(engine, [Square(8)]) == [64]
    assert capfd.readouterr().err == ""


SCRIPT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, whatever runs the tests
from pathlib import Path
from sim.engine.dask import Dask
from tests.worlds.tasks import Slow, Square

class Cube(Square):
    def work(self):
        return self.number ** 3

for _, result in Dask(workers=1).results([Cube(2), Cube(3), Slow(4, Path(sys.argv[1]))]):
    print(result, flush=True)
"""


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_nobody_outlives_whoever_started_it(number, tmp_path):
    """Killed or interrupted in mid-work, a script that guards nothing leaves nobody behind."""
    script, begun = tmp_path / "script.py", tmp_path / "begun"
    script.write_text(SCRIPT, encoding="utf-8")
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(script), str(begun)], env=ENVIRONMENT, **pipe) as driver:
        assert [driver.stdout.readline(), driver.stdout.readline()] == ["8\n", "27\n"]
        while not begun.exists():
            time.sleep(0.05)
        driver.send_signal(number)
        try:
            _, said = driver.communicate(timeout=100)  # until every process has closed what it writes to
        finally:
            driver.kill()  # or nobody would be told that it goes on
    assert said.strip().endswith("KeyboardInterrupt") == (number == signal.SIGINT)
    assert said.count("Traceback") == (number == signal.SIGINT)
