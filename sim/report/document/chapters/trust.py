"""Trust: on the whole at the start and at the end, and between which two it moves most."""

from __future__ import annotations

import math

from sim.report.dealings import between, start_and_end
from sim.report.document.blocks import Cell, Chapter, Chart, Column, Series, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import number
from sim.report.style import SERIES_COLORS
from sim.report.titles import trust_title
from sim.words import words

texts = words("document")
terms = words("terminal")

MOST_PAIRS = 8
"""Pairs of which a slide has room for a row each."""


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return what becomes of trust; nothing where nobody deals with anybody."""
    told = facts.spoken(lang)
    ends = {label: start_and_end(told.material, label) for label in facts.labels}
    if not any(math.isfinite(one) for both in ends.values() for one in both):
        return None
    series = (
        Series(told.say(texts.TRUST["start"]), tuple(start * 100.0 for start, _ in ends.values()), tone="now"),
        Series(told.say(texts.TRUST["end"]), tuple(end * 100.0 for _, end in ends.values()), color=SERIES_COLORS[1]),
    )
    chart = Chart(
        "trust_levels",
        told.say(texts.TRUST["chart"]),
        "bars",
        tuple(told.alternative(label) for label in ends),
        series,
        told.say(texts.TRUST["axis"]),
        "%",
        0,
        told.say(texts.TRUST["note"]),
    )
    return Chapter("trust", told.say(texts.TRUST["subject"]), trust_title(told.material), (chart, *_pairs(told)))


def _pairs(told: Spoken) -> tuple[Table, ...]:
    """Return the pairs whose trust the leading alternative moves most, and all pairs."""
    facts = told.facts
    rows = {label: _of(told, label) for label in facts.labels}
    now, then = rows[told.comparison.baseline], rows[facts.leading]
    known = [pair for pair in now if pair in then]
    ranked = sorted(known, key=lambda pair: -abs(then[pair][1] - now[pair][1]))
    if not known:
        return ()
    who = (Column("whose", told.say(texts.TRUST["whose"])), Column("whom", told.say(texts.TRUST["whom"])))
    most: list[tuple[Cell, ...]] = []
    for pair in ranked[:MOST_PAIRS]:
        (start, end), (_, other) = now[pair], then[pair]
        most.append((*map(told.owner, pair), *map(number, (start, end, other, (other - end) * 100.0))))
    points = told.say(terms.DIFFERENCE_UNITS["share"])
    columns = (
        *who,
        Column("start", told.say(texts.TRUST["start"]), "%", "share", 0),
        Column("now", told.now, "%", "share", 0),
        Column("with", told.leading, "%", "share", 0),
        Column("change", told.say(terms.DIFFERENCE), points, "number", 0, signed=True),
    )
    every: list[tuple[Cell, ...]] = [
        (*map(told.owner, pair), number(now[pair][0]), *(number(each.get(pair, _NOBODY)[1]) for each in rows.values()))
        for pair in now
    ]
    wide = (
        *who,
        Column("start", told.say(texts.TRUST["start"]), "%", "share", 0),
        *(Column(f"end_{place}", told.alternative(label), "%", "share", 0) for place, label in enumerate(facts.labels)),
    )
    title = told.say(texts.TRUST["most"], label=told.leading)
    return (
        Table("trust_most", title, columns, tuple(most)),
        Table("trust", told.say(texts.TRUST["every"]), wide, tuple(every), brief=False),
    )


_NOBODY = (math.nan, math.nan)


def _of(told: Spoken, label: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Return trust at the start and at the end by whose and in whom, of departments that are planned to deal."""
    relations = told.material.relations
    rows = between(relations[relations["alternative"] == label], told.material.departments)
    return {
        (str(row["from"]), str(row["to"])): (float(row["trust_start"]), float(row["trust"]))
        for _, row in rows.iterrows()
    }
