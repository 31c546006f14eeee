"""deptsim and Ciw agree on the same networks."""

from collections import defaultdict
from collections.abc import Callable

import ciw
import numpy as np
import pytest
from numpy.typing import NDArray

from sim.verify.networks import OpenNetwork, Window

NETWORK_REPLICATIONS = 60
STATION_REPLICATIONS = 250

pytestmark = [pytest.mark.compiled, pytest.mark.statistics]

Sample = NDArray[np.float64]


def _visits(simulation: ciw.Simulation) -> dict[int, list[ciw.data_record.DataRecord]]:
    visits = defaultdict(list)
    for record in simulation.get_all_records():
        visits[record.id_number].append(record)
    return visits


def _network_replication(network: OpenNetwork, window: Window, tail: float, seed: int) -> tuple[float, float]:
    """Return the mean lead time and the mean wait of the cases that arrive after the warm-up."""
    ciw.seed(seed)
    model = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate) if rate else None for rate in network.arrivals],
        service_distributions=[ciw.dists.Exponential(1.0 / mean) for mean in network.services],
        routing=[list(row) for row in network.routing],
        number_of_servers=list(network.servers),
    )
    simulation = ciw.Simulation(model)
    simulation.simulate_until_max_time(sum(window) + tail)
    leads, waits = [], []
    for visits in _visits(simulation).values():
        arrival = min(record.arrival_date for record in visits)
        if window.warmup <= arrival < sum(window):
            leads.append(max(record.exit_date for record in visits) - arrival)
            waits.append(sum(record.waiting_time for record in visits))
    return float(np.mean(leads)), float(np.mean(waits))


def _station_replication(classes: tuple[float, float], window: Window, tail: float, seed: int) -> tuple[float, float]:
    """Return the mean wait of each class."""
    ciw.seed(seed)
    first, second = classes
    model = ciw.create_network(
        arrival_distributions={"first": [ciw.dists.Exponential(first)], "second": [ciw.dists.Exponential(second)]},
        service_distributions={"first": [ciw.dists.Exponential(1.0)], "second": [ciw.dists.Exponential(1.0)]},
        priority_classes={"first": 0, "second": 1},
        number_of_servers=[1],
    )
    simulation = ciw.Simulation(model)
    simulation.simulate_until_max_time(sum(window) + tail)
    waits: dict[str, list[float]] = {"first": [], "second": []}
    for record in simulation.get_all_records():
        if window.warmup <= record.arrival_date < sum(window):
            waits[record.customer_class].append(record.waiting_time)
    return float(np.mean(waits["first"])), float(np.mean(waits["second"]))


@pytest.mark.long
def test_an_open_network_takes_as_long_as_in_ciw(
    network: OpenNetwork,
    window: Window,
    tail: float,
    network_sample: Sample,
    assert_same_mean: Callable[[Sample, Sample, float], None],
) -> None:
    """Three departments with loops: mean lead time and mean wait of a case."""
    peer = np.array([_network_replication(network, window, tail, seed) for seed in range(NETWORK_REPLICATIONS)])
    assert_same_mean(peer[:, 0], network_sample[:, 0], 0.15)
    assert_same_mean(peer[:, 1], network_sample[:, 1], 0.25)


@pytest.mark.long
def test_two_classes_wait_as_long_as_in_ciw(
    classes: tuple[float, float],
    window: Window,
    tail: float,
    station_sample: Sample,
    assert_same_mean: Callable[[Sample, Sample, float], None],
) -> None:
    """One person, urgent work first: mean wait of each class."""
    peer = np.array([_station_replication(classes, window, tail, seed) for seed in range(STATION_REPLICATIONS)])
    assert_same_mean(peer[:, 0], station_sample[:, 0], 0.15)
    assert_same_mean(peer[:, 1], station_sample[:, 1], 0.25)
