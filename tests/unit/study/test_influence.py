"""Which assumptions decide: those that do are found, idle ones are not, and the turn is where it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.qmc import LatinHypercube

from sim.study.influence import FEWEST, MOST, influences


def drawn(points, assumptions, seed):
    """Return a Latin hypercube."""
    return LatinHypercube(assumptions, rng=np.random.default_rng(seed)).random(points)


@given(st.integers(0, 100), st.integers(0, 9), st.floats(0.1, 0.9), st.floats(0.5, 5.0), st.booleans())
def test_a_line_is_found_with_its_turn(seed, place, turn, slope, falls):
    """Where an effect is a straight line in one assumption, the rest has no part in it."""
    shares = drawn(40, 10, seed)
    effects = (shares[:, place] - turn) * slope * (-1.0 if falls else 1.0)
    first, *others = influences(shares, effects)
    assert (first.place, first.sure) == (place, True)
    assert first.turns_at == pytest.approx(turn, abs=1e-9)
    assert first.explained == pytest.approx(1.0)
    assert not any(one.sure or one.explained > 1e-9 for one in others)


def test_the_strong_among_many_are_found_in_noise():
    """Two of sixty that explain a third each, sixty points: found, the stronger first."""
    found = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        shares = drawn(60, 60, seed)
        effects = 3.0 * shares[:, 7] - 2.5 * shares[:, 40] + random.normal(0.0, 0.5, 60)
        found += {7, 40} <= {one.place for one in influences(shares, effects) if one.sure}
    assert found >= 36


@pytest.mark.parametrize("other", [1, 3, 9])
def test_an_effect_that_is_the_same_at_most_points_says_nothing(other):
    """Not even where the few others all lie on one side: they lie beyond the fence, and nothing is left to explain."""
    shares = drawn(40, 10, 1)
    effects = np.where(np.argsort(np.argsort(shares[:, 2])) < other, -0.1, -0.0625)
    assert influences(shares, effects) == ()


def test_where_nothing_matters_something_is_found_in_one_of_twenty():
    """The best of sixty idle assumptions looks like something; that is accounted for."""
    wrong = 0
    for seed in range(200):
        effects = np.random.default_rng(seed).standard_t(3, 60)
        wrong += any(one.sure for one in influences(drawn(60, 60, seed), effects))
    assert wrong <= 20  # ten are expected


def test_a_few_points_far_out_do_not_decide():
    """An organization that breaks down at two points tells little about the others."""
    shares = drawn(60, 5, 3)
    effects = shares[:, 2] - 0.5
    effects[:2] = -100.0
    first = influences(shares, effects)[0]
    assert first.place == 2
    assert first.turns_at == pytest.approx(0.5, abs=0.1)


def test_what_is_not_defined_or_does_not_vary_tells_nothing():
    """NaN is left out; constants and too few points say nothing."""
    shares = drawn(30, 4, 1)
    assert influences(shares, np.full(30, np.nan)) == ()
    assert influences(shares, np.ones(30)) == ()
    assert influences(shares[: FEWEST - 1], shares[: FEWEST - 1, 0]) == ()
    effects = np.where(np.arange(30) < 3, np.nan, shares[:, 1])
    assert influences(shares, effects)[0].place == 1
    shares[:, 1] = 0.0
    assert all(one.place != 1 for one in influences(shares, effects))
    assert len(influences(drawn(60, 40, 1), np.random.default_rng(1).normal(size=60))) <= MOST
