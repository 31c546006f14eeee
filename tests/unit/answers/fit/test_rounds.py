"""Rounds count together: whatever the picture made later ones look at, what is believed is the same."""

from dataclasses import replace

import numpy as np
import pytest

from sim.answers.fit.rounds import first_round, found_of, next_round
from sim.spec.findings import TextError
from tests.worlds.fitting import COUNT, known, made_up

TARGETS = [known("on_time_target", 0.55), known("lead_time_mean", 470.0), known("bounces_per_100", 16.0)]


@pytest.fixture(scope="module")
def organization():
    return made_up(TARGETS)


@pytest.fixture(scope="module")
def found(organization):
    return found_of(organization, 1500, 2)


def test_later_rounds_come_nearer(organization, found):
    """More of their runs are like the figures, and they count for less."""
    aim = organization.seen.aim
    far = np.linalg.norm((found.noted - aim) / found.noted.std(axis=0), axis=1)
    assert np.median(far[1500:]) < 0.7 * np.median(far[:1500])
    assert found.counted[1500:].mean() < 0.7 * found.counted[:1500].mean()


def test_runs_of_all_rounds_stand_for_the_prior(found):
    """Weighted as they count, shares lie evenly in their ranges: where runs were made is taken back."""
    weights = found.counted / found.counted.sum()
    means, plain = weights @ found.shares, found.shares.mean(axis=0)
    error = np.sqrt(1.0 / 12.0 * (weights**2).sum())
    assert np.abs(means - 0.5).max() < 4.0 * error
    assert np.abs(plain - 0.5).max() > 8.0 * error
    assert weights.sum() == pytest.approx(1.0)
    assert found.counted.max() <= 2.0 + 1e-9  # the first round bounds what a run counts for


def test_looking_changes_nothing_that_is_believed(organization, found):
    """Quartiles are those of runs over the whole prior alone, ten times as many."""
    many, _ = first_round(made_up(TARGETS, seed=2), 20_000).posterior(organization.seen.aim)
    few, _ = found.posterior(organization.seen.aim)
    levels = (0.25, 0.5, 0.75)
    assert np.abs(few.quantiles(levels) - many.quantiles(levels)).max() < 0.15
    assert few.quantiles((0.5,))[4, 0] > 0.6  # the load


def test_the_same_seed_gives_the_same_rounds(organization, found):
    """To the bit; another one others."""
    again = found_of(made_up(TARGETS), 1500, 2)
    assert (again.shares == found.shares).all()
    assert (again.noted == found.noted).all()
    assert (found_of(made_up(TARGETS, 2), 200, 2).shares[200:] != found.shares[200:400]).any()


def test_what_hardly_any_run_has_cannot_be_fitted(organization):
    """It is said how many have it."""

    class Rare(type(organization)):
        def first(self, points):
            shares, runs = super().first(points)
            runs.loc[runs.index >= 30, "lead_time_mean"] = np.nan
            return shares, runs

    fields = {name: getattr(organization, name) for name in ("scenario", "prior", "seen", "room", "seed", "looked_at")}
    with pytest.raises(TextError, match="lead_time_mean: found a value in 30 of 100 runs only"):
        first_round(Rare(**fields), 100)


def test_a_run_without_a_figure_counts_for_nothing(organization, found):
    """However near the others are."""
    noted = found.noted.copy()
    noted[::2, 1] = np.nan
    kept = replace(found, noted=noted).posterior(organization.seen.aim)[0]
    assert (kept.rows % 2 == 1).all()
    assert kept.shares.shape[1] == COUNT


def test_figures_that_no_run_has_are_looked_for_where_it_comes_nearest(organization):
    """Draws are then those nearest to them, moved no further than runs came, and all within their ranges."""
    far = made_up([known("on_time_target", 0.99), known("lead_time_mean", 900.0)])
    found = next_round(far, first_round(far, 600), 300, 1)
    assert found.looks[0].nearest > 0.0
    posterior, _ = found.posterior(far.seen.aim)
    assert ((posterior.shares > 0.0) & (posterior.shares < 1.0)).all()
