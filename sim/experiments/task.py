"""A block of runs as engines work on it: rows come out, whatever happened in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine import Block, Failure
from sim.engine.block import Keep
from sim.engine.sent import compiled_once
from sim.experiments.applied import Made
from sim.experiments.plan import Plan
from sim.outcome import warm_up
from sim.ownmeasures import keeping
from sim.results import manifest_of
from sim.scenario import ScenarioError
from sim.study.making import AlternativeError

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
        return self.plan.asks

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
            made = self.plan.made(self.plan.point(point))
            compiled = compiled_once(made.scenario)
        except (ScenarioError, AlternativeError) as error:
            why = " ".join(str(error).split())
            yield from ((point, number, why, {}) for number in numbers)
            return
        block = Block("", compiled, self._keeping(made), self.plan.experiment.seed, numbers, made.departments)
        for number, kept in zip(numbers, block.work(), strict=True):
            if isinstance(kept, Failure):
                yield point, number, kept.sentence, {}
            else:
                yield point, number, None, {name: float(one[0]) for name, one in kept["measures"].items()}

    def _keeping(self, made: Made) -> Keep:
        """Return what keeps the measures of a run, those that are written in Python among them."""
        alone = manifest_of(made.scenario, self.plan.experiment.seed, 1) if self.plan.own else {}
        return keeping(MEASURES, self.plan.own, alone)
