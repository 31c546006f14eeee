"""Weighted draws: the exact posterior where there is one, quantiles that cover, and no false certainty."""

import numpy as np
import pytest
from scipy.stats import binom, norm

from sim.answers.fit.posterior import Posterior, posterior_of, weighted_quantiles


def test_a_posterior_that_is_known_in_closed_form():
    """The mean of a normal number with a flat prior: the posterior is normal around what was seen."""
    luck = np.random.default_rng(1)
    shares = luck.random((20_000, 3))
    noted = shares[:, :1] + 0.05 * luck.standard_normal((20_000, 1))
    found = posterior_of(shares, noted, np.ones(20_000), np.array([0.4]), np.array([[0.05**2]]), 1000.0)
    assert found.quantiles((0.05, 0.5, 0.95))[0] == pytest.approx(norm(0.4, 0.05).ppf([0.05, 0.5, 0.95]), abs=0.01)
    assert found.quantiles((0.05, 0.95))[1:] == pytest.approx(np.array([[0.05, 0.95]] * 2), abs=0.025)
    assert found.worth == pytest.approx(1000.0, rel=0.01)


def test_few_draws_do_not_pretend_to_more():
    """Where figures bear on nothing, draws stay where they are, though a fit would find something."""
    luck = np.random.default_rng(2)
    shares, noted = luck.random((400, 40)), luck.standard_normal((400, 3))
    found = posterior_of(shares, noted, np.ones(400), np.zeros(3), np.eye(3), 40.0)
    untouched = (found.shares == shares[found.rows]).all(axis=0)
    assert untouched.sum() >= binom(40, 0.99).ppf(0.001)


def test_quantiles_cover_another_draw_as_often_as_they_say():
    """However few draws there are; sample quantiles as usual would cover less."""
    luck = np.random.default_rng(3)
    inside = 0
    for _ in range(2000):
        low, high = weighted_quantiles(luck.random(25), np.ones(25), (0.05, 0.95))
        inside += int(low <= luck.random() <= high)
    assert binom(2000, 0.9).ppf(0.001) <= inside <= binom(2000, 0.9).ppf(0.999)


def test_draws_of_equal_weight_stand_for_weighted_ones():
    """Each as often as it counts, up to one; together as many as were asked for."""
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    found = Posterior(np.arange(4), np.arange(4.0)[:, None], weights, 1.0)
    shares, times = found.drawn(101, np.random.default_rng(4))
    assert times.sum() == 101
    assert np.abs(times - 101 * weights[shares[:, 0].astype(int)]).max() < 1.0
