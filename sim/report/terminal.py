"""Tables for the terminal; their words are plain text, and the screen they are printed on takes them for that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from sim.report.marks import STYLES, told, verdict_of
from sim.report.numbers import between, changed, measured, p_value, span, unit_of
from sim.report.plaintable import new_table
from sim.report.shown import shown_parts
from sim.spec.measures import MeasureSpec
from sim.study.alternatives import BASELINE
from sim.words import Text, series, words
from sim.words.numbers import MISSING, digits, percentage, signed

texts = words("terminal")


WIDE = 122
"""Columns from which on a terminal has room for the whole comparison."""


def comparison_tables(
    table: pd.DataFrame, names: Mapping[str, Text], specs: Mapping[str, MeasureSpec], lang: str, wide: bool = True
) -> list[Table]:
    """Return one table for each alternative: now, with it, the difference, how sure, how regularly, the verdict.

    A narrow one leaves out the value with the intervention, how regularly it did better, and what pairing was worth.
    """
    now = next(iter(names.values()))
    headings = _HEADINGS if now == BASELINE else {**_HEADINGS, "now": now}
    groups = table.groupby("alternative", sort=False)
    return [_alternative(rows, names[str(label)], specs, headings, lang, wide) for label, rows in groups]


_HEADINGS = {
    "measure": texts.MEASURE,
    "now": texts.BEFORE,
    "mean": texts.AFTER,
    "difference": texts.DIFFERENCE,
    "interval": texts.INTERVAL,
    "p": texts.P_HOLM,
    "better_in": texts.BETTER_IN,
    "pairing": texts.PAIRING,
    "verdict": texts.VERDICT,
}
_NARROW = ("measure", "now", "difference", "interval", "p", "verdict")


def _alternative(
    rows: pd.DataFrame,
    name: Text,
    specs: Mapping[str, MeasureSpec],
    headings: Mapping[str, Text],
    lang: str,
    wide: bool,
) -> Table:
    shown = tuple(headings) if wide else _NARROW
    table = new_table(
        name.get(lang), *(headings[column].get(lang) for column in shown), numbers=tuple(range(1, len(shown) - 1))
    )
    table.columns[-1].no_wrap = wide
    if not wide:
        table.columns[0].min_width, table.columns[-1].min_width = 18, 15
    for _, row in rows[rows["measure"].isin(telling(rows))].iterrows():
        cells = _cells(row, specs[row["measure"]], lang)
        table.add_row(*(cells[column] for column in shown))
    return table


def _cells(row: pd.Series, spec: MeasureSpec, lang: str) -> dict[str, str | Styled]:
    pairing = float(row["variance_reduction"])
    return {
        "measure": texts.OF_UNIT.format(measure=spec.label, unit=unit_of(spec)).get(lang),
        "now": measured(row["now"], spec, lang, unit=False),
        "mean": measured(row["mean"], spec, lang, unit=False),
        "difference": changed(row["difference"], spec, lang, unit=False),
        "interval": span(row["ci_low"], row["ci_high"], spec, lang),
        "p": p_value(row["p"], lang),
        "better_in": _better_in(row, lang),
        "pairing": f"{digits(pairing)}×" if pd.notna(pairing) else texts.NOT_AVAILABLE.get(lang),
        "verdict": Styled(told(row, spec).get(lang), STYLES.get(verdict_of(row, spec), "bold")),
    }


def telling(table: pd.DataFrame) -> list[str]:
    """Return the measures that are worth a row: those that are defined and that something changes."""
    worth = table["now"].notna() & ((table["difference"] != 0.0) | (table["now"] != 0.0))
    return list(dict.fromkeys(table.loc[worth, "measure"]))


def left_out(table: pd.DataFrame, specs: Mapping[str, MeasureSpec], lang: str) -> str:
    """Return which measures have no row in any table, by name."""
    kept = telling(table)
    return series(specs[name].label for name in dict.fromkeys(table["measure"]) if name not in kept).get(lang)


def _better_in(row: pd.Series, lang: str) -> str:
    share = percentage(row["better_in"])
    if pd.isna(row["better_low"]):
        return share.get(lang)
    limits = {"low": row["better_low"] * 100, "high": row["better_high"] * 100}
    return texts.BETTER_BETWEEN.format(share=share, **limits).get(lang)


def ledger_tables(
    ledger: pd.DataFrame,
    names: Mapping[str, Text],
    lang: str,
    console: Console,
    parts: Mapping[str, Text] | None = None,
) -> Iterator[Table]:
    """Yield the ledger in as many tables as its alternatives need on a console, each beginning with the baseline."""
    baseline, rest = ledger.iloc[:1], ledger.iloc[1:]
    while True:
        table = ledger_table(pd.concat([baseline, rest[:1]]), names, lang, parts)
        shown = 1
        while shown < len(rest):
            wider = ledger_table(pd.concat([baseline, rest[: shown + 1]]), names, lang, parts)
            if console.measure(wider, options=console.options.update(max_width=_ANY)).maximum > console.width:
                break
            table, shown = wider, shown + 1
        yield table
        rest = rest[shown:]
        if rest.empty:
            return


_ANY = 100_000
"""Columns of a console on which everything has room."""


def ledger_table(
    ledger: pd.DataFrame, names: Mapping[str, Text], lang: str, parts: Mapping[str, Text] | None = None
) -> Table:
    """Return hours per case by part, called as `parts` says, one column for the baseline and each alternative."""
    headings = [names[str(label)].get(lang) for label in ledger.index]
    table = new_table(
        texts.LEDGER.get(lang), texts.PART.get(lang), *headings, numbers=tuple(range(1, 1 + len(headings)))
    )
    baseline = ledger.iloc[0]
    for part in shown_parts(ledger):
        cells = [_hours(hours, baseline[part], first=not place) for place, hours in enumerate(ledger[part])]
        table.add_row((parts or texts.PARTS)[part].get(lang), *cells)
    totals = ledger.sum(axis=1, skipna=False)
    table.add_section()
    cells = [_hours(hours, totals.iloc[0], first=not place) for place, hours in enumerate(totals)]
    table.add_row(texts.TOTAL.get(lang), *cells, style="bold")
    return table


def _hours(hours: float, baseline: float, first: bool) -> str:
    if math.isnan(hours):
        return MISSING
    return digits(hours) if first else f"{digits(hours)} ({signed(hours - baseline)})"


def means_table(
    title: str, means: pd.DataFrame, specs: Mapping[str, MeasureSpec], lang: str, wide: bool = True
) -> Table:
    """Return the mean of every measure with its 95 % interval; a narrow table leaves out what measures say."""
    headings = (texts.MEASURE, texts.MEAN, texts.INTERVAL, texts.UNIT, *((texts.MEANING,) if wide else ()))
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(1, 2))
    for measure, row in means.iterrows():
        spec = specs[str(measure)]
        low, high = (measured(row[name], spec, lang, unit=False) for name in ("ci_low", "ci_high"))
        limits = between(low, high, lang) if pd.notna(row["ci_low"]) else texts.NOT_AVAILABLE.get(lang)
        mean = measured(row["mean"], spec, lang, unit=False)
        meaning = (spec.meaning.get(lang),) if wide else ()
        table.add_row(spec.label.get(lang), mean, limits, unit_of(spec).get(lang), *meaning)
    return table
