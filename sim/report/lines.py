"""Sentences in lines of a terminal: Chinese is broken anywhere but before its closing marks, other text at spaces."""

from __future__ import annotations

import re
import textwrap

from rich.cells import cell_len

_NEVER_FIRST = frozenset("，。、；：！？）》”’」』%")
"""Marks with which no line begins."""

_TOGETHER = "\u00a0"
"""A space at which no line ends."""

_KEPT = re.compile(r"(?<=\d) (?=(?:%|h|points|days|hours)(?!\w))|(?<=\d) (?=… )|(?<= …) (?=[+−\d])")
"""The space between a number and its unit, and those within a range."""

_PIECE = re.compile(r"[!-~…–−→]+|.", re.DOTALL)
"""What is never broken: Latin words and numbers, and single letters of other scripts."""


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
    lines: list[list[str]] = [[]]
    for piece in _PIECE.findall(text):
        if cell_len("".join(lines[-1])) + cell_len(piece) > width and lines[-1]:
            carried: list[str] = []
            while len(lines[-1]) > 1 and (carried or [piece])[0][0] in _NEVER_FIRST:
                carried.insert(0, lines[-1].pop())
            lines.append(carried)
        if piece != " " or lines[-1] or len(lines) == 1:
            lines[-1].append(piece)
    return ["".join(line).rstrip() for line in lines]
