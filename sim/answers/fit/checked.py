"""What the organizations that are believed in are like when they are run again: whether figures are met, and by which.

Every draw of the posterior is run once more with new luck (posterior predictive check; Gelman, Meng & Stern 1996,
Statistica Sinica 6: 733). Draws that are unlike each other where it matters are run several times, and the one that
comes nearest to the figures once more with yet other luck, since the best of several looks better than it is. First
among them stands the organization that is least unlike the file, where one like that has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.answers.fit.identified import ALPHA, LEVELS, differing, error_of_width
from sim.answers.fit.looking import Picture
from sim.answers.fit.nearby import nearby
from sim.answers.fit.posterior import Posterior, posterior_of, weighted_quantiles
from sim.answers.fit.prior import Numbers, Prior
from sim.answers.fit.rounds import BEST, NOW_RUNS, PREDICTED, RESAMPLED, TRIED, Found, Organization
from sim.study.statistics import mean_interval

CANDIDATES = 12
"""Draws that are run several times."""

ALIKE = 5
"""Of which so many are told."""

UNMET = 0.05
"""Share of the runs of the posterior that would have to be as far out as the figures are."""


@dataclass(frozen=True)
class Checked:
    """Runs of draws of the posterior.

    Attributes
    ----------
    predicted
        One of each of many draws.
    noted
        What a client would have noted down of them.
    drawn
        Where they are.
    weights
        For how many draws each stands.
    shares
        Where the few are that were run several times, the one that fits best first.
    several
        Their runs, with `fit` the place among them, from 1.
    again
        Runs of the best with other luck.
    near
        Whether the first is the one that is least unlike the file.
    """

    predicted: pd.DataFrame
    noted: Numbers
    drawn: Numbers
    weights: Numbers
    shares: Numbers
    several: pd.DataFrame
    again: pd.DataFrame
    near: bool = False


def checked(organization: Organization, found: Posterior, picture: Picture, draws: int, replications: int) -> Checked:
    """Run draws of the posterior again."""
    luck = organization.luck(RESAMPLED)
    shares, weights = found.drawn(draws, luck)
    shares, predicted = organization.once("posterior", shares, PREDICTED)
    noted = organization.seen.noted(predicted, organization.luck(RESAMPLED, 1))
    several, told = _several(organization, shares, picture, replications)
    near = nearby(organization, picture, replications)
    if near is not None:
        others = several[several["fit"] < ALIKE]
        several = pd.concat([near[1].assign(fit=1), others.assign(fit=others["fit"] + 1)], ignore_index=True)
        told = np.vstack([near[0], told[: ALIKE - 1]])
    again = organization.several("best", told[:1], BEST, 0, 2 * replications)
    return Checked(predicted, noted, shares, weights, told, several, again, near is not None)


def _several(
    organization: Organization, shares: Numbers, picture: Picture, replications: int
) -> tuple[pd.DataFrame, Numbers]:
    """Run draws several times that are unlike each other; return those that come nearest, with where they are."""
    chosen = shares[_unlike(shares, picture, organization.seen.aim)]
    tried = organization.several("alike", chosen, TRIED, 0, replications)
    order = _by_fit(tried, organization, picture)
    places = {int(point): place + 1 for place, point in enumerate(order)}
    several = tried.assign(fit=tried["point"].map(places)).dropna(subset="fit").astype({"fit": int})
    return several.sort_values(["fit", "replication"]), chosen[order]


def _unlike(shares: Numbers, picture: Picture, aim: Numbers) -> list[int]:
    """Return draws that the picture puts near the figures, each as unlike those before it as can be.

    Unlike by what assumptions do to the figures: one that does nothing may be anywhere.
    """
    apart = picture.at(shares) - aim
    far = np.einsum("ij,ij->i", apart @ np.linalg.inv(picture.scatter), apart)
    near = np.argsort(far, kind="stable")[: max(CANDIDATES, len(shares) // 4)]
    weight = np.abs(picture.slopes / np.sqrt(np.diag(picture.scatter))).max(axis=1)
    where = shares[near] * weight
    chosen = [0]
    distance = ((where - where[0]) ** 2).sum(axis=1)
    while len(chosen) < min(CANDIDATES, len(near)):
        chosen.append(int(np.argmax(distance)))
        distance = np.minimum(distance, ((where - where[chosen[-1]]) ** 2).sum(axis=1))
    return [int(near[one]) for one in chosen]


def _by_fit(tried: pd.DataFrame, organization: Organization, picture: Picture) -> list[int]:
    """Return the points whose runs come nearest to the figures on average, the nearest first."""
    scaled = organization.seen.scaled(tried[list(organization.seen.measures)].to_numpy(dtype=float))
    means = pd.DataFrame(scaled).groupby(tried["point"].to_numpy()).mean().dropna()
    apart = means.to_numpy() - organization.seen.aim
    far = np.einsum("ij,ij->i", apart @ np.linalg.inv(picture.scatter), apart)
    return [int(point) for point in means.index[np.argsort(far, kind="stable")][:ALIKE]] or [0]


def target_table(organization: Organization, rounds: Found, found: Posterior, made: Checked) -> pd.DataFrame:
    """Return a row for each figure: what is known, what the file, the prior and the posterior say of it."""
    now = organization.as_written(NOW_RUNS)
    rows = []
    for k, one in enumerate(organization.seen.targets):
        prior = rounds.runs[one.measure].to_numpy(dtype=float)[: rounds.sizes[0]]
        told = {"measure": one.measure, "target": one.value, "target_low": one.low, "target_high": one.high}
        here = _interval(now[one.measure])
        there = _interval(pd.Series(prior))
        then = _interval(made.predicted[one.measure], made.weights)
        low, high = _quantiles(made.noted[:, k], made.weights)
        met = bool(low <= organization.seen.aim[k] <= high)
        rows.append(
            {
                **told,
                **{f"now{end}": value for end, value in here.items()},
                **{f"prior{end}": value for end, value in there.items()},
                **{f"predicted{end}": value for end, value in then.items()},
                "met": met,
                **_without(organization, rounds, found, k),
            }
        )
    return pd.DataFrame(rows)


def _quantiles(values: Numbers, weights: Numbers, levels: tuple[float, ...] = (LEVELS[0], LEVELS[2])) -> list[float]:
    known = np.isfinite(values)
    if not known.any():
        return [np.nan] * len(levels)
    return [float(one) for one in weighted_quantiles(values[known], weights[known], levels)]


def _interval(values: pd.Series, weights: Numbers | None = None) -> dict[str, float]:
    """Return the middle of runs, and the ends between which nine of ten lie."""
    numbers = values.to_numpy(dtype=float)
    found = _quantiles(numbers, np.ones(len(numbers)) if weights is None else weights, LEVELS)
    return dict(zip(("_low", "", "_high"), found, strict=True))


def _without(organization: Organization, rounds: Found, found: Posterior, which: int) -> dict[str, object]:
    """Return what a figure tells that the others do not: which assumption it narrows most, by how much, and if surely.

    Sure is what luck makes of none of so many assumptions (Bonferroni): that one is narrower, or lies elsewhere.
    """
    prior, aim = organization.prior, organization.seen.aim
    rest = [k for k in range(len(aim)) if k != which]
    if rest:
        scatter = rounds.picture.scatter[np.ix_(rest, rest)]
        other = posterior_of(rounds.shares, rounds.noted[:, rest], rounds.counted, aim[rest], scatter)
    else:
        other = prior_draws(rounds)
    lost = _wide(other) - _wide(found)
    most = int(np.argmax(lost))
    surely = -float(ndtri(ALPHA / (2.0 * len(lost))))
    error = np.hypot(error_of_width(other.worth), error_of_width(found.worth))
    sure = bool(np.abs(differing(found, other)).max() > surely or lost[most] > surely * error)
    return {"narrows": prior.places[most], "narrows_by": float(lost[most]), "adds": sure}


def prior_draws(rounds: Found) -> Posterior:
    """Return the first round as a posterior of nothing."""
    count = rounds.sizes[0]
    return Posterior(np.arange(count), rounds.shares[:count], np.full(count, 1.0 / count), np.inf)


def _wide(found: Posterior) -> Numbers:
    ends = found.quantiles((LEVELS[0], LEVELS[2]))
    wide: Numbers = (ends[:, 1] - ends[:, 0]) / (LEVELS[2] - LEVELS[0])
    return wide


def misfit(made: Checked, aim: Numbers) -> float:
    """Return which share of the runs of the posterior is at least as far out of them as the figures are."""
    fine = np.isfinite(made.noted).all(axis=1)
    known, weights = made.noted[fine], made.weights[fine]
    if len(known) <= len(aim) + 1:
        return 0.0
    middle = np.average(known, axis=0, weights=weights)
    spread = np.atleast_2d(np.cov(known.T, aweights=weights)) + 1e-12 * np.eye(len(aim))
    far = np.einsum("ij,ij->i", (known - middle) @ np.linalg.inv(spread), known - middle)
    here = float((aim - middle) @ np.linalg.solve(spread, aim - middle))
    return float((1.0 + weights[far >= here].sum()) / (1.0 + weights.sum()))


def values_table(prior: Prior, shares: Numbers) -> pd.DataFrame:
    """Return where some draws are, a row for each of them and assumption."""
    values = prior.values(shares)
    rows = [
        (fit + 1, place, values[place].iloc[fit], shares[fit, k])
        for fit in range(len(shares))
        for k, place in enumerate(prior.places)
    ]
    return pd.DataFrame(rows, columns=["fit", "assumption", "value", "share"])


def figures_table(organization: Organization, runs: pd.DataFrame) -> pd.DataFrame:
    """Return the means of the figures over the runs of each draw, with their 95 % intervals."""
    rows = []
    for fit, mine in runs.groupby("fit"):
        for one in organization.seen.targets:
            mean = mean_interval(mine[one.measure].to_numpy(dtype=float))
            inside = bool(mean.low <= one.high and mean.high >= one.low)
            rows.append((fit, one.measure, mean.mean, mean.low, mean.high, one.value, inside))
    return pd.DataFrame(rows, columns=["fit", "measure", "mean", "low", "high", "target", "fits"])
