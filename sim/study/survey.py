"""A comparison at many points of the ranges of its assumptions: what is drawn, and what alternatives do there.

Points are a Latin hypercube: every assumption takes values from all of its range, none more often than others and each
independent of the rest. At every point the alternatives are compared pairwise with few replications, whose luck is the
same at every point.

Where a scenario knows how measures are now, a point that does not look like that is drawn anew from the same ranges, up
to so many times (rejection sampling): what is left are the combinations of values that this organization may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.engine import Engine, Threads
from sim.replications import Progress, Study
from sim.scenario import Scenario, ScenarioError
from sim.scenario.uncertain import Assumption, assumptions_of, dosed, put, said_alike
from sim.study.alternatives import Alternative
from sim.study.compare import Plan, planned
from sim.study.effects import column_pair
from sim.study.making import AlternativeError
from sim.study.statistics import paired_changes
from sim.words import LANGUAGES

ANEW = 24
"""How often a point is drawn at most until it looks like what is known of now."""

MEASURES = ("measures",)
"""All that is kept at a point."""

COLUMNS = ("point", "alternative", "measure", "now", "mean", "difference", "luck")


@dataclass
class Survey:
    """Points of the ranges of a comparison's assumptions; what is done stays done.

    Attributes
    ----------
    plan
        The comparison as its scenario is written.
    assumptions
        What is uncertain.
    shares : array, points × assumptions
        Where in its range each is at every point, from 0 to 1.
    replications
        How many at a point.
    refused
        Why points turned out to be no possible organization, by their numbers.
    rejected
        How many draws did not look like what is known of now and were drawn anew.
    """

    plan: Plan
    assumptions: tuple[Assumption, ...]
    shares: Any
    replications: int
    refused: dict[int, str] = field(default_factory=dict)
    rejected: int = 0
    _done: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    _now: dict[int, pd.Series] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        """The organization as it is written."""
        return self.plan.study.scenarios[self.plan.baseline.en]

    @property
    def total(self) -> int:
        """How many points there are."""
        return len(self.shares)

    @property
    def done(self) -> int:
        """How many of them have been looked at."""
        return len(self._done) + len(self.refused)

    @property
    def points(self) -> pd.DataFrame:
        """A row for each point, alternative and measure: now, then, the difference, and its standard error by luck."""
        rows = [row for point in sorted(self._done) for row in self._done[point]]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @property
    def like_now(self) -> list[int]:
        """The points at which measures are now what the scenario knows of them; all where it says nothing."""
        return [point for point, now in sorted(self._now.items()) if self._looks_like(now)]

    @property
    def _known(self) -> dict[str, tuple[float, float]]:
        """Between what measures are known to lie now."""
        return {name: limits for name, limits in self.scenario.ranges.items() if name in self.plan.specs}

    def _looks_like(self, now: pd.Series) -> bool:
        return all(low <= now.get(name, np.nan) <= high for name, (low, high) in self._known.items())

    def values(self, point: int) -> dict[str, float]:
        """Return where every assumption is at a point."""
        return self._values_at(self.shares[point])

    def _values_at(self, shares: Any) -> dict[str, float]:
        return {one.place: one.at(share) for one, share in zip(self.assumptions, shares, strict=True)}

    def run(self, engine: Engine | None = None, progress: Progress | None = None, most: int | None = None) -> None:
        """Do what is left to do, point by point; no more than so many points, where it says how many."""
        left = [point for point in range(self.total) if point not in self._done and point not in self.refused]
        for point in left[:most]:
            try:
                self._done[point] = list(self._at(point, engine or Threads()))
            except (ScenarioError, AlternativeError) as error:
                self.refused[point] = str(error)
            if progress is not None:
                progress(self.done, self.total)

    def _at(self, point: int, engine: Engine) -> Any:
        """Yield what every alternative does to every measure at a point; nothing where none looks like now."""
        if self._known and not self._drawn_until_alike(point, engine):
            return
        study = self._plan(self.values(point)).study
        study.run(engine)
        runs = study.results()
        self._now[point] = runs[self.plan.baseline.en].measures.mean()
        for one in self.plan.chosen:
            for name in self.plan.names:
                before, after = column_pair(runs[self.plan.baseline.en].measures, runs[one.label].measures, name)
                changes = paired_changes(before, after).dropna()
                both = changes.index
                found = (before[both].mean(), after[both].mean(), changes.mean(), changes.sem())
                yield dict(zip(COLUMNS, (point, one.label, name, *found), strict=True))

    def _drawn_until_alike(self, point: int, engine: Engine) -> bool:
        """Draw a point anew until it looks like what is known of now, and tell whether one does."""
        shares, now = self.shares[point], pd.Series(dtype=float)
        for attempt in range(ANEW):
            if attempt:
                luck = np.random.default_rng([self.plan.study.seed, point, attempt])
                shares = luck.random(len(self.assumptions))
            now = self._as_it_is(put(self.scenario, self._values_at(shares)), engine)
            if self._looks_like(now):
                break
        self.shares[point], self._now[point] = shares, now  # only now: an interrupted point is begun again
        self.rejected += attempt
        return self._looks_like(now)

    def _as_it_is(self, scenario: Scenario, engine: Engine) -> pd.Series:
        """Return the measures of an organization that is left as it is."""
        study, now = self.plan.study, self.plan.baseline.en
        alone = Study(
            {now: scenario},
            replications=self.replications,
            seed=study.seed,
            tables=MEASURES,
            departments={now: study.departments[now]},
            measures=study.measures,
        )
        alone.run(engine)
        return alone.results()[now].measures.mean()

    def _plan(self, values: Mapping[str, float]) -> Plan:
        """Return the comparison where the assumptions have these values."""
        study, called = self.plan.study, self.plan.baseline
        own = {one.name: one for one in study.measures}
        return planned(
            put(self.scenario, values),
            [self._alternative(one, values) for one in self.plan.chosen],
            self.replications,
            study.seed,
            [own.get(name, name) for name in self.plan.names],
            study.departments[called.en],
            tables=MEASURES,
            baseline={language: called.get(language) for language in LANGUAGES},
        )

    def _alternative(self, one: Alternative, values: Mapping[str, float]) -> Alternative:
        """Return an alternative at a point; what it says differently from the baseline is what it is, and stays."""
        tried = tuple(dosed(intervention, values) for intervention in one.interventions)
        if one.scenario is None:
            return replace(one, interventions=tried)
        alike = said_alike(values, self.scenario, one.scenario)
        return replace(one, interventions=tried, scenario=put(one.scenario, alike))


def survey_of(plan: Plan, points: int, replications: int) -> Survey:
    """Return the points at which a comparison is to be made; the same seed gives the same ones.

    Parameters
    ----------
    plan
        The comparison.
    points, replications
        How many points, and replications at each.
    """
    study = plan.study
    tried = [one for alternative in plan.chosen for one in alternative.interventions]
    assumptions = assumptions_of(study.scenarios[plan.baseline.en], tried)
    return Survey(plan, assumptions, _drawn(points, len(assumptions), study.seed), replications)


def _drawn(points: int, assumptions: int, seed: int) -> Any:
    """Return shares of ranges, points × assumptions."""
    if points == 0:
        return np.empty((0, assumptions))
    from scipy.stats.qmc import LatinHypercube  # takes longer to load than most comparisons to print

    return LatinHypercube(assumptions, rng=np.random.default_rng(seed)).random(points)
