"""The effects of an experiment as tables in a terminal, one for each measure."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from rich.table import Table
from rich.text import Text as Styled

from sim.report.experiments.reading import SURE, Reading
from sim.report.marks import SMALL, STYLES
from sim.report.numbers import changed, p_value, span, unit_of
from sim.report.plaintable import new_table
from sim.words import Text, sentences, words

texts = words("experimentsummary")
terms = words("terminal")
said_of = words("verdicts")

MOST = 20
"""Rows of a table, unless more effects are certain; the others are counted."""


def tables_of(found: Reading) -> Iterator[Table]:
    """Yield the tables of an experiment as it is read, measure by measure."""
    parts = list(found.apart())
    for measure in found.known:
        for scenario, mine in parts:
            rows = mine.rows(measure)
            if len(rows) and mine.moved(measure):
                yield _table(mine, measure, rows, found.scenarios[scenario] if len(found.scenarios) > 1 else "")


def _table(found: Reading, measure: str, rows: pd.DataFrame, scenario: str) -> Table:
    spec, lang = found.specs[measure], found.lang
    facts = {"measure": spec.label, "unit": unit_of(spec, difference=True), "scenario": scenario}
    title = found.say(texts.TABLE_IN if scenario else texts.TABLE, **facts)
    headings = (texts.EFFECT, terms.DIFFERENCE, terms.INTERVAL, terms.P_HOLM, terms.VERDICT)
    table = new_table(title, *(one.get(lang) for one in headings), numbers=(1, 2, 3))
    table.columns[0].min_width = 18
    sure = sum(found.verdict(row) in SURE for _, row in rows.iterrows())
    shown = rows.iloc[: max(MOST, sure)]
    for _, row in shown.iterrows():
        verdict = found.verdict(row)
        table.add_row(
            Styled(found.term(row["term"]), "bold" if len(row["term"]) == 1 else ""),
            changed(float(row["mean"]), spec, lang, unit=False),
            span(float(row["low"]), float(row["high"]), spec, lang),
            p_value(float(row["p"]), lang),
            Styled(_told(verdict).get(lang), STYLES.get(verdict, "")),
        )
    rest = len(rows) - len(shown)
    notes = [
        found.say(texts.CORRECTED, count=len(found.effects)),
        *([found.say(texts.REST, count=rest)] if rest else []),
    ]
    table.caption, table.caption_justify = sentences(notes).get(lang), "left"
    return table


def _told(verdict: str) -> Text:
    found: Text = said_of.KEY[SMALL] if verdict == SMALL else said_of.WORDS[verdict]
    return found
