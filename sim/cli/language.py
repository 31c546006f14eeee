"""Which language a command speaks: the one that is asked for, else the one of the environment, else English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from sim.words import LANGUAGES, Language
from sim.words.environment import of_environment

OPTION = "--lang"


def language_of(arguments: Sequence[str], environment: Mapping[str, str], stream: IO[str]) -> Language:
    """Return the language to speak: the one asked for, else that of the environment where `stream` has its letters."""
    asked = _asked(arguments)
    for language in LANGUAGES:
        if asked == language:
            return language
    spoken = of_environment(environment)
    return spoken if spoken == "en" or _writes_chinese(stream) else "en"


def after_the_command(arguments: Sequence[str]) -> list[str]:
    """Return arguments with a language that stands before the command put behind it, where all options stand."""
    first = arguments[0] if arguments else ""
    length = 2 if first == OPTION else 1 if first.startswith(f"{OPTION}=") else 0
    option, rest = arguments[:length], arguments[length:]
    if not rest or rest[0].startswith("-"):
        return list(rest)
    return [rest[0], *option, *rest[1:]]


def _asked(arguments: Sequence[str]) -> str | None:
    """Return what the last ``--lang`` asks for."""
    asked = None
    for place, one in enumerate(arguments):
        name, equals, value = one.partition("=")
        if one == "--":
            break
        if name == OPTION:
            asked = value if equals else next(iter(arguments[place + 1 : place + 2]), None)
    return asked


def _writes_chinese(stream: IO[str]) -> bool:
    try:
        "中文".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
