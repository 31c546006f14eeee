"""Values and shares of ranges."""

import numpy as np
import pytest

import sim
from sim.answers.fit.prior import Prior, prior_of
from sim.scenario.uncertain import Assumption
from sim.spec.findings import TextError
from sim.words import Text

WORDS = Text("a", "a")


def test_values_and_shares_are_the_same_points():
    """To six digits, within the ranges; whole numbers have equal parts of theirs."""
    prior = Prior((Assumption("a", 2.0, 7.0, 4.0, WORDS), Assumption("b", 1, 4, 2, WORDS, whole=True)))
    shares = np.random.default_rng(1).random((4000, 2))
    values = prior.values(shares)
    assert values["b"].value_counts().min() > 900
    assert values["a"].between(2.0, 7.0).all()
    assert np.abs(prior.shares(values)[:, 0] - shares[:, 0]).max() < 1e-5
    assert set(prior.shares(values)[:, 1]) == {0.125, 0.375, 0.625, 0.875}
    assert prior.values(prior.shares(values)).equals(values)


def test_what_is_fitted_can_be_named():
    """Assumptions, and levers that are none; in the order in which they are asked for."""
    scenario = sim.load("order_delivery")
    assert prior_of(scenario, ["relations.trust", "levers.latency"]).places == ("relations.trust", "levers.latency")
    assert len(prior_of(scenario).places) > 40
    with pytest.raises(TextError, match=r"levers\.latencies"):
        prior_of(scenario, ["levers.latencies"])
