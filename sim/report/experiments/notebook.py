"""How the results of an experiment look in a notebook: effects on the measures that matter, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from sim.report.experiments.effectsfigure import ordered
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.reading import Reading, Term
from sim.report.experiments.summary import sections
from sim.report.marks import key_of, mark
from sim.scenario.view import safe, table_html
from sim.study import verdicts
from sim.words import words

texts = words("experimentsummary")

if TYPE_CHECKING:
    from sim.experiments.results import Results

MOST = 12
"""Effects of a table."""

LEFT_OUT = (texts.STRONGEST, texts.METHOD)
"""Sections that the table says, or that a reader of code has no need of."""


def html_of_experiment(results: Results, lang: str = "en") -> str:
    """Return the results of an experiment as HTML: the effects by size with their intervals, and what they say."""
    found = reading_of(results, lang)
    told = [one for heading, said in sections(found) if heading not in LEFT_OUT for one in said]
    tables = "".join(_table(mine) for _, mine in found.apart())
    below = "".join(f"<p>{safe(one)}</p>" for one in told if one != found.heading)
    return f"<div><h4>{safe(found.heading)}</h4>{tables}{below}</div>"


def _table(found: Reading) -> str:
    """Return the largest effects in one organization, a column for each measure that anything changes."""
    measures = [name for name in found.known if found.moved(name)]
    terms = ordered(found)[:MOST]
    if not measures or not terms:
        return ""
    cells: Mapping[tuple[str, Term], pd.Series] = {
        (name, row["term"]): row for name in measures for _, row in found.rows(name).iterrows()
    }
    lines = [[found.term(term), *(_cell(found, cells.get((name, term))) for name in measures)] for term in terms]
    seen = [found.verdict(row) for (_, term), row in cells.items() if term in terms]
    title = f"{next(iter(found.scenarios.values()))} · {texts.EFFECTS_OF.get(found.lang)}"
    table = table_html(title, ["", *(found.label(name) for name in measures)], lines, found.lang)
    return f"{table}<p>{safe(key_of([one for one in seen if one != verdicts.UNKNOWN], found.lang))}</p>"


def _cell(found: Reading, row: pd.Series | None) -> str:
    return "" if row is None else f"{mark(found.verdict(row))} {found.told(row)}".strip()
