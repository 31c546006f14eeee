"""deptsim log"""

from __future__ import annotations

from pathlib import Path

from sim.answers.look.look import LogLook, look_at
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.cli.logoptions import LogColumns, log_of
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.words import words

texts = words("look")


def log_command(file: Path, columns: LogColumns, way: Way, lang: str) -> int:
    """Look at a log, and write page, pictures and tables into a folder."""

    def work(folder: Path, engine: Engine, progress: Progress) -> LogLook:
        del folder, engine, progress  # there is nothing to run
        return look_at(log_of(file, columns))

    answer, folder = answered(way, (str(file), "log"), texts.WORKING, lang, work)
    if answer is None:
        return INTERRUPTED
    told(answer, folder, way, lang)
    return FINE
