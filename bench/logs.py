"""What a log of a run costs: to simulate it, and to write it as every kind of file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sim
from bench.contest import over, spread
from bench.table import Row, Target
from sim.compile import compile_scenario
from sim.eventlog.writing.endings import ENDINGS
from sim.outcome import warm_up

WEEKS = 200
"""Of a run, whose log has about 29,000 events."""


def logs(rounds: int) -> list[Row]:
    """Return processor milliseconds an event: of the run with its log, and of writing it, as shares of the run."""
    scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": WEEKS})
    warm_up(compile_scenario(scenario))
    made: list[float] = []
    written: dict[str, list[float]] = {ending: [] for ending in ENDINGS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            begun = time.process_time()
            result = sim.run(scenario, seed=number, events=True, keep=("events", "cases"))
            log = sim.simulated(result)
            made.append(1e3 * (time.process_time() - begun) / len(log.events))
            for ending, taken in written.items():
                place = Path(folder) / f"log{ending}"
                taken.append(1e3 * _seconds(lambda log=log, place=place: sim.write_log(log, place)) / len(log.events))
    note = "its run, the tables of events and cases, and the log of them"
    first = Row("an event of order_delivery, simulated", spread(made[1:]), "ms", target=Target(0.02), note=note)
    return [first, *(_written(ending, taken[1:], made[1:]) for ending, taken in written.items())]


def _written(ending: str, taken: list[float], made: list[float]) -> Row:
    return Row(f"written as {ending}", spread(taken), "ms", over(taken, made), "simulating it")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
