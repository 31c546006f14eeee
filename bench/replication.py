"""What a replication of order_delivery costs with everything that is kept of it, and many of many alternatives."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterable

import sim
from bench import c_peer
from bench.contest import over, spread
from bench.network import W1
from bench.table import Row, Target
from sim.compile import Compiled, compile_scenario
from sim.engine import Threads
from sim.outcome import start, warm_up
from sim.replications import Study
from sim.scenario import Scenario
from sim.tables import COMPARED

RUNS = 50
"""Replications of an alternative."""

SWITCHES = (
    "shared_kpi", "raci", "daily_standup", "job_rotation", "escalation_path", "response_agreement", "liaison"
)  # fmt: skip
"""Seven interventions, all combinations of which a page in one file holds."""

ALL, SAMPLE = 2 ** len(SWITCHES), 3
"""How many combinations there are, and how many of them are drawn in a round to stand for all."""

C_RUN = "a run of C on the yardstick"


def replications(rounds: int) -> list[Row]:
    """Return milliseconds of a replication, as multiple of a run in C, and how much of it is not the kernel."""
    scenario = sim.load("order_delivery")
    compiled = compile_scenario(scenario)
    warm_up(compiled)
    everything: list[float] = []
    kernel: list[float] = []
    c: list[float] = []
    for number in range(rounds + 1):
        everything.append(_seconds(lambda number=number: _kept({"": scenario}, number, RUNS)) / RUNS)
        kernel.append(_seconds(lambda number=number: _advanced(compiled, number)) / RUNS)
        c += _c_seconds(number)
    python = [1.0 - one / whole for one, whole in zip(kernel[1:], everything[1:], strict=True)]
    ratio = over(everything[1:], c[1:]) if c else None
    return [
        Row("a replication of order_delivery, all tables", spread([1e3 * one for one in everything[1:]]), "ms", ratio,
            C_RUN, note=f"of {RUNS}; compiling the scenario and making tables included"),
        Row("of this, outside the kernel", spread(python), "", target=Target(0.1)),
    ]  # fmt: skip


def combinations(rounds: int) -> list[Row]:
    """Return processor seconds of every combination, from a drawn sample of them."""
    scenario = sim.load("order_delivery")
    warm_up(compile_scenario(scenario))
    every = [chosen for n in range(len(SWITCHES) + 1) for chosen in itertools.combinations(SWITCHES, n)]
    needed: list[float] = []
    c: list[float] = []
    for number in range(rounds + 1):
        drawn = random.Random(number).sample(every, SAMPLE)
        tried = {"+".join(chosen): scenario.with_interventions(chosen) for chosen in drawn}
        needed.append(ALL / SAMPLE * _seconds(lambda tried=tried, number=number: _kept(tried, number, RUNS)))
        c += _c_seconds(number)
    name = f"2^{len(SWITCHES)} × {RUNS} of order_delivery: processor"
    ratio = over(needed[1:], c[1:]) if c else None
    note = f"scaled from {SAMPLE} combinations in each round"
    return [Row(name, spread(needed[1:]), "s", ratio, C_RUN, note=note)]


def _kept(scenarios: dict[str, Scenario], seed: int, count: int) -> None:
    """Run replications, and make every table that a comparison keeps of them."""
    study = Study(scenarios, replications=count, seed=seed, tables=COMPARED)
    study.run(Threads(1))
    for result in study.results().values():
        for _ in result.tables.values():
            pass


def _advanced(compiled: Compiled, seed: int) -> None:
    for number in range(RUNS):
        start(compiled, seed, number).advance(compiled.end)


def _c_seconds(number: int) -> Iterable[float]:
    """Return the time of one run in C, in a list; nothing where there is no compiler."""
    return [] if c_peer.missing() else [_seconds(lambda: c_peer.play(W1, number))]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
