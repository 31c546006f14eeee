"""Processes: the same as threads, whatever becomes of them; they end with whoever started them."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import count, islice
from typing import Any, ClassVar, Literal

import pytest

import sim
from sim.engine import EngineError
from sim.engine.processes import Processes
from sim.engine.started import LOST
from sim.interventions import Edit
from sim.study.compare import compare
from tests import ROOT
from tests.worlds.fakes import small_scenario
from tests.worlds.tasks import Fatal, Refused, Slow, Square, Unreturned, Whose

SHORT = {"warmup_weeks": 0.0, "horizon_weeks": 2.0}


class Eager(sim.Department):
    """Looks sooner at what comes in as soon as something waits."""

    def on_day(self):
        """Set a lever, and say so, which must not get in the way."""
        if self.queue:
            print("something waits")
            self.set_lever("latency", 2.0)


def faster():
    """Return an intervention of a class that stands in no module, as in a notebook."""

    class Faster(sim.Intervention):
        """Answers within a few hours."""

        kind: Literal["faster"] = "faster"
        hours: float = 2.0
        levers: ClassVar[tuple[str, ...]] = ("latency",)
        evidence: ClassVar[tuple[Any, ...]] = ()
        expects: ClassVar[tuple[Any, ...]] = ()

        def edits(self, organization):
            """Move the lever."""
            return (Edit("latency", self.hours, 1.0, self.departments),)

    return Faster(hours=1.5)


@pytest.fixture(scope="module")
def engine():
    """Two processes for all tests of this file."""
    with Processes(2) as processes:
        yield processes


def squares(engine, tasks):
    """Return what comes of some tasks."""
    return [result for _, result in engine.results(tasks)]


def test_a_comparison_has_the_same_bits(engine):
    """Also where departments, interventions and measures are of somebody's own."""
    arguments = {
        "scenario": small_scenario(**SHORT),
        "alternatives": {"Faster": [faster()], "Eager": Eager},
        "replications": 2,
        "measures": [sim.Measure("arrived", lambda result: len(result.cases), "cases", "neither"), "trust"],
    }
    here, there = compare(**arguments), compare(**arguments, engine=engine)
    assert here.table.equals(there.table)
    assert here.manifest == there.manifest


def test_a_task_whose_process_is_killed_is_done_by_another(engine, tmp_path):
    """And the others do not notice."""
    found = squares(engine, [Square(2), Fatal(3, tmp_path, times=1), Square(4), Square(5)])
    assert found == [4, 9, 16, 25]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_process_that_died_when_it_had_nothing_to_do_is_not_asked(engine, monkeypatch):
    """No task is blamed for it."""
    monkeypatch.setattr("sim.engine.processes.TRIES", 1)
    for number in set(squares(engine, map(Whose, range(4)))):
        os.kill(number, signal.SIGKILL)
        os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)
    assert squares(engine, [Square(1), Square(2), Square(3)]) == [1, 4, 9]


@pytest.mark.long
def test_a_task_that_kills_every_process_is_given_up(engine, tmp_path):
    """After three times, with a sentence; what else there is is done."""
    first, (number, why), last = squares(engine, [Square(2), Fatal(3, tmp_path), Square(4)])
    assert (first, number, last) == (4, 3, 16)
    assert why == LOST
    assert len(list(tmp_path.iterdir())) == 3


def test_errors_come_back(engine):
    """As they were raised, with where that was; and the engine goes on."""
    with pytest.raises(ZeroDivisionError, match=r"^7 by nothing") as caught:
        squares(engine, [Square(1), Refused(7)])
    assert "tasks.py" in caught.value.__notes__[0]
    assert squares(engine, [Square(8)]) == [64]


def test_what_cannot_be_sent_is_said(engine):
    """In either direction."""
    with pytest.raises(EngineError, match=r"^what a run needs cannot be sent to another process \(TypeError: "):
        squares(engine, [Square(threading.Lock())])
    with pytest.raises(EngineError, match=r"^what was kept of a run cannot be sent back from another process \("):
        squares(engine, [Unreturned(1)])


def test_as_many_tasks_are_looked_at_as_are_needed(engine):
    """There may be more than fit into memory; whoever stops asking stops the work."""
    seen = []
    tasks = (seen.append(number) or Square(number) for number in count())
    results = engine.results(tasks)
    assert [result for _, result in islice(results, 20)] == [number**2 for number in range(20)]
    results.close()
    assert len(seen) < 30


def test_whoever_stops_asking_stops_what_is_under_way(engine, tmp_path):
    """A process that is at work is ended; there is another one next time."""
    results = engine.results([Square(1), Slow(2, tmp_path / "begun")])
    assert next(results)[1] == 1
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    results.close()
    assert squares(engine, [Square(3)]) == [9]


SCRIPT = """
import sys
from pathlib import Path
from sim.engine.processes import Processes
from tests.worlds.tasks import Slow, Square

class Cube(Square):
    def work(self):
        return self.number ** 3

tasks = [Cube(2), Cube(3), Slow(4, Path(sys.argv[1])), Slow(5, Path(sys.argv[2]))]
for _, result in Processes(2).results(tasks):
    print(result, flush=True)
"""


@pytest.mark.long
def test_no_process_outlives_whoever_started_it(tmp_path):
    """Killed in mid-work, a script that guards nothing and has a class of its own leaves nobody behind."""
    script, begun = tmp_path / "script.py", [tmp_path / "one", tmp_path / "other"]
    script.write_text(SCRIPT, encoding="utf-8")
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, str(script), *map(str, begun)]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, **pipe) as driver:
        assert [driver.stdout.readline(), driver.stdout.readline()] == ["8\n", "27\n"]
        while not all(one.exists() for one in begun):
            time.sleep(0.05)
        driver.send_signal(signal.SIGKILL)
        _, said = driver.communicate(timeout=60)  # until every process has closed what it writes to
    assert said == ""
