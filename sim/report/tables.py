"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from sim.report import texts
from sim.report.numbers import changed, digits, measured, p_value, percentage, signed, span
from sim.spec.measures import MeasureSpec
from sim.vocab import Text

_VERDICT_STYLES = {"better": "bold green", "worse": "bold red", "cannot be told from zero": "dim", "n/a": "dim"}


def new_table(title: str, *headings: str, numbers: tuple[int, ...] = ()) -> Table:
    """Return an empty table; the columns at the places `numbers` hold numbers, which are never broken into lines."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD)
    table.padding = (0, 1, 0, 0)
    for place, heading in enumerate(headings):
        number = place in numbers
        table.add_column(heading, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return table


def comparison_tables(
    table: pd.DataFrame, names: Mapping[str, Text], specs: Mapping[str, MeasureSpec], lang: str
) -> list[Table]:
    """Return one table for each alternative: now, with it, the difference, how sure, how regularly, the verdict."""
    return [_alternative(rows, names[str(label)], specs, lang) for label, rows in table.groupby("alternative", sort=False)]


_HEADINGS = (
    texts.MEASURE,
    texts.BEFORE,
    texts.AFTER,
    texts.DIFFERENCE,
    texts.INTERVAL,
    texts.P_HOLM,
    texts.BETTER_IN,
    texts.PAIRING,
    texts.VERDICT,
)


def _alternative(rows: pd.DataFrame, name: Text, specs: Mapping[str, MeasureSpec], lang: str) -> Table:
    headings = [heading.get(lang) for heading in _HEADINGS]
    table = new_table(escape(name.get(lang)), *headings, numbers=tuple(range(1, 8)))
    for _, row in rows.iterrows():
        table.add_row(*_cells(row, specs[row["measure"]], lang))
    return table


def _cells(row: pd.Series, spec: MeasureSpec, lang: str) -> tuple[str, ...]:
    verdict = str(row["verdict"])
    return (
        f"{escape(spec.label.get(lang))}, {texts.UNITS[spec.unit].get(lang)}",
        measured(row["baseline"], spec, lang, unit=False),
        measured(row["mean"], spec, lang, unit=False),
        changed(row["difference"], spec, lang, unit=False),
        span(row["ci_low"], row["ci_high"], spec, lang),
        p_value(row["p_holm"], lang),
        _better_in(row, lang),
        f"{digits(row['variance_reduction'])}×" if pd.notna(row["variance_reduction"]) else texts.NOT_AVAILABLE.get(lang),
        f"[{_VERDICT_STYLES.get(verdict, 'bold')}]{texts.VERDICTS[verdict].get(lang)}[/]",
    )


def _better_in(row: pd.Series, lang: str) -> str:
    share = percentage(row["better_in"], lang)
    if pd.isna(row["better_low"]):
        return share
    return f"{share} ({row['better_low'] * 100:.0f}–{row['better_high'] * 100:.0f})"


def ledger_table(ledger: pd.DataFrame, names: Mapping[str, Text], lang: str) -> Table:
    """Return hours per finished case by part, one column for the baseline and each alternative."""
    headings = [escape(names[str(label)].get(lang)) for label in ledger.index]
    table = new_table(texts.LEDGER.get(lang), texts.PART.get(lang), *headings, numbers=tuple(range(1, 1 + len(headings))))
    baseline = ledger.iloc[0]
    for part in (name for name in texts.PARTS if name in ledger.columns):
        cells = [_hours(hours, baseline[part], first=not place) for place, hours in enumerate(ledger[part])]
        table.add_row(texts.PARTS[part].get(lang), *cells)
    totals = ledger.sum(axis=1, skipna=False)
    table.add_section()
    cells = [_hours(hours, totals.iloc[0], first=not place) for place, hours in enumerate(totals)]
    table.add_row(texts.TOTAL.get(lang), *cells, style="bold")
    return table


def _hours(hours: float, baseline: float, first: bool) -> str:
    if pd.isna(hours):
        return "–"
    return digits(hours) if first else f"{digits(hours)} ({signed(hours - baseline)})"


def means_table(title: str, means: pd.DataFrame, specs: Mapping[str, MeasureSpec], lang: str) -> Table:
    """Return the mean of every measure with its 95 % interval."""
    headings = (texts.MEASURE, texts.MEAN, texts.INTERVAL, texts.UNIT, texts.MEANING)
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(1, 2))
    for measure, row in means.iterrows():
        spec = specs[str(measure)]
        low, high = (measured(row[name], spec, lang, unit=False) for name in ("ci_low", "ci_high"))
        limits = f"{low} … {high}" if pd.notna(row["ci_low"]) else texts.NOT_AVAILABLE.get(lang)
        mean = measured(row["mean"], spec, lang, unit=False)
        table.add_row(escape(spec.label.get(lang)), mean, limits, texts.UNITS[spec.unit].get(lang), spec.meaning.get(lang))
    return table
