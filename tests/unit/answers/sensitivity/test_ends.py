"""A tornado: which point is which end, and differences pair by pair."""

import numpy as np

from sim.answers.sensitivity.ends import as_it_is, end_points, tornado
from sim.scenario.uncertain import Assumption
from sim.words import Text

WORDS = Text("", "")
ASSUMED = [
    Assumption("a", 0.0, 2.0, 1.0, WORDS),
    Assumption("b", 0.0, 2.0, 0.0, WORDS),
    Assumption("c", 1, 3, 3, WORDS, whole=True),
]


def test_ends_are_compared_with_how_things_are_under_the_same_luck():
    """An end at which things are is no point of its own; luck that all points share is in no interval."""
    points = end_points(ASSUMED)
    assert points == [{}, {"a": 0.0}, {"a": 2.0}, {"b": 2.0}, {"c": 1}]
    luck = np.random.default_rng(1).standard_normal(20)
    noise = 0.01 * np.random.default_rng(2).standard_normal((5, 20))
    values = np.array([10.0, 8.0, 13.0, 10.0, 9.0])[:, None] + 5.0 * luck + noise
    found = tornado(ASSUMED, values).set_index("assumption")
    assert np.allclose(found["at_low"], [-2.0, 0.0, -1.0], atol=0.02)
    assert np.allclose(found["at_high"], [3.0, 0.0, 0.0], atol=0.02)
    assert np.allclose(found["swing"], [5.0, 0.0, 1.0], atol=0.02)
    assert (found["swing_high"] - found["swing_low"] < 0.05).all()
    assert found["sure"].tolist() == [True, False, True]
    assert found.loc["b", ["at_low", "at_low_low", "at_low_high"]].tolist() == [0.0, 0.0, 0.0]
    assert as_it_is(values).low < 10.0 + 5.0 * luck.mean() < as_it_is(values).high


def test_replications_that_lack_a_number_are_left_out_pair_by_pair():
    """Only where it is missing."""
    values = np.tile(np.arange(6.0), (5, 1)) + np.arange(5.0)[:, None]
    values[2, 3] = np.nan
    found = tornado(ASSUMED, values).set_index("assumption")
    assert found["replications"].tolist() == [5, 6, 6]
    assert found.loc["a", "swing"] == 1.0
