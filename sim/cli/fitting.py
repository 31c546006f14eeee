"""deptsim fit"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.answers.fit.child import child_of
from sim.answers.fit.fitting import Fit, fit
from sim.answers.fit.targets import given_targets, with_the_file
from sim.cli.answering import Way, answered, told
from sim.cli.children import refuse_others, suggest, write_child
from sim.cli.codes import FINE, INTERRUPTED
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.scenario import load
from sim.scenario.changes import Change
from sim.scenario.files import is_path
from sim.words import words

texts = words("fitting")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command is told.

    Attributes
    ----------
    options
        Figures by the names of their options.
    targets
        Figures of any measure.
    survey
        The file of one.
    child
        Where the scenario goes in which what was found is known.
    fields
        Points, rounds, seed.
    """

    options: Mapping[str, str | None]
    targets: Sequence[str] = ()
    survey: Path | None = None
    child: Path | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def fit_command(name: str, changes: Sequence[Change], asked: Asked, way: Way, lang: str) -> int:
    """Fit a scenario to what is known of it, print what was found, and write a scenario in which it is known."""
    scenario = load(name, tuple(changes))
    child = asked.child or _beside(name)
    targets = with_the_file(scenario, given_targets(scenario, asked.options, asked.targets))
    refuse_others(child, "fit")

    def work(folder: Path, engine: Engine, progress: Progress) -> Fit:
        return fit(scenario, targets, survey=asked.survey, out=folder, engine=engine, progress=progress, **asked.fields)

    found, folder = answered(way, (name, "fit"), texts.FITTING, lang, work, {"--fitted": child})
    if found is None:
        return INTERRUPTED
    there = child.exists()
    code = write_child(
        child_of(found, name if not is_path(name) else Path(name), child, lang), child, texts.OCCUPIED, lang
    )
    told(found, folder, way, lang)
    if code == FINE and not there and not way.json:
        suggest(child, texts.WRITTEN, ("compare FILE --robust 60",), lang)
    return code


def _beside(name: str) -> Path:
    """Return where the scenario goes that nobody names a place for: beside its parent, or here."""
    if not is_path(name):
        return Path(f"{name}.fitted.yaml")
    place = Path(name)
    return place.with_name(f"{place.stem}.fitted.yaml")
