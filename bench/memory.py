"""Memory for a hundred thousand open requests: an overloaded network, in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from bench.contest import spread
from bench.network import Network, scenario
from bench.startup import FIRST, ROOT, run
from bench.table import Row, Target
from sim.compile import compile_scenario
from sim.kernel.machine import Machine
from sim.outcome import start, warm_up

OVERLOADED = Network(departments=6, hours=1000.0, warmup=0.0, people=1, arrivals=20.0)
PORTION = 100_000
MEGABYTE = 2.0**20
TARGETS = {"tables": Target(60.0)}


def overloaded(network: Network = OVERLOADED) -> dict[str, float]:
    """Run a network that receives many times what it can serve; return its sizes in bytes, and open requests."""
    compiled = compile_scenario(scenario(network))
    warm_up(compiled)
    before = held()
    machine = start(compiled, 1, 0)
    machine.advance(network.hours)
    sizes = table_bytes(machine)
    return {
        "open": float(machine.state.now[0]["n_requests"]),
        "requests": sizes["requests"],
        "cases": sizes["cases"],
        "tables": sum(sizes.values()),
        "peak": held("VmHWM") - before,
    }


def table_bytes(machine: Machine) -> dict[str, float]:
    """Return the size of every table, unused rows included."""
    return {name: float(getattr(machine.state, name).nbytes) for name in machine.state._fields}


def held(field: str = "VmRSS") -> float:
    """Return the memory that this process holds, or with VmHWM the most it has held, in bytes.

    Where the system does not tell, the peak stands for both. It is not used elsewhere, since a process starts with the
    peak of the one that started it.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
    return 1024.0 * next(float(line.split()[1]) for line in lines if line.startswith(field))


def memory() -> list[Row]:
    """Return megabytes per hundred thousand open requests."""
    run(["-c", FIRST])  # compiling takes more memory than anything else; it has to be over
    command = [sys.executable, "-m", "bench.memory"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True
    )
    found = json.loads(done.stdout)
    note = f"per 100,000 open requests; there were {found['open']:,.0f}"
    names = {
        "all tables": "tables",
        "the table of requests": "requests",
        "the table of cases": "cases",
        "growth of the process at its peak": "peak",
    }
    return [
        Row(name, spread([found[key] / found["open"] * PORTION / MEGABYTE]), "MB", target=TARGETS.get(key), note=note)
        for name, key in names.items()
    ]


if __name__ == "__main__":
    json.dump(overloaded(), sys.stdout)
