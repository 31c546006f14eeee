"""Tables of two scenarios side by side: inputs that differ, and what both do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import pandas as pd
from rich.table import Table

from sim.report.numbers import changed, measured, span, unit_of
from sim.report.plaintable import new_table
from sim.report.settings import setting_told
from sim.report.terminal import telling
from sim.spec.measures import MeasureSpec
from sim.study.comparison import Comparison
from sim.study.difference import A, B, Difference, change, only_in, part_of, percent_of
from sim.study.differing import Input
from sim.words import words
from sim.words.numbers import MINUS, MISSING, signed

texts = words("differing")
terms = words("terminal")


_NUMBERS = (3, 4)
"""Columns of inputs that hold numbers and nothing else."""


def input_tables(found: Difference, lang: str) -> Iterator[Table]:
    """Yield a table for each part in which something differs."""
    headings = (texts.WHAT.get(lang), A, B, texts.DIFFERENCE.get(lang), texts.PERCENT.get(lang), terms.UNIT.get(lang))
    for part, inputs in groupby(found.inputs, part_of):
        rows = [
            (_called(one, lang), *_sides(one, lang), *_apart(one, lang), one.unit_called.get(lang)) for one in inputs
        ]
        kept = [k for k in range(len(headings)) if any(row[k] for row in rows)]
        numbers = tuple(place for place, k in enumerate(kept) if k in _NUMBERS)
        table = new_table(texts.PARTS[part].get(lang), *(headings[k] for k in kept), numbers=numbers)
        table.columns[1].justify = table.columns[2].justify = "right"
        for row in rows:
            table.add_row(*(row[k] for k in kept))
        yield table


def _called(one: Input, lang: str) -> str:
    """Return what an input is called, with its place below."""
    called = one.called.get(lang)
    return called if called == one.place else f"{called}\n{one.place}"


def _sides(one: Input, lang: str) -> tuple[str, str]:
    """Return what A and B say; of a whole department or process how large it is."""
    base, here = (_size(value, one, lang) or setting_told(value, lang) or MISSING for value in (one.base, one.here))
    return base, here


def _size(value: Any, one: Input, lang: str) -> str:
    if not isinstance(value, Mapping) or not only_in(one):
        return ""
    if "staff" in value:
        return texts.PEOPLE.format(count=value["staff"]).get(lang)
    if "steps" in value:
        return texts.STEPS.format(count=len(value["steps"])).get(lang)
    return texts.THERE.get(lang) if any(isinstance(each, Mapping) for each in value.values()) else ""


def _apart(one: Input, lang: str) -> tuple[str, str]:
    """Return the difference and its percent; where only one of both has it, in which."""
    if only := only_in(one):
        return (texts.ONLY_A if only == A else texts.ONLY_B).get(lang), ""
    if (numbers := change(one)) is None:
        return "", ""
    apart, percent = numbers
    return f"{apart:+,.6g}".replace("-", MINUS), "" if percent is None else signed(percent)


def counted(found: Difference, lang: str) -> str:
    """Say how many inputs differ; in a sentence where nothing does."""
    if not found.inputs:
        return (texts.SAME if found.same else texts.OTHER_ORDER).get(lang)
    only = [only_in(one) for one in found.inputs]
    return texts.COUNTED.format(count=len(only), only_a=only.count(A), only_b=only.count(B)).get(lang)


def outcome_table(comparison: Comparison, lang: str, every: bool) -> Table:
    """Return what both do: values, the difference with its interval, and its percent."""
    specs, effects = comparison.specs, comparison.table if every else comparison.headlines
    headings = (texts.MEASURE, texts.DIFFERENCE, terms.INTERVAL, texts.PERCENT)
    first, *others = (one.get(lang) for one in headings)
    table = new_table(texts.OUTCOMES.get(lang), first, A, B, *others, numbers=(1, 2, 3, 4, 5))
    for _, row in effects[effects["measure"].isin(telling(effects))].iterrows():
        table.add_row(*_outcome(row, specs[row["measure"]], lang))
    return table


def _outcome(row: pd.Series, spec: MeasureSpec, lang: str) -> tuple[str, ...]:
    percent = percent_of(row)
    return (
        terms.OF_UNIT.format(measure=spec.label, unit=unit_of(spec)).get(lang),
        measured(row["now"], spec, lang, unit=False),
        measured(row["mean"], spec, lang, unit=False),
        changed(row["difference"], spec, lang, unit=False),
        span(row["ci_low"], row["ci_high"], spec, lang),
        "" if pd.isna(percent) else signed(percent),
    )


def how_found(comparison: Comparison, lang: str) -> str:
    """Say how often both were run, and what the intervals mean."""
    facts = {"replications": comparison.replications, "seed": comparison.manifest["seed"], "tests": comparison.tests}
    return (texts.HOW if comparison.replications > 1 else texts.HOW_ONE).format(**facts).get(lang)
