"""What figures tell of assumptions: narrowed beyond luck, tied together, or nothing."""

import numpy as np
import pytest

from sim.answers.fit.identified import correlation_table, differing, posterior_table
from sim.answers.fit.posterior import Posterior
from tests.worlds.fitting import COUNT, PRIOR

PLACES = list(PRIOR.places)


def of(shares):
    """Return a posterior of draws that count alike."""
    return Posterior(np.arange(len(shares)), shares, np.full(len(shares), 1.0 / len(shares)), 1.0)


@pytest.fixture(scope="module")
def found():
    """The first assumption is narrowed to a fifth, the second and third only as a sum, all others not at all."""
    luck = np.random.default_rng(1)
    shares = luck.random((400, COUNT))
    shares[:, 0] = 0.3 + 0.2 * shares[:, 0]
    shares[:, 2] = np.clip(1.0 - shares[:, 1] + 0.05 * luck.standard_normal(400), 0.001, 0.999)
    return of(shares)


def test_only_what_is_narrowed_is_identified(found):
    """By how much is told of each, whether or not."""
    table = posterior_table(PRIOR, found).set_index("assumption")
    assert table.index[table["identified"]].tolist() == PLACES[:1]
    assert table["contraction"].iloc[0] == pytest.approx(0.8, abs=0.02)
    assert table["contraction"].iloc[1:].abs().max() < 0.1
    assert table.loc[PLACES[0], ["low", "median", "high"]].tolist() == pytest.approx([0.31, 0.4, 0.49], abs=0.02)


def test_few_draws_identify_nothing():
    """Fifteen that happen to lie close are no news."""
    shares = np.tile(np.linspace(0.0, 1.0, 15)[:, None], COUNT)
    shares[:, 0] = 0.1 + 0.75 * shares[:, 0]
    assert not posterior_table(PRIOR, of(shares))["identified"].any()


def test_pairs_that_only_together_are_identified(found):
    """None of many others that luck relates a little."""
    (row,) = correlation_table(PRIOR, found).to_dict("records")
    assert (row["one"], row["other"]) == (PLACES[1], PLACES[2])
    assert row["correlation"] < -0.9
    assert row["together"] > 0.7


def test_posteriors_differ_where_their_middles_do(found):
    """In standard errors of draws."""
    luck = np.random.default_rng(2)
    moved = differing(found, of(luck.random((400, COUNT))))
    assert abs(moved[0]) > 3.5
    assert np.abs(moved[3:]).max() < 4.0
