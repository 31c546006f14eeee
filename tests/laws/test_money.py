"""Money in weeks: whatever happens in an organization, the weeks sum to what the measures say."""

import numpy as np
import pytest
from hypothesis import given

from sim.measures import measures_of
from sim.moneyweeks import COLUMNS, money_rows
from sim.outcome import simulate
from tests.worlds.drawn import World, compiled, law, worlds

pytestmark = pytest.mark.compiled  # many cases


@law
@given(worlds())
def test_the_weeks_sum_to_the_measures(world: World) -> None:
    """Revenue, cost of delay and coordination each, and together the net value; nothing is less than nothing."""
    outcome = simulate(compiled(world), 1, 0)
    measures, weeks = measures_of(outcome), money_rows(outcome)
    n = world["horizon_weeks"]
    assert len(weeks["week"]) == n
    assert all((weeks[name] >= 0.0).all() for name in COLUMNS)
    for name in ("revenue", "delay_cost", "coordination_cost"):
        assert weeks[name].sum() == pytest.approx(n * np.nan_to_num(measures[name]))
    costs = sum(weeks[name].sum() for name in COLUMNS[1:])
    assert costs == pytest.approx(n * measures["total_cost"])
