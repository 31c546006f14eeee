"""A block of runs as engines work on it: rows come out, whatever happened in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.compile import compile_scenario
from sim.engine import Block as Replications
from sim.engine import Failure
from sim.engine.sent import loads, sendable
from sim.experiments.axes import Value
from sim.experiments.designs import FullFactorial
from sim.experiments.experiment import MOST_REPLICATIONS, Experiment
from sim.experiments.plan import Plan, Point
from sim.experiments.rounds import Block
from sim.experiments.store import RUNS
from sim.hooks import because
from sim.outcome import warm_up
from sim.ownmeasures import keeping, wanted
from sim.results import manifest_of
from sim.scenario import ScenarioError
from sim.spec.findings import TextError
from sim.words import words

if TYPE_CHECKING:
    import pyarrow as pa

texts = words("store")

MEASURES = "measures"

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
"""Where something is in memory: what an error says otherwise the next time."""

_LONGEST = 500
"""Letters of an error."""

_REMEMBERED = 128
"""Points that a process keeps ready to run, a quarter of a megabyte each."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: its error, or what was kept of it by table."""

    point: int
    replication: int
    error: str | None = None
    kept: Mapping[str, Any] | None = None

    def value(self, measure: str) -> float:
        """Return a measure; one that is not defined is so in one way."""
        found = float(self.kept[MEASURES][measure][0]) if self.kept and measure in self.kept[MEASURES] else np.nan
        return np.nan if np.isnan(found) else found


@dataclass(frozen=True, slots=True)
class RunsTask:
    """Some runs of an experiment, worked on in one go.

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
        warm_up(compile_scenario(next(iter(_plan(self.plan).scenarios.values()))))

    def work(self) -> dict[str, pa.Table]:
        """Return the tables of the block; a run that failed has its error, and no numbers."""
        spans = zip(self.points, self.block.spans, strict=True)
        return self._tables([run for point, (_, numbers) in spans for run in self._at(point, numbers)])

    def lost(self, why: str) -> dict[str, pa.Table]:
        """Return the same tables where every run failed."""
        return self._tables([Run(point, n, _plain(why)) for point, numbers in self.block.spans for n in numbers])

    def _at(self, point: Point, numbers: range) -> Iterator[Run]:
        """Yield what comes of the runs of a point, each of which is one that was asked for alone."""
        try:
            ready = _ready(self.plan, point.number, point.scenario, tuple(point.values.items()))
        except Exception as error:  # whatever code of somebody's own does: the other points go on
            yield from (Run(point.number, number, _told(error)) for number in numbers)
            return
        first = first_luck(_plan(self.plan).experiment, point.number)
        for number in numbers:
            yield _run(ready, point.number, number, first)

    def _tables(self, runs: list[Run]) -> dict[str, pa.Table]:
        import pyarrow as pa

        from sim.experiments.columns import table_of

        plan = _plan(self.plan)
        columns = {
            "point": pa.array([one.point for one in runs], pa.int64()),
            "replication": pa.array([one.replication for one in runs], pa.int64()),
            "error": pa.array([one.error for one in runs], pa.string()),
        }
        for name in plan.specs:
            columns[name] = pa.array(np.array([one.value(name) for one in runs]), pa.float64())
        fine = [(one.point, one.replication, one.kept) for one in runs if one.kept]
        beside = {
            name: table_of(name, [(point, number, kept[name]) for point, number, kept in fine])
            for name in plan.experiment.tables
        }
        return {RUNS: pa.table(columns), **beside}


class Tasks:
    """Makes the tasks of an experiment, which are small: its design stays here, however many points it has.

    Parameters
    ----------
    plan
        The experiment.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sent = sendable(replace(plan, experiment=plan.experiment.model_copy(update={"design": FullFactorial()})))
        self._asks = plan.asks

    def of(self, block: Block) -> RunsTask:
        """Return the task of a block."""
        return RunsTask(block, tuple(self._plan.point(number) for number, _ in block.spans), self._sent, self._asks)


def first_luck(experiment: Experiment, point: int) -> int:
    """Return which replication of a scenario has the luck of the first one of a point: 0 where all points share it."""
    return point * MOST_REPLICATIONS if experiment.luck == "own" else 0


def _run(ready: Replications, point: int, number: int, first: int) -> Run:
    """Return what comes of a run, whose luck is that of a later replication where points have their own."""
    try:
        (kept,) = replace(ready, replications=range(first + number, first + number + 1)).work()
    except Exception as error:  # whatever code of somebody's own does: the other runs go on
        return Run(point, number, _told(error))
    if isinstance(kept, Failure):
        return Run(point, number, _plain(kept.sentence))
    return Run(point, number, None, kept)


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
def _ready(sent: bytes, number: int, scenario: str, values: tuple[tuple[str, Value], ...]) -> Replications:
    """Return the runs of a point, made ready once in a process for all its blocks."""
    plan = _plan(sent)
    made = plan.made(Point(number, scenario, dict(values)))
    seed, names = plan.experiment.seed, (MEASURES, *plan.experiment.tables)
    every = wanted(plan.own)
    keep = keeping(names, plan.own, manifest_of(made.scenario, seed, 1) if plan.own else {}, every)
    compiled = compile_scenario(made.scenario, fresh=True)
    return Replications("", compiled, keep, seed, range(0), made.departments, events="events" in every)
