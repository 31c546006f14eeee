"""The effects: each measure as it is and with each alternative, the change, its interval and what may be said."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pandas as pd

from sim.report.document.blocks import Block, Cell, Chapter, Chart, Column, Series, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import TONES, Spoken
from sim.report.document.tabled import brief, digits_of, number, of_measure
from sim.report.marks import told as verdict_told
from sim.report.marks import verdict_of
from sim.report.numbers import scaled, unit_of
from sim.report.terminal import left_out, telling
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import words

texts = words("document")
terms = words("terminal")
spoken_verdicts = words("verdicts")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return what would change."""
    told = facts.spoken(lang)
    blocks: list[Block] = [] if facts.best is None else [_chart(told)]
    blocks += [_leading(told), _everything(told)]
    return Chapter("effects", told.say(texts.EFFECTS["subject"]), _title(told), tuple(blocks))


def _title(told: Spoken) -> str:
    """Say how many measures the leading alternative changes beyond doubt."""
    words_of, label = texts.EFFECTS, told.facts.leading
    rows = _rows(told, told.comparison.tables["table"])
    mine = rows[rows["alternative"] == label]
    if mine.empty:
        return told.material.finding()
    if (mine["verdict"] == verdicts.UNKNOWN).all():
        return told.say(words_of["untested"], label=told.leading)
    found = Counter(verdict_of(row, told.facts.specs[row["measure"]]) for _, row in mine.iterrows())
    better, worse = found[verdicts.BETTER] + found[verdicts.BUT], found[verdicts.WORSE]
    facts = {"label": told.leading, "all": len(mine), "better": better, "worse": worse}
    if not better and not worse:
        return told.say(words_of["nothing"], **facts)
    return told.say(words_of["title"], **facts)


def _rows(told: Spoken, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that tell something: of measures that are defined and that something changes."""
    return table[table["measure"].isin(telling(told.comparison.tables["table"]))]


def _chart(told: Spoken) -> Chart:
    """Return the change of the deciding measure with its interval, a row for each alternative."""
    best = told.facts.best
    assert best is not None
    spec, order = told.facts.specs[best.measure], told.facts.order
    found = {label: told.answer.row(label, best.measure)[0] for label in order}
    kinds = {label: verdict_of(row, spec) for label, row in found.items()}
    series = tuple(
        _series(verdict, [found[label] if kinds[label] == verdict else None for label in order], spec, told)
        for verdict in dict.fromkeys(kinds.values())
    )
    measure = spec.label.get(told.lang)
    unit = unit_of(spec, difference=True).get(told.lang)
    values = [abs(one) for each in series for one in each.values if math.isfinite(one)]
    return Chart(
        "change",
        told.say(texts.EFFECTS["chart"], measure=measure, now=told.now),
        "intervals",
        tuple(told.alternative(label) for label in order),
        series,
        told.say(texts.EFFECTS["axis"], measure=measure),
        unit,
        1 if spec.unit == "share" else digits_of(values),
        told.say(texts.EFFECTS["chart_note"], tests=told.comparison.tests),
    )


def _series(verdict: str, rows: list[pd.Series | None], spec: MeasureSpec, told: Spoken) -> Series:
    """Return the rows of one verdict; the others have no number in it."""
    columns = ("difference", "ci_low", "ci_high")
    values = {name: [math.nan if row is None else scaled(float(row[name]), spec) for row in rows] for name in columns}
    name = spoken_verdicts.KEY[verdict].get(told.lang)
    middle, low, high = (tuple(values[name]) for name in columns)
    return Series(name, middle, low, high, tone=TONES.get(verdict, "plain"))


def _leading(told: Spoken) -> Table:
    """Return the few measures that matter here, with the alternative that leads."""
    rows = told.facts.headlines
    mine = rows[(rows["alternative"] == told.facts.leading) & rows["now"].notna()]
    return _table(told, "headlines", told.say(texts.EFFECTS["leading"], label=told.leading), mine, alone=True)


def _everything(told: Spoken) -> Table:
    """Return every measure with every alternative, the best first."""
    rows = _rows(told, told.comparison.tables["table"])
    order = {label: place for place, label in enumerate(told.facts.order)}
    rows = rows.sort_values("alternative", key=lambda one: one.map(order), kind="stable")
    table = _table(told, "effects", told.say(texts.EFFECTS["everything"]), rows, alone=False)
    same = left_out(told.comparison.tables["table"], told.facts.specs, told.lang)
    if not same:
        return table
    return replace(table, note=told.together([table.note, told.say(terms.LEFT_OUT, measures=same)]))


def _table(told: Spoken, name: str, title: str, found: pd.DataFrame, alone: bool) -> Table:
    """Return rows of effects; `alone` where there is one alternative."""
    say, words_of, lang = told.say, texts.EFFECTS, told.lang
    rows: list[tuple[Cell, ...]] = []
    tones = []
    for _, row in found.iterrows():
        spec = told.facts.specs[row["measure"]]
        numbers = [of_measure(row[key], spec) for key in ("now", "mean", "difference", "ci_low", "ci_high")]
        verdict = verdict_told(row, spec).get(lang)
        label = told.alternative(str(row["alternative"]))
        rows.append((label, spec.label.get(lang), unit_of(spec).get(lang), *numbers, number(row["better_in"]), verdict))
        tones.append(told.tone(row, spec))
    digits = digits_of(one for row in rows for one in row[3:6])
    columns = (
        Column("alternative", say(texts.QUESTION["alternative"])),
        Column("measure", say(terms.MEASURE)),
        Column("unit", say(terms.UNIT)),
        Column("now", told.now, "", "number", digits),
        Column("with", told.leading if alone else say(terms.AFTER), "", "number", digits),
        Column("change", say(terms.DIFFERENCE), "", "number", digits, signed=True),
        Column("low", say(words_of["low"]), "", "number", digits, signed=True),
        Column("high", say(words_of["high"]), "", "number", digits, signed=True),
        Column("better_in", say(terms.BETTER_IN), "%", "share", 0),
        Column("verdict", say(terms.VERDICT)),
    )
    skip = int(alone)
    return Table(
        name,
        title,
        columns[skip:],
        tuple(row[skip:] for row in rows),
        tuple(tones),
        say(words_of["note"], tests=told.comparison.tests),
        alone and brief(rows),
    )
