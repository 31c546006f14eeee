"""Where the runs of an answer are kept: in a folder that somebody names, or for as long as it is worked on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.engine import Engine, Named, engine_named
from sim.experiments.pacing import Progress, shown
from sim.experiments.plan import Plan
from sim.experiments.reading import plan_of
from sim.experiments.results import Results
from sim.experiments.running import run_plan

RUNS = "runs"
"""The folder of stores within that of an answer."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place where experiments are run, each in a store of its own that is gone on with where it is there.

    Attributes
    ----------
    folder
        Of the stores.
    engine
        What works on them.
    progress
        Told how far each is.
    """

    folder: Path
    engine: Engine
    progress: Progress | None = None

    def ran(self, name: str, asked: Plan | Mapping[str, Any]) -> Results:
        """Run an experiment, or what is left of it, and return what it found.

        Parameters
        ----------
        name
            Of its store.
        asked
            The experiment, or what its file would say.

        Raises
        ------
        StoreError, ScenarioError, AlternativeError
            As `sim.experiment`.
        """
        store = self.folder / name
        run_plan(asked if isinstance(asked, Plan) else plan_of(asked), store, self.engine, self.progress)
        return Results(store)


@contextmanager
def room(
    out: str | os.PathLike[str] | None, engine: Engine | Named | None = None, progress: Progress | bool | None = None
) -> Iterator[Room]:
    """Give a room: within a folder, where runs stay, or else one that is gone afterwards.

    Parameters
    ----------
    out
        The folder of the answer; None where nothing is to be kept. Results that are read later have to be read before.
    engine
        What works on the runs, perhaps by name; the threads of this machine, where nothing is said.
    progress
        As in `sim.experiment`: notebooks show a line where nothing is said.
    """
    working = engine_named(engine or "threads") if engine is None or isinstance(engine, str) else engine
    told = shown(progress)
    if out is not None:
        yield Room(Path(out) / RUNS, working, told)
        return
    with tempfile.TemporaryDirectory(prefix="deptsim-") as made:
        yield Room(Path(made), working, told)
