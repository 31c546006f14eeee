"""Runs as a client would have noted them down."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.fit.seen import seen_by
from sim.answers.fit.targets import Target
from sim.spec.measures import MEASURES


def test_figures_are_off_by_as_much_as_the_client_may_be():
    """Evenly between the ends of what is known, and no further."""
    seen = seen_by([Target("lead_time_mean", 100.0, 90.0, 121.0)], MEASURES)
    runs = pd.DataFrame({"lead_time_mean": np.full(4000, 100.0)})
    noted = seen.noted(runs, np.random.default_rng(1))[:, 0] ** 2
    assert noted.min() == pytest.approx(79.0, abs=0.2)
    assert noted.max() == pytest.approx(110.0, abs=0.2)
    assert noted.mean() == pytest.approx(94.5, abs=0.6)


def test_luck_is_alike_wherever_a_figure_lies():
    """Of shares and of counts; what may be negative is compared as it is."""
    luck = np.random.default_rng(2)
    targets = [Target("on_time_target", 0.5, 0.5, 0.5), Target("bounces_per_100", 10.0, 10.0, 10.0)]
    seen = seen_by([*targets, Target("net_value", -5.0, -6.0, -4.0)], MEASURES)
    spreads = []
    for share, mean in ((0.5, 4.0), (0.9, 40.0)):
        shares, counts = luck.binomial(200, share, 5000) / 200, luck.poisson(mean, 5000)
        spreads.append(seen.scaled(np.column_stack([shares, counts, np.linspace(-5, 5, 5000)])).std(axis=0))
    assert spreads[0] == pytest.approx(spreads[1], rel=0.1)
    assert seen.aim.tolist() == pytest.approx([np.pi / 4, np.sqrt(10.0), -5.0])


def test_what_is_noted_beyond_all_and_nothing_stays_in_order():
    """A share noted down as 103 % lies beyond one of 100 %."""
    seen = seen_by([Target("on_time_target", 0.99, 0.96, 1.0)], MEASURES)
    found = seen.scaled(np.array([[-0.02], [0.0], [0.5], [1.0], [1.03]]))[:, 0]
    assert (np.diff(found) > 0.0).all()
