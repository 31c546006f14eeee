"""deptsim results"""

from __future__ import annotations

import contextlib
import os
import shlex
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.cli.codes import FAILED, FINE
from sim.cli.errors import UsageError
from sim.cli.outputs import check_outputs
from sim.cli.screen import Screen, screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv_of
from sim.experiments.compaction import compact
from sim.experiments.results import Results, open_experiment
from sim.experiments.store import StoreWarning
from sim.report.lines import lines_of
from sim.words import Text, series, words

texts = words("results")

MEGABYTE = 1e6


def results_command(folder: Path, csv: Path | None, ema: Path | None, together: bool, json: bool, lang: str) -> int:
    """Look at every file of a store and say how far it is; write its tables, and put its files together, if asked."""
    with saying_damage():
        found = open_experiment(folder)
        for option, path in (("--csv", csv), ("--ema", ema)):
            if path is not None:
                check_outside(folder, option, path, lang)
        if csv is not None:
            check_outputs("", out=csv, lang=lang)
        if together:
            change = compact(folder)
            warn(texts.COMPACTED.format(before=change.before, after=change.after).get(lang))
            found = open_experiment(folder)
        told = _state(found)
        if json:
            write_json(told)
        else:
            _print(found, told, lang)
        written = [*_written_csv(found, csv), *_written_ema(found, ema)]
    if written and not json:
        write(words("terminal").WRITTEN.format(files=", ".join(map(str, written))).get(lang))
    return FAILED if told["damaged"] else FINE


def _state(found: Results) -> dict[str, Any]:
    """Return how far an experiment is."""
    damaged = list(found.damage)
    return {
        "experiment": found.manifest["experiment"].get("name", ""),
        "points": found.manifest["points"],
        "runs": found.done,
        "wanted": found.wanted,
        "failed": found.failed,
        "complete": found.complete,
        "tables": list(found.tables),
        "files": found.files,
        "bytes": _size(found.folder),
        "damaged": damaged,
    }


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*.parquet") if not one.name.startswith("."))


def _print(found: Results, told: dict[str, Any], lang: str) -> None:
    """Print how far an experiment is, in sentences."""
    console = screen()
    title = _title(found.manifest["experiment"], lang) or told["experiment"]
    size = f"{told['bytes'] / MEGABYTE:,.1f}"
    facts = {"runs": f"{told['runs']:,}", "points": f"{told['points']:,}", "files": f"{told['files']:,}", "size": size}
    if told["complete"]:
        state = texts.FINISHED.format(title=title, **facts)
    elif told["wanted"] is None:
        state = texts.GOING_ON.format(title=title, **facts)
    else:
        state = texts.UNFINISHED.format(title=title, wanted=f"{told['wanted']:,}", **facts)
    _say(console, state, lang)
    if told["failed"]:
        _say(console, texts.FAILED_RUNS.format(count=f"{told['failed']:,}", command=_why(found.folder)), lang)
    if found.tables:
        _say(console, texts.TABLES_KEPT.format(tables=series(found.tables)), lang)


def _why(folder: Path) -> str:
    """Return the command that tells why runs failed."""
    return f'deptsim query {shlex.quote(str(folder))} "select * from errors"'


def _title(asked: Mapping[str, Any], lang: str) -> str:
    """Return what an experiment is called, also where a later version has written it."""
    title = asked.get("title") or ""
    return str(title.get(lang, "") if isinstance(title, Mapping) else title)


def _say(console: Screen, sentence: Text, lang: str) -> None:
    console.print(lines_of(sentence.get(lang), console.width, lang))


def _written_csv(found: Results, folder: Path | None) -> Iterator[Path]:
    """Write every table for spreadsheets, some rows at a time."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    yield _csv([found.points.reset_index()], folder / "points.csv")
    for name in ("runs", *found.tables):
        yield _csv((part.to_pandas() for part in found.groups(name)), folder / f"{name}.csv")


def _csv(parts: Any, path: Path) -> Path:
    write_csv_of(parts, path)
    return path


def _written_ema(found: Results, path: Path | None) -> Iterator[Path]:
    if path is not None:
        found.save_ema(path)
        yield path


def check_outside(folder: Path, option: str, path: Path, lang: str) -> None:
    """Refuse to write into a store what does not belong there."""
    inside = os.path.realpath(path)
    if os.path.commonpath([inside, os.path.realpath(folder)]) == os.path.realpath(folder):
        raise UsageError(texts.INSIDE.format(option=option, path=path).get(lang))


@contextlib.contextmanager
def saying_damage() -> Iterator[None]:
    """Say on standard error what is found damaged meanwhile."""
    with warnings.catch_warnings():
        usual = warnings.showwarning

        def said(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, StoreWarning):
                for line in str(message).splitlines():
                    warn(line.strip())
            else:
                usual(message, category, *place, **more)

        warnings.simplefilter("always", StoreWarning)
        warnings.showwarning = said
        yield
