"""The one place where errors become sentences and exit codes."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from cyclopts import CycloptsError

from sim import notices
from sim.characters import visible
from sim.cli import signals
from sim.cli.app import app_in
from sim.cli.codes import FAILED, FINE, INTERRUPTED, INVALID, USAGE
from sim.cli.errors import UsageError
from sim.cli.language import after_the_command, language_of
from sim.cli.usage import usage_sentence
from sim.words import Language, words
from sim.words.system import why_not

texts = words("usage")


def guarded(arguments: list[str]) -> int:
    """Run one command; say in a sentence what went wrong, and return the exit code."""
    with _streams():
        return _ended(arguments)


def _ended(arguments: list[str]) -> int:
    lang = language_of(arguments, os.environ, sys.stdout)
    with notices.speaking(lang):
        return _ended_in(arguments, lang)


def _ended_in(arguments: list[str], lang: Language) -> int:
    signals.speak(texts.INTERRUPTED.get(lang), texts.TERMINATED.get(lang))
    try:
        code = _run(after_the_command(arguments), lang)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # the latter from the console of the help
        return _reader_left()
    except OSError as error:
        _say(_sentence(error, lang))
        return FAILED
    except KeyboardInterrupt:
        signals.all_said()
        _say(texts.INTERRUPTED.get(lang))
        return INTERRUPTED
    return code


@contextlib.contextmanager
def _streams() -> Iterator[None]:
    """Let nothing that is printed fail: what is closed is nowhere, and what a stream cannot write is replaced."""
    with contextlib.ExitStack() as opened:
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:
                opened.callback(setattr, sys, name, None)
                setattr(sys, name, opened.enter_context(open(os.devnull, "w", encoding="utf-8")))
            elif hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        yield


def _run(arguments: list[str], lang: str) -> int:
    try:
        command, bound, _ = app_in(lang).parse_args(arguments, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        _say(usage_sentence(error).get(lang))
        return USAGE
    try:
        given = dict(_each(bound.arguments))
        _check_texts(given, lang)
        _check_paths(given, arguments, lang)
        return int(command(*bound.args, **bound.kwargs) or FINE)
    except BrokenPipeError:
        raise
    except (ValueError, KeyError, OSError, MemoryError, RuntimeError) as error:
        code = _code(error)
        if code is None:
            raise
        _say(_sentence(error, lang, int(bound.arguments.get("replications", 2))))
        return code


def _each(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every argument with its name, those that stand together one by one."""
    for name, value in arguments.items():
        if is_dataclass(value) and not isinstance(value, type):
            yield from ((one.name, getattr(value, one.name)) for one in fields(value))
        else:
            yield name, value


def _check_texts(arguments: Mapping[str, Any], lang: str) -> None:
    """Refuse what is no text; the names of files may be any bytes."""
    for name, value in arguments.items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and name != "name" and re.search("[\ud800-\udfff]", one):
                raise UsageError(texts.NO_TEXT.format(option=name.strip("_"), found=one).get(lang))


def _check_paths(arguments: Mapping[str, Any], written: Sequence[str], lang: str) -> None:
    """Refuse an empty path: of a shell's variable that holds nothing it would mean the current folder."""
    for name, value in arguments.items():
        option = f"--{name.strip('_').replace('_', '-')}"
        empty = (option, "") in pairwise(written) or f"{option}=" in written
        if value == Path() and empty:
            raise UsageError(texts.MISSING_VALUE.format(name=option).get(lang))


def _code(error: Exception) -> int | None:
    """Return the exit code of an error that a person can do something about; None for one of ours."""
    from sim.spec.findings import ScenarioError, TextError

    if isinstance(error, ScenarioError):
        return INVALID
    if isinstance(error, UsageError | TextError):
        return USAGE
    return FAILED if isinstance(error, OSError | MemoryError) or _no_thread(error) else None


def _no_thread(error: Exception) -> bool:
    """Tell whether there was no memory for a thread."""
    return isinstance(error, RuntimeError) and "start new thread" in str(error)


def _sentence(error: Exception, lang: str, replications: int = 2) -> str:
    if isinstance(error, MemoryError) or _no_thread(error):
        return (texts.NO_MEMORY if replications > 1 else texts.NO_MEMORY_FOR_ONE).get(lang)
    if said := getattr(error, "said", None):
        return str(said(lang))
    if isinstance(error, OSError):
        why = why_not(error).get(lang)
        return texts.NO_FILE.format(file=error.filename, why=why).get(lang) if error.filename else why
    return str(error)


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):
        print(f"deptsim: {visible(sentence)}", file=sys.stderr)  # noqa: T201  the last word of a command


def _reader_left() -> int:
    """Whoever read the output has had enough: stay silent, also when Python flushes at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE
