"""How help looks: usage, what it is about, and two columns for commands, arguments and options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sim.words import sentences, words

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

texts = words("help")

_NOTHING = (None, "False", "()")
"""Defaults that need no words: an option that is left out is left out."""


class Help:
    """Prints help in one language; cyclopts says what there is to print."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.arguments: dict[str, str] = {}
        """What stands for the arguments that may be left out, by command."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:
        """Print how a command is called."""
        del options
        called = str(usage).strip()
        command = called.partition("deptsim ")[2].partition(" ")[0]
        called = called.replace("[ARGS]", self.arguments.get(command, "[ARGS]"))
        self._print(console, texts.USAGE.format(usage=self._value(called)).get(self._lang))

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:
        """Print what a command does."""
        del options
        self._print(console, _plain(description))

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Print the commands, arguments or options of a group."""
        from rich.padding import Padding
        from rich.table import Table

        del options
        if not panel.entries:
            return
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column()
        for entry in panel.entries:
            table.add_row(self._called(entry), self._told(entry))
        console.print(f"{panel.title}", style="bold", markup=False, highlight=False)
        console.print(Padding(table, (0, 0, 0, 2)))
        console.print()

    def _called(self, entry: HelpEntry) -> Any:
        from rich.text import Text

        names = [name for name in (*entry.names, *entry.shorts) if name.startswith("-") or not entry.positional_label]
        label = [self._value(entry.positional_label)] if entry.positional_label else []
        value = f" {self._value(entry.metavar)}" if entry.metavar and not label else ""
        return Text(", ".join([*label, *names]) + value)

    def _told(self, entry: HelpEntry) -> Any:
        from sim.cli.wrapping import Line

        parts = [_plain(entry.description)]
        if entry.choices:
            parts.append(texts.CHOICES.format(choices=" | ".join(entry.choices)))
        if entry.default not in _NOTHING:
            parts.append(texts.DEFAULT.format(default=entry.default))
        if entry.required:
            parts.append(texts.REQUIRED)
        return Line(sentences(parts).get(self._lang))

    def _value(self, placeholders: str) -> str:
        """Return what stands for values in words."""
        return re.sub("[A-Z][A-Z_]*", self._word, placeholders)

    def _word(self, found: re.Match[str]) -> str:
        text = texts.VALUES.get(found[0])
        return text.get(self._lang) if text else found[0]

    @staticmethod
    def _print(console: Console, text: str) -> None:
        console.print(text, end="\n\n", markup=False, highlight=False, emoji=False)


def _plain(described: Any) -> str:
    """Return what cyclopts holds ready to be printed as the text it was made from."""
    return str(getattr(described, "primary_renderable", described) or "").strip()
