"""A block of runs as engines work on it: rows come out, whatever happened in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.compile import Compiled, compile_scenario
from sim.engine import Block, Failure, work
from sim.experiments.plan import Plan
from sim.scenario import ScenarioError
from sim.study.making import AlternativeError
from sim.tables import kept_of

MEASURES = ("measures",)


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

    def work(self) -> dict[str, Any]:
        """Return the columns of the table of runs; a run that failed has its error, and no numbers."""
        rows = [row for point, numbers in self.spans for row in self._at(point, numbers)]
        columns: dict[str, Any] = {
            "point": np.array([row[0] for row in rows], dtype="<i8"),
            "replication": np.array([row[1] for row in rows], dtype="<i8"),
            "error": [row[2] for row in rows],
        }
        for name in self.plan.specs:
            columns[name] = np.array([row[3].get(name, np.nan) for row in rows], dtype="<f8")
        return columns

    def _at(self, point: int, numbers: range) -> Iterator[tuple[int, int, str | None, Mapping[str, float]]]:
        try:
            compiled = self._compiled(point)
        except (ScenarioError, AlternativeError) as error:
            why = " ".join(str(error).split())
            yield from ((point, number, why, {}) for number in numbers)
            return
        block = Block("", compiled, partial(kept_of, names=MEASURES), self.plan.experiment.seed, numbers)
        for number, kept in zip(numbers, work(block), strict=True):
            if isinstance(kept, Failure):
                yield point, number, kept.sentence, {}
            else:
                yield point, number, None, {name: float(one[0]) for name, one in kept["measures"].items()}

    def _compiled(self, point: int) -> Compiled:
        return compile_scenario(self.plan.scenario(self.plan.point(point)))
