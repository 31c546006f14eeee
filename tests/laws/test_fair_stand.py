"""A builder of fair stands in which everything is on at once: nothing is idle, and what comes out is believable."""

from pathlib import Path

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.outcome import simulate
from sim.replications import replicate
from sim.scenario import Scenario, findings_in, load
from sim.spec.levers import LEVERS

pytestmark = pytest.mark.compiled  # many cases

FILE = Path(__file__).with_name("fair_stand.yaml")


@pytest.fixture(scope="module")
def builder() -> Scenario:
    """Return the builder of stands."""
    return load(FILE)


def test_nothing_is_wrong_with_it(builder: Scenario) -> None:
    """All figures fit into the dates, and everybody who signs is there."""
    assert findings_in(builder) == ()


def test_what_comes_out_is_believable(builder: Scenario) -> None:
    """Most stands are built in time, half of the repairs; every mechanism has its share, and none of them all."""
    found = replicate(builder, replications=8, seed=1).measures.mean()
    assert 0.85 < found["on_time_target.stand"] < 0.99
    assert 0.4 < found["on_time_target.repair"] < 0.7
    assert 0.8 < found["milestones_kept"] < 1.0
    assert 0.05 < found["team_share"] < 0.15  # of stands only
    assert 0.05 < found["prevented_share"] < 0.2  # of repairs only
    assert 0.98 < found["value_delivered"] < 1.0
    assert 0.0 < found["warned"] < 0.05
    assert 0.2 < found["bypassed"] < 0.5
    assert 1.0 < found["goods_short"] < 20.0


@pytest.mark.parametrize("name", sorted(load(FILE).levers))
def test_no_lever_is_idle(builder: Scenario, name: str) -> None:
    """Whichever of them is put where it does nothing, the year goes otherwise."""
    neutral = LEVERS[name].neutral if name != "authority" else 0.0  # of a superior who cuts nothing
    assert builder.levers[name] != neutral
    there, without = (
        simulate(compile_scenario(one), 1, 0).columns["finish"]
        for one in (builder, builder.changed({f"levers.{name}": neutral}))
    )
    assert not np.array_equal(there, without, equal_nan=True)
