"""Running an experiment: what is not in its store yet is worked on, block by block, whatever happened before."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.engine import Engine, Named, engine_named
from sim.experiments.experiment import Experiment
from sim.experiments.pacing import Progress, Standing, shown
from sim.experiments.plan import Plan
from sim.experiments.reading import plan_of
from sim.experiments.results import Results
from sim.experiments.rounds import Block, Round, Schedule
from sim.experiments.store import Blocks, Store, StoreError, StoreWarning, locked, manifest_of
from sim.experiments.store.journal import note, where
from sim.experiments.store.points import points_table
from sim.experiments.task import Tasks
from sim.notices import language
from sim.words import words

texts = words("store")


def experiment(
    asked: Experiment | Mapping[str, Any] | str | Path | None = None,
    out: str | os.PathLike[str] | None = None,
    *,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
    retry: bool = False,
    **fields: Any,
) -> Results:
    """Run an experiment, or what is left of it, and return its results.

    What is finished is stored block by block. Whatever interrupts the work, the same call goes on with it, and the
    folder has the same bytes in the end as if nothing had happened. A run that fails is a row with its error.

    Parameters
    ----------
    asked : Experiment, mapping, str or path, optional
        The name of a shipped experiment, the path of a file, or what such a file says; nothing where `fields` say all.
    out : str or path
        The folder in which it is stored: a new one, or the one in which the same experiment was begun.
    engine : str or Engine, optional
        What works on it, by name (``threads``, ``processes``, ``dask``) or as `sim.engine.engine_named` makes it: by
        default what the file says. No result depends on it.
    progress : callable or bool, optional
        Called with a `Standing` (`done`, `total`, `failed` and `before`, in runs) at the beginning and after every
        block. True shows a line with rate and time left, False shows nothing; by default notebooks show it.
    retry : bool
        Whether blocks are run again in which runs failed, as after memory ran out or workers were killed.
    **fields
        What the file is to say otherwise, as in ``replications=200``; or all of it, as in ``scenarios="order_delivery",
        factors={"raci": {"with": "raci"}}``.

    Returns
    -------
    Results
        Of all runs, those that failed included.

    Raises
    ------
    StoreError
        If the folder holds something else, another experiment, or the same of other sources; or if another driver is at
        work there. Nothing was changed then.
    OSError
        If nothing can be written: no room, no right. What was stored before is sound.
    ScenarioError, AlternativeError
        If the experiment cannot be.

    Warns
    -----
    StoreWarning
        If files of the store were found damaged, which are put aside and made again; one warning lists them.

    Examples
    --------
    >>> asked = {"scenarios": "order_delivery", "factors": {"raci": {"with": "raci"}, "kpi": {"with": "shared_kpi"}}}
    >>> results = sim.experiment(asked, "roles", replications=2)
    >>> len(results.points), len(results.runs), len(results.errors)
    (4, 8, 0)
    """
    if out is None:
        raise StoreError(texts.NO_OUT)
    plan = plan_of(asked, **fields)
    engine = plan.experiment.engine if engine is None else engine
    run_plan(plan, Path(out), engine_named(engine) if isinstance(engine, str) else engine, shown(progress), retry)
    return Results(out)


def run_plan(plan: Plan, folder: Path, engine: Engine, progress: Progress | None = None, retry: bool = False) -> None:
    """Run what is left of an experiment; parameters and errors are those of `experiment`."""
    told, store = manifest_of(plan), Store(folder, plan.experiment.tables)
    store.accept(told)
    if store.intact(told):
        total, failed = store.counted()
        if not (retry and failed):
            if progress is not None:
                progress(Standing(total, total, failed, total))
            return
    if retry:
        store.check_single()
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        driver = Driver(plan, store, store.begin(told, points_table(plan)), engine, progress, retry)
        driver.run()


class Driver:
    """Goes through the rounds of an experiment, and stores what comes of them.

    Parameters
    ----------
    plan, store, blocks
        The experiment, and where it is stored.
    engine, progress, retry
        As in `experiment`.
    """

    def __init__(
        self, plan: Plan, store: Store, blocks: Blocks, engine: Engine, progress: Progress | None, retry: bool
    ) -> None:
        self._store, self._blocks = store, blocks
        self._engine, self._progress, self._retry = engine, progress, retry
        self._schedule = Schedule(plan)
        self._tasks = Tasks(plan)
        self._standing = Standing(0, self._schedule.most)

    def run(self) -> None:
        """Do what is left, and finish the store."""
        begun, end = time.monotonic(), "interrupted"
        note(self._store.folder, "begin", engine=repr(self._engine), **where())
        try:
            last = 0
            for rounds, later in self._stretches():
                self._work(rounds, later)
                last = rounds[-1].stop
            self._finish(last)
            end = "complete"
        except Exception as error:
            end = " ".join(str(error).split())
            raise
        finally:
            made, seconds = self._standing.done - self._standing.before, time.monotonic() - begun
            facts = {"done": self._standing.done, "failed": self._standing.failed, "seconds": round(seconds, 3)}
            note(self._store.folder, "end", how=end, **facts, runs_per_second=round(made / max(seconds, 1e-9), 1))

    def _stretches(self) -> Iterator[tuple[list[Round], int]]:
        """Yield rounds that can be worked on without knowing what the one before has found, and what may come after."""
        rounds = self._schedule.rounds(self._blocks.values)
        if self._schedule.decides:
            yield from (([one], later) for one, later in rounds)
        else:
            yield [one for one, _ in rounds], 0

    def _work(self, rounds: Sequence[Round], later: int) -> None:
        """Complete some rounds."""
        before = self._standing
        failed = {one.number: self._sound(one) for one in _blocks(rounds)}
        missing = {number for number, found in failed.items() if found is None}
        self._tell_damage()
        there = sum(one.runs for one in _blocks(rounds) if one.number not in missing)
        least = before.done + sum(one.runs for one in rounds)
        self._standing = Standing(
            before.done + there,
            least + later,
            before.failed + sum(filter(None, failed.values())),
            before.before + there,
            least if later else None,
        )
        self._say()
        if missing:
            self._store.open_again()
            self._make(one for one in _blocks(rounds) if one.number in missing)

    def _sound(self, block: Block) -> int | None:
        """Return how many runs of a block failed; None where it is to be run."""
        failed = self._blocks.failed_in(block)
        return None if failed and self._retry else failed

    def _make(self, blocks: Iterator[Block]) -> None:
        """Run blocks and store them."""
        results: Any = self._engine.results(map(self._tasks.of, blocks))
        with closing(results):
            for task, tables in results:
                failed = self._blocks.write(task.block, tables)
                now = self._standing
                self._standing = replace(now, done=now.done + task.block.runs, failed=now.failed + failed)
                self._say()

    def _finish(self, last: int) -> None:
        self._blocks.forget(last - 1)
        self._tell_damage()
        if not self._store.complete:
            self._store.seal()

    def _tell_damage(self) -> None:
        """Say what was found damaged."""
        damage, self._blocks.damage = self._blocks.damage, []
        if not damage:
            return
        for one in damage:
            note(self._store.folder, "damage", what=one.en)
        told = "\n  ".join(one.get(language()) for one in (texts.MADE_AGAIN, *damage))
        warnings.warn(told, StoreWarning, stacklevel=6)

    def _say(self) -> None:
        if self._progress is not None:
            self._progress(self._standing)


def _blocks(rounds: Sequence[Round]) -> Iterator[Block]:
    for one in rounds:
        yield from one.blocks()
