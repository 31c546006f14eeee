"""The full model: events a second, days instead of one go, departments that decide, and threads."""

from __future__ import annotations

import inspect
import os
import statistics
import time
from collections.abc import Callable, Iterable

import sim
from bench import c_peer, ours
from bench.contest import over, spread
from bench.network import W1
from bench.table import Row, Target, not_available
from sim.agents import Department
from sim.compile import compile_scenario
from sim.outcome import start, warm_up
from sim.replications import replicate
from sim.vocab import WEEK

RUNS = 10
REPLICATIONS = 40


def events(rounds: int) -> list[Row]:
    """Return events a second of order_delivery and of the neutral network, medians of ten runs in each round."""
    compiled = compile_scenario(sim.load("order_delivery"))
    end = compiled.scenario.weeks * WEEK
    warm_up(compiled)
    full: list[float] = []
    neutral: list[float] = []
    c: list[float] = []
    for number in range(rounds):
        runs = range(RUNS)
        full.append(_median(ours.events_per_second(start(compiled, number, run), end) for run in runs))
        neutral.append(_median(ours.events_per_second(ours.ready(W1, run), W1.hours) for run in runs))
        if not c_peer.missing():
            c.append(statistics.median(c_peer.micros(W1, run) for run in runs))
    name = "order_delivery"
    return [
        Row(f"{name}, {compiled.scenario.weeks:g} weeks", spread(full), "events/s", over(full, neutral),
            "neutral network", Target(1.0 / 3.0, least=True)),
        Row("neutral network", spread(neutral), "events/s"),
        Row(f"{name}, kernel alone", spread([1e9 / one for one in full]), "ns/event",
            over([1e6 / one for one in full], c) if c else None, "C on the yardstick", Target(2.3)),
    ]  # fmt: skip


def _median(speeds: Iterable[float]) -> float:
    """Return the median: the first runs of a kind also wait for memory that the system has to find."""
    return statistics.median(speeds)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def days(rounds: int) -> list[Row]:
    """Return what a run in daily steps of the Mesa model costs more than one in one go."""
    scenario = sim.load("order_delivery")
    steps: list[float] = []
    extra: list[float] = []
    for number in range(rounds + 1):
        stepped, whole = (sim.LiveOrganization(scenario, seed=number) for _ in range(2))
        count = round(stepped.end / 24.0)
        by_day = _seconds(stepped.run_model)
        at_once = _seconds(lambda whole=whole: whole.machine.advance(whole.end))
        steps.append(1e6 * by_day / count)
        extra.append(1e6 * (by_day - at_once) / count)
    return [
        Row("a step of Organization", spread(steps[1:]), "µs", note=f"{count} steps of order_delivery"),
        Row("of these, for stopping at midnight", spread(extra[1:]), "µs", note="against one go"),
    ]


class Watchful(Department):
    """A department that looks at itself every day, and decides nothing."""

    def on_day(self) -> None:
        """Read what somebody who decides would read."""
        self.overloaded = self.queue > 2 * self.staff and self.waiting_hours > 0.0 and self.productivity > 0.0


def hooks(rounds: int) -> list[Row]:
    """Return what departments that are asked every day cost."""
    name = "a department's on_day that reads four properties"
    if "department" not in inspect.signature(sim.run).parameters:
        return [not_available(name, "sim.run takes no `department`")]
    scenario = sim.load("order_delivery")
    calls = len(scenario.departments) * scenario.weeks * 7
    extra = []
    for number in range(1, rounds + 2):
        plain = _seconds(lambda number=number: sim.run(scenario, seed=number, threads=1))
        asked = _seconds(lambda number=number: sim.run(scenario, seed=number, threads=1, department=Watchful))
        extra.append(1e6 * (asked - plain) / calls)
    return [Row(name, spread(extra[1:]), "µs/call", note="the daily path included")]


def threads(rounds: int) -> list[Row]:
    """Return how much sooner two threads are done than one (wall time)."""
    name = f"{REPLICATIONS} replications of order_delivery"
    if (os.cpu_count() or 1) < 2:
        return [not_available(f"{name}, two threads", "there is one core")]
    scenario = sim.load("order_delivery")
    wall: dict[int, list[float]] = {1: [], 2: []}
    cores: list[float] = []
    for number in range(rounds + 1):
        for count, times in wall.items():
            begun, processor = time.perf_counter(), time.process_time()
            replicate(scenario, replications=REPLICATIONS, seed=number, threads=count)
            times.append(time.perf_counter() - begun)
        cores.append((time.process_time() - processor) / times[-1])
    one, two = wall[1][1:], wall[2][1:]
    return [
        Row(f"{name}, one thread", spread(one), "s"),
        Row(f"{name}, two threads", spread(two), "s", over(one, two), "one thread", Target(1.85, least=True),
            f"how often faster; two threads had {statistics.median(cores[1:]):.2f} cores to themselves"),
    ]  # fmt: skip
