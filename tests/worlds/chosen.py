"""A choice on made-up numbers: runs whose best bundle is known, without simulating one."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from sim.answers.choice.asked import FACTOR, Asked, Rule, measure_asked
from sim.answers.choice.budgets import budgets_of
from sim.answers.choice.choice import answered
from sim.answers.choice.families import families_of, offered
from sim.experiments.experiment import SelectionRule
from sim.experiments.races import races_of
from sim.study.reported import all_specs
from tests.worlds.fakes import USUAL, small_scenario

EFFECTS = {"raci": 0.06, "daily_standup": 0.03, "shared_kpi": 0.0}
"""What each brings on time; together they bring the sum."""


class MadeUp:
    """A room in which nothing is run: numbers are drawn around what bundles are known to do.

    Parameters
    ----------
    effects
        What each intervention brings to the measure that decides.
    spread
        How much a bundle varies between replications beyond what all have in common.
    """

    def __init__(self, effects=None, spread=0.01):
        self.effects, self.spread = EFFECTS if effects is None else effects, spread
        self.asked = {}

    def ran(self, name, asked):
        """Return what running an experiment would have found."""
        self.asked[name] = asked
        levels = asked["factors"][FACTOR]["levels"] if asked["factors"] else {"b0": []}
        rule, (said, *others) = asked["replications"], asked["measures"]
        (scenario,) = asked["scenarios"]
        spec, _ = measure_asked(scenario, said)
        deciding = spec.name
        most = rule if isinstance(rule, int) else rule["at_most"]
        values = self._values(list(levels.values()), most, asked["seed"])
        many = dict.fromkeys(range(len(levels)), most)
        selection = None
        if not isinstance(rule, int):
            selection = SelectionRule.model_validate(rule)
            many = self._raced(selection, spec, values)
        rows = [(point, n) for point, often in many.items() for n in range(often)]
        runs = pd.DataFrame(rows, columns=["point", "replication"])
        runs[deciding] = [values[point, n] for point, n in rows]
        rng = np.random.default_rng(asked["seed"])
        for other in others:
            mean, spread = USUAL[other]
            runs[other] = mean + spread * rng.normal(size=len(runs)) + [0.1 * mean * bool(point) for point, _ in rows]
        specs = {deciding: spec, **{one: all_specs([scenario])[one] for one in others}}
        return SimpleNamespace(
            experiment=SimpleNamespace(replications=selection or rule),
            runs=runs,
            recalled=SimpleNamespace(measures=(deciding, *others), specs=specs),
            measure=lambda one: runs.pivot(index="replication", columns="point", values=one),
        )

    def _values(self, bundles, most, seed):
        rng = np.random.default_rng(seed)
        means = [0.7 + sum(self.effects.get(one.kind, 0.0) for one in bundle) for bundle in bundles]
        common = 0.03 * rng.normal(size=(1, most))
        return np.array(means)[:, None] + common + self.spread * rng.normal(size=(len(bundles), most))

    @staticmethod
    def _raced(rule, spec, values):
        """Return how often each point is run under a rule of selection."""
        races, stop = races_of(rule, spec, 1, len(values)), rule.at_least
        many, open_ = dict.fromkeys(range(len(values)), 0), range(len(values))
        while open_ and stop <= rule.at_most:
            many |= dict.fromkeys(open_, stop)
            open_ = races.after({point: values[point, :stop] for point in range(len(values))})
            stop += rule.round
        return many


def made_up(
    budgets="4h,8h", money=None, offer="raci,daily_standup,shared_kpi", room=None, seed=1, measure=None, **rule
):
    """Return a choice on made-up numbers."""
    scenario = small_scenario(horizon_weeks=10)
    families = families_of(scenario, offer)
    offers = offered(scenario, families, budgets_of(budgets, money))
    spec, measures = measure_asked(scenario, measure)
    asked = Asked(scenario, offers, spec, measures, Rule(**({"fresh": 40} | rule)), seed)
    return answered(asked, room or MadeUp(), families)
