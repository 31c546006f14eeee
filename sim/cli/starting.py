"""deptsim new, deptsim schema"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from sim.cli.codes import FAILED, FINE
from sim.cli.screen import warn, write
from sim.scenario.schema import COMMENT, FILE, is_schema, schema_text, write_schema
from sim.scenario.starting import start
from sim.words import words
from sim.words.environment import of_environment

texts = words("starting")


def new_command(path: Path, like: str | None, schema: bool, lang: str, story: bool = False) -> int:
    """Write a file to start from, and say what to do with it."""
    if story:
        return _new_story(path, like, lang)
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


def _suggest(command: str, lang: str) -> None:
    spoken = "" if lang == of_environment(os.environ) else f" --lang {lang}"
    write(f"  deptsim {command}{spoken}")


def schema_command(out: Path | None, lang: str) -> int:
    """Print the schema, or write it to a file, and say how editors find it."""
    if out is None:
        write(schema_text(lang))
    elif _write_schema(out, lang):
        write(texts.WRITTEN.format(file=out).get(lang))
    else:
        return FAILED
    warn(texts.FIRST_LINE.format(line=f"{COMMENT}./{FILE if out is None else out.name}").get(lang))
    return FINE


def _write_schema(file: Path, lang: str) -> bool:
    """Write the schema over nothing but an older one."""
    if file.exists() and not is_schema(file):
        warn(texts.NO_SCHEMA.format(file=file).get(lang))
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    write_schema(file, lang)
    return True
