"""What was found of one claim: numbers, before they are put into tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.answers.audit.changes import Change, like, reached
from sim.answers.audit.claims import Claim, Scale
from sim.answers.audit.verdicts import Reason, Verdict, judged
from sim.answers.audit.worlds import World
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MeasureSpec


@dataclass(frozen=True)
class Tried:
    """A place that the search has looked at again with other luck.

    Attributes
    ----------
    world
        Where assumptions are there.
    departures
        How far each has moved, in widths of its range.
    inside
        Whether all are within their ranges.
    change
        What changes there.
    holds
        Whether the claim holds there, in an organization like the one that it tells of.
    """

    world: World
    departures: Sequence[float]
    inside: bool
    change: Change
    holds: bool

    @property
    def total(self) -> float:
        """The sum of all departures."""
        return float(np.abs(self.departures).sum())


@dataclass(frozen=True)
class Facts:
    """What was found of a claim.

    Attributes
    ----------
    name, claim
        Which it is.
    spec
        What is known of its measure; None where it is not judged.
    typical
        What changes as the organization is written.
    worlds
        What changes in every drawn world.
    assumptions
        What is uncertain about it.
    tried
        The places that the search has confirmed or gone furthest to.
    lead_time
        By how much the mean lead time changes at typical parameters, as a share; NaN where it says nothing here.
    """

    name: str
    claim: Claim
    spec: MeasureSpec | None = None
    typical: Change | None = None
    worlds: Sequence[Change] = ()
    assumptions: Sequence[Assumption] = ()
    tried: Sequence[Tried] = field(default=())
    lead_time: float = float("nan")

    @property
    def unit(self) -> str:
        """Of the measure."""
        return "" if self.spec is None else self.spec.unit

    @property
    def scale(self) -> Scale:
        """On which scale the claim is told."""
        return self.claim.scale(self.unit)

    @property
    def claimed(self) -> float:
        """The claimed change."""
        return self.claim.change(self.unit) if self.claim.judged else float("nan")

    @property
    def alike(self) -> list[bool]:
        """Which worlds are like the one that the claim tells of."""
        before = [one.before for one in self.worlds]
        known = np.isfinite([one.change for one in self.worlds])
        return (like(before, self.claim.before, self.unit) & known).tolist()

    @property
    def found(self) -> Tried | None:
        """The smallest departure at which the claim holds: first within the ranges; None where there is none."""
        holding = [one for one in self.tried if one.holds]
        return min(holding, key=lambda one: (not one.inside, one.total), default=None)

    def verdict(self) -> tuple[Verdict, Reason]:
        """Return what is to be thought of it, and why."""
        if not self.claim.judged:
            return "open", "stated"
        alike = [one for one, mine in zip(self.worlds, self.alike, strict=True) if mine]
        there = int(reached([one.change for one in alike], self.claimed).sum()) if alike else 0
        judgeable = self.typical is not None and bool(np.isfinite(self.typical.change))
        holding = [one for one in self.tried if one.holds]
        inside, outside = (any(one.inside is side for one in holding) for side in (True, False))
        return judged(judgeable, len(alike), there, inside, outside)
