"""What the peers and deptsim are asked to simulate, and the two-sample test that compares them."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import t as student

import sim
from sim.scenario import Scenario
from sim.verify.networks import OpenNetwork, Window, open_network, priority_station

Sample = NDArray[np.float64]

ERROR_RATE = 0.001
COMPARISONS = 8  # two means of the network and two of the priority station, with each of two peers
REPLICATIONS = 300
TAIL = 300.0  # hours in which the last cases that count are finished


@pytest.fixture(scope="session")
def window() -> Window:
    """Hours before counting begins, and hours in which arriving cases count."""
    return Window(200.0, 1200.0)


@pytest.fixture(scope="session")
def tail() -> float:
    """Hours that are simulated after the last case that counts."""
    return TAIL


@pytest.fixture(scope="session")
def network() -> OpenNetwork:
    """Three departments with loops between them."""
    routing = ((0.0, 0.4, 0.3), (0.2, 0.0, 0.3), (0.0, 0.25, 0.0))
    return OpenNetwork((0.5, 0.25, 0.0), routing, (0.8, 1.0, 2.4), (1, 1, 2))


@pytest.fixture(scope="session")
def classes() -> tuple[float, float]:
    """Arrivals per hour of the class that goes first and of the other; one person, mean work 1 hour."""
    return (0.2, 0.5)


def _counted(scenario: Scenario, window: Window) -> pd.DataFrame:
    cases = sim.run(scenario, replications=REPLICATIONS, seed=1).cases
    end = window.warmup + window.hours
    counted = cases[(cases["arrival"] >= window.warmup) & (cases["arrival"] < end)]
    assert counted["finish"].notna().all(), "the tail is too short"
    return counted


@pytest.fixture(scope="session")
def network_sample(network: OpenNetwork, window: Window) -> Sample:
    """Mean lead time and mean wait of a case, by replication, in deptsim."""
    cases = _counted(open_network(network, Window(0.0, sum(window) + TAIL)), window)
    lead = (cases["finish"] - cases["arrival"]).groupby(cases["replication"]).mean()
    return np.column_stack([lead, cases.groupby("replication")["ledger_queue"].mean()])


@pytest.fixture(scope="session")
def station_sample(classes: tuple[float, float], window: Window) -> Sample:
    """Mean wait of each class, by replication, in deptsim."""
    cases = _counted(priority_station(classes, Window(0.0, sum(window) + TAIL)), window)
    waits = cases.groupby(["urgent", "replication"])["ledger_queue"].mean().unstack(0)
    return np.column_stack([waits[True], waits[False]])


def _difference(one: Sample, other: Sample) -> tuple[float, float]:
    errors = [float(sample.var(ddof=1)) / len(sample) for sample in (one, other)]
    error = math.sqrt(sum(errors))
    freedom = error**4 / sum(e**2 / (len(s) - 1) for e, s in zip(errors, (one, other), strict=True))
    reach = float(student.ppf(1.0 - ERROR_RATE / COMPARISONS / 2.0, freedom)) * error
    middle = float(one.mean() - other.mean())
    return middle - reach, middle + reach


@pytest.fixture(scope="session")
def assert_same_mean() -> Callable[[Sample, Sample, float], None]:
    """Compare two samples of independent replications.

    Welch's interval of the difference of means, at a level such that all comparisons of this folder together reject
    equal means in fewer than one set of seeds in a thousand. The interval must also be narrow, or agreement would
    mean nothing.
    """

    def compare(one: Sample, other: Sample, widest: float) -> None:
        low, high = _difference(one, other)
        assert low <= 0.0 <= high, f"{one.mean():.4f} against {other.mean():.4f}, difference {low:.4f} to {high:.4f}"
        assert high - low <= widest * other.mean(), f"the interval {low:.4f} to {high:.4f} is too wide to tell"

    return compare
