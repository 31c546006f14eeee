"""Kill -9 at random moments, a hundred times: the same bytes in the end, and nothing finished is done twice."""

import os
import random
import signal
import threading
from pathlib import Path

import pytest

from sim.engine.processes import Processes
from sim.experiments.running import run_plan
from sim.experiments.store import CHECKSUMS
from tests.worlds.stores import FIXED, RULED, compared, driver, made, small

pytestmark = [pytest.mark.long, pytest.mark.compiled]

KILLS = 100


def stamps(folder):
    """Return when each block was written that is there."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("runs/0*.parquet")}


@pytest.mark.parametrize("fields", [FIXED, RULED], ids=["fixed", "ruled"])
def test_drivers_are_killed(fields, tmp_path):
    """Each goes on where the last was killed; what one has finished is written by no other."""
    moments, longest, kills, rounds = random.Random(18), 0.2, 0, 0
    whole = made(tmp_path / "whole", small(**fields))
    while kills < KILLS / 2 or rounds < 2:
        store, written = tmp_path / f"{rounds}", {}
        while not (store / CHECKSUMS).exists():
            with driver(store, fields, threads=2) as process:
                process.join(moments.uniform(0.0, longest))
                ended = process.exitcode
            kills += ended is None
            assert ended in (None, 0)
            now = stamps(store)
            assert {name: now.get(name) for name in written} == written
            longest = longest * 1.5 if now == written else 0.2  # on a busy machine a driver needs longer to begin
            written = now
        assert compared(store) == whole
        assert not list(store.glob("damaged"))
        rounds += 1


def test_workers_are_killed(tmp_path):
    """A block whose worker dies is begun by another one; none is lost."""
    fields = {"replications": 20, "block": 2}
    moments, killed, seen = random.Random(18), [], []

    def strike(standing):
        seen.append(standing)
        if len(seen) % 7 == 3:  # no task is struck three times: results come in order, and six are begun at a time
            threading.Timer(moments.uniform(0.0, 0.02), kill).start()

    def kill():
        if pids := workers():
            killed.append(moments.choice(pids))
            os.kill(killed[-1], signal.SIGKILL)

    with Processes(2) as engine:
        run_plan(small(**fields), tmp_path / "struck", engine, strike)
    assert len(killed) > 2
    assert compared(tmp_path / "struck") == made(tmp_path / "whole", small(**fields))


def workers():
    """Return the processes that this one has started and that work for it."""
    children = [
        child for thread in Path("/proc/self/task").iterdir() for child in (thread / "children").read_text().split()
    ]
    return [int(child) for child in children if b"sim.engine.worker" in Path(f"/proc/{child}/cmdline").read_bytes()]
