"""The runs of a fit: a first round over the whole prior, further ones where the last ones look likely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from sim.answers.fit.looking import Look, Picture, look_for, picture_of
from sim.answers.fit.posterior import ENOUGH, Posterior, posterior_of
from sim.answers.fit.prior import Numbers, Prior
from sim.answers.fit.seen import Seen
from sim.answers.room import Room
from sim.experiments.ranges import ranges_of
from sim.experiments.results import Results
from sim.scenario import Scenario
from sim.spec.findings import TextError
from sim.words import words

texts = words("fittargets")

FACTOR = "assumptions"

KNOWN = 0.5
"""Part of the runs over the whole prior in which a figure has to have a value."""

FIRST, FURTHER, NOTED, RESAMPLED, NOW, PREDICTED, TRIED, BEST = range(8)
"""What luck is drawn for, each from a stream of its own."""

NOW_RUNS = 50
"""Runs of the organization as its file has it."""


@dataclass(frozen=True)
class Organization:
    """What is fitted, and where its runs are made.

    Attributes
    ----------
    scenario, prior, seen
        The organization, what is uncertain of it, and what is known of its figures.
    room
        Where runs are made.
    seed
        On which all luck depends.
    looked_at
        The measures that are kept of runs; those whose figures are known first.
    """

    scenario: Scenario
    prior: Prior
    seen: Seen
    room: Room
    seed: int
    looked_at: tuple[str, ...]

    def luck(self, what: int, which: int = 0) -> np.random.Generator:
        """Return the luck of something that is drawn."""
        return np.random.default_rng([self.seed, what, which])

    def first(self, points: int) -> tuple[Numbers, pd.DataFrame]:
        """Run points over the whole prior (a Latin hypercube), each once; return where they are, and their runs."""
        design = {"kind": "latin_hypercube", "points": points}
        made = self._ran("prior", design, 1, self._seed(FIRST))
        places = {name: place for place, name in self._names.items()}
        return self.prior.shares(made.points.rename(columns=places)), self._kept(made.runs)

    def once(self, name: str, shares: Numbers, what: int, which: int = 0) -> tuple[Numbers, pd.DataFrame]:
        """Run points once each, with luck of their own; return where they are, and their runs in the same order.

        What is asked for twice, as can be where all is whole numbers, is one point with two replications.
        """
        values = self.prior.values(shares)
        key = values.groupby(list(values.columns), sort=False).ngroup().to_numpy()
        turn = pd.Series(key).groupby(key).cumcount().to_numpy()
        made = self.several(name, shares[turn == 0], what, which, int(turn.max()) + 1)
        where = made.set_index(["point", "replication"]).index.get_indexer(pd.MultiIndex.from_arrays([key, turn]))
        return self.prior.shares(values), made.iloc[where].reset_index(drop=True)

    def several(self, name: str, shares: Numbers, what: int, which: int, replications: int) -> pd.DataFrame:
        """Run points several times, each with luck of its own; return the runs by point and replication."""
        values = self.prior.values(shares).rename(columns=self._names).to_dict("records")
        design = {"kind": "points", "points": values}
        return self._kept(self._ran(name, design, replications, self._seed(what, which)).runs)

    def as_written(self, replications: int) -> pd.DataFrame:
        """Run the organization as its file has it; return the runs."""
        asked = {"scenarios": [self.scenario], "replications": replications, "seed": self._seed(NOW)}
        return self._kept(self.room.ran("now", asked).runs)

    def _kept(self, runs: pd.DataFrame) -> pd.DataFrame:
        """Return what is looked at of runs."""
        return runs[["point", "replication", "error", *self.looked_at]].reset_index(drop=True)

    def _ran(self, name: str, design: Mapping[str, object], replications: int, seed: int) -> Results:
        asked = {"scenarios": [self.scenario], "factors": self._factors, "design": design, "replications": replications}
        return self.room.ran(name, {**asked, "seed": seed, "luck": "own"})

    @cached_property
    def _names(self) -> dict[str, str]:
        """What a place is called as a factor, where it is none of the assumptions."""
        known = ranges_of(self.scenario, ())
        return {place: place.replace(".", "_") for place in self.prior.places if place not in known}

    @cached_property
    def _factors(self) -> dict[str, object]:
        known = [place for place in self.prior.places if place not in self._names]
        others = {name: {"set": place, "range": "documented"} for place, name in self._names.items()}
        return {**({FACTOR: {"assumptions": tuple(known)}} if known else {}), **others}

    def _seed(self, what: int, which: int = 0) -> int:
        return int(np.random.SeedSequence([self.seed, what, which]).generate_state(1, np.uint64)[0] >> np.uint64(1))


@dataclass(frozen=True)
class Found:
    """All rounds so far.

    Attributes
    ----------
    shares
        Where runs were made, runs × assumptions.
    runs
        What came of them, in the same order.
    noted
        What a client would have noted down of each.
    sizes
        Runs of each round.
    looks
        How the points of every round but the first were chosen.
    """

    shares: Numbers
    runs: pd.DataFrame
    noted: Numbers
    sizes: tuple[int, ...]
    looks: tuple[Look, ...] = field(default=())

    @property
    def counted(self) -> Numbers:
        """What each run counts for where it was made: less where more were made."""
        densities = [np.ones(len(self.shares)), *(look.density(self.shares) for look in self.looks)]
        made = np.array([size * one for size, one in zip(self.sizes, densities, strict=True)]).sum(axis=0)
        found: Numbers = sum(self.sizes) / made
        return found

    @cached_property
    def picture(self) -> Picture:
        """The rough picture of all runs so far."""
        return picture_of(self.shares, self.noted)

    def posterior(self, aim: Numbers, enough: float = ENOUGH) -> tuple[Posterior, Picture]:
        """Return what is believed by all rounds together, and the picture by which distances were judged."""
        scatter = self.picture.scatter
        return posterior_of(self.shares, self.noted, self.counted, aim, scatter, enough), self.picture

    def joined(self, shares: Numbers, runs: pd.DataFrame, noted: Numbers, look: Look) -> Found:
        """Return these rounds and another one."""
        return Found(
            np.vstack([self.shares, shares]),
            pd.concat([self.runs, runs], ignore_index=True),
            np.vstack([self.noted, noted]),
            (*self.sizes, len(shares)),
            (*self.looks, look),
        )


def found_of(organization: Organization, points: int, rounds: int) -> Found:
    """Return the runs of all rounds of a fit, each of so many points.

    Runs of one round depend on those before it only through where they are made.
    """
    found = first_round(organization, points)
    for which in range(1, rounds):
        found = next_round(organization, found, points, which)
    return found


def first_round(organization: Organization, points: int) -> Found:
    """Return the runs over the whole prior.

    Raises
    ------
    TextError
        Where most of them have no value of a figure.
    """
    shares, runs = organization.first(points)
    noted = organization.seen.noted(runs, organization.luck(NOTED))
    for measure, known in zip(organization.seen.measures, np.isfinite(noted).sum(axis=0), strict=True):
        if known < KNOWN * len(runs):
            facts = {"measure": measure, "known": int(known), "runs": len(runs)}
            raise TextError(texts.HARDLY_EVER.format(**facts))
    return Found(shares, runs, noted, (len(shares),))


def next_round(organization: Organization, found: Found, points: int, which: int) -> Found:
    """Return the rounds so far and another one, where they look likely."""
    luck = organization.luck(FURTHER, which)
    aim = organization.seen.aim
    look = look_for(found.picture, aim, luck)
    shares, runs = organization.once(f"round {which + 1}", look.points(points, luck), FURTHER, which)
    noted = organization.seen.noted(runs, organization.luck(NOTED, which))
    return found.joined(shares, runs, noted, look)
