"""deptsim experiment, deptsim sweep"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.codes import FINE, INTERRUPTED, SOME_FAILED
from sim.cli.errors import UsageError
from sim.cli.pace import Pace
from sim.cli.screen import screen, warn, write, write_json
from sim.engine import Engine, engine_named
from sim.experiments.drafting import draft
from sim.experiments.plan import Plan
from sim.experiments.reading import plan_of
from sim.experiments.results import Results, open_experiment
from sim.experiments.running import run_plan
from sim.experiments.store import is_store
from sim.spec.findings import Finding, shortened
from sim.words import Text, words
from sim.words.system import why_not

if TYPE_CHECKING:
    from sim.report.experiments.reading import Reading
    from sim.scenario.changes import Change

texts = words("experimenting")

FIGURES = "figures"
"""The folder of pictures within that of the results."""

FIRST = "select * from data limit 5"
"""What may be asked first."""

REASON = 200
"""Letters of the reason why a run failed; the store has all of it."""

PAGE = "summary.md"
"""The page in words, beside the pictures."""

MANY = 2
"""Organizations with more of which no table is printed; the pictures have them all."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an experiment is run: on what, and into which folder."""

    engine: str | None = None
    scheduler: str | None = None
    workers: int | None = None
    out: Path | None = None
    dry: bool = False
    json: bool = False

    def made(self, plan: Plan) -> Engine:
        """Return the engine: what somebody says now, or else what the file says."""
        name = self.engine or ("dask" if self.scheduler else plan.experiment.engine)
        return engine_named(name, workers=self.workers, scheduler=self.scheduler)


def experiment_command(
    name: str, changes: Sequence[Change], replications: int | None, seed: int | None, way: Way, lang: str
) -> int:
    """Run an experiment or what is left of it, and say what it found; read one again that stands in a folder."""
    if is_store(Path(name)):
        if changes or replications or seed is not None or way.out is not None or way.dry:
            raise UsageError(texts.ONLY_READ.format(folder=name).get(lang))
        return _told(open_experiment(name), way, lang)
    fields: dict[str, Any] = {"replications": replications, "seed": seed}
    plan = plan_of(name, **{field: value for field, value in fields.items() if value is not None})
    if changes:
        said = {Finding(Text("", ""), one.path).field: one.value for one in changes}
        plan = plan_of(plan.experiment, set_={**plan.experiment.set_, **said})
    return _run(plan, way, lang)


def sweep_command(
    name: str, varied: Sequence[str], fields: dict[str, Any], measures: str | None, way: Way, lang: str
) -> int:
    """Run a scenario at every combination of some values."""
    from sim.experiments.sweeping import sweep_of

    if measures:
        fields["measures"] = [one.strip() for one in measures.split(",")]
    return _run(plan_of(sweep_of(name, varied, **fields)), way, lang)


def _run(plan: Plan, way: Way, lang: str) -> int:
    folder = way.out or Path(f"{plan.experiment.name}-results")
    if way.dry:
        return _drafted(plan, folder, way, lang)
    bar = Pace(plan.experiment.label.get(lang), lang)
    try:
        with bar:
            run_plan(plan, folder, way.made(plan), bar.standing)
    except KeyboardInterrupt:
        if not is_store(folder):
            raise
        warn(_interrupted(folder, bar.total, lang))
        return INTERRUPTED
    return _told(open_experiment(folder), way, lang)


def _interrupted(folder: Path, total: int, lang: str) -> str:
    facts = {"done": open_experiment(folder).done, "total": total, "folder": folder}
    return str(texts.INTERRUPTED.format(**facts).get(lang))


def _drafted(plan: Plan, folder: Path, way: Way, lang: str) -> int:
    """Say what would be run, and run a little of it to know how long it takes; nothing is written."""
    found = draft(plan, folder, workers=way.workers)
    if way.json:
        write_json(found.to_json())
        return FINE
    for sentence in found.sentences():
        write(sentence.get(lang))
    return FINE


def _told(found: Results, way: Way, lang: str) -> int:
    """Print what an experiment found, draw it, and say what can be asked of it."""
    if way.json:
        write_json(found.to_json())
    else:
        _shown(found, lang)
    failed = found.failed
    if failed:
        first = shortened(found.errors["error"].iloc[0], REASON)
        warn(texts.SOME_FAILED.format(failed=failed, first=first).get(lang))
        return SOME_FAILED
    return FINE


def _shown(found: Results, lang: str) -> None:
    """Print the page in words and the effects on what the answer is about, and draw what there is to see."""
    from sim.report.experiments.gathered import reading_of  # the dry run needs none of it
    from sim.report.experiments.summary import sections
    from sim.report.experimenttable import tables_of

    console, reading = screen(), reading_of(found, lang)
    for heading, said in sections(reading):
        console.print(heading.get(lang), style="bold")
        for sentence in said:
            console.print(sentence)
        console.print()
    for table in islice(tables_of(reading), len(reading.scenarios) if len(reading.scenarios) <= MANY else 0):
        console.print(table)
    _draw(found, reading, lang)


def _draw(found: Results, reading: Reading, lang: str) -> None:
    """Write page and pictures into the folder of the results; where that cannot be they are read only."""
    from sim.report.experiments.summary import write_page

    try:
        write_page(reading, found.folder / FIGURES / PAGE)
        drawn = found.plot(found.folder / FIGURES, lang)
    except OSError as error:
        warn(texts.NOT_DRAWN.format(folder=found.folder / FIGURES, why=why_not(error)).get(lang))
        return
    command = f'deptsim query {shlex.quote(str(found.folder))} "{FIRST}"'
    facts = {"folder": found.folder, "figures": len(drawn) + 1, "command": command}
    write(texts.WRITTEN.format(**facts).get(lang))
