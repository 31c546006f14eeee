"""The table of an answer at a glance in a terminal, laid out so that it fits the window."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Styled

from sim.report.answer import Answer
from sim.report.marks import STYLES, verdict_of
from sim.report.numbers import between, scaled, span, unit_of
from sim.report.reasons import PRICE
from sim.spec.measures import MeasureSpec
from sim.words.numbers import signed

LEAST, MOST = 9, 24
"""Columns that names of alternatives have at least and at most; longer ones are folded."""

HEADING = 13
"""Letters after which the name of a measure goes on in the next line, where there is little room."""

ROOMY = 1000
"""Columns that no table needs."""

Cell = Callable[[Answer, pd.Series, MeasureSpec], str]
"""How an effect is written."""


def answer_table(answer: Answer, console: Console) -> Table:
    """Return the table, intervals in their own line, then ever more closely until it fits the console."""
    measures = answer.measures
    for cell, letters in ((_own_line, ROOMY), (_own_line, HEADING), (_close_line, HEADING), (_plus_minus, HEADING)):
        table = _table(answer, measures, cell, letters)
        if _width(table, console) <= console.width:
            return table
    while _width(table, console) - _foldable(table, console) > console.width and len(measures) > 1:
        measures.pop(-2 if measures[-1] == PRICE else -1)
        table = _table(answer, measures, _plus_minus, HEADING)
    return table


def _width(table: Table, console: Console) -> int:
    """Return how wide a table is with all the room it likes; asked plainly, a console names no more than its own."""
    return Measurement.get(console, console.options.update_width(ROOMY), table).maximum


def _foldable(table: Table, console: Console) -> int:
    """Return how much narrower the column of names can be, its names then being folded."""
    widest = max(Measurement.get(console, console.options, cell).maximum for cell in table.columns[0].cells)
    return max(0, min(widest, MOST) - LEAST)


def _table(answer: Answer, measures: Sequence[str], cell: Cell, letters: int) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold", min_width=LEAST, max_width=MOST)
    for heading in _headings([answer.specs[name] for name in measures], answer.lang, letters):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_row(answer.called(), *(answer.now(name) for name in measures), style="bold")
    for label in answer.order:
        rows = (answer.row(label, name) for name in measures)
        shown = (Styled(cell(answer, *one), STYLES.get(verdict_of(*one), "")) for one in rows)
        table.add_row(answer.called(label), *shown)
    return table


def _headings(specs: Sequence[MeasureSpec], lang: str, letters: int) -> list[str]:
    """Return what stands above the columns: labels, broken where they are long, and their units in one line."""
    labels = [textwrap.wrap(spec.label.get(lang), letters, break_long_words=False) for spec in specs]
    most = max(map(len, labels), default=0)
    return [
        "\n".join([*[""] * (most - len(lines)), *lines, unit_of(spec).get(lang)])
        for lines, spec in zip(labels, specs, strict=True)
    ]


def _own_line(answer: Answer, row: pd.Series, spec: MeasureSpec) -> str:
    limits = span(float(row["ci_low"]), float(row["ci_high"]), spec, answer.lang) if pd.notna(row["ci_low"]) else ""
    return f"{answer.change(row, spec)}\n{limits}".rstrip()


def _close_line(answer: Answer, row: pd.Series, spec: MeasureSpec) -> str:
    apart = between("", "", answer.lang)
    return _own_line(answer, row, spec).replace(apart, apart.strip())


def _plus_minus(answer: Answer, row: pd.Series, spec: MeasureSpec) -> str:
    half = max(float(row["ci_high"] - row["difference"]), float(row["difference"] - row["ci_low"]))
    width = f"\n±{signed(scaled(half, spec)).lstrip('+')}" if math.isfinite(half) else ""
    return f"{answer.change(row, spec)}{width}"
