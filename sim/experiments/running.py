"""Running an experiment: what is not in its store yet is worked on, block by block."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.engine import Threads
from sim.experiments.experiment import Experiment
from sim.experiments.plan import Plan
from sim.experiments.reading import plan_of
from sim.experiments.results import Results
from sim.experiments.store import Store
from sim.experiments.task import RunsTask
from sim.replications import Progress


def experiment(
    asked: Experiment | Mapping[str, Any] | str | Path,
    out: str | os.PathLike[str],
    *,
    engine: Threads | None = None,
    progress: Progress | None = None,
) -> Results:
    """Run an experiment, or what is left of it, and return its results."""
    plan, store = plan_of(asked), Store(Path(out))
    store.begin(plan)
    total = plan.total * plan.replications
    done = 0
    for task in _left(plan, store):
        store.write(task.number, task.work())
        done += sum(len(numbers) for _, numbers in task.spans)
        if progress is not None:
            progress(done, total)
    del engine
    return Results(out)


def _left(plan: Plan, store: Store) -> Iterator[RunsTask]:
    for number, spans in enumerate(plan.spans()):
        if not store.block(number).exists():
            yield RunsTask(number, plan, spans)
