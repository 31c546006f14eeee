"""How fast deptsim is, beside SimPy on the same network in the same minutes.

Absolute times drift with the machine and what else it does; ratios hold. The network is an open Jackson network of six
departments with four people each at 85 % load, an ordinary scenario with every mechanism neutral: it runs through the
same code as everything else.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator

import simpy

import sim
from sim.replications import replicate
from sim.verify.networks import OpenNetwork, Window, open_network

DEPARTMENTS, PEOPLE, ARRIVALS, GOES_ON = 6, 4, 2.38, 0.3
HOURS = 5000.0
COMPLETIONS = ARRIVALS / (1 - GOES_ON) * DEPARTMENTS * HOURS
"""Completions in one run, by the traffic equations."""

ROUNDS = 5
REPLICATIONS = 20


def network() -> sim.Scenario:
    """Return the network as a scenario."""
    onward = GOES_ON / (DEPARTMENTS - 1)
    routing = tuple(tuple(0.0 if i == j else onward for j in range(DEPARTMENTS)) for i in range(DEPARTMENTS))
    each = (1.0,) * DEPARTMENTS
    content = OpenNetwork((ARRIVALS,) * DEPARTMENTS, routing, each, (PEOPLE,) * DEPARTMENTS)
    return open_network(content, Window(500.0, HOURS - 500.0))


def run_simpy(seed: int) -> int:
    """Run the same network in SimPy and return the completions."""
    luck, world, done = random.Random(seed), simpy.Environment(), 0
    departments = [simpy.Resource(world, capacity=PEOPLE) for _ in range(DEPARTMENTS)]

    def case(here: int) -> Generator[simpy.Event, None, None]:
        nonlocal done
        while True:
            with departments[here].request() as place:
                yield place
                yield world.timeout(luck.expovariate(1.0))
            done += 1
            if luck.random() >= GOES_ON:
                return
            step = luck.randrange(DEPARTMENTS - 1)
            here = step + 1 if step >= here else step

    def arrivals(here: int) -> Generator[simpy.Event, None, None]:
        while True:
            yield world.timeout(luck.expovariate(ARRIVALS))
            world.process(case(here))

    for department in range(DEPARTMENTS):
        world.process(arrivals(department))
    world.run(until=HOURS)
    return done


def seconds(work: Callable[[int], object], seed: int) -> float:
    """Return the processor time of one call."""
    begun = time.process_time()
    work(seed)
    return time.process_time() - begun


def replications_of(scenario: sim.Scenario) -> Callable[[int], object]:
    """Return the work of running a scenario on one core."""
    return lambda seed: replicate(scenario, replications=REPLICATIONS, seed=seed, threads=1)


def start_times() -> tuple[float, float]:
    """Return seconds until the first result of a new process: with an empty compilation cache, and with a full one."""
    code = "import sim; sim.run(sim.load('order_delivery'), replications=1)"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_CACHE_HOME": folder}
        times = []
        for _ in range(2):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
            times.append(time.perf_counter() - begun)
    return times[0], times[1]


def main() -> None:
    """Measure and print."""
    orders = sim.load("order_delivery")
    contestants = (replications_of(network()), run_simpy, replications_of(orders))
    for work in contestants:
        work(0)
    rounds = [[seconds(work, seed) for work in contestants] for seed in range(1, ROUNDS + 1)]
    ours, theirs, whole = (statistics.median(column) for column in zip(*rounds, strict=True))
    mine, peer = REPLICATIONS * COMPLETIONS / ours, COMPLETIONS / theirs
    print(f"open network, completions a second on one core: deptsim {mine:,.0f}, SimPy {peer:,.0f}")
    print(f"ratio {mine / peer:.0f}")
    print(f"order_delivery, {orders.weeks:g} weeks: {1000 * whole / REPLICATIONS:.1f} ms a replication")
    cold, warm = start_times()
    print(f"first result of a new process: {cold:.1f} s with an empty compilation cache, {warm:.1f} s with a full one")


if __name__ == "__main__":
    main()
