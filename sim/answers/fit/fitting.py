"""Fitting an organization to what a client knows of its figures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from sim.answers.answer import Answer
from sim.answers.fit.beyond import beyond
from sim.answers.fit.checked import Checked, checked, figures_table, misfit, target_table, values_table
from sim.answers.fit.identified import correlation_table, posterior_table
from sim.answers.fit.posterior import Posterior
from sim.answers.fit.prior import prior_of
from sim.answers.fit.rounds import Found, Organization, found_of
from sim.answers.fit.seen import seen_by
from sim.answers.fit.survey import survey_of
from sim.answers.fit.targets import Target, targets_of
from sim.answers.room import room
from sim.engine import Engine, Named
from sim.experiments.pacing import Progress
from sim.scenario import Scenario
from sim.spec.counts import count_of
from sim.study.reported import all_specs, reported_measures

POINTS = 2000
"""Runs of a round."""

FEWEST = 100
"""Runs of a round, at least."""

ROUNDS = 3
"""Rounds: one over the whole prior, the others where the last looks likely."""

DRAWS = 300
"""Draws of the posterior that are run again."""

REPLICATIONS = 20
"""Runs of each of the few draws that are told."""


@dataclass(frozen=True, repr=False)
class Fit(Answer):
    """Which organizations within the ranges look like the one whose figures are known.

    Attributes
    ----------
    scenario
        The organization as its file has it.
    asked
        The figures that are known.
    facts
        The tables, by name.
    told
        What was asked, and what it took.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> places = ["levers.ambiguity", "levers.clarity"]
    >>> found = sim.fit(scenario, {"bounces_per_100": (36, 44)}, over=places, points=100, rounds=1, replications=2)
    >>> found.tables["posterior"]["assumption"].tolist(), found.about["failed"]
    (['levers.ambiguity', 'levers.clarity'], 0)
    """

    scenario: Scenario
    asked: tuple[Target, ...]
    facts: Mapping[str, pd.DataFrame]
    told: Mapping[str, Any]

    kind: ClassVar[str] = "fit"

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name.

        ``targets``: of each figure what is known (`target`, `target_low`, `target_high`), and the median and the ends
        between which nine of ten runs lie, as the file has it (`now`, `now_low`, `now_high`), over all ranges (`prior`,
        …) and of what is believed (`predicted`, …); whether it is `met`; which assumption it narrows most (`narrows`),
        by which part of its range (`narrows_by`), and whether it tells anything that the others do not (`adds`).
        ``posterior``: of each assumption the range before (`prior_low`, `prior_high`), where the file has it (`now`),
        its median and the ends between which it lies with a probability of 90 % (`low`, `high`), by how much that is
        narrower than before (`contraction`), and whether it is `identified`. ``correlation``: pairs of assumptions that
        the figures tie together. ``draws``: weighted draws of all assumptions. ``alike``, ``alike_figures``: a few that
        are unlike each other and fit, and the means of their figures. ``best``, ``best_figures``: the first of them,
        and its figures with other luck. ``predicted``: the runs of draws. ``rounds``: the runs it took. ``held_out``:
        of each figure between what nine of ten runs lie that have all others. ``others``: measures that nobody gave,
        before and after. ``next``: which of them would narrow an assumption, and by which part of what is left.
        ``survey``: what one says of assumptions.
        """
        return self.facts

    def fitted(self) -> Scenario:
        """Return the scenario in which what was found is known, to go on with.

        Returns
        -------
        Scenario
            At the draw that fits best, with ranges as narrow as the figures make them, and the figures themselves
            beside them, so that `sim.robust` leaves out combinations that do not look like this organization.

        Examples
        --------
        >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> places = ["levers.ambiguity", "levers.clarity"]
        >>> found = sim.fit(scenario, {"bounces_per_100": (36, 44)}, over=places, points=100, rounds=1, replications=2)
        >>> sorted(found.fitted().ranges)[0], scenario.ranges
        ('bounces_per_100', {})
        """
        from sim.answers.fit.child import fitted  # writing scenarios loads only where one is wanted

        return fitted(self)

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and what it took."""
        return self.told


def fit(
    scenario: Scenario,
    targets: Mapping[str, Any] | Iterable[Target] | None = None,
    *,
    over: Iterable[str] | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
    replications: int = REPLICATIONS,
    survey: str | os.PathLike[str] | None = None,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> Fit:
    """Return which organizations within the ranges look like the one whose figures are known.

    What is uncertain (`assumptions_of`) is drawn evenly from its ranges, run once with luck of its own, and believed
    the more the nearer its run comes to the figures: approximate Bayesian computation, in rounds that look where the
    last ones found something, with regression adjustment. See `sim.answers.fit.looking` and
    `sim.answers.fit.posterior` for the method and its references.

    Parameters
    ----------
    scenario : Scenario
        The organization as its file has it; over the weeks that it says.
    targets : mapping or sequence of Target, optional
        The figures that are known, by the names of measures: a number, or from where to where it lies. Beside them
        count those that the file knows.
    over : sequence of str, optional
        The places of the assumptions that are fitted; by default all of the scenario.
    points, rounds : int
        Runs of a round, at least 100, and rounds.
    replications : int
        Runs of each of the few draws that are told.
    survey : str or path, optional
        The CSV file of a survey, which narrows the ranges of what people were asked (`sim.answers.fit.survey`).
    seed : int
        On which all luck depends.
    out : str or path, optional
        The folder in which the runs stay, and with which an interrupted call goes on.
    engine, progress
        As in `sim.experiment`.

    Returns
    -------
    Fit
        The posterior and what is told of it, as tables.

    Raises
    ------
    TextError
        Where a figure, a place or an answer cannot be, or nothing is uncertain.
    StoreError, ScenarioError
        As `sim.experiment`.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> places = ["levers.ambiguity", "levers.clarity"]
    >>> found = sim.fit(scenario, {"bounces_per_100": (36, 44)}, over=places, points=100, rounds=1, replications=2)
    >>> rows = found.tables["posterior"].set_index("assumption")
    >>> bool(rows["median"]["levers.ambiguity"] > 0.75)
    True
    """
    asked = None if survey is None else survey_of(survey, scenario)
    if asked is not None:
        scenario = asked.applied(scenario)
    known = targets_of(scenario, targets) if targets is None or isinstance(targets, Mapping) else tuple(targets)
    points, rounds = count_of("points", points, FEWEST), count_of("rounds", rounds, 1)
    replications = count_of("replications", replications, 2)
    specs = all_specs([scenario])
    prior, seen = prior_of(scenario, over), seen_by(known, specs)
    looked_at = tuple(dict.fromkeys((*seen.measures, *reported_measures(scenario, None, specs))))
    with room(out, engine, progress) as place:
        organization = Organization(scenario, prior, seen, place, seed, looked_at)
        found = _fitted(organization, points, rounds, replications)
    return found if asked is None else replace(found, facts={**found.facts, "survey": asked.table})


def _fitted(organization: Organization, points: int, rounds: int, replications: int) -> Fit:
    found = found_of(organization, points, rounds)
    posterior, picture = found.posterior(organization.seen.aim)
    made = checked(organization, posterior, picture, min(DRAWS, points // 2), replications)
    facts = _facts(organization, found, posterior, made)
    told = {
        "scenario": organization.scenario.name,
        "seed": organization.seed,
        "points": points,
        "rounds": rounds,
        "replications": replications,
        "runs": len(found.runs) + len(made.predicted) + len(made.several) + len(made.again),
        "failed": int(found.runs["error"].notna().sum()),
        "worth": posterior.worth,
        "width": posterior.width,
        "near": made.near,
        "misfit": misfit(made, organization.seen.aim),
        "explained": dict(zip(organization.seen.measures, picture.explained.tolist(), strict=True)),
    }
    return Fit(organization.scenario, organization.seen.targets, facts, told)


def _facts(organization: Organization, found: Found, posterior: Posterior, made: Checked) -> dict[str, pd.DataFrame]:
    prior = organization.prior
    draws = prior.values(posterior.shares)
    draws.insert(0, "weight", posterior.weights)
    alike = values_table(prior, made.shares)
    return {
        "targets": target_table(organization, found, posterior, made),
        "posterior": posterior_table(prior, posterior),
        "correlation": correlation_table(prior, posterior),
        "draws": draws,
        "alike": alike,
        "alike_figures": figures_table(organization, made.several),
        "best": alike[alike["fit"] == 1].drop(columns="fit"),
        "best_figures": figures_table(organization, made.again.assign(fit=1)).drop(columns="fit"),
        "predicted": made.predicted[list(organization.looked_at)].astype(float).assign(weight=made.weights),
        "rounds": _rounds(found),
        **beyond(organization, found, made, all_specs([organization.scenario])),
    }


def _rounds(found: Found) -> pd.DataFrame:
    ends = np.cumsum(found.sizes)
    rows = [
        (number + 1, size, int(found.runs["error"].iloc[end - size : end].notna().sum()), share)
        for number, (size, end, share) in enumerate(
            zip(found.sizes, ends, [1.0, *(look.mean for look in found.looks)], strict=True)
        )
    ]
    return pd.DataFrame(rows, columns=["round", "runs", "failed", "looked_at"])
