"""Sentences in lines of a terminal: Chinese is broken anywhere but at its marks, other text at spaces.

No line begins with a closing mark or ends with an opening one.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from rich.cells import cell_len

_NEVER_FIRST = "、。，．；：！？）】》〉」』”’…％%"
_NEVER_LAST = "（【《〈「『“‘"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"

_TOGETHER = "\u00a0"
"""A space at which no line ends."""

_KEPT = re.compile(r"(?<=\d) (?=(?:%|h|points|days|hours)(?!\w))|(?<=\d) (?=… )|(?<= …) (?=[+−\d])")
"""The space between a number and its unit, and those within a range."""

_PIECE = re.compile(
    rf"\s+|[{_NEVER_LAST}]*(?:[{_WIDE}]|[^\s{_WIDE}{_NEVER_FIRST}{_NEVER_LAST}]+|(?<=[{_NEVER_LAST}])$)?[{_NEVER_FIRST}]*"
)
"""What is never broken: Latin words and numbers, and single letters of other scripts, with the marks around them."""


def lines_of(text: str, width: int, lang: str) -> str:
    """Return a text, whose own lines are kept, in lines of at most so many columns."""
    wrap = _chinese if lang == "zh" else _spaced
    return "\n".join(line for paragraph in text.split("\n") for line in wrap(paragraph, width))


def _spaced(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    whole = _KEPT.sub(_TOGETHER, text)
    lines = textwrap.wrap(whole, width, subsequent_indent=f"{indent}  " if indent else "", break_on_hyphens=False)
    return [line.replace(_TOGETHER, " ") for line in lines] or [""]


def _chinese(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and piece.strip() and cell_len(lines[-1]) + cell_len(piece) > width:
            lines.append("")
        if piece.strip() or lines[-1] or len(lines) == 1:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def pieces(text: str) -> Iterator[str]:
    """Yield a text in parts between which a line may end."""
    return (found[0] for found in _PIECE.finditer(text) if found[0])


def is_chinese(text: str) -> bool:
    """Tell whether a text has letters that are broken as Chinese is."""
    return re.search(f"[{_WIDE}]", text) is not None
