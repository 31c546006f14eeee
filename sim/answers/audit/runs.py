"""The runs that an audit needs, each set in a store of its own, shared by all claims that ask for the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answers.audit.search import BEYOND
from sim.answers.audit.sides import Side
from sim.answers.audit.worlds import World
from sim.answers.room import Room
from sim.experiments.experiment import Experiment
from sim.experiments.pacing import Progress, Standing
from sim.experiments.plan import Plan
from sim.ownmeasures import Measure

INTRODUCED, ASSUMED = "introduced", "assumed"
"""The factors of every store: what is there, and what is assumed."""

BLOCK = 12
"""Runs that a worker gets at a time: few, since searches make few."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Runs of a side.

    Attributes
    ----------
    name
        Of their store.
    side
        What is run.
    worlds
        At which points; a single empty one is the organization as it is written.
    replications, seed
        How often, and with which luck.
    """

    name: str
    side: Side
    worlds: Sequence[World]
    replications: int
    seed: int


class Runs:
    """Makes the runs that claims ask for, and remembers what it has read.

    Parameters
    ----------
    room
        Where stores are.
    own
        The measures written in Python that each side needs, by its key.
    total
        About how many runs there will be at most, for whoever waits.
    """

    def __init__(self, room: Room, own: Mapping[str, Sequence[Measure]], total: int) -> None:
        self._told = _Told(room.progress, total) if room.progress is not None else None
        self._room = replace(room, progress=self._told)
        self._own = own
        self._found: dict[str, Any] = {}
        self.made = 0

    def values(self, asked: Asked, measure: str) -> NDArray[np.float64]:
        """Return a measure: rows are replications, columns worlds; NaN where it is not defined or a run failed."""
        worlds, place_of = _once(within(asked.side, asked.worlds))
        if asked.name not in self._found:
            self._found[asked.name] = self._room.ran(asked.name, self._plan(asked, worlds))
            self.made += len(worlds) * asked.replications
            if self._told is not None:
                self._told.next()
        found = self._found[asked.name].measure(measure)
        whole = found.reindex(index=range(asked.replications), columns=range(len(worlds)))
        return np.asarray(whole.to_numpy(dtype=float)[:, place_of])

    def _plan(self, asked: Asked, worlds: Sequence[World]) -> Plan:
        """Return the experiment; what it is made of has been looked at with the claim."""
        side, there = asked.side, bool(asked.side.introduced)
        places = sorted({place for world in worlds for place in world})
        factors: dict[str, Any] = {INTRODUCED: {"with": list(side.introduced)}} if there else {}
        if places:
            factors[ASSUMED] = {"assumptions": places, "beyond": BEYOND}
        here = {INTRODUCED: True} if there else {}
        experiment = Experiment.model_validate(
            {
                "name": "audit",
                "scenarios": [side.scenario],
                "factors": factors,
                "design": {"kind": "points", "points": [{**here, **world} for world in worlds]},
                "measures": list(self._own.get(side.key, ())),
                "replications": asked.replications,
                "seed": asked.seed,
                "block": max(asked.replications if asked.replications < BLOCK else 1, BLOCK),
            }
        )
        return Plan(experiment, {side.scenario.name: side.scenario})


def within(side: Side, worlds: Iterable[World]) -> list[World]:
    """Return worlds as far as a side knows of them: doses of what is not introduced are no matter of it."""
    known = {one.place for one in side.assumptions}
    return [{place: value for place, value in world.items() if place in known} for world in worlds]


def _once(worlds: Sequence[World]) -> tuple[list[World], list[int]]:
    """Return worlds without those that are there already, and for each which one it is."""
    places: dict[tuple[tuple[str, float], ...], int] = {}
    where = [places.setdefault(tuple(sorted(world.items())), len(places)) for world in worlds]
    return [dict(one) for one in places], where


class _Told:
    """Tells how far all stores are together."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._before = Standing(0, total)
        self._now = Standing(0, total)

    def __call__(self, now: Standing) -> None:
        """Add what was there before."""
        last = self._before
        done = last.done + now.done
        self._now = Standing(done, max(self._total, done), last.failed + now.failed, last.before + now.before)
        self._progress(self._now)

    def next(self) -> None:
        """Begin another store."""
        self._before = self._now
