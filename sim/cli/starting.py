"""deptsim new, deptsim schema"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from sim.cli.codes import FAILED, FINE
from sim.cli.errors import UsageError
from sim.cli.screen import warn, write
from sim.scenario.schema import COMMENT, SCHEMA_FILE
from sim.scenario.schemafile import SchemaFile
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
    beside = file.with_name(SCHEMA_FILE.name)
    if schema and not _write_schema(beside, lang):
        return FAILED
    write(texts.STARTED.format(file=file).get(lang))
    for command in ("check", "compare"):
        suggest(f"{command} {shlex.quote(str(file))}", lang)
    write((texts.WRITTEN if schema else texts.EDITORS).format(file=shlex.quote(str(beside))).get(lang))
    return FINE


def _new_story(path: Path, like: str | None, lang: str) -> int:
    """Write a story to start from, and say what to do with it."""
    file = start(path, like, lang, story=True)
    write(words("storyfile").STARTED.format(file=file).get(lang))
    for command in ("check", "serve --story"):
        suggest(f"{command} {shlex.quote(str(file))}", lang)
    return FINE


def _new_experiment(path: Path, like: str | None, schema: bool, lang: str) -> int:
    """Write an experiment to start from, and say what to do with it."""
    from sim.experiments.schema import FILE
    from sim.experiments.starting import experiment_to_start_from

    file = started(path, lambda: experiment_to_start_from(like, lang))
    beside = file.with_name(FILE)
    if schema and not _write_schema(beside, lang, experiments=True):
        return FAILED
    write(words("experimenting").STARTED.format(file=file).get(lang))
    for command in (f"check {shlex.quote(str(file))}", f"experiment {shlex.quote(str(file))} --dry-run"):
        suggest(command, lang)
    if schema:
        write(texts.WRITTEN.format(file=shlex.quote(str(beside))).get(lang))
    return FINE


def suggest(command: str, lang: str) -> None:
    """Write a command that can be given next, in the language of this one."""
    spoken = "" if lang == of_environment(os.environ) else f" --lang {lang}"
    write(f"  deptsim {command}{spoken}")


def schema_command(out: Path | None, lang: str, experiments: bool = False) -> int:
    """Print the schema, or write it to a file, and say how editors find it."""
    if out is None:
        write(_schema_file(experiments).text(lang))
    elif _write_schema(out, lang, experiments):
        write(texts.WRITTEN.format(file=out).get(lang))
    else:
        return FAILED
    file = _schema_file(experiments).name if out is None else out.name
    warn(texts.FIRST_LINE.format(line=f"{COMMENT}./{file}").get(lang))
    return FINE


def _schema_file(experiments: bool) -> SchemaFile:
    if not experiments:
        return SCHEMA_FILE
    from sim.experiments import schema as of

    return of.SCHEMA_FILE


def _write_schema(file: Path, lang: str, experiments: bool = False) -> bool:
    """Write the schema over nothing but an older one."""
    schema = _schema_file(experiments)
    if file.exists() and not schema.is_in(file):
        warn(texts.NO_SCHEMA.format(file=file).get(lang))
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    schema.write(file, lang)
    return True
