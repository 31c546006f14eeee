"""deptsim sensitivity"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.answers.sensitivity import Sensitivity, sensitivity
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED, SOME_FAILED
from sim.cli.comparing import reported
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.scenario import load
from sim.scenario.changes import Change
from sim.study.alternatives import parse_alternative
from sim.words import words

texts = words("sensitivity")


def sensitivity_command(
    name: str,
    changes: Sequence[Change],
    tried: str | None,
    over: Sequence[str],
    measures: str | None,
    fields: Mapping[str, Any],
    way: Way,
    lang: str,
) -> int:
    """Find what drives a result, print it, and write it into a folder."""
    scenario = load(name, tuple(changes))
    alternative = parse_alternative(tried) if tried is not None else None
    asked: dict[str, Any] = {"over": tuple(over) or None, "measures": reported(measures), **fields}

    def work(folder: Path, engine: Engine, progress: Progress) -> Sensitivity:
        return sensitivity(scenario, alternative, out=folder, engine=engine, progress=progress, **asked)

    answer, folder = answered(way, (name, "sensitivity"), texts.WORKING, lang, work)
    if answer is None:
        return INTERRUPTED
    told(answer, folder, way, lang)
    failed = sum(one["failed"] for one in answer.about["experiments"].values())
    return SOME_FAILED if failed else FINE
