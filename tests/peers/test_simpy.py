"""deptsim and SimPy agree on the same networks."""

from collections.abc import Callable, Generator

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray

from sim.verify.networks import OpenNetwork, Window

NETWORK_REPLICATIONS = 60
STATION_REPLICATIONS = 250

pytestmark = [pytest.mark.compiled, pytest.mark.statistics]

Sample = NDArray[np.float64]

Steps = Generator[simpy.Event, None, None]


class _NetworkRun:
    """One replication: cases wander between departments and note how long it took."""

    def __init__(self, network: OpenNetwork, window: Window, seed: int) -> None:
        self.network, self.window = network, window
        self.rng = np.random.default_rng(seed)
        self.clock = simpy.Environment()
        self.departments = [simpy.Resource(self.clock, capacity=servers) for servers in network.servers]
        self.rows: list[tuple[float, float]] = []
        for department, rate in enumerate(network.arrivals):
            if rate:
                self.clock.process(self._customers(department, rate))

    def means(self, tail: float) -> tuple[float, float]:
        """Return the mean lead time and the mean wait of the cases that arrive after the warm-up."""
        self.clock.run(until=sum(self.window) + tail)
        lead, wait = np.mean(self.rows, axis=0)
        return float(lead), float(wait)

    def _customers(self, department: int, rate: float) -> Steps:
        while True:
            yield self.clock.timeout(self.rng.exponential(1.0 / rate))
            self.clock.process(self._case(department))

    def _case(self, department: int) -> Steps:
        arrival, waited = self.clock.now, 0.0
        while department < len(self.departments):
            asked = self.clock.now
            with self.departments[department].request() as turn:
                yield turn
                waited += self.clock.now - asked
                yield self.clock.timeout(self.rng.exponential(self.network.services[department]))
            row = np.cumsum(self.network.routing[department])
            department = int(np.searchsorted(row, self.rng.random(), side="right"))
        if self.window.warmup <= arrival < sum(self.window):
            self.rows.append((self.clock.now - arrival, waited))


class _StationRun:
    """One replication of the priority station."""

    def __init__(self, classes: tuple[float, float], window: Window, seed: int) -> None:
        self.classes, self.window = classes, window
        self.rng = np.random.default_rng(seed)
        self.clock = simpy.Environment()
        self.person = simpy.PriorityResource(self.clock, capacity=1)
        self.waits: tuple[list[float], list[float]] = ([], [])
        for rank in (0, 1):
            self.clock.process(self._customers(rank))

    def means(self, tail: float) -> tuple[float, float]:
        """Return the mean wait of each class."""
        self.clock.run(until=sum(self.window) + tail)
        return float(np.mean(self.waits[0])), float(np.mean(self.waits[1]))

    def _customers(self, rank: int) -> Steps:
        while True:
            yield self.clock.timeout(self.rng.exponential(1.0 / self.classes[rank]))
            self.clock.process(self._case(rank))

    def _case(self, rank: int) -> Steps:
        arrival = self.clock.now
        with self.person.request(priority=rank) as turn:
            yield turn
            if self.window.warmup <= arrival < sum(self.window):
                self.waits[rank].append(self.clock.now - arrival)
            yield self.clock.timeout(self.rng.exponential(1.0))


def test_an_open_network_takes_as_long_as_in_simpy(
    network: OpenNetwork,
    window: Window,
    tail: float,
    network_sample: Sample,
    assert_same_mean: Callable[[Sample, Sample, float], None],
) -> None:
    """Three departments with loops: mean lead time and mean wait of a case."""
    peer = np.array([_NetworkRun(network, window, seed).means(tail) for seed in range(NETWORK_REPLICATIONS)])
    assert_same_mean(peer[:, 0], network_sample[:, 0], 0.15)
    assert_same_mean(peer[:, 1], network_sample[:, 1], 0.25)


def test_two_classes_wait_as_long_as_in_simpy(
    classes: tuple[float, float],
    window: Window,
    tail: float,
    station_sample: Sample,
    assert_same_mean: Callable[[Sample, Sample, float], None],
) -> None:
    """One person, urgent work first: mean wait of each class."""
    peer = np.array([_StationRun(classes, window, seed).means(tail) for seed in range(STATION_REPLICATIONS)])
    assert_same_mean(peer[:, 0], station_sample[:, 0], 0.15)
    assert_same_mean(peer[:, 1], station_sample[:, 1], 0.25)
