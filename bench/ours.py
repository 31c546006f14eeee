"""deptsim itself on the network: through the ordinary way to run a scenario, and the kernel's loop alone."""

from __future__ import annotations

import functools
import time
from typing import Any

import numpy as np

from bench.network import Means, Network, Played, scenario
from sim.compile import Compiled, compile_scenario
from sim.kernel.machine import Machine
from sim.measures import ledger_of, measures_of
from sim.outcome import harvest, start
from sim.replications import replicate
from sim.results import RunResult
from sim.vocab import Tally

REPLICATIONS = 10


@functools.cache
def compiled(network: Network) -> Compiled:
    """Return the tables of the network."""
    return compile_scenario(scenario(network))


@functools.cache
def _written(network: Network) -> Any:
    return scenario(network)


def play_scenario(network: Network, seed: int) -> RunResult:
    """Run replications as a comparison does, with all measures, ledgers and the weekly record, and make all tables."""
    found = replicate(_written(network), replications=REPLICATIONS, seed=seed, threads=1)
    for _ in found.tables.values():
        pass
    return found


def read_scenario(network: Network, product: RunResult) -> Played:
    """Return the means from the measures; the number in the system follows from Little's law."""
    sojourn = float(product.measures["lead_time_mean"].mean())
    wait = float(product.ledger["queue"].mean()) * (1.0 - network.goes_on)
    number = sojourn * network.arrivals * network.departments
    return Played(network.completions * REPLICATIONS, Means(number, sojourn, wait))


def ready(network: Network, seed: int) -> Machine:
    """Return a machine at time zero."""
    return start(compiled(network), seed, 0)


def play_kernel(network: Network, seed: int) -> Machine:
    """Run one replication without anything afterwards."""
    machine = ready(network, seed)
    machine.advance(network.hours)
    return machine


def read_kernel(network: Network, product: Machine) -> Played:
    """Return the means from the tables."""
    outcome = harvest(compiled(network), product, 0)
    cases, hours, warmup = outcome.cases, network.hours, network.warmup
    left = np.where(np.isnan(cases["finish"]), hours, cases["finish"])
    present = np.maximum(left, warmup) - np.maximum(cases["arrival"], warmup)
    sojourn = measures_of(outcome)["lead_time_mean"]
    wait = ledger_of(outcome)["queue"] * (1.0 - network.goes_on)
    completions = float(outcome.days["done"].sum() + product.state.departments["today"][:, Tally.DONE].sum())
    return Played(completions, Means(float(present.sum()) / (hours - warmup), sojourn, wait))


def events_per_second(machine: Machine, until: float) -> float:
    """Advance a machine and return the events it handles in a second of processor time."""
    before, begun = int(machine.state.now[0]["handled"]), time.process_time()
    machine.advance(until)
    return (int(machine.state.now[0]["handled"]) - before) / (time.process_time() - begun)
