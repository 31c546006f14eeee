"""Texts of cells without what nobody sees."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00]")
_BREAKS = re.compile(r"\r\n?")
_HALVES = re.compile(r"[\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return a text without blanks around it, marks of writing direction and of no width, and halves of characters."""
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub("\n", text))).strip()
