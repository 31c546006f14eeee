"""Words on the screen that are wrapped as their language asks for, also in the cells of a table."""

from __future__ import annotations

from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.containers import Lines
from rich.text import Text

from sim.report.lines import is_chinese, lines_of


class Line(Text):
    """Words without markup; those without Chinese are wrapped at spaces, as anywhere."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Break the words into lines."""
        if options.get("no_wrap") or self.no_wrap or not is_chinese(self.plain):
            return super().wrap(console, width, **options)
        broken = Text(lines_of(self.plain, width, "zh"), style=self.style, justify=self.justify, overflow=self.overflow)
        return broken.wrap(console, width, **options)


class Paragraph:
    """A line to print by itself; a console would make words of its own of it otherwise."""

    def __init__(self, line: Text) -> None:
        self._line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return what is printed."""
        yield from self._line.__rich_console__(console, options)
