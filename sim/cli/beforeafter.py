"""deptsim changed"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.answers.beforeafter.beforeafter import BeforeAfter, before_after
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.cli.errors import UsageError
from sim.cli.logoptions import LogColumns, log_of
from sim.cli.outputs import check_outputs
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.scenario import load
from sim.scenario.changes import Change
from sim.study.alternatives import items_in
from sim.words import words

texts = words("beforeafter")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given.

    Attributes
    ----------
    log, later, since
        The log, the one of the time after, and the date that parts a single one.
    columns
        How logs are read.
    organization, changes
        The scenario, and its values that are to be others.
    introduced
        What was introduced, joined by plus signs.
    """

    log: Path
    later: Path | None
    since: str | None
    columns: LogColumns
    organization: str
    changes: Sequence[Change]
    introduced: str | None


def changed_command(asked: Asked, fields: Mapping[str, Any], way: Way, lang: str) -> int:
    """Compare before and after, print what was found, and write it into a folder."""
    if asked.introduced is None:
        raise UsageError(texts.NO_WITH.get(lang))
    if (asked.later is None) == (asked.since is None):
        raise UsageError(texts.ONE_OF_BOTH.get(lang))
    check_outputs(str(asked.log), out=way.out, lang=lang)
    scenario, items = load(asked.organization, tuple(asked.changes)), items_in(asked.introduced)
    log = log_of(asked.log, asked.columns)
    later = None if asked.later is None else log_of(asked.later, asked.columns)

    def work(folder: Path, engine: Engine, progress: Progress) -> BeforeAfter:
        runs: dict[str, Any] = {"out": folder, "engine": engine, "progress": progress}
        return before_after(log, scenario, items, after=later, since=asked.since, **runs, **fields)

    answer, folder = answered(way, (str(asked.log), "changed"), texts.WORKING, lang, work)
    if answer is None:
        return INTERRUPTED
    told(answer, folder, way, lang)
    return FINE
