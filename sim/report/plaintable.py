"""An empty table for the terminal, which every table there begins as; lists and outlines need nothing more."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table


def new_table(title: str, *headings: str, numbers: tuple[int, ...] = ()) -> Table:
    """Return an empty table; the columns at the places `numbers` hold numbers, which are never broken into lines."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD)
    table.padding = (0, 1, 0, 0)
    for place, heading in enumerate(headings):
        number = place in numbers
        table.add_column(heading, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return table
