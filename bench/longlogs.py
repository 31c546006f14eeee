"""What a long log costs: to read it, in time and memory, and to make an organization of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import sim
from bench.contest import spread
from bench.memory import held
from bench.startup import ROOT
from bench.table import Row, Target

READ, FITTED = 4_000, 425
"""Weeks of the runs whose logs are read (550,000 events) and made an organization of (60,000 events)."""


def read_costs(path: Path) -> dict[str, float]:
    """Read a log; return its events, processor seconds, and by how many bytes memory grew at most.

    Libraries are loaded before.
    """
    for one in ("pandas", "pyarrow.csv", "pyarrow.compute", "sim.eventlog.reading.read"):
        import_module(one)
    before, begun = held(), time.process_time()
    events = len(sim.read_log(path).events)
    return {"events": events, "seconds": time.process_time() - begun, "bytes": held("VmHWM") - before}


def long_logs(rounds: int) -> list[Row]:
    """Return seconds a million events, memory as a share of the file, and seconds of a fit."""
    with tempfile.TemporaryDirectory() as folder:
        path = _written(READ, Path(folder))
        found = [_in_a_process("read", path) for _ in range(rounds)]
        size = path.stat().st_size
        fits = [_in_a_process("fit", _written(FITTED, Path(folder))) for _ in range(min(rounds, 2))]
    seconds = spread([1e6 * one["seconds"] / one["events"] for one in found])
    grown = spread([one["bytes"] / size for one in found])
    note = f"a log of {found[0]['events']:,.0f} events, {size / 1e6:.0f} MB of CSV"
    return [
        Row("a million events, read", seconds, "s", target=Target(10.0), note=note),
        Row("memory that reading takes", grown, "times the file", target=Target(5.0), note=note),
        Row("60,000 events made an organization", spread([one["seconds"] for one in fits]), "s", target=Target(600.0),
            note="processor seconds; five minutes of two cores"),
    ]  # fmt: skip


def _written(weeks: int, folder: Path) -> Path:
    scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": weeks})
    result = sim.run(scenario, seed=1, events=True, keep=("events", "cases"))
    return sim.write_log(sim.simulated(result), folder / f"weeks{weeks}.csv")


def _in_a_process(what: str, path: Path) -> dict[str, float]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bench.longlogs", what, str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def fit_costs(path: Path) -> dict[str, float]:
    """Make an organization of a log; return its events and processor seconds."""
    log, begun = sim.read_log(path), time.process_time()
    sim.fit_log(log)
    return {"events": len(log.events), "seconds": time.process_time() - begun}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"read": read_costs, "fit": fit_costs}[sys.argv[1]](Path(sys.argv[2]))))
