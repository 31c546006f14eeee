"""The one place where errors become sentences and exit codes."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

from cyclopts import CycloptsError

from sim import notices
from sim.characters import visible
from sim.cli.app import app
from sim.cli.codes import FAILED, FINE, INTERRUPTED, INVALID, USAGE
from sim.cli.errors import UsageError


def guarded(arguments: list[str]) -> int:
    """Run one command; say in a sentence what went wrong, and return the exit code."""
    _prepare_streams()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # the latter from the console of the help
        return _reader_left()
    except OSError as error:
        _say(_sentence(error, 1))
        return FAILED
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    return code


def _prepare_streams() -> None:
    """Let nothing that is printed fail: what is closed is nowhere, and what a stream cannot write is replaced."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  as long as the process lives
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _run(arguments: list[str]) -> int:
    try:
        command, bound, _ = app.parse_args(arguments, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        _say(_usage_sentence(error))
        return USAGE
    try:
        notices.speak(str(bound.arguments.get("lang", notices.language())))
        _check_texts(bound.arguments)
        return int(command(*bound.args, **bound.kwargs) or FINE)
    except BrokenPipeError:
        raise
    except (ValueError, KeyError, OSError, MemoryError, RuntimeError) as error:
        code = _code(error)
        if code is None:
            raise
        _say(_sentence(error, int(bound.arguments.get("replications", 2))))
        return code


def _check_texts(arguments: Mapping[str, Any]) -> None:
    """Refuse what is no text; the names of files may be any bytes."""
    for name, value in arguments.items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and name != "name" and not one.isascii() and re.search("[\ud800-\udfff]", one):
                option = name.strip("_")
                raise UsageError(f"--{option} '{one}': found bytes that are not UTF-8, expected a text")


def _code(error: Exception) -> int | None:
    """Return the exit code of an error that a person can do something about; None for one of ours."""
    from sim.scenario import ScenarioError
    from sim.study.alternatives import AlternativeError
    from sim.study.reported import MeasureError

    if isinstance(error, ScenarioError):
        return INVALID
    if isinstance(error, UsageError | AlternativeError | MeasureError):
        return USAGE
    return FAILED if isinstance(error, OSError | MemoryError) or _no_thread(error) else None


def _no_thread(error: Exception) -> bool:
    """Tell whether there was no memory for a thread."""
    return isinstance(error, RuntimeError) and "start new thread" in str(error)


def _sentence(error: Exception, replications: int) -> str:
    if isinstance(error, MemoryError) or _no_thread(error):
        less = "fewer replications, or fewer threads," if replications > 1 else "fewer weeks, or less demand,"
        return f"there is not enough memory; {less} would need less of it"
    from sim.spec.findings import shortened  # not before there is something to say: help loads nothing heavy

    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return shortened(str(error), 300) if isinstance(error, OSError) else str(error)


def _usage_sentence(error: CycloptsError) -> str:
    text = " ".join(str(error).split())
    return f"{text} ('deptsim --help' shows how)"


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):
        print(f"deptsim: {visible(sentence)}", file=sys.stderr)  # noqa: T201  the last word of a command


def _reader_left() -> int:
    """Whoever read the output has had enough: stay silent, also when Python flushes at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE
