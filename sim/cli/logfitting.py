"""deptsim fit-log"""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.answers.logfit.child import text_of_child
from sim.answers.logfit.logfit import LogFit, fit_log
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FAILED, FINE, INTERRUPTED
from sim.cli.logoptions import LogColumns, log_of
from sim.cli.screen import warn, write
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.files import whole
from sim.scenario.starting import OccupiedError
from sim.words import words

texts = words("logfit")


def fit_log_command(
    file: Path, columns: LogColumns, child: Path | None, fields: Mapping[str, Any], way: Way, lang: str
) -> int:
    """Read an organization off a log, print what was found and assumed, and write it as a scenario."""
    place = child or Path(f"{file.name.partition('.')[0]}.fitted.yaml")
    if place.exists() and not _made_before(place):
        raise OccupiedError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    log = log_of(file, columns)

    def work(folder: Path, engine: Engine, progress: Progress) -> LogFit:
        return fit_log(log, out=folder, engine=engine, progress=progress, **fields)

    found, folder = answered(way, (str(file), "fit-log"), texts.FITTING, lang, work, {"--fitted": place})
    if found is None:
        return INTERRUPTED
    told(found, folder, way, lang)
    return _written(found, place, way, lang)


def _made_before(place: Path) -> bool:
    """Tell whether a file is one that this command wrote; whether it says the same is known once all is done."""
    try:
        with place.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        return False
    return first.startswith("#") and "deptsim fit-log" in first


def _written(found: LogFit, place: Path, way: Way, lang: str) -> int:
    """Write the organization; a file that is there already and says something else stays as it is."""
    text = text_of_child(found, lang)
    if place.exists():
        if place.is_file() and place.read_bytes() == text.encode():
            return FINE
        warn(texts.OCCUPIED.format(file=place).get(lang))
        return FAILED
    place.parent.mkdir(parents=True, exist_ok=True)
    with whole(place) as new:
        new.write_text(text, encoding="utf-8", newline="\n")
    if not way.json:
        name = shlex.quote(str(place))
        write(texts.WRITTEN.format(file=place).get(lang))
        for line in (f"compare {name} --robust 60", f"serve {name}", f"report {name}"):
            write(f"  deptsim {line}")
    return FINE
