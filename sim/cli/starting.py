"""deptsim new, deptsim schema"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sim.cli.codes import FAILED, FINE
from sim.cli.errors import UsageError
from sim.cli.screen import warn, write
from sim.scenario.schema import COMMENT, FILE, is_schema, schema_text, write_schema
from sim.scenario.starting import start, started
from sim.words import words
from sim.words.environment import of_environment

texts = words("starting")


def new_command(
    path: Path, like: str | None, schema: bool, lang: str, story: bool = False, experiment: bool = False
) -> int:
    """Write a file to start from, and say what to do with it."""
    if story and experiment:
        raise UsageError(texts.ONE_KIND.get(lang))
    if story:
        return _new_story(path, like, lang)
    if experiment:
        return _new_experiment(path, like, schema, lang)
    file = start(path, like, lang)
    beside = file.with_name(FILE)
    if schema and not _write_schema(beside, lang):
        return FAILED
    write(texts.STARTED.format(file=file).get(lang))
    for command in ("check", "compare"):
        _suggest(f"{command} {shlex.quote(str(file))}", lang)
    write((texts.WRITTEN if schema else texts.EDITORS).format(file=shlex.quote(str(beside))).get(lang))
    return FINE


def _new_story(path: Path, like: str | None, lang: str) -> int:
    """Write a story to start from, and say what to do with it."""
    file = start(path, like, lang, story=True)
    write(words("storyfile").STARTED.format(file=file).get(lang))
    for command in ("check", "serve --story"):
        _suggest(f"{command} {shlex.quote(str(file))}", lang)
    return FINE


def _new_experiment(path: Path, like: str | None, schema: bool, lang: str) -> int:
    """Write an experiment to start from, and say what to do with it."""
    from sim.experiments.schema import FILE as BESIDE
    from sim.experiments.starting import experiment_to_start_from

    file = started(path, lambda: experiment_to_start_from(like, lang))
    beside = file.with_name(BESIDE)
    if schema and not _write_schema(beside, lang, experiments=True):
        return FAILED
    write(words("experimenting").STARTED.format(file=file).get(lang))
    for command in (f"check {shlex.quote(str(file))}", f"experiment {shlex.quote(str(file))} --dry-run"):
        _suggest(command, lang)
    if schema:
        write(texts.WRITTEN.format(file=shlex.quote(str(beside))).get(lang))
    return FINE


def _suggest(command: str, lang: str) -> None:
    spoken = "" if lang == of_environment(os.environ) else f" --lang {lang}"
    write(f"  deptsim {command}{spoken}")


def schema_command(out: Path | None, lang: str, experiments: bool = False) -> int:
    """Print the schema, or write it to a file, and say how editors find it."""
    if out is None:
        write(_kind(experiments).text(lang))
    elif _write_schema(out, lang, experiments):
        write(texts.WRITTEN.format(file=out).get(lang))
    else:
        return FAILED
    file = _kind(experiments).file if out is None else out.name
    warn(texts.FIRST_LINE.format(line=f"{COMMENT}./{file}").get(lang))
    return FINE


class _Kind(NamedTuple):
    """A schema: what it is called beside a file, what says it, and what tells it from another."""

    file: str
    text: Callable[[str], str]
    write: Callable[[Path, str], None]
    is_one: Callable[[Path], bool]


def _kind(experiments: bool) -> _Kind:
    if not experiments:
        return _Kind(FILE, schema_text, write_schema, is_schema)
    from sim.experiments import schema as of

    return _Kind(of.FILE, of.experiment_schema_text, of.write_experiment_schema, of.is_experiment_schema)


def _write_schema(file: Path, lang: str, experiments: bool = False) -> bool:
    """Write the schema over nothing but an older one."""
    kind = _kind(experiments)
    if file.exists() and not kind.is_one(file):
        warn(texts.NO_SCHEMA.format(file=file).get(lang))
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    kind.write(file, lang)
    return True
