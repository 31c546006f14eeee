"""When a bundle fails: what is told, what is not, and how often nothing at all would be told as something."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from sim.answers.choice.discovery import Worlds, discover


def worlds(seed, fails, count=200, columns=8):
    """Return drawn worlds, in which a bundle fails with a probability that depends on the values."""
    random = np.random.default_rng(seed)
    values = pd.DataFrame(random.random((count, columns)), columns=[f"levers.x{k}" for k in range(columns)])
    return Worlds(values, pd.Series(random.random(count) < fails(values.to_numpy())))


def in_a_corner(values):
    """Nine of ten in a corner of two assumptions, one of twenty elsewhere."""
    return np.where((values[:, 0] > 0.6) & (values[:, 1] < 0.6), 0.9, 0.05)


def test_a_corner_is_told_as_other_worlds_have_it():
    """Density and coverage are shares of the worlds drawn anew, not of those in which it was looked for."""
    looked, anew = worlds(1, in_a_corner), worlds(2, in_a_corner)
    found = discover(looked, anew)
    assert (found.outcome, found.kind) == ("told", "fails")
    assert found.limits[["assumption", "side"]].to_numpy().tolist() == [["levers.x0", "above"], ["levers.x1", "below"]]
    inside = (anew.values["levers.x0"] > found.limits["value"][0]) & (
        anew.values["levers.x1"] < found.limits["value"][1]
    )
    assert found.density.mean == pytest.approx(anew.fails[inside].mean())
    assert found.coverage.mean == pytest.approx(inside[anew.fails].mean())
    assert found.density.low < found.density.mean < found.density.high
    assert (found.limits["p"] < 0.05).all()


def test_where_it_mostly_fails_it_is_told_when_it_holds():
    """The rarer of both is what is worth saying."""
    found = discover(worlds(1, lambda x: 1.0 - in_a_corner(x)), worlds(2, lambda x: 1.0 - in_a_corner(x)))
    assert (found.outcome, found.kind) == ("told", "holds")
    assert found.share.mean > 0.5


@pytest.mark.parametrize(
    ("share", "outcome"), [(0.0, "never"), (1.0, "always"), (0.02, "few"), (0.97, "few"), (0.4, "nothing")]
)
def test_nothing_is_told_where_there_is_nothing(share, outcome):
    """Each with its own reason."""
    found = discover(worlds(1, lambda x: share), worlds(2, lambda x: share))
    assert found.outcome == outcome
    assert not len(found.limits)


def test_what_other_worlds_do_not_confirm_is_not_told():
    """A corner that is there only where it was looked for."""
    found = discover(worlds(1, in_a_corner), worlds(2, lambda x: 0.25))
    assert found.outcome == "unconfirmed"
    assert found.p > 0.05
    assert found.density.mean < found.looked.density


def told_in_noise(times, count, columns):
    """Return how often something is told of assumptions that do not matter."""
    outcomes = [
        discover(worlds(2 * seed, lambda x: 0.3, count, columns), worlds(2 * seed + 1, lambda x: 0.3, count, columns))
        for seed in range(times)
    ]
    return sum(one.outcome == "told" for one in outcomes)


def test_in_noise_hardly_anything_is_told():
    """No more often than the 5 of 100 that are promised, by a binomial test at .001."""
    times = 12
    assert binom.sf(told_in_noise(times, 80, 5) - 1, times, 0.05) > 0.001


@pytest.mark.long
def test_in_noise_hardly_anything_is_told_of_many_assumptions():
    """As many as an organization has."""
    times = 20
    assert binom.sf(told_in_noise(times, 200, 40) - 1, times, 0.05) > 0.001
