"""The one place where errors become sentences and exit codes."""

from __future__ import annotations

import contextlib
import os
import sys

from cyclopts import CycloptsError

from sim.characters import visible
from sim.cli.app import app_in
from sim.cli.codes import FAILED, FINE, INTERRUPTED, INVALID, USAGE
from sim.cli.language import after_the_command, language_of
from sim.cli.usage import usage_sentence
from sim.words import words
from sim.words.system import why_not

texts = words("usage")


class UsageError(ValueError):
    """A sentence about arguments that make no sense."""


def guarded(arguments: list[str]) -> int:
    """Run one command; say in a sentence what went wrong, and return the exit code."""
    lang = language_of(arguments, os.environ, sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(after_the_command(arguments), lang)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        _say(texts.INTERRUPTED.get(lang))
        return INTERRUPTED
    return code


def _run(arguments: list[str], lang: str) -> int:
    try:
        command, bound, _ = app_in(lang).parse_args(arguments, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        _say(usage_sentence(error).get(lang))
        return USAGE
    try:
        return int(command(*bound.args, **bound.kwargs) or FINE)
    except BrokenPipeError:
        raise
    except (ValueError, KeyError, OSError, MemoryError) as error:
        code = _code(error)
        if code is None:
            raise
        _say(_sentence(error, lang))
        return code


def _code(error: Exception) -> int | None:
    """Return the exit code of an error that a person can do something about; None for one of ours."""
    from sim.scenario import ScenarioError
    from sim.study.alternatives import AlternativeError
    from sim.study.reported import MeasureError

    if isinstance(error, ScenarioError):
        return INVALID
    if isinstance(error, UsageError | AlternativeError | MeasureError):
        return USAGE
    return FAILED if isinstance(error, OSError | MemoryError) else None


def _sentence(error: Exception, lang: str) -> str:
    if isinstance(error, MemoryError):
        return texts.NO_MEMORY.get(lang)
    if isinstance(error, OSError) and not hasattr(error, "said"):
        why = why_not(error).get(lang)
        return texts.NO_FILE.get(lang).format(file=error.filename, why=why) if error.filename else why
    return str(error.said(lang)) if hasattr(error, "said") else str(error)


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):
        print(f"deptsim: {visible(sentence)}", file=sys.stderr)  # noqa: T201  the last word of a command


def _reader_left() -> int:
    """Whoever read the output has had enough: stay silent, also when Python flushes at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE
