"""An answer at a glance: one table of alternatives and the few measures that matter here, and at most six sentences."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Styled

from sim.report.marks import SMALL, STYLES, key_of, mark, verdict_of
from sim.report.merit import ranked
from sim.report.numbers import BETWEEN, changed, measured, signed, span
from sim.report.reasons import PRICE, WORTH, Best, best_of, reasons
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.alternatives import BASELINE
from sim.study.comparison import Comparison
from sim.study.effects import OF_NOW, headlines
from sim.study.reported import headline_measures, measure_specs, process_specs
from sim.words import words

texts = words("glance")
terms = words("terminal")

_LISTED = 6

LEAST, MOST = 9, 24
"""Columns that names of alternatives have at least and at most; longer ones are folded."""

HEADING = 13
"""Letters after which the name of a measure goes on in the next line, where there is little room."""

ROOMY = 1000
"""Columns that no table needs."""

MOST_SENTENCES = 6

EXPLAINED = 3
"""Alternatives of which a sentence tells what they save and add."""


def headlines_of(comparison: Comparison) -> pd.DataFrame:
    """Return the rows of the measures that the answer at a glance is about."""
    specs = comparison_specs(comparison)
    return headlines(comparison.table, comparison.runs, specs, headline_measures(comparison.scenario))


def answer_table(comparison: Comparison, lang: str, console: Console) -> Table:
    """Return the table, laid out so that it fits a console: intervals in their own line, then ever more closely."""
    rows = headlines_of(comparison)
    measures = list(dict.fromkeys(rows.loc[rows["now"].notna(), "measure"]))
    for cell, letters in ((_own_line, ROOMY), (_own_line, HEADING), (_close_line, HEADING), (_plus_minus, HEADING)):
        table = _table(comparison, rows, measures, lang, cell, letters)
        if _width(table, console) <= console.width:
            return table
    while _width(table, console) - _foldable(table, console) > console.width and len(measures) > 1:
        measures.pop(-2 if measures[-1] == PRICE else -1)
        table = _table(comparison, rows, measures, lang, _plus_minus)
    return table


def _width(table: Table, console: Console) -> int:
    """Return how wide a table is with all the room it likes; asked plainly, a console names no more than its own."""
    return Measurement.get(console, console.options.update_width(ROOMY), table).maximum


def _foldable(table: Table, console: Console) -> int:
    """Return how much narrower the column of names can be, its names then being folded."""
    names = table.columns[0]
    widest = max(Measurement.get(console, console.options, cell).maximum for cell in names.cells)
    return max(0, min(widest, MOST) - LEAST)


Cell = Callable[[pd.Series, MeasureSpec, str], str]


def _table(
    comparison: Comparison, rows: pd.DataFrame, measures: Sequence[str], lang: str, cell: Cell, letters: int = HEADING
) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold", min_width=LEAST, max_width=MOST)
    for heading in _headings([_spec(comparison, name) for name in measures], lang, letters):
        table.add_column(heading, justify="right", no_wrap=True)
    now = rows.drop_duplicates("measure").set_index("measure")["now"]
    values = [measured(float(now[name]), _spec(comparison, name), lang, unit=False) for name in measures]
    table.add_row(comparison.names[BASELINE.en].get(lang), *values, style="bold")
    cells = rows.set_index(["alternative", "measure"])
    for label in ranked(rows, comparison_specs(comparison)):
        shown = (_shown(pd.Series(cells.loc[(label, name)]), _spec(comparison, name), lang, cell) for name in measures)
        table.add_row(comparison.names[label].get(lang), *shown)
    return table


def _headings(specs: Sequence[MeasureSpec], lang: str, letters: int) -> list[str]:
    """Return what stands above the columns: labels, broken where they are long, and their units in one line."""
    labels = [textwrap.wrap(spec.label.get(lang), letters, break_long_words=False) for spec in specs]
    most = max(map(len, labels), default=0)
    return [
        "\n".join([*[""] * (most - len(lines)), *lines, terms.UNITS[spec.unit].get(lang)])
        for lines, spec in zip(labels, specs, strict=True)
    ]


def _shown(row: pd.Series, spec: MeasureSpec, lang: str, cell: Cell) -> Styled:
    return Styled(cell(row, spec, lang), STYLES.get(verdict_of(row, spec), ""))


def _headed(row: pd.Series, spec: MeasureSpec, lang: str) -> str:
    return f"{mark(verdict_of(row, spec))} {changed(float(row['difference']), spec, lang, unit=False)}".strip()


def _own_line(row: pd.Series, spec: MeasureSpec, lang: str) -> str:
    limits = span(float(row["ci_low"]), float(row["ci_high"]), spec, lang) if pd.notna(row["ci_low"]) else ""
    return f"{_headed(row, spec, lang)}\n{limits}".rstrip()


def _close_line(row: pd.Series, spec: MeasureSpec, lang: str) -> str:
    return _own_line(row, spec, lang).replace(BETWEEN[lang], BETWEEN[lang].strip())


def _plus_minus(row: pd.Series, spec: MeasureSpec, lang: str) -> str:
    half = max(float(row["ci_high"] - row["difference"]), float(row["difference"] - row["ci_low"]))
    width = f"\n±{signed(half * (100.0 if spec.unit == 'share' else 1.0)).lstrip('+')}" if math.isfinite(half) else ""
    return f"{_headed(row, spec, lang)}{width}"


def comparison_specs(comparison: Comparison) -> Mapping[str, MeasureSpec]:
    """Return what is known about every measure that a comparison could report."""
    return measure_specs(comparison.scenario) | process_specs(comparison.scenario)


def _spec(comparison: Comparison, name: str) -> MeasureSpec:
    return comparison_specs(comparison)[name]


def answer_sentences(comparison: Comparison, lang: str) -> list[str]:
    """Return at most six sentences: what is best and its price, why, what is too small, what is missing, how sure."""
    rows, specs = headlines_of(comparison), comparison_specs(comparison)
    last = [*_small(comparison, rows, lang), *_missing(comparison, rows, lang), _how_sure(comparison, rows, lang)]
    best = best_of(rows, specs)
    chosen = _explained(rows, ranked(rows, specs), best, MOST_SENTENCES - 1 - len(last))
    labels = {label: comparison.names[label].get(lang) for label in chosen}
    said = reasons(rows, comparison.ledger_inherited, specs, labels, lang, 1, WORTH * comparison.scenario.pace)
    if best is not None and best.sure:
        said[0] = _with_price(said[0], best, lang)
    return [*said, *last]


def _explained(rows: pd.DataFrame, order: Sequence[str], best: Best | None, most: int) -> list[str]:
    """Return the alternatives to explain: the first ones, the one that is called best, and the last if it does harm."""
    chosen = list(order[: min(EXPLAINED, most)])
    first = rows[(rows["measure"] == best.measure) & (rows["alternative"] == order[-1])] if best else rows[:0]
    if order[-1] not in chosen and len(chosen) > 1 and (first["verdict"] == verdicts.WORSE).any():
        chosen[-1] = order[-1]
    if best is not None and best.leading not in chosen:
        chosen[-2 if len(chosen) > 1 else -1] = best.leading
    return chosen


def _missing(comparison: Comparison, rows: pd.DataFrame, lang: str) -> list[str]:
    """Say of which alternatives no effect can be told, and which measures are not defined here."""
    said = []
    effects = rows[(rows["measure"] != PRICE) & (rows["measure"] != "coordination_cost") & rows["now"].notna()]
    unclear = (effects["verdict"] == verdicts.UNCLEAR).groupby(effects["alternative"], sort=False).all()
    if names := [comparison.names[str(label)].get(lang) for label in unclear.index[unclear]]:
        said.append(texts.NO_EFFECT.get(lang).format(listed=_listed(names, lang)))
    undefined = dict.fromkeys(rows.loc[rows["now"].isna(), "measure"])
    if names := [_spec(comparison, str(name)).label.get(lang) for name in undefined]:
        said.append(texts.UNDEFINED.get(lang).format(listed=_listed(names, lang)))
    return [texts.BETWEEN_SENTENCES.get(lang).join(said)] if said else []


def _listed(names: Sequence[str], lang: str) -> str:
    """Return names one after another, those beyond a few counted only."""
    more = texts.MORE.get(lang).format(n=len(names) - _LISTED) if len(names) > _LISTED else ""
    return texts.BETWEEN.get(lang).join(names[:_LISTED]) + more


def _with_price(sentence: str, best: Best, lang: str) -> str:
    """Add to the sentence about the best alternative what it costs."""
    if math.isnan(best.price) or best.measure == PRICE or not best.priced:
        return sentence
    price = texts.COSTS if best.price > 0 else texts.SAVES
    return f"{sentence}{price.get(lang).format(hours=signed(abs(best.price)).lstrip('+'))}"


def _small(comparison: Comparison, rows: pd.DataFrame, lang: str) -> list[str]:
    """Say which changes are certain but too small to matter, and from what size on changes matter."""
    found = [
        texts.SMALL_ONE.get(lang).format(
            label=comparison.names[row["alternative"]].get(lang),
            measure=_spec(comparison, row["measure"]).label.get(lang),
        )
        for _, row in rows.iterrows()
        if verdict_of(row, _spec(comparison, row["measure"])) == SMALL
    ]
    if not found:
        return []
    points, percent = comparison.matters, OF_NOW * comparison.matters
    return [texts.SMALL.get(lang).format(points=f"{points:g}", percent=f"{percent:g}", listed=_listed(found, lang))]


def _how_sure(comparison: Comparison, rows: pd.DataFrame, lang: str) -> str:
    """Say how many replications there are, what intervals and marks mean, and where more is to be had."""
    facts = {"replications": comparison.replications, "seed": comparison.manifest["seed"], "tests": comparison.tests}
    if comparison.replications < 2:
        return texts.ONE.get(lang).format(**facts)
    key = key_of([verdict_of(row, _spec(comparison, row["measure"])) for _, row in rows.iterrows()], lang)
    return texts.HOW_SURE.get(lang).format(**facts, key=key)
