"""The network that everybody simulates, what theory says about it, and how it is written as a scenario.

Departments stand in a circle. Customers arrive at each at the same rate; when one is served, he goes on with some
probability to one of the next departments, each as likely, or leaves. By symmetry every department is an M/M/c queue.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.scenario import Scenario
from sim.verify.formulas import mmc_wait
from sim.verify.networks import Window, exponential, neutral, poisson


class Network(NamedTuple):
    """Sizes and rates; service takes an hour on average, and hours before `warmup` are not counted."""

    departments: int
    hours: float
    warmup: float
    people: int = 4
    arrivals: float = 2.38
    goes_on: float = 0.3
    fan: int = 5

    @property
    def completions(self) -> float:
        """How many services are finished in a run, by the traffic equations."""
        return self.arrivals / (1.0 - self.goes_on) * self.departments * self.hours

    def next_department(self, here: int, u: float) -> int:
        """Return where the uniform number `u` in [0, goes_on) sends somebody from `here`."""
        return (here + 1 + int(u / self.goes_on * self.fan)) % self.departments


TAIL = 60.0
"""Hours of these in which deptsim lets arriving cases finish; hardly any is longer in the system."""

W1 = Network(departments=6, hours=5000.0, warmup=500.0)
"""The yardstick: load .85, so that queues are long enough to matter; one run is 102 000 completions."""


class Means(NamedTuple):
    """What every contestant computes: mean number of customers, mean time of a customer, mean wait of a visit."""

    number: float
    sojourn: float
    wait: float


class Played(NamedTuple):
    """What came out of one run."""

    completions: float
    means: Means


class Notes(NamedTuple):
    """What contestants in Python write down while they run, as plain lists: the quickest way to keep anything."""

    arrivals: list[float]
    departures: list[float]
    sojourns: list[float]  # of the departures
    starts: list[float]  # when a service began
    waits: list[float]  # before it


def notes() -> Notes:
    """Return empty notes."""
    return Notes([], [], [], [], [])


def played(network: Network, noted: Notes, completions: int) -> Played:
    """Return the means of one run from its notes."""
    hours, warmup = network.hours, network.warmup
    inside = np.maximum(noted.arrivals, warmup), np.maximum(noted.departures, warmup)
    present = float((hours - inside[0]).sum() - (hours - inside[1]).sum())
    sojourn = _mean(noted.sojourns, np.asarray(noted.departures) > warmup)
    wait = _mean(noted.waits, np.asarray(noted.starts) > warmup)
    return Played(completions, Means(present / (hours - warmup), sojourn, wait))


def _mean(values: ArrayLike, counted: np.ndarray) -> float:
    return float(np.asarray(values)[counted].mean())


def theory(network: Network) -> Means:
    """Return the exact means (Jackson 1957; Erlang's C)."""
    rate = network.arrivals / (1.0 - network.goes_on)
    wait = mmc_wait(rate, 1.0, network.people)
    number = network.departments * rate * (wait + 1.0)
    return Means(number, (wait + 1.0) / (1.0 - network.goes_on), wait)


def scenario(network: Network) -> Scenario:
    """Return the network as an ordinary scenario with every mechanism neutral."""
    n = network.departments
    onward = network.goes_on / network.fan
    steps = {
        f"s{i}": {
            "R": f"d{i}",
            "work": exponential(1.0),
            "next": {f"s{(i + k) % n}": onward for k in range(1, network.fan + 1)},
        }
        for i in range(n)
    }
    process = {
        "demand": poisson(network.arrivals * n),
        "steps": steps,
        "start": dict.fromkeys(steps, 1.0 / n),
    }
    counted = network.hours - network.warmup
    tail = min(TAIL, counted / 2.0)
    window = Window(network.warmup, counted - tail, tail)
    people = {f"d{i}": {"staff": network.people} for i in range(n)}
    return neutral("network", window, people, {"case": process})
