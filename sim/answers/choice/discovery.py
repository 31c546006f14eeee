"""Scenario discovery: in which worlds a bundle fails, as limits of assumptions, checked in worlds that are drawn anew.

A box is looked for by PRIM in some worlds and told of others, whose luck is new as well: neither its density nor its
coverage is over-told, and where failing has nothing to do with the assumptions a box is told in at most 5 of 100
cases, whatever the search does (one test of one box, Fisher's exact, on worlds that are independent of it).

Of failing and holding the rarer is described: where a bundle fails nearly everywhere, it is more to the point when it
holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sim.answers.choice.prim import FEWEST, Box, Mask, Numbers, Quality, found_box, more_inside, quality, quasi_p
from sim.study.statistics import ALPHA, Interval, wilson

Outcome = Literal["told", "never", "always", "few", "nothing", "unconfirmed"]
"""What came of it: a box; it never fails, or always; too few of the rarer kind to look for a box; no limit beyond luck;
a box that worlds drawn anew do not confirm."""


@dataclass(frozen=True)
class Worlds:
    """Worlds in which a bundle was tried.

    Attributes
    ----------
    values
        A row for each world, a column for each assumption.
    fails
        Whether the bundle fails there, by the same index.
    """

    values: pd.DataFrame
    fails: pd.Series

    @property
    def cases(self) -> Numbers:
        """The values as numbers."""
        found: Numbers = self.values.to_numpy(dtype=float)
        return found

    def of(self, kind: str) -> Mask:
        """Tell in which worlds it fails, or holds."""
        failing: Mask = self.fails.to_numpy(dtype=bool)
        return failing if kind == "fails" else ~failing


@dataclass(frozen=True)
class Found:
    """When a bundle fails.

    Attributes
    ----------
    outcome
        What came of it.
    kind
        What is described: worlds in which it ``fails``, or, where these are more than half, in which it ``holds``.
    share
        Share of all worlds in which it fails.
    density
        Share of the kind among the new worlds within the box; NaN without a box.
    coverage
        Share of the box among the new worlds of the kind.
    mass
        Share of the box among the new worlds.
    p
        Of Fisher's exact test, one-sided, that the kind is no more frequent within the box than outside.
    looked, checked
        How the box does in the worlds in which it was looked for, and in the new ones; None without a box.
    limits
        A row for each: ``assumption``, ``side`` (``above`` or ``below``), ``value``, ``quasi_p`` in the worlds in which
        it was looked for, and ``p`` of Fisher's test in the new ones, all other limits kept.
    """

    outcome: Outcome
    kind: Literal["fails", "holds"]
    share: Interval
    density: Interval
    coverage: Interval
    mass: float
    p: float
    looked: Quality | None
    checked: Quality | None
    limits: pd.DataFrame


COLUMNS = ["assumption", "side", "value", "quasi_p", "p"]
_UNKNOWN = Interval(np.nan, np.nan, np.nan)


def discover(looked: Worlds, anew: Worlds) -> Found:
    """Return when a bundle fails.

    Parameters
    ----------
    looked
        The worlds in which a box is looked for.
    anew
        Worlds drawn independently of them, in which it is checked.

    Returns
    -------
    Found
        With limits only where they are to be told: where `outcome` is ``told``, or ``unconfirmed``.
    """
    failing = int(looked.fails.sum() + anew.fails.sum())
    share = wilson(failing, len(looked.fails) + len(anew.fails))
    kind: Literal["fails", "holds"] = "fails" if share.mean <= 0.5 else "holds"
    interest = looked.of(kind)
    if failing in (0, len(looked.fails) + len(anew.fails)):
        return _without("never" if not failing else "always", kind, share)
    if interest.sum() < FEWEST or anew.of(kind).sum() < FEWEST:
        return _without("few", kind, share)
    box = found_box(looked.cases, interest)
    return _without("nothing", kind, share) if box is None else _checked(box, kind, share, looked, anew)


def _without(outcome: Outcome, kind: Literal["fails", "holds"], share: Interval) -> Found:
    nothing = pd.DataFrame(columns=COLUMNS)
    return Found(outcome, kind, share, _UNKNOWN, _UNKNOWN, np.nan, np.nan, None, None, nothing)


def _checked(box: Box, kind: Literal["fails", "holds"], share: Interval, looked: Worlds, anew: Worlds) -> Found:
    """Return what a box is worth in worlds that are drawn anew."""
    found = quality(box, anew.cases, anew.of(kind))
    p = more_inside(box.holds(anew.cases), anew.of(kind))
    return Found(
        "told" if p <= ALPHA else "unconfirmed",
        kind,
        share,
        wilson(found.hits, found.inside),
        wilson(found.hits, found.interest),
        found.inside / found.cases,
        p,
        quality(box, looked.cases, looked.of(kind)),
        found,
        pd.DataFrame(list(_rows(box, kind, looked, anew)), columns=COLUMNS),
    )


def _rows(box: Box, kind: str, looked: Worlds, anew: Worlds) -> list[tuple[str, str, float, float, float]]:
    rows = []
    doubts = quasi_p(box, looked.cases, looked.of(kind))
    for limit, doubt in zip(box.limits, doubts, strict=True):
        beside = box.without(limit).holds(anew.cases)
        p = more_inside(box.holds(anew.cases)[beside], anew.of(kind)[beside])
        column, lower = limit
        at = (str(looked.values.columns[column]), "above" if lower else "below", box.at(limit))
        rows.append((*at, float(doubt), p))
    return rows
