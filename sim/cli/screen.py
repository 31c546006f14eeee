"""What commands print on, and the progress bar."""

from __future__ import annotations

import codecs
import json
import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from sim.characters import json_visible, visible
from sim.cli import signals
from sim.cli.wrapping import Line, Paragraph

PIPE_WIDTH = 132
"""Columns of tables that go into a file or pipe."""

PATIENCE = 1.0
"""Seconds without a progress bar: what is done by then needs none."""


class Screen(Console):
    """Where words are shown as they are written: brackets are no markup, colons no signs, and nothing steers it.

    A reader who leaves early is reported to the caller instead of ending the process.
    """

    def __init__(self, file: IO[str], width: int | None = None) -> None:
        super().__init__(file=file, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return what is printed, also as a cell, heading or title of a table."""
        plain = super().render_str(visible(text), **options)
        return Line(plain.plain, style=plain.style, justify=plain.justify, overflow=plain.overflow)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print words and tables; words are wrapped as their language asks for."""
        super().print(*(Paragraph(self.render_str(one)) if isinstance(one, str) else one for one in objects), **options)

    def on_broken_pipe(self) -> None:
        """Let the command line decide what a broken pipe means."""
        raise BrokenPipeError


def screen() -> Screen:
    """Return standard output for tables and sentences."""
    stated = os.environ.get("COLUMNS", "")
    width = int(stated) if stated.isascii() and stated.isdigit() and int(stated) > 0 else PIPE_WIDTH
    return Screen(sys.stdout, width=None if sys.stdout.isatty() else width)


def warn(sentence: str) -> None:
    """Say something on standard error that does not belong to the result."""
    print(f"deptsim: {visible(sentence)}", file=sys.stderr)  # noqa: T201


def write(text: str) -> None:
    """Write text to standard output as it is, nothing in it hidden."""
    sys.stdout.write(visible(text if text.endswith("\n") else text + "\n"))


def json_text(data: Any, ascii_only: bool = False) -> str:
    """Return data as JSON that people can read too, nothing in it hidden."""
    return json_visible(json.dumps(data, ensure_ascii=ascii_only, indent=2, allow_nan=False))


def write_json(data: Any) -> None:
    """Write data to standard output as JSON, in escapes where the output has not all letters."""
    write(json_text(data, ascii_only=not _has_all_letters(sys.stdout)))


def _has_all_letters(stream: IO[str]) -> bool:
    return codecs.lookup(getattr(stream, "encoding", None) or "ascii").name == "utf-8"


def words_column(told: str = "{task.description}") -> ProgressColumn:
    """Return a column of a progress bar that shows words as they are written."""
    return TextColumn(told, markup=False)


class Bar:
    """A progress bar on standard error, shown only to a person and only for what takes more than a second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        signals.interrupt_first()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if self._progress is None and self._wanted and time.monotonic() - self._begun > PATIENCE:
            self._progress = self._new(total)
        if self._progress is not None:
            self._progress.update(self._task, completed=done, total=total)

    def _new(self, total: int) -> Progress:
        return self._begin((words_column(), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()), total)

    def _begin(self, columns: Sequence[ProgressColumn], total: int, **fields: Any) -> Progress:
        """Show a bar with these columns."""
        progress = Progress(*columns, console=Console(file=sys.stderr), transient=True)
        self._task = progress.add_task(self._what, total=total, **fields)
        progress.start()
        return progress
