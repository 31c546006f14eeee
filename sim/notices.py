"""What is said beside a result, on standard error, once for each process: why it takes long, what was done without."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

from sim.characters import visible
from sim.words import Language, Text, words
from sim.words.environment import of_environment
from sim.words.system import why_not

texts = words("notices")

_said: set[str] = set()
_language: list[Language] = []


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say what there is to say in this language for a while; the environment decides where nobody has chosen."""
    before = list(_language)
    _language[:] = [language]
    try:
        yield
    finally:
        _language[:] = before


def language() -> Language:
    """Return the language of notices."""
    return _language[0] if _language else of_environment(os.environ)


def say_once(text: Text, **facts: Any) -> None:
    """Say a sentence on standard error, unless it was said before or there is no such place."""
    sentence = visible(text.format(**facts).get(language()))
    if sentence in _said or sys.stderr is None:
        return
    _said.add(sentence)
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"deptsim: {sentence}\n")
        sys.stderr.flush()


def of_cache(event: str, **facts: Any) -> None:
    """Say what happens to the compiled kernel."""
    if event == "compiling":
        say_once(texts.COMPILING)
    elif event == "damaged":
        say_once(texts.DAMAGED, **facts)
    else:
        facts["why"] = why_not(facts.pop("error"))
        say_once(texts.KEPT_ELSEWHERE if facts["instead"] else texts.UNKEPT, **facts)
