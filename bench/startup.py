"""What people wait for: the first compile, the command, and a whole comparison."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.contest import spread
from bench.table import Row, Target

ROOT = Path(__file__).parents[1]
FIRST = (
    "import sim, sim.outcome as o, sim.compile as c; "
    "compiled = c.compile_scenario(sim.load('order_delivery')); o.warm_up(compiled)"
)
COMPARE = ("-m", "sim", "compare", "order_delivery", "--replications")


class Taken(NamedTuple):
    """Seconds of a process and its children."""

    wall: float
    processor: float


def run(arguments: Sequence[str], extra: Mapping[str, str] | None = None) -> Taken:
    """Run Python with arguments in a process of its own."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environment = os.environ | {"PYTHONPATH": path} | dict(extra or {})
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def rows(
    name: str, taken: Sequence[Taken], wall: Target | None = None, processor: Target | None = None, note: str = ""
) -> list[Row]:
    """Return wall and processor time of the same runs, with what is expected of either."""
    return [
        Row(name, spread([one.wall for one in taken]), "s", target=wall, note=note),
        Row(f"{name}: processor", spread([one.processor for one in taken]), "s", target=processor),
    ]


def warm(rounds: int) -> list[Row]:
    """Return how long the command takes whose kernel lies ready."""
    compare: list[Taken] = []
    usage: list[Taken] = []
    run([*COMPARE, "1"])
    for _ in range(rounds):
        compare.append(run([*COMPARE, "1"]))
        usage.append(run(["-m", "sim", "--help"]))
    name = "deptsim compare order_delivery --replications 1"
    return rows(name, compare, processor=Target(1.5)) + rows("deptsim --help", usage, Target(0.25))


def first(rounds: int) -> list[Row]:
    """Return how long the kernel's compilation takes: a start with an empty cache less one with a full cache."""
    taken = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            cache = {"DEPTSIM_CACHE": folder, "XDG_CACHE_HOME": folder}
            cold, again = run(["-c", FIRST], cache), run(["-c", FIRST], cache)
        taken.append(Taken(cold.wall - again.wall, cold.processor - again.processor))
    return rows("first compile", taken, processor=Target(30.0), note="an empty cache less a full one")


def whole(rounds: int) -> list[Row]:
    """Return how long the comparison of the demo takes, from start to end of the command."""
    taken = [run([*COMPARE, "200"]) for _ in range(rounds)]
    cores = statistics.median(one.processor / one.wall for one in taken)
    name, note = "200 replications × 4 alternatives and now, 60 weeks", f"start included; it had {cores:.2f} cores"
    return rows(name, taken, Target(20.0), note=note)
