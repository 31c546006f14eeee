"""deptsim fit-log"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.answers.logfit.child import text_of_child
from sim.answers.logfit.logfit import LogFit, fit_log
from sim.cli.answering import Way, answered, told
from sim.cli.children import refuse_others, suggest, write_child
from sim.cli.codes import FINE, INTERRUPTED
from sim.cli.logoptions import LogColumns, log_of
from sim.cli.outputs import check_outputs
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.words import words

texts = words("logfit")


def fit_log_command(
    file: Path, columns: LogColumns, child: Path | None, fields: Mapping[str, Any], way: Way, lang: str
) -> int:
    """Read an organization off a log, print what was found and assumed, and write it as a scenario."""
    place = child or Path(f"{file.name.partition('.')[0]}.fitted.yaml")
    check_outputs(str(file), out=way.out, files={"--fitted": place}, lang=lang)
    refuse_others(place, "fit-log")
    log = log_of(file, columns)

    def work(folder: Path, engine: Engine, progress: Progress) -> LogFit:
        return fit_log(log, out=folder, engine=engine, progress=progress, **fields)

    found, folder = answered(way, (str(file), "fit-log"), texts.FITTING, lang, work, {"--fitted": place})
    if found is None:
        return INTERRUPTED
    there = place.exists()
    code = write_child(text_of_child(found, lang), place, texts.OCCUPIED, lang)
    told(found, folder, way, lang)
    if code == FINE and not there and not way.json:
        suggest(place, texts.WRITTEN, ("compare FILE --robust 60", "serve FILE", "report FILE"), lang)
    return code
