"""The organization with these figures that is least unlike what the file says.

Many organizations have the same few figures, and what the figures do not tell may be anywhere in a draw. Whoever goes
on with one of them is served best by the one that leaves the file as it is wherever the figures do not ask for more:
the nearest point, in shares of ranges, that a rough picture of the runs puts on the figures, with no more than a few
assumptions moved. It is run, and where its figures are off, looked for again with as much corrected. Where the file as
it stands has all figures, it is that file, and nothing is moved.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from sim.answers.fit.looking import Picture
from sim.answers.fit.prior import Numbers
from sim.answers.fit.rounds import NOW_RUNS, TRIED, Organization
from sim.study.statistics import mean_interval

MOVED = 10
"""Assumptions that are moved at most."""

CORRECTED = 6
"""How often it is looked for at most."""

GAIN = 0.6
"""Which part of what is missing is corrected at a time: all of it would go too far where the picture is too flat."""

_PULL = 100.0
"""What a distance of one scatter of runs costs, against one of the whole range of an assumption."""

_STEP = 1e-4


def nearby(organization: Organization, picture: Picture, replications: int) -> tuple[Numbers, pd.DataFrame] | None:
    """Return where it is and its runs, or nothing where none of those that were run has all figures.

    All that are looked at meet the same luck, so that what is corrected is not noise.
    """
    here, aim, tried = written(organization), np.array(organization.seen.aim), []
    names = list(organization.seen.measures)
    now = organization.as_written(NOW_RUNS)[names].mean()
    if all(one.low <= now[one.measure] <= one.high for one in organization.seen.targets):
        return here[None, :], organization.several("nearby 0", here[None, :], TRIED, 1, replications)
    for attempt in range(CORRECTED):
        point = least_moved(picture, aim, here)[None, :]
        runs = organization.several(f"nearby {attempt + 1}", point, TRIED, 1, replications)
        figures = runs[names]
        scaled = organization.seen.scaled(figures.to_numpy(dtype=float))
        if not np.isfinite(scaled).all(axis=1).any():
            break
        missing = organization.seen.aim - np.nanmean(scaled, axis=0)
        if _has_all(organization, figures, strictly=False):
            tried.append((float(missing @ np.linalg.solve(picture.scatter, missing)), attempt, point, runs))
        if _has_all(organization, figures, strictly=True):
            break
        aim = aim + GAIN * missing
    if not tried:
        return None
    _, _, point, runs = min(tried, key=lambda one: one[:2])
    return point, runs


def written(organization: Organization) -> Numbers:
    """Return where the file stands, as shares of ranges."""
    values = pd.DataFrame([{one.place: one.here for one in organization.prior.assumptions}])
    found: Numbers = np.clip(organization.prior.shares(values)[0], 0.0, 1.0)
    return found


def _has_all(organization: Organization, figures: pd.DataFrame, strictly: bool) -> bool:
    """Tell whether all figures may lie where they are known to; strictly, whether they lie well within that."""
    for one in organization.seen.targets:
        found = mean_interval(figures[one.measure].to_numpy(dtype=float))
        if not (found.low <= one.high and found.high >= one.low):
            return False
        if strictly and abs(found.mean - one.value) > one.tolerance / 2.0:
            return False
    return True


def least_moved(picture: Picture, aim: Numbers, here: Numbers) -> Numbers:
    """Return the point nearest to where the file stands that a picture puts on figures, few assumptions moved."""
    free = np.ones(len(here), dtype=bool)
    first = _nearest(picture, aim, here, free)
    kept = np.argsort(-np.abs(first - here), kind="stable")[:MOVED]
    return _nearest(picture, aim, here, np.isin(np.arange(len(here)), kept))


def _nearest(
    picture: Picture, aim: Numbers, here: Numbers, free: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Numbers:
    """Return the nearest point of which only some shares may be otherwise."""
    pull = _PULL * np.linalg.inv(picture.scatter)
    steps = np.eye(len(here))[free] * _STEP

    def cost(moved: Numbers) -> tuple[float, Numbers]:
        point = here.copy()
        point[free] = moved
        around = picture.at(np.vstack([point, point + steps])) - aim
        slopes = (around[1:] - around[0]) / _STEP
        apart = moved - here[free]
        return float(apart @ apart + around[0] @ pull @ around[0]), 2.0 * apart + 2.0 * slopes @ (pull @ around[0])

    found = here.copy()
    ends = [(0.0, 1.0)] * int(free.sum())
    found[free] = minimize(cost, here[free], jac=True, method="L-BFGS-B", bounds=ends).x
    return found
