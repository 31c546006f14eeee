"""What alternatives bring in money, where the scenario speaks of it: a table for the terminal, sentences elsewhere."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text as Styled

from sim.report.answertable import HEADING
from sim.report.marks import STYLES
from sim.report.numbers import between
from sim.report.plaintable import new_table
from sim.study import verdicts
from sim.study.comparison import Comparison
from sim.words import LANGUAGES, Text, words
from sim.words.numbers import MISSING, percentage, signed

texts = words("money")


def money_told(comparison: Comparison) -> bool:
    """Say whether there is anything to tell of money."""
    return "money" in comparison.tables and len(comparison.tables["money"]) > 0


def money_of(comparison: Comparison, order: Sequence[str], lang: str) -> Table:
    """Return net value a year and payback of every alternative, in the order of the answer."""
    found = comparison.tables["money"]
    weeks = f"{found['weeks'].max():.0f}"
    headings = (texts.YEAR, texts.PAYBACK, texts.NEVER.format(weeks=weeks))
    title = texts.TITLE.format(baseline=comparison.names[comparison.baseline]).get(lang)
    table = new_table(title, "", *(textwrap.fill(one.get(lang), HEADING) for one in headings), numbers=(1, 2, 3))
    for label in order:
        row = pd.Series(found.loc[label])
        value = signed(row["net_value_year"]) if _known(row) else MISSING
        year = Styled(f"{value}\n{_limits(row, lang)}".rstrip(), STYLES.get(_verdict(row), ""))
        table.add_row(comparison.names[label].get(lang), year, _payback(row).get(lang), _never(row).get(lang))
    return table


def money_note(comparison: Comparison) -> Text:
    """Return what the numbers say."""
    note: Text = texts.NOTE.format(baseline=comparison.names[comparison.baseline])
    return note


def money_sentences(comparison: Comparison, order: Sequence[str]) -> list[Text]:
    """Return a sentence for each alternative, and what the numbers say; none where nobody speaks of money."""
    if not money_told(comparison):
        return []
    found = comparison.tables["money"]
    rows = {label: pd.Series(found.loc[label]) for label in order}
    said = [_sentence(comparison.names[label], row) for label, row in rows.items() if _known(row)]
    return [*said, money_note(comparison)]


def _sentence(label: Text, row: pd.Series) -> Text:
    limits = Text(*(_limits(row, lang) for lang in LANGUAGES))
    facts = {"label": label, "year": signed(row["net_value_year"]), "weeks": f"{row['weeks']:.0f}"}
    facts |= {"payback": _payback(row), "share": percentage(row["not_paid_back"])}
    facts |= {"limits": texts.LIMITS.format(limits=limits) if limits else ""}
    sentence: Text = (texts.SENTENCE if math.isfinite(row["payback_weeks"]) else texts.OWING).format(**facts)
    return sentence


def _known(row: pd.Series) -> bool:
    """Say whether there is a pair of replications that did not fail."""
    return bool(row["pairs"] > 0)


def _limits(row: pd.Series, lang: str) -> str:
    if not math.isfinite(row["ci_low"]):
        return ""
    return between(signed(row["ci_low"]), signed(row["ci_high"]), lang)


def _verdict(row: pd.Series) -> str:
    """Return whether the sign of the net value is certain."""
    return verdicts.BETTER if row["ci_low"] > 0.0 else verdicts.WORSE if row["ci_high"] < 0.0 else verdicts.UNCLEAR


def _payback(row: pd.Series) -> Text:
    """Write after how many weeks it has paid back, and between which weeks eight of ten runs have."""
    if not _known(row):
        return Text(MISSING, MISSING)
    middle, low, high = (_weeks(row, name) for name in ("payback_weeks", "payback_low", "payback_high"))
    if low.en == high.en or row["pairs"] < 2:
        return middle
    limits = Text(*(between(low.get(lang), high.get(lang), lang) for lang in LANGUAGES))
    told: Text = texts.RANGE.format(middle=middle, limits=limits)
    return told


def _weeks(row: pd.Series, name: str) -> Text:
    weeks: Text = texts.BEYOND.format(weeks=f"{row['weeks']:.0f}")
    return Text(*[f"{row[name]:.0f}"] * 2) if math.isfinite(row[name]) else weeks


def _never(row: pd.Series) -> Text:
    if not _known(row):
        return Text(MISSING, MISSING)
    told: Text = texts.OF_RUNS.format(share=percentage(row["not_paid_back"]))
    return told
