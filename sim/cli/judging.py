"""deptsim judge"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.answers.judge.answer import Judgment
from sim.answers.judge.judging import judge
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED, SOME_FAILED
from sim.cli.logoptions import LogColumns, log_of
from sim.cli.outputs import check_outputs
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.words import words

texts = words("judge")


def judge_command(file: Path, columns: LogColumns, fields: Mapping[str, Any], way: Way, lang: str) -> int:
    """Judge forecasts of a log, print what was found, and write it into a folder."""
    check_outputs(str(file), out=way.out, lang=lang)
    log = log_of(file, columns)

    def work(folder: Path, engine: Engine, progress: Progress) -> Judgment:
        del engine  # runs are few and short: threads are enough
        return judge(log, out=folder, progress=progress, threads=way.workers, **fields)

    answer, folder = answered(way, (str(file), "judge"), texts.WORKING, lang, work)
    if answer is None:
        return INTERRUPTED
    told(answer, folder, way, lang)
    return SOME_FAILED if len(answer.tables["errors"]) else FINE
