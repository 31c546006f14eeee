"""How results look in a notebook: the few numbers that are asked for first, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sim.report.answer import Answer
from sim.report.diagnosis import headline, sentences
from sim.report.money import money_sentences
from sim.report.numbers import between, measured, span, unit_of
from sim.report.robust import Robust
from sim.results import RunResult
from sim.scenario.view import safe, table_html
from sim.spec.base import text_of
from sim.spec.measures import MeasureSpec
from sim.study.compare import means
from sim.study.comparison import Comparison
from sim.study.reported import usual_specs
from sim.words import series, words

texts = words("terminal")
told = words("outline")


def html_of_run(result: RunResult, lang: str) -> str:
    """Return a result as HTML: measures with their intervals, and the state that the organization is in."""
    scenario, specs = result.scenario, usual_specs(result.scenario)
    title = texts.RUN_RESULT.format(title=text_of(scenario.title, scenario.name)).get(lang)
    if "measures" not in result.tables:
        return _page(title, [repr(result)], "", [])
    if not len(result.measures):
        return _page(title, [], "", [])
    headings = (texts.MEASURE, texts.MEAN, texts.INTERVAL, texts.UNIT)
    found = means(result.measures, specs)
    happens = (result.measures.reindex(columns=found.index).fillna(0.0) != 0.0).any()
    rows = [_mean(row, specs[str(name)], lang) for name, row in found[happens & found["mean"].notna()].iterrows()]
    table = table_html(_how_many(result.manifest, lang), [one.get(lang) for one in headings], rows, lang)
    never = [specs[str(name)].label for name in found.index[~happens & found["mean"].notna()]]
    after = [told.NONE_OF.format(listed=series(never)).get(lang)] if never else []
    return _page(title, [], table, [*(sentences(result.diagnosis, lang) if result.can_be_diagnosed else []), *after])


def _mean(row: pd.Series, spec: MeasureSpec, lang: str) -> list[str]:
    mean, low, high = (measured(row[name], spec, lang, unit=False) for name in ("mean", "ci_low", "ci_high"))
    limits = between(low, high, lang) if pd.notna(row["ci_low"]) else texts.NOT_AVAILABLE.get(lang)
    return [spec.label.get(lang), mean, limits, unit_of(spec).get(lang)]


def html_of_comparison(comparison: Comparison, lang: str) -> str:
    """Return a comparison as HTML: the alternatives by merit and the measures that matter, and what there is to say."""
    answer, scenario = Answer(comparison, lang), comparison.scenario
    title = texts.RESULT.format(title=text_of(scenario.title, scenario.name)).get(lang)
    if not answer.measures:
        return _page(title, [], "", [])
    specs = [answer.specs[name] for name in answer.measures]
    labels = [told.IN_UNIT.format(measure=spec.label, unit=unit_of(spec)).get(lang) for spec in specs]
    now = [answer.called(), *map(answer.now, answer.measures)]
    lines = [
        [answer.called(label), *(_change(answer, label, name) for name in answer.measures)] for label in answer.order
    ]
    table = table_html(_how_many(comparison.manifest, lang), ["", *labels], [now, *lines], lang)
    sure = told.INTERVALS.format(tests=comparison.tests, key=answer.key).get(lang)
    money = [one.get(lang) for one in money_sentences(comparison, answer.order)]
    after = [*answer.sentences, *money, *([sure] if comparison.replications > 1 else [])]
    if comparison.surveyed:
        after += Robust(comparison, lang).sentences
    return _page(title, headline(comparison.diagnosis, lang), table, after)


def _change(answer: Answer, label: str, name: str) -> str:
    row, spec = answer.row(label, name)
    change = answer.change(row, spec)
    if pd.isna(row["ci_low"]):
        return change
    limits = span(float(row["ci_low"]), float(row["ci_high"]), spec, answer.lang)
    return told.WITHIN.format(change=_together(change), limits=_together(limits)).get(answer.lang)


def _together(numbers: str) -> str:
    """Return numbers that stay on one line."""
    return numbers.replace(" ", "\N{NO-BREAK SPACE}")


def _how_many(manifest: Mapping[str, Any], lang: str) -> str:
    facts = {name: manifest[name] for name in ("replications", "seed")}
    return str(told.REPLICATIONS.format(**facts).get(lang))


def _page(title: str, before: Iterable[str], table: str, after: Iterable[str]) -> str:
    above, below = ("".join(f"<p>{safe(one)}</p>" for one in said) for said in (before, after))
    return f"<div><h4>{safe(title)}</h4>{above}{table}{below}</div>"
