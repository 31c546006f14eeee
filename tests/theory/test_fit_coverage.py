"""What a fit promises: of organizations drawn from the prior, nine of ten lie in its 90 % intervals, each assumption.

Their runs are taken for what a client knows, each figure off by as much as clients may be, and the whole way is gone: a
first round, which all share, a second where it looks likely, the posterior, and draws of it run again.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

import sim
from sim.answers.fit.posterior import weighted_quantiles
from sim.answers.fit.prior import prior_of
from sim.answers.fit.rounds import PREDICTED, RESAMPLED, Organization, first_round, next_round
from sim.answers.fit.seen import seen_by
from sim.answers.room import Room
from sim.engine import engine_named
from sim.study.reported import all_specs
from tests.worlds.fitting import NAMES, known, lived, made_up

ENDS = (0.05, 0.95)

TRUTH = 50
"""Luck of truths, beside that of fits."""


def enough(inside):
    """Tell whether so many of so many are no fewer than nine of ten, but for luck that one test in a thousand has."""
    found = np.asarray(inside)
    return found.sum() >= binom(found.size, 0.9).ppf(0.001)


def fitted(organization, first, points, draws):
    """Return the ends of the posterior's intervals, assumptions × 2, and of those of another run, figures × 2."""
    here = replace(first, noted=organization.seen.noted(first.runs, organization.luck(RESAMPLED, 9)))
    found = next_round(organization, here, points, 1)
    posterior, _ = found.posterior(organization.seen.aim)
    shares, weights = posterior.drawn(draws, organization.luck(RESAMPLED))
    again = organization.once("posterior", shares, PREDICTED)[1]
    ends = [weighted_quantiles(again[name].to_numpy(dtype=float), weights, ENDS) for name in NAMES]
    return posterior.quantiles(ENDS), np.array(ends)


def covered(truths, first, organization_of, lived_at, points, draws):
    """Return which assumptions lie in their intervals, truths × assumptions, which further runs, and the contraction.

    Parameters
    ----------
    organization_of
        Returns the organization of which some figures are known, by the number of the truth.
    lived_at
        Returns the figures of two runs of a truth.
    """
    inside, foretold, wide = [], [], []
    for number in range(truths):
        luck = np.random.default_rng([TRUTH, number])
        shares = luck.random(first.shares.shape[1])
        one, other = lived_at(shares, number)
        targets = [known(name, figure, luck) for name, figure in zip(NAMES, one, strict=True)]
        told, then = fitted(organization_of(targets, number), first, points, draws)
        inside.append((told[:, 0] <= shares) & (shares <= told[:, 1]))
        foretold.append((then[:, 0] <= other) & (other <= then[:, 1]))
        wide.append(1.0 - (told[:, 1] - told[:, 0]) / 0.9)
    return np.array(inside), np.array(foretold), np.array(wide)


def check(inside, foretold, wide):
    """Of all assumptions together, of those that are narrowed, of each alone, and of further runs."""
    narrowed = wide.mean(axis=0) >= 0.1
    assert narrowed.any()
    assert enough(inside)
    assert enough(inside[:, narrowed])
    lowest = binom(len(inside), 0.9).ppf(0.001 / inside.shape[1])  # of the lowest of so many
    assert inside.sum(axis=0).min() >= lowest
    assert enough(foretold)


@pytest.mark.long
def test_intervals_of_made_up_organizations_cover():
    """Of formulas, with many truths."""
    first = first_round(made_up([known(name, 1.0) for name in NAMES], seed=7), 1500)

    def lived_at(shares, number):
        return lived(np.vstack([shares, shares]), np.random.default_rng([TRUTH, 1, number]))

    check(*covered(60, first, lambda targets, number: made_up(targets, 100 + number), lived_at, 500, 200))


@pytest.mark.long
def test_intervals_of_simulated_organizations_cover(tmp_path):
    """Of a small firm over four weeks, and all sixty assumptions."""
    check(*covered(*simulated(tmp_path, truths=14, table=700, points=90, draws=30)))


def simulated(folder, truths, table, points, draws):
    """Return what `covered` takes, of runs that are simulated."""
    scenario = sim.load("trust_trap", {"horizon_weeks": 4, "warmup_weeks": 0})
    prior, specs, engine = prior_of(scenario), all_specs([scenario]), engine_named("threads")

    def organization_of(targets, number):
        place = Room(folder / str(number), engine)
        return Organization(scenario, prior, seen_by(targets, specs), place, 1000 + number, NAMES)

    def lived_at(shares, number):
        runs = organization_of([], number).several("truth", shares[None], TRUTH, 0, 2)
        return runs[list(NAMES)].to_numpy(dtype=float)

    first = first_round(organization_of([known(name, 1.0) for name in NAMES], -1), table)
    return truths, first, organization_of, lived_at, points, draws
