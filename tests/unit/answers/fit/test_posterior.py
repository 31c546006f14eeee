"""Weighted draws: the exact posterior where there is one, quantiles that cover, and no false certainty."""

import numpy as np
import pytest
from scipy.spatial.distance import mahalanobis
from scipy.special import expit, logit
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


def test_a_run_counts_by_its_distance_in_scatters_and_by_how_often_it_was_made():
    """As written down: Mahalanobis' distance, Epanechnikov's kernel, times what a run counts for where it was made."""
    luck = np.random.default_rng(5)
    scatter = np.array([[1.0, 6.0], [6.0, 100.0]])
    noted, counted = luck.multivariate_normal([0.0, 0.0], scatter, 300), luck.uniform(0.5, 2.0, 300)
    found = posterior_of(luck.random((300, 2)), noted, counted, np.zeros(2), scatter, 20.0)
    far = np.array([mahalanobis(one, np.zeros(2), np.linalg.inv(scatter)) for one in noted])
    expected = counted * np.maximum(1.0 - (far / found.width) ** 2, 0.0)
    assert found.rows.tolist() == np.flatnonzero(expected).tolist()
    assert found.weights == pytest.approx(expected[found.rows] / expected.sum())


def test_draws_are_moved_along_a_straight_fit():
    """To where they would be had they met the figure; what is left of the fit is widened by its two numbers."""
    luck = np.random.default_rng(6)
    noted = luck.uniform(-1.0, 1.0, (200, 1))
    odds = 0.5 + 2.0 * noted[:, 0] + 0.1 * luck.standard_normal(200)
    found = posterior_of(expit(odds)[:, None], noted, np.ones(200), np.zeros(1), np.eye(1), 20.0)
    x, y = noted[found.rows, 0], odds[found.rows]
    slope, here = np.polyfit(x, y, 1, w=np.sqrt(found.weights))
    wider = np.sqrt(found.worth / (found.worth - 2.0))
    middle = found.weights @ x  # draws are moved to the figure where it lies among them
    assert abs(middle) < 0.1
    assert logit(found.shares[:, 0]) == pytest.approx(here + wider * (y - here - slope * x))


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
