"""Many runs by design: deptsim's pipeline beside what a researcher would write otherwise.

Two jobs. A factorial of `order_delivery`: `deptsim experiment`, the bare kernel (every point compiled once, every run
advanced and nothing kept), and Mesa's `batch_run` around `LiveOrganization`, with some measures noted at the end. And
the yardstick network at two arrival rates: `deptsim experiment`, and SimPy under a pool of processes. All but the bare
kernel write what they found to a folder. Each takes its turn in a process of its own (``python -m bench.pipelines NAME
WORKERS``), so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import sim
from bench.contest import over, spread
from bench.memory import MEGABYTE, held
from bench.network import Network, scenario
from bench.startup import ROOT
from bench.table import Row, Target
from sim.compile import compile_scenario
from sim.engine import Threads
from sim.experiments.plan import Plan
from sim.experiments.reading import plan_of
from sim.experiments.running import experiment
from sim.outcome import start, warm_up

SWITCHES = ("shared_kpi", "raci", "daily_standup")
"""All combinations of these are the points of the factorial."""

REPLICATIONS = 50
"""As many as the showcase has, since the price of a point is shared by its replications."""

FEW = 4
"""Replications of who is slow; times are told per run."""

NOTED = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours")
"""What Mesa notes; a store holds all measures."""

NETWORK = Network(departments=6, hours=1000.0, warmup=100.0)
"""The yardstick, a fifth as long."""

ARRIVALS = (2.0, 2.38)
"""Arrivals an hour at each department: load .71 and .85."""

OURS, BARE, MESA = "deptsim experiment", "bare kernel", "Mesa, batch_run"
OUR_NETWORK, SIMPY = "deptsim experiment, network", "SimPy, pool of processes"

OVERHEAD = Target(1.1)
"""Of the pipeline's processor time over that of the bare kernel."""


class Cost(NamedTuple):
    """What a contestant took: runs, seconds on the wall and of processors, megabytes at its peak, bytes on disk."""

    runs: int
    wall: float
    processor: float
    peak: float
    disk: int

    @property
    def wall_of_one(self) -> float:
        """Seconds on the wall for one run."""
        return self.wall / self.runs

    @property
    def processor_of_one(self) -> float:
        """Seconds of processors for one run."""
        return self.processor / self.runs


# The contestants: each is made ready, which is not timed, and then works into a folder and says how many runs it did.

Work = Callable[[Path], int]


def factorial() -> Plan:
    """Return the factorial of order_delivery."""
    factors = {name: {"with": name} for name in SWITCHES}
    return plan_of({"name": "factorial", "scenarios": ["order_delivery"], "factors": factors,
                    "replications": REPLICATIONS})  # fmt: skip


def network() -> Plan:
    """Return the yardstick at two arrival rates."""
    rates = [rate * NETWORK.departments for rate in ARRIVALS]
    name, place = "network", "processes.case.demand.per_week"
    written = scenario(NETWORK)
    weekly = [written.processes["case"].demand.per_week * rate / rates[-1] for rate in rates]
    return plan_of({"name": name, "scenarios": [written], "factors": {"rate": {"set": place, "values": weekly}},
                    "replications": REPLICATIONS})  # fmt: skip


def ours(plan: Plan, workers: int) -> Work:
    """Make deptsim's pipeline ready: a store of all measures of every run."""
    warm_up(compile_scenario(next(iter(plan.scenarios.values()))))

    def work(folder: Path) -> int:
        results = experiment(plan.experiment, folder / "store", engine=Threads(workers))
        return len(results.runs)

    return work


def bare(_workers: int) -> Work:
    """Make the kernel ready: every point compiled, every run advanced to its end."""
    plan = factorial()
    warm_up(compile_scenario(sim.load("order_delivery")))

    def work(_folder: Path) -> int:
        for number in range(plan.total):
            compiled = compile_scenario(plan.scenario(plan.point(number)))
            for replication in range(REPLICATIONS):
                start(compiled, 1, replication).advance(compiled.end)
        return plan.total * REPLICATIONS

    return work


class Measured(sim.LiveOrganization):
    """As a user of Mesa would have it: what is noted at the end of a run."""

    model_reporters = {name: (lambda model, name=name: model.measure(name)) for name in NOTED}  # noqa: RUF012


def mesa(workers: int) -> Work:
    """Make Mesa's batch_run ready, with a scenario for each point."""
    from mesa.batchrunner import batch_run

    base = sim.load("order_delivery")
    chosen = [[name for name, on in zip(SWITCHES, ones, strict=True) if on] for ones in product((0, 1), repeat=3)]
    points = [base.with_interventions(names) for names in chosen]
    warm_up(compile_scenario(base))

    def work(folder: Path) -> int:
        parameters = {"scenario": points, "replication": range(FEW)}
        rows = batch_run(Measured, parameters, number_processes=workers, data_collection_period=-1,
                         display_progress=False)  # fmt: skip
        pd.DataFrame(rows).drop(columns="scenario").to_csv(folder / "runs.csv")
        return len(points) * FEW

    return work


def simpy(workers: int) -> Work:
    """Make SimPy ready, and a pool of processes for it."""
    from bench import simpy_peer

    cells = [(NETWORK._replace(arrivals=rate), seed) for rate in ARRIVALS for seed in range(FEW)]
    simpy_peer.play(NETWORK._replace(hours=200.0), 0)

    def work(folder: Path) -> int:
        with get_context("fork" if sys.platform == "linux" else "spawn").Pool(workers) as pool:
            rows = pool.starmap(one_of_simpy, cells, chunksize=1)
        pd.DataFrame(rows).to_csv(folder / "runs.csv")
        return len(cells)

    return work


def one_of_simpy(network: Network, seed: int) -> dict[str, float]:
    """Run the network once in SimPy, and return its means."""
    from bench import simpy_peer

    return simpy_peer.read(network, simpy_peer.play(network, seed)).means._asdict()


READY: Mapping[str, Callable[[int], Work]] = {
    OURS: lambda workers: ours(factorial(), workers),
    BARE: bare,
    MESA: mesa,
    OUR_NETWORK: lambda workers: ours(network(), workers),
    SIMPY: simpy,
}
"""Who takes part."""


def taken(name: str, workers: int) -> Cost:
    """Let a contestant work, here; return what it took."""
    work = READY[name](workers)
    with tempfile.TemporaryDirectory() as folder:
        before, begun = _processor(), time.perf_counter()
        runs = work(Path(folder))
        wall, processor = time.perf_counter() - begun, _processor() - before
        disk = sum(one.stat().st_size for one in Path(folder).rglob("*") if one.is_file())
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    several = workers if children else 0
    return Cost(runs, wall, processor, (held("VmHWM") + several * children) / MEGABYTE, disk)


def _processor() -> float:
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def apart(name: str, workers: int) -> Cost:
    """Let a contestant work in a process of its own."""
    command = [sys.executable, "-m", "bench.pipelines", name, str(workers)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


# The table


def pipelines(rounds: int) -> list[Row]:
    """Return runs a second of everybody on one and two workers, with overhead, memory and disk."""
    turns = [
        (OURS, 1),
        (OURS, 2),
        (BARE, 1),
        (MESA, 1),
        (MESA, 2),
        (OUR_NETWORK, 1),
        (OUR_NETWORK, 2),
        (SIMPY, 1),
        (SIMPY, 2),
    ]
    costs: dict[tuple[str, int], list[Cost]] = {turn: [] for turn in turns}
    for _ in range(rounds):
        for turn in turns:
            costs[turn].append(apart(*turn))
    return [
        *(_speed(name, workers, costs) for name, workers in turns),
        _overhead(costs[OURS, 1], costs[BARE, 1]),
        *(_size(name, workers, costs[name, workers]) for name, workers in turns if name != BARE),
    ]


AGAINST = {MESA: OURS, SIMPY: OUR_NETWORK}
"""Whom ours is compared with: processor time of a run, which other work on the machine does not change."""


def _speed(name: str, workers: int, costs: Mapping[tuple[str, int], Sequence[Cost]]) -> Row:
    mine = costs[name, workers]
    speeds = spread([1.0 / one.wall_of_one for one in mine])
    label = f"{name}, {workers} {'worker' if workers == 1 else 'workers'}"
    ratio, against = None, ""
    if name in AGAINST:
        theirs = costs[AGAINST[name], workers]
        ratio = over([one.processor_of_one for one in mine], [one.processor_of_one for one in theirs])
        against = f"processor time of {AGAINST[name]}"
    elif workers > 1:
        ratio = over([one.wall_of_one for one in costs[name, 1]], [one.wall_of_one for one in mine])
        against = "how much faster than one"
    return Row(label, speeds, "runs/s", ratio, against, note=f"{mine[0].runs} runs")


def _overhead(ours: Sequence[Cost], bare: Sequence[Cost]) -> Row:
    mine, theirs = ([1e3 * one.processor_of_one for one in costs] for costs in (ours, bare))
    return Row("processor time of a run, all measures stored", spread(mine), "ms", over(mine, theirs), BARE, OVERHEAD)


def _size(name: str, workers: int, costs: Sequence[Cost]) -> Row:
    disk = sum(one.disk for one in costs) / sum(one.runs for one in costs)
    label = f"{name}, {workers} {'worker' if workers == 1 else 'workers'}: peak of memory"
    return Row(label, spread([one.peak for one in costs]), "MB", note=f"{disk:,.0f} bytes on disk a run")


if __name__ == "__main__":
    print(json.dumps(taken(sys.argv[1], int(sys.argv[2]))))
