"""A block of runs as engines work on it: rows come out, whatever happened in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from sim.compile import Compiled, compile_scenario
from sim.engine import Block as Replications
from sim.engine import Failure
from sim.engine.sent import loads
from sim.experiments.axes import Value
from sim.experiments.plan import Plan, Point
from sim.experiments.rounds import Block
from sim.hooks import because
from sim.outcome import warm_up
from sim.scenario import ScenarioError
from sim.spec.findings import TextError
from sim.tables import kept_of
from sim.words import words

if TYPE_CHECKING:
    import pyarrow as pa

texts = words("store")

MEASURES = ("measures",)

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
"""Where something is in memory: the only thing that an error says otherwise the next time."""

_LONGEST = 500

_REMEMBERED = 128
"""Points that a process keeps ready to run, a quarter of a megabyte each."""

Row = tuple[int, int, str | None, Mapping[str, float]]
"""Point, replication, error and measures of a run."""


@dataclass(frozen=True, slots=True)
class RunsTask:
    """Some runs of an experiment, worked on in one go; small, since the design stays where it is.

    Attributes
    ----------
    block
        Which runs.
    points
        Its points, in the order of its spans.
    plan
        The experiment without its design, as it is sent.
    asks
        Whether code of somebody's own is called all along.
    """

    block: Block
    points: tuple[Point, ...]
    plan: bytes
    asks: bool = False

    def prepare(self) -> None:
        """Compile the kernel, or load what was kept of it."""
        plan = _plan(self.plan)
        warm_up(compile_scenario(next(iter(plan.scenarios.values()))))

    def work(self) -> dict[str, pa.Table]:
        """Return the tables of the block; a run that failed has its error, and no numbers."""
        spans = zip(self.points, self.block.spans, strict=True)
        return self._tables([row for point, (_, numbers) in spans for row in self._at(point, numbers)])

    def lost(self, why: str) -> dict[str, pa.Table]:
        """Return the same tables where every run failed."""
        return self._tables([(point, n, _plain(why), {}) for point, numbers in self.block.spans for n in numbers])

    def _at(self, point: Point, numbers: range) -> Iterator[Row]:
        try:
            compiled = _compiled(self.plan, point.number, point.scenario, tuple(point.values.items()))
        except Exception as error:  # whatever code of somebody's own does: the other points go on
            yield from ((point.number, number, _told(error), {}) for number in numbers)
            return
        seed = _plan(self.plan).experiment.seed
        for number in numbers:
            yield point.number, number, *_one(compiled, seed, number)

    def _tables(self, rows: list[Row]) -> dict[str, pa.Table]:
        import pyarrow as pa

        columns = {
            "point": pa.array(np.array([row[0] for row in rows], dtype=np.int64)),
            "replication": pa.array(np.array([row[1] for row in rows], dtype=np.int64)),
            "error": pa.array([row[2] for row in rows], pa.string()),
        }
        for name in _plan(self.plan).specs:
            values = np.array([row[3].get(name, np.nan) for row in rows], dtype=np.float64)
            columns[name] = pa.array(np.where(np.isnan(values), np.nan, values))  # undefined in one way
        return {"runs": pa.table(columns)}


def _one(compiled: Compiled, seed: int, number: int) -> tuple[str | None, Mapping[str, float]]:
    """Return the error and the measures of a run."""
    block = Replications("", compiled, partial(kept_of, names=MEASURES), seed, range(number, number + 1))
    try:
        (kept,) = block.work()
    except Exception as error:  # whatever code of somebody's own does: the other runs go on
        return _told(error), {}
    if isinstance(kept, Failure):
        return _plain(kept.sentence), {}
    return None, {name: float(one[0]) for name, one in kept["measures"].items()}


def _told(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return str(texts.NO_MEMORY)
    return _plain(str(error) if isinstance(error, ScenarioError | TextError) else because(error))


def _plain(sentence: str) -> str:
    """Return a sentence on one line, the same whenever it is said."""
    return _ADDRESS.sub("0x…", " ".join(sentence.split()))[:_LONGEST]


@lru_cache(4)
def _plan(sent: bytes) -> Plan:
    plan: Plan = loads(sent)
    return plan


@lru_cache(_REMEMBERED)
def _compiled(sent: bytes, number: int, scenario: str, values: tuple[tuple[str, Value], ...]) -> Compiled:
    """Return what is run at a point, made ready once in a process for all its blocks."""
    return compile_scenario(_plan(sent).scenario(Point(number, scenario, dict(values))))
