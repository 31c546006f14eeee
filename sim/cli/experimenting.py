"""deptsim experiment, deptsim sweep"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.cli.codes import FINE, INTERRUPTED, SOME_FAILED
from sim.cli.errors import UsageError
from sim.cli.pace import Pace
from sim.cli.screen import screen, warn, write, write_json
from sim.engine import Engine, engine_named
from sim.experiments.drafting import draft
from sim.experiments.experiment import Experiment
from sim.experiments.reading import experiment_of
from sim.experiments.results import Results, is_store, open_experiment
from sim.experiments.running import experiment
from sim.experiments.sweeping import sweep_of
from sim.words import words

texts = words("experimenting")


@dataclass(frozen=True, slots=True)
class Way:
    """How an experiment is run: on what, and into which folder."""

    engine: str | None = None
    scheduler: str | None = None
    workers: int | None = None
    out: Path | None = None
    dry: bool = False
    json: bool = False

    def made(self) -> Engine:
        """Return the engine."""
        return engine_named(self.engine or "threads", workers=self.workers, scheduler=self.scheduler)


def experiment_command(
    name: str, changes: Sequence[str], replications: int | None, seed: int | None, way: Way, lang: str
) -> int:
    """Run an experiment or what is left of it, and say what it found; read one again that stands in a folder."""
    if is_store(name):
        if changes or replications or seed is not None or way.out is not None:
            raise UsageError(texts.ONLY_READ.format(folder=name).get(lang))
        return _told(open_experiment(name), way, lang)
    asked = {"replications": replications, "seed": seed}
    made = experiment_of(name, **{field: value for field, value in asked.items() if value is not None})
    return _run(made, way, lang)


def sweep_command(
    name: str, varied: Sequence[str], design: str | None, replications: int, seed: int, measures: str | None,
    way: Way, lang: str,
) -> int:  # fmt: skip
    """Run a scenario at every combination of some values."""
    asked = [one.strip() for one in measures.split(",")] if measures else ()
    return _run(sweep_of(name, varied, design=design, replications=replications, seed=seed, measures=asked), way, lang)


def _run(made: Experiment, way: Way, lang: str) -> int:
    folder = way.out or Path(f"{made.name}-results")
    if way.dry:
        return _drafted(made, folder, way, lang)
    with Pace(texts.RUNNING.format(title=made.label).get(lang), lang) as bar:
        try:
            found = experiment(made, folder, engine=way.made(), progress=bar)
        except KeyboardInterrupt:
            warn(_interrupted(folder, lang))
            return INTERRUPTED
    return _told(found, way, lang)


def _interrupted(folder: Path, lang: str) -> str:
    found = open_experiment(folder)
    return str(texts.INTERRUPTED.format(done=found.done, total=found.total, folder=folder).get(lang))


def _drafted(made: Experiment, folder: Path, way: Way, lang: str) -> int:
    """Say what would be run, and run a little of it to know how long it takes; nothing is written."""
    found = draft(made, folder, workers=way.workers)
    if way.json:
        write_json(found.to_json())
        return FINE
    for sentence in found.sentences:
        write(sentence.get(lang))
    return FINE


def _told(found: Results, way: Way, lang: str) -> int:
    """Print what an experiment found, draw it, and say what can be asked of it."""
    if way.json:
        write_json(found.to_json())
    else:
        console = screen()
        for sentence in found.summary(lang):
            console.print(sentence)
        drawn: list[Any] = found.plot(found.folder / "figures", lang)
        write(texts.WRITTEN.format(folder=found.folder, figures=len(drawn)).get(lang))
    failed = found.failed
    if failed:
        warn(texts.SOME_FAILED.format(failed=failed, first=found.errors["error"].iloc[0]).get(lang))
        return SOME_FAILED
    return FINE
