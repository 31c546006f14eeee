"""The search for what would have to be true, by running what it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from sim.answers.audit.changes import Change, changes_by_point, like, like_limits, progress, reached
from sim.answers.audit.claims import Claim
from sim.answers.audit.facts import Facts, Tried
from sim.answers.audit.runs import Asked, Runs
from sim.answers.audit.search import (
    BEYOND,
    ROUNDS,
    Limits,
    Seen,
    furthest,
    holding,
    looked_at_again,
    movers_of,
    proposals,
)
from sim.answers.audit.sides import Side
from sim.answers.audit.tables import HIGH, LOW
from sim.answers.audit.worlds import World, departures, world_at
from sim.experiments.ranges import widened
from sim.interventions import INTERVENTIONS
from sim.ownmeasures import Measure

SURE = 4
"""Places that are looked at again with other luck at most: within the ranges up to three, or one and three beyond."""


@dataclass(frozen=True)
class Sides:
    """A claim with both of its sides, and how its measure is read.

    Attributes
    ----------
    name, claim
        Which it is.
    now, then
        The sides.
    measure
        The measure, by name.
    unit
        Of the measure.
    own
        The measure itself, where it is written in Python.
    """

    name: str
    claim: Claim
    now: Side
    then: Side
    measure: str
    unit: str
    own: Measure | None = None

    def figures(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the figures that the claim is about: of some measures, what is left to one."""
        return 1.0 - values if self.claim.complement else values


class Search:
    """Looks for the smallest departure from typical at which a claim holds.

    Parameters
    ----------
    runs, sides, facts
        What is run, what is compared, and what is known already.
    worlds
        The worlds that were drawn.
    each, sure
        Replications of a proposal, and of a place that is looked at again.
    seed
        Of the proposals' luck; what is looked at again has the next.
    """

    def __init__(
        self, runs: Runs, sides: Sides, facts: Facts, worlds: Sequence[World], each: int, sure: int, seed: int
    ) -> None:
        self._runs, self._sides, self._facts = runs, sides, facts
        self._assumptions = tuple(sides.then.assumptions)
        self._drawn, self._each, self._sure, self._seed = worlds, each, sure, seed

    def tried(self) -> list[Tried]:
        """Return the places that were found, looked at again with other luck; the typical one where it holds there."""
        typical = self._facts.typical
        if typical is None or not np.isfinite(typical.change):
            return []
        if self._holds(typical):
            return [Tried({}, [0.0] * len(self._assumptions), True, typical, True)]
        inside, outside = self._limits()
        seen = self._seen()
        movers = self._movers(seen)
        for number in range(ROUNDS):
            made = [proposals(seen, inside, movers)]
            if not holding(seen, inside):
                made.append(proposals(seen, outside, movers))
            together = np.unique(np.vstack(made), axis=0)
            if not len(together):
                break
            changes = self._changed(f"search{number + 1}", together, self._each, self._seed)
            seen = seen.with_more(together, self._progress(changes), self._before(changes))
        return self._again(seen, inside, outside)

    def _seen(self) -> Seen:
        """Return what is known before anything is proposed: drawn worlds, then the typical one."""
        typical = self._facts.typical
        assert typical is not None  # nothing is searched otherwise
        changes = [*self._facts.worlds, typical]
        moved = departures(self._assumptions, [*self._drawn, {}])
        return Seen(moved, self._progress(changes), self._before(changes), len(changes))

    def _movers(self, seen: Seen) -> list[int]:
        """Return what is followed: what moves the effect or the figure before, and the doses."""
        lows = departures(self._assumptions, [{one.place: one.low for one in self._assumptions}])[0]
        shares = (seen.departures - lows)[: len(self._drawn)]
        effects = [values[: len(self._drawn)] for values in (seen.progress, seen.before)]
        doses = [n for n, one in enumerate(self._assumptions) if one.place.partition(".")[0] in INTERVENTIONS]
        return movers_of(shares, effects, doses)

    def _limits(self) -> tuple[Limits, Limits]:
        """Return the ranges, and what lies beyond them as far as it is allowed."""
        claim, unit = self._sides.claim, self._facts.unit
        if claim.before is not None:
            ends = np.array(like_limits(claim.before, unit))
        else:  # an organization as nine of ten worlds are, and not one where there is hardly anything left to do
            ends = np.nanquantile([one.before for one in self._facts.worlds], [LOW, HIGH])
        low, high = self._free(ends)
        before = (float(low), float(high))
        found = []
        for beyond in (0.0, BEYOND):
            ones = [widened(one, beyond) for one in self._assumptions]
            sides = [self._moved([getattr(one, end) for one in ones]) for end in ("low", "high")]
            found.append(Limits(sides[0], sides[1], before))
        return found[0], found[1]

    def _moved(self, values: Sequence[float]) -> NDArray[np.float64]:
        pairs = zip(self._assumptions, values, strict=True)
        return departures(self._assumptions, [{one.place: value for one, value in pairs}])[0]

    def _progress(self, changes: Sequence[Change]) -> NDArray[np.float64]:
        return progress([one.change for one in changes], self._facts.claimed, self._facts.scale)

    def _before(self, changes: Sequence[Change]) -> NDArray[np.float64]:
        return self._free(np.array([one.before for one in changes]))

    def _free(self, figures: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return figures on a scale without bounds: shares as log odds, others as logarithms."""
        if self._facts.unit == "share":
            return np.asarray(logit(np.clip(figures, 1e-3, 1.0 - 1e-3)))
        return np.asarray(np.log(np.maximum(figures, 1e-6)))

    def _holds(self, change: Change) -> bool:
        there = reached(change.change, self._facts.claimed) & like(
            change.before, self._sides.claim.before, self._facts.unit
        )
        return bool(there)

    def _changed(self, what: str, moved: NDArray[np.float64], replications: int, seed: int) -> list[Change]:
        """Return what changes at some departures."""
        worlds = [world_at(self._assumptions, row, BEYOND) for row in moved]
        names = [f"{self._sides.name}-{what}-{side}" for side in ("before", "after")]
        return changed(self._runs, self._sides, names, worlds, replications, seed)

    def _again(self, seen: Seen, inside: Limits, outside: Limits) -> list[Tried]:
        """Look with new luck at the nearest places where the claim holds, or at the one that comes nearest to it."""
        chosen = []
        for limits in (inside, outside):
            best = furthest(seen, limits)
            chosen += looked_at_again(seen, limits) or ([best] if best is not None else [])
            if holding(seen, limits):
                break
        chosen = list(dict.fromkeys(chosen))
        moved = seen.departures[chosen]
        changes = self._changed("again", moved, self._sure, self._seed + 1) if chosen else []
        within = inside.holds(moved)
        return [
            Tried(world_at(self._assumptions, row, BEYOND), row.tolist(), bool(mine), change, self._holds(change))
            for row, mine, change in zip(moved, within, changes, strict=True)
        ]


def changed(
    runs: Runs, sides: Sides, names: Sequence[str], worlds: Sequence[World], replications: int, seed: int
) -> list[Change]:
    """Return what changes between both sides in some worlds, paired by replication; `names` are those of the stores."""
    before, after = (
        sides.figures(runs.values(Asked(name, side, worlds, replications, seed), sides.measure))
        for name, side in zip(names, (sides.now, sides.then), strict=True)
    )
    return changes_by_point(before, after, sides.claim.scale(sides.unit))
