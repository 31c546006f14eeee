"""What is said, as plain data: texts in every language, errors in one sentence, and JSON that is short."""

from __future__ import annotations

import json
from typing import Any

from sim.spec.findings import ScenarioError, TextError
from sim.words import LANGUAGES, Text, words

texts = words("web")

L = dict[str, str]
"""A text in every language, by its name."""


def as_json(data: Any) -> bytes:
    """Return data as JSON that is short."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def sentence_of(error: BaseException) -> Text:
    """Return one sentence that says what went wrong, whether somebody asked for what cannot be or something failed."""
    if isinstance(error, ScenarioError | TextError):
        return Text(*(error.said(lang).splitlines()[0] for lang in LANGUAGES))
    if isinstance(error, MemoryError):
        return texts.NO_MEMORY
    return texts.FAILED.format(error=f"{type(error).__name__}: {error}".splitlines()[0][:200])
