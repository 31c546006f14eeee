"""What is believed is run again: whether figures are met, and which of them tells anything."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.answers.fit.checked import UNMET, _without, misfit
from sim.answers.fit.rounds import found_of
from tests.worlds.fitting import PRIOR, known, made_up


def checked(noted):
    return SimpleNamespace(noted=noted, weights=np.ones(len(noted)))


def test_figures_that_do_not_go_together_are_a_misfit():
    """Though each alone is as runs have it: runs of the posterior have them apart."""
    luck = np.random.default_rng(1)
    one = luck.standard_normal(300)
    noted = np.column_stack([one, one + 0.1 * luck.standard_normal(300)])
    assert misfit(checked(noted), np.array([0.3, 0.3])) > 0.5
    assert misfit(checked(noted), np.array([1.0, -1.0])) < UNMET
    assert misfit(checked(np.full((300, 2), np.nan)), np.zeros(2)) == 0.0


@pytest.fixture(scope="module")
def told():
    """What each of two figures tells."""
    organization = made_up([known("on_time_target", 0.5), known("bounces_per_100", 22.0)])
    found = found_of(organization, 4000, 1)
    posterior, _ = found.posterior(organization.seen.aim)
    return [_without(organization, found, posterior, which) for which in range(2)], found, organization


def test_a_figure_tells_what_it_narrows(told):
    """By how much, and where: none of the many that do nothing."""
    rows, _, _ = told
    for row in rows:
        assert row["adds"]
        assert row["narrows"] in PRIOR.places[:6]
        assert row["narrows_by"] > 0.1


def test_a_figure_that_hangs_on_nothing_adds_nothing(told):
    """Pure luck, known exactly."""
    _, found, organization = told
    noted = found.noted.copy()
    noted[:, 0] = np.random.default_rng(3).permutation(noted[:, 0])
    luck = type(found)(found.shares, found.runs, noted, found.sizes)
    row = _without(organization, luck, luck.posterior(organization.seen.aim)[0], 0)
    assert not row["adds"]
    assert row["narrows_by"] < 0.1
