"""An organization that is made up: its figures come from shares of ranges by formulas, in no time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats.qmc import LatinHypercube

from sim.answers.fit.prior import Numbers, Prior
from sim.answers.fit.rounds import Organization
from sim.answers.fit.seen import seen_by
from sim.answers.fit.targets import Target
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MEASURES
from sim.words import Text

COUNT = 30
"""Assumptions, of which the last dozens do nothing."""

NAMES = ("on_time_target", "lead_time_mean", "bounces_per_100")

PRIOR = Prior(tuple(Assumption(f"levers.a{k}", 0.0, 1.0, 0.5, Text("a", "a")) for k in range(COUNT)))


def lived(shares: Numbers, luck: np.random.Generator) -> Numbers:
    """Return what runs at some points bring: a share of sixty, hours, and how many of a hundred and fifty."""
    z = 2.0 * shares - 1.0
    helps = 1.2 * z[:, 0] + 0.8 * z[:, 1] + 0.5 * z[:, 2] + 0.4 * z[:, 0] * z[:, 1] + 0.5 * z[:, 3] ** 2
    load = 0.9 * z[:, 4] - 0.7 * z[:, 1] + 0.4 * z[:, 5]
    on_time = luck.binomial(60, 1.0 / (1.0 + np.exp(-(1.0 + helps - load)))) / 60.0
    lead = 400.0 * np.exp(0.15 * load - 0.1 * helps + 0.05 * luck.standard_normal(len(z)))
    bounces = luck.poisson(15.0 * np.exp(0.8 * (z[:, 0] + z[:, 2]) - 0.3)) / 1.5
    return np.column_stack([on_time, lead, bounces])


class MadeUp(Organization):
    """Its runs are made by formula."""

    def first(self, points):
        shares = LatinHypercube(COUNT, rng=self.luck(100)).random(points)
        return shares, self._runs(shares, 101)

    def once(self, name, shares, what, which=0):
        return shares, self._runs(shares, 200 + 10 * what + which)

    def _runs(self, shares, what):
        return pd.DataFrame(lived(shares, self.luck(what)), columns=list(NAMES)).assign(error=None)


def known(measure: str, figure: float, luck: np.random.Generator | None = None) -> Target:
    """Return a figure as a client says it, who may be off by three points of a share, and by a tenth of all else."""
    slack = 0.03 if measure == "on_time_target" else 0.1 * figure
    said = figure + (0.0 if luck is None else luck.uniform(-slack, slack))
    return Target(measure, said, said - slack, said + slack)


def made_up(targets: list[Target], seed: int = 1) -> MadeUp:
    """Return an organization of which figures are known."""
    return MadeUp(None, PRIOR, seen_by(targets, MEASURES), None, seed, NAMES)
