"""An online shop over a year: dates, seasons, days off, campaigns and money at once; nothing is idle."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.outcome import Outcome, simulate
from sim.replications import replicate
from sim.scenario import Scenario, findings_in, load
from sim.study.compare import compare

pytestmark = pytest.mark.compiled  # many cases

FILE = Path(__file__).with_name("online_shop.yaml")
DAY = 24.0
EVE = (309, 313)
"""First and last day of Double Eleven, counted from the first that counts."""


@pytest.fixture(scope="module")
def shop() -> Scenario:
    """Return the shop."""
    return load(FILE)


def cases_of(scenario: Scenario, replication: int = 0) -> Outcome:
    """Return one year."""
    return simulate(compile_scenario(scenario), 1, replication)


def days_of(scenario: Scenario, arrival: Any) -> Any:
    """Return on which day, counted from the first that counts, customers came."""
    return np.floor(np.asarray(arrival) / DAY) - 7.0 * scenario.warmup_weeks


def test_nothing_is_wrong_with_it(shop: Scenario) -> None:
    """Dates fall where they can matter, all figures fit together."""
    assert findings_in(shop) == ()


def test_what_comes_out_is_believable(shop: Scenario) -> None:
    """Most customers are served in time, but not all; most campaigns go on their date, with nearly all items."""
    found = replicate(shop, replications=8, seed=1).measures.mean()
    assert 0.65 < found["on_time_target"] < 0.9
    assert 0.4 < found["releases_on_time"] < 0.95
    assert 0.9 < found["release_caught"] <= 1.0
    assert 10 < found["items_per_release"] < 60
    assert found["revenue"] > 10 * found["delay_cost"] > 0


def test_double_eleven_is_four_times_as_busy(shop: Scenario) -> None:
    """Against the same season without it, day by day alike."""
    order = list(shop.processes).index("order")
    counts = []
    for replication in range(8):
        cases = cases_of(shop, replication).cases
        days = days_of(shop, cases["arrival"][cases["process"] == order])
        peak = ((days >= EVE[0]) & (days <= EVE[1])).sum()
        week = ((days >= EVE[0] - 7) & (days <= EVE[1] - 7)).sum()
        counts.append((peak, week))
    peak, week = np.sum(counts, axis=0)
    assert peak / week == pytest.approx(4.0, rel=4.0 * np.sqrt(1.0 / peak + 1.0 / week))


IDLE: dict[str, dict[str, Any]] = {
    "closures": {"closures": []},
    "seasons": {"profiles.evenings.months": None},
    "hours": {"profiles.evenings.week": None},
    "peaks": {"processes.order.demand.peaks": []},
    "releases": {"releases": {}, "processes.go_live.demand.per_week": 0.1},
    "shocks": {"shocks": []},
}


@pytest.mark.parametrize("what", IDLE)
def test_nothing_of_the_year_is_idle(shop: Scenario, what: str) -> None:
    """Without it, the year goes otherwise."""
    there, without = (cases_of(one).columns["finish"] for one in (shop, shop.changed(IDLE[what])))
    assert not np.array_equal(there, without, equal_nan=True)


def test_what_is_bought_has_to_pay_for_itself(shop: Scenario) -> None:
    """The same board is worth what it costs less when it costs more: the difference is the bill, to the cent."""
    bills = ({"kind": "shared_board"}, {"kind": "shared_board", "money_once": 15000.0, "money_per_week": 120.0})
    found = compare(shop, {"Free": [bills[0]], "Bought": [bills[1]]}, replications=3).money["net_value_year"]
    assert found["Free"] - found["Bought"] == pytest.approx(15000.0 + 52 * 120.0, rel=1e-9)
