"""Lines that end where Chinese may be broken: anywhere, but not before a closing mark nor behind an opening one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.containers import Lines
from rich.text import Text

_NOT_FIRST = "、。，．；：？！）】》〉”’…％"
_NOT_LAST = "（【《〈“‘"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(
    rf"\s+|[{_NOT_LAST}]*(?:[{_WIDE}]|[^\s{_WIDE}{_NOT_FIRST}{_NOT_LAST}]+|(?<=[{_NOT_LAST}])$)?[{_NOT_FIRST}]*"
)
"""What stays together: a word of letters or a Chinese one, with the marks that belong to it."""


def pieces(text: str) -> Iterator[str]:
    """Yield a line in parts between which it may be broken."""
    return (found[0] for found in _PIECE.finditer(text) if found[0])


def ends(text: str, width: int) -> list[int]:
    """Return where a line has to be broken to fit into so many columns; spaces may stick out."""
    found, place, used = [], 0, 0
    for piece in pieces(text):
        wide = cell_len(piece)
        if used and used + wide > width and piece.strip():
            found.append(place)
            used = 0
        place += len(piece)
        used += wide
    return found


class Line(Text):
    """Words that are wrapped as Chinese asks for."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Break the words into lines; those without Chinese are broken at spaces, as anywhere."""
        if self.plain.isascii() or options.get("no_wrap") or self.no_wrap:
            return super().wrap(console, width, **options)
        broken = Lines()
        for line in self.split(allow_blank=True):
            for part in line.divide(ends(line.plain, width)):
                broken.extend(part.wrap(console, width, **options))
        return broken


class Paragraph:
    """A line to print by itself; a console would make words of its own of it otherwise."""

    def __init__(self, line: Text) -> None:
        self._line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return what is printed."""
        yield from self._line.__rich_console__(console, options)
