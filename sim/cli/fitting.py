"""deptsim fit"""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.answers.fit.child import child_of
from sim.answers.fit.fitting import Fit, fit
from sim.answers.fit.targets import given_targets, with_the_file
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FAILED, FINE, INTERRUPTED
from sim.cli.screen import warn, write
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.files import whole
from sim.scenario import load
from sim.scenario.changes import Change
from sim.scenario.files import is_path
from sim.scenario.starting import OccupiedError
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
    if child.exists() and not _made_before(child):
        raise OccupiedError(errno.EEXIST, os.strerror(errno.EEXIST), str(child))

    def work(folder: Path, engine: Engine, progress: Progress) -> Fit:
        return fit(scenario, targets, survey=asked.survey, out=folder, engine=engine, progress=progress, **asked.fields)

    found, folder = answered(way, (name, "fit"), texts.FITTING, lang, work, {"--fitted": child})
    if found is None:
        return INTERRUPTED
    told(found, folder, way, lang)
    return _written(found, name, child, way, lang)


def _made_before(child: Path) -> bool:
    """Tell whether a file is one that this command wrote; whether it says the same is known once all is done."""
    try:
        with child.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        return False
    return first.startswith("#") and "deptsim fit" in first


def _beside(name: str) -> Path:
    """Return where the scenario goes that nobody names a place for: beside its parent, or here."""
    if not is_path(name):
        return Path(f"{name}.fitted.yaml")
    place = Path(name)
    return place.with_name(f"{place.stem}.fitted.yaml")


def _written(found: Fit, name: str, child: Path, way: Way, lang: str) -> int:
    """Write the scenario in which what was found is known; a file that is there already stays as it is."""
    text = child_of(found, name if not is_path(name) else Path(name), child, lang)
    if child.exists():
        if child.is_file() and child.read_bytes() == text.encode():
            return FINE
        warn(texts.OCCUPIED.format(file=child).get(lang))
        return FAILED
    child.parent.mkdir(parents=True, exist_ok=True)
    with whole(child) as place:
        place.write_text(text, encoding="utf-8", newline="\n")
    if not way.json:
        write(texts.WRITTEN.format(file=child).get(lang))
        write(f"  deptsim compare {shlex.quote(str(child))} --robust 60")
    return FINE
