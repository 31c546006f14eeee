"""What a log says nothing of and the structure had to estimate, as ranges: hours of work, and load from elsewhere.

Where begins are missing, hours of work are no more than what nearly all of a kind were done in, nor than people take
from one end to the next, where the log knows people. They may be less. Only steps are named that together make nearly
all hours, few at most: of many small ones nothing depends on any. Load from elsewhere is never in a log: it is between
none and what the shortest waits leave room for, which is what the structure has. That all hours of a department may be
wrong together is in that range: it is one of how busy people are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.answers.logfit.structure import Learned
from sim.answers.logfit.structure.building import PROCESS
from sim.answers.logfit.structure.sojourns import QUICK

LESS = 0.5
"""Part of the estimated hours that they may be at least."""

NEARLY_ALL = 0.9
"""Share of the hours that the steps which are named make together, unless that takes too many."""

MOST = 8
"""Steps that are named."""

DIGITS = 4


def estimated_ranges(learned: Learned) -> dict[str, list[float]]:
    """Return the ranges of what was estimated, by place.

    Parameters
    ----------
    learned
        The structure.
    """
    return {**_elsewhere(learned), **({} if learned.parts.sojourns.known else _work(learned))}


def _elsewhere(learned: Learned) -> dict[str, list[float]]:
    shares = zip(learned.parts.owners, learned.parts.load.own_share, strict=True)
    return {f"departments.{name}.own_work.share": [0.0, float(share)] for name, share in shares if share > 0.0}


def _work(learned: Learned) -> dict[str, list[float]]:
    parts = learned.parts
    often = np.bincount(parts.material.token, minlength=len(parts.material.kinds))
    states = np.bincount(parts.routing.token, minlength=len(often))
    tokens, means = np.asarray(parts.routing.token), np.array([work.mean for work in parts.works])
    hours, most = means * (often / np.maximum(states, 1))[tokens], hours_at_most(learned)
    order = np.argsort(-hours, kind="stable")
    needed = int(np.searchsorted(np.cumsum(hours[order]), NEARLY_ALL * hours.sum())) + 1
    return {
        f"processes.{PROCESS}.steps.{parts.steps[place]}.work": [
            _short(LESS * means[place]),
            _short(max(means[place], most[tokens[place]])),
        ]
        for place in order[: min(MOST, needed)]
        if means[place] > 0.0
    }


def hours_at_most(learned: Learned) -> NDArray[np.float64]:
    """Return of each kind of work the hours that it takes at most: in which nearly all were done, or as people tell."""
    parts = learned.parts
    token, first = parts.material.token, parts.material.first
    gap, found = parts.sojourns.work + parts.sojourns.wait, parts.sojourns.at_most.copy()
    if "resource" in parts.log.known or first.all():
        return found
    every = float(np.quantile(gap[~first], QUICK))
    for kind in range(len(found)):
        mine = gap[(token == kind) & ~first]
        found[kind] = float(np.quantile(mine, QUICK)) if len(mine) else every
    return found


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
