"""A rough picture of runs, and points that it takes for likely."""

import numpy as np
import pytest

from sim.answers.fit.looking import LEAST, look_for, picture_of


@pytest.fixture
def runs():
    luck = np.random.default_rng(1)
    shares = luck.random((3000, 12))
    z = 2.0 * shares - 1.0
    noted = np.column_stack([z[:, 0] + z[:, 1] * z[:, 2] + z[:, 3] ** 2, z[:, 4]]) + 0.1 * luck.standard_normal(
        (3000, 2)
    )
    return shares, noted


def test_squares_and_products_are_in_the_picture(runs):
    """What is left of the figures is their luck."""
    picture = picture_of(*runs)
    assert np.sqrt(np.diag(picture.scatter)) == pytest.approx([0.1, 0.1], rel=0.1)
    assert picture.explained.min() > 0.95
    assert (1, 2) in picture.pairs
    assert picture.slopes[0, 0] == pytest.approx(2.0, abs=0.05)


def test_with_few_runs_the_picture_is_plain(runs):
    """Lines alone: else it would take luck for shapes."""
    shares, noted = runs
    picture = picture_of(shares[:90], noted[:90])
    assert not picture.squares
    assert picture.pairs == ()
    assert len(picture.coefficients) == 13


def test_points_come_up_as_often_as_is_said(runs):
    """Each counted by how rare it is, chosen points have as large a part among the likely ones as in the prior."""
    luck = np.random.default_rng(2)
    look = look_for(picture_of(*runs), np.array([1.0, 0.5]), luck)
    chosen, even = look.points(4000, luck), luck.random((20_000, 12))
    for part in (lambda x: x[:, 4] > 0.7, lambda x: x[:, 0] > 0.5):
        likely = (look.density(chosen) > 1.0) & part(chosen)
        there = ((look.density(even) > 1.0) & part(even)).mean()
        assert (likely / look.density(chosen)).mean() == pytest.approx(there, rel=0.15)
    assert chosen[:, 4].mean() > 0.6
    assert look.nearest == 0.0


def test_what_is_likely_nowhere_is_looked_for_where_it_is_nearest(runs):
    """There are points all the same, and not for ever."""
    luck = np.random.default_rng(3)
    look = look_for(picture_of(*runs), np.array([30.0, 0.0]), luck)
    assert look.mean >= LEAST
    chosen = look.points(100, luck)
    assert len(chosen) == 100
    assert picture_of(*runs).at(chosen)[:, 0].mean() > 1.5
