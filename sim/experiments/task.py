"""A block of runs as engines work on it: rows come out, whatever happened in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.compile import Compiled
from sim.engine import Block, Failure
from sim.engine.sent import compiled_once
from sim.experiments.plan import Plan
from sim.hooks import acting
from sim.outcome import warm_up
from sim.scenario import ScenarioError
from sim.study.making import AlternativeError
from sim.tables import kept_of

MEASURES = ("measures",)

Row = tuple[int, int, str | None, Mapping[str, float]]
"""Point, replication, error and measures of a run."""


@dataclass(frozen=True)
class RunsTask:
    """Some runs of an experiment, worked on in one go.

    Attributes
    ----------
    number
        Of the block.
    plan
        The experiment.
    spans
        Points, and their replications in a row.
    """

    number: int
    plan: Plan
    spans: tuple[tuple[int, range], ...]

    @property
    def asks(self) -> bool:
        """Whether code of somebody's own is called all along."""
        return any(acting(one.interventions) for one in self.plan.scenarios.values())

    def prepare(self) -> None:
        """Compile the kernel, or load what was kept of it."""
        warm_up(compiled_once(next(iter(self.plan.scenarios.values()))))

    def work(self) -> dict[str, Any]:
        """Return the columns of the table of runs; a run that failed has its error, and no numbers."""
        return self._columns([row for point, numbers in self.spans for row in self._at(point, numbers)])

    def lost(self, why: str) -> dict[str, Any]:
        """Return the same columns where every run failed."""
        return self._columns([(point, number, why, {}) for point, numbers in self.spans for number in numbers])

    def _columns(self, rows: Sequence[Row]) -> dict[str, Any]:
        columns: dict[str, Any] = {
            "point": np.array([row[0] for row in rows], dtype="<i8"),
            "replication": np.array([row[1] for row in rows], dtype="<i8"),
            "error": [row[2] for row in rows],
        }
        for name in self.plan.specs:
            columns[name] = np.array([row[3].get(name, np.nan) for row in rows], dtype="<f8")
        return columns

    def _at(self, point: int, numbers: range) -> Iterator[Row]:
        try:
            compiled = self._compiled(point)
        except (ScenarioError, AlternativeError) as error:
            why = " ".join(str(error).split())
            yield from ((point, number, why, {}) for number in numbers)
            return
        block = Block("", compiled, partial(kept_of, names=MEASURES), self.plan.experiment.seed, numbers)
        for number, kept in zip(numbers, block.work(), strict=True):
            if isinstance(kept, Failure):
                yield point, number, kept.sentence, {}
            else:
                yield point, number, None, {name: float(one[0]) for name, one in kept["measures"].items()}

    def _compiled(self, point: int) -> Compiled:
        return compiled_once(self.plan.scenario(self.plan.point(point)))
