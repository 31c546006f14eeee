"""What a fit to a log promises: of truths drawn from the ranges, nine of ten lie in the 90 % ranges of the fit.

A truth is run, its log is taken, visits for nothing are counted in it, and levers are fitted to that as `fit_log` does.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

import sim
from sim.answers.fit.prior import prior_of
from sim.answers.fit.rounds import RESAMPLED, Organization, first_round
from sim.answers.fit.seen import seen_by
from sim.answers.logfit.bounces import visits_of
from sim.answers.logfit.counting import targets_of_log
from sim.answers.room import Room
from sim.engine import engine_named
from sim.spec.levers import LEVERS
from sim.study.reported import all_specs
from tests.worlds.desks import desks

PLACES = ["levers.ambiguity", "levers.misrouting", "levers.clarity"]

TRUTHS, TABLE, WEEKS = 60, 600, 12.0


@pytest.mark.long
def test_levers_of_disputes_are_recovered_from_logs(tmp_path):
    """Each within its range, and how likely a task is passed on, which is what a log tells of them."""
    scenario = desks(weeks=WEEKS, ambiguity=0.7, latency=2.0)
    organization, logs = place(tmp_path, scenario), [truth(number) for number in range(TRUTHS)]
    inside, chance, narrower, first = [], [], [], None
    for number, (shares, log) in enumerate(logs):
        known = seen_by(targets_of_log(log, visits_of(log), seed=number), all_specs([scenario]))
        here = replace(organization, seen=known, seed=organization.seed + number)
        first = first_round(here, TABLE) if first is None else first
        found = replace(first, noted=known.noted(first.runs, here.luck(RESAMPLED, 9)))
        told, _ = found.posterior(known.aim)
        ends = told.quantiles((0.05, 0.95))
        inside.append((ends[:, 0] <= shares) & (shares <= ends[:, 1]))
        drawn = passed_on(values(told.drawn(200, here.luck(RESAMPLED))[0]))
        low, high = np.quantile(drawn, (0.05, 0.95))
        chance.append(low <= passed_on(values(shares[None]))[0] <= high)
        narrower.append((high - low) / np.ptp(passed_on(values(np.random.default_rng(1).random((500, 3))))))
    for found in (np.array(inside), np.array(chance)):
        assert found.sum() >= binom(found.size, 0.9).ppf(0.001)
    assert np.mean(narrower) < 0.5  # what they make together is known far better than before


def place(folder, scenario):
    """Return where the runs of the fit are made."""
    names = ("bounces_per_100", "handed_over", "ping_pong")
    room, specs = Room(folder, engine_named("threads")), all_specs([scenario])
    return Organization(scenario, prior_of(scenario, PLACES), seen_by([], specs), room, 100, names)


def truth(number):
    """Return where a truth lies, and its log."""
    shares = np.random.default_rng([25, number]).random(len(PLACES))
    levers = {place.partition(".")[2]: float(column[0]) for place, column in values(shares[None]).items()}
    made = sim.run(desks(weeks=WEEKS, latency=2.0, **levers), seed=1000 + number, events=True)
    return shares, sim.simulated(made)


def values(shares):
    """Return levers at shares of their ranges."""
    ranges = {place: LEVERS[place.partition(".")[2]].plausible for place in PLACES}
    return {place: low + shares[:, k] * (high - low) for k, (place, (low, high)) in enumerate(ranges.items())}


def passed_on(levers):
    """Return how likely who is asked passes a task on, where nobody is unwilling."""
    ambiguity, misrouting, clarity = (levers[place] for place in PLACES)
    return ambiguity * misrouting * (1.0 - clarity)
