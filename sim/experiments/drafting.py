"""What an experiment would take: how many runs, how long here, how much room; nothing of it is written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sim.compile import compile_scenario
from sim.experiments.plan import Plan
from sim.experiments.results import open_experiment
from sim.experiments.rounds import Schedule
from sim.experiments.store import is_store
from sim.measures import measures_of
from sim.outcome import simulate, warm_up
from sim.scenario import ScenarioError
from sim.study.making import AlternativeError
from sim.words import Text, words

texts = words("experimenting")

TRIED = 5
"""Points that are tried, from the first to the last in equal steps."""

EACH = 3
"""Runs of each of them; the first is not timed, since it has to make the organization of its point."""

BYTES = 8.0
"""Of a number in the store: measures hardly repeat, so that little is saved by packing them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What running an experiment would take.

    Attributes
    ----------
    plan
        The experiment.
    points, runs, blocks
        How many there are; under a stopping rule runs and blocks are those of the case that no point ends early.
    least
        Runs of the case that every point ends as early as it may.
    done
        Runs that are stored in the folder already.
    folder
        Where it would be stored.
    seconds
        That a run takes here on one core, and what it takes to make the organization of a point.
    making
        Seconds to make the organization of a point.
    workers
        How many would work at once.
    tried
        How many runs that was found from.
    """

    plan: Plan
    points: int
    runs: int
    least: int
    blocks: int
    done: int
    folder: Path
    seconds: float
    making: float
    workers: int
    tried: int

    @property
    def hours(self) -> float:
        """Hours that what is left takes, at most."""
        often = self.runs / self.points
        return (self.runs - self.done) * (self.seconds + self.making / often) / self.workers / 3600.0

    @property
    def bytes(self) -> float:
        """Room that the store takes, about."""
        return self.runs * len(self.plan.specs) * BYTES

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "points": self.points,
            "runs": self.runs,
            "least_runs": self.least,
            "blocks": self.blocks,
            "done": self.done,
            "folder": str(self.folder),
            "seconds_per_run": self.seconds,
            "seconds_per_point": self.making,
            "workers": self.workers,
            "hours": self.hours,
            "bytes": self.bytes,
        }

    def sentences(self) -> Iterator[Text]:
        """Yield it in words."""
        asked = self.plan.experiment.replications
        facts = {"title": self.plan.experiment.label, "points": self.points, "runs": self.runs, "blocks": self.blocks}
        if isinstance(asked, int):
            yield texts.WOULD_RUN.format(replications=asked, **facts)
        else:
            yield texts.WOULD_RUN_ROUNDS.format(low=self.least, high=self.runs, **facts)
        if self.done:
            yield texts.STORED_ALREADY.format(done=self.done, total=self.runs, folder=self.folder)
        if self.tried:
            facts = {"each": 1000.0 * self.seconds, "making": 1000.0 * self.making, "tried": self.tried}
            yield texts.WOULD_TAKE.format(lasts=lasting(3600.0 * self.hours), workers=self.workers, **facts)
        yield texts.WOULD_WEIGH.format(size=weighing(self.bytes))
        yield texts.NOTHING_WRITTEN


def draft(plan: Plan, folder: Path, workers: int | None = None) -> Draft:
    """Return what running an experiment would take; a few runs are tried for it.

    Parameters
    ----------
    plan
        The experiment.
    folder
        Where it would be stored.
    workers
        How many would work at once; by default one for each core.
    """
    schedule = Schedule(plan)
    seconds, making, tried = _tried(plan)
    return Draft(
        plan,
        plan.total,
        schedule.most,
        schedule.least,
        schedule.blocks,
        open_experiment(folder).done if is_store(folder) else 0,
        folder,
        seconds,
        making,
        workers or os.cpu_count() or 1,
        tried,
    )


def _tried(plan: Plan) -> tuple[float, float, int]:
    """Return seconds of a run, those of making a point, and how many runs were tried; what cannot be is left out."""
    running, making = [], []
    last = plan.total - 1
    for number in sorted({round(share * last / (TRIED - 1)) for share in range(TRIED)}):
        try:
            begun = time.perf_counter()
            compiled = compile_scenario(plan.scenario(plan.point(number)))
        except (ScenarioError, AlternativeError):
            continue
        making.append(time.perf_counter() - begun)
        warm_up(compiled)
        for replication in range(EACH):
            begun = time.perf_counter()
            measures_of(simulate(compiled, plan.experiment.seed, replication))
            running.append(time.perf_counter() - begun)
    if not running:
        return 0.0, 0.0, 0
    return sum(running) / len(running), sorted(making)[len(making) // 2], len(running)


def lasting(seconds: float) -> Text:
    """Return a duration in words, as exact as an estimate deserves."""
    units = ((texts.LASTS_DAYS, 86400.0), (texts.LASTS_HOURS, 3600.0), (texts.LASTS_MINUTES, 60.0))
    told, unit = next((one for one in units if seconds >= 1.5 * one[1]), (texts.LASTS_SECONDS, 1.0))
    return cast(Text, told.format(count=max(seconds / unit, 1.0)))


def weighing(weight: float) -> Text:
    """Return a number of bytes in words."""
    units = ((texts.SIZE_GB, 1e9), (texts.SIZE_MB, 1e6))
    told, unit = next((one for one in units if weight >= one[1]), (texts.SIZE_KB, 1e3))
    return cast(Text, told.format(size=max(weight / unit, 1.0)))
