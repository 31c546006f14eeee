"""What goes wrong with an engine, in one sentence."""

from __future__ import annotations

from sim.spec.findings import TextError
from sim.words import Text


class EngineError(TextError):
    """An engine that cannot be had as it was asked for, or that cannot do what it is asked to."""


class EngineLostError(OSError):
    """An engine that was there and is gone, or that does not answer; what was finished is not lost."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)

    def said(self, lang: str = "en") -> str:
        """Return the sentence in a language."""
        return self.text.get(lang)
