"""Money: net value a year and payback, where the scenario says what cases are worth; what alternatives take."""

from __future__ import annotations

import math

import pandas as pd

from sim.report.bought import bought
from sim.report.document.blocks import Block, Cell, Chapter, Chart, Column, Said, Series, Table, Tone
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, number
from sim.report.money import money_sentences, money_told
from sim.words import words

texts = words("document")
money = words("money")

PARTS = ("revenue", "delay_cost", "coordination_cost", "spent", "spent_once")
"""Of what a net value consists."""


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return what it brings; nothing where nobody speaks of money."""
    told = facts.spoken(lang)
    spent = bought(facts.comparison, {label: told.alternative(label) for label in facts.order}, lang)
    if not money_told(facts.comparison):
        return None if not spent else _spent(told, spent)
    order = [facts.leading, *(label for label in facts.order if label != facts.leading)]
    said = [one.get(lang) for one in money_sentences(facts.comparison, order)]
    sentences = [*said, *([spent] if spent else [])]
    blocks: tuple[Block, ...] = (_table(told), _chart(told), Said(tuple(sentences), listed=True), _parts(told))
    return Chapter("money", told.say(texts.MONEY["subject"]), _title(told, said[0]), blocks)


def _spent(told: Spoken, sentence: str) -> Chapter:
    """Say what is spent where nobody says what cases are worth."""
    title = told.say(texts.MONEY["only_spent"])
    said = Said((sentence, told.say(texts.MONEY["worth"])))
    return Chapter("money", told.say(texts.MONEY["subject"]), title, (said,), slide=False)


def _title(told: Spoken, first: str) -> str:
    """Return the sentence about the leading alternative, as a title."""
    known = told.comparison.tables["money"]["pairs"].max() > 0
    return first.rstrip(".。") if known else told.say(texts.MONEY["unknown"])


def _table(told: Spoken) -> Table:
    """Return net value and payback."""
    found = told.comparison.tables["money"]
    rows: list[tuple[Cell, ...]] = []
    tones: list[Tone] = []
    for label in told.facts.order:
        row = pd.Series(found.loc[label])
        names = ("net_value_year", "ci_low", "ci_high", "payback_weeks", "not_paid_back")
        rows.append((told.alternative(label), *(number(float(row[name])) for name in names)))
        tones.append("better" if row["ci_low"] > 0.0 else "worse" if row["ci_high"] < 0.0 else "unclear")
    weeks = f"{found['weeks'].max():.0f}"
    unit = told.say(texts.MONEY["unit"])
    columns = (
        Column("alternative", told.say(texts.QUESTION["alternative"])),
        Column("year", told.say(money.YEAR), unit, "number", 0, signed=True),
        Column("low", told.say(texts.EFFECTS["low"]), unit, "number", 0, signed=True),
        Column("high", told.say(texts.EFFECTS["high"]), unit, "number", 0, signed=True),
        Column("payback", told.say(texts.MONEY["payback"]), told.say(texts.QUESTION["week"]), "number", 0),
        Column("never", told.say(money.NEVER, weeks=weeks), "%", "share", 0),
    )
    note = told.say(texts.MONEY["note"], weeks=weeks)
    title = told.say(money.TITLE, baseline=told.now)
    return Table("money", title, columns, tuple(rows), tuple(tones), note, brief(rows))


def _parts(told: Spoken) -> Table:
    """Return of what the net value consists."""
    found, unit = told.comparison.tables["money"], told.say(texts.MONEY["unit"])
    names = ("net_value_year", *PARTS)
    rows = tuple(
        (told.alternative(label), *(number(float(pd.Series(found.loc[label])[name])) for name in names))
        for label in told.facts.order
    )
    columns = (
        Column("alternative", told.say(texts.QUESTION["alternative"])),
        Column("year", told.say(money.YEAR), unit, "number", 0, signed=True),
        *(Column(name, told.say(texts.MONEY[name]), unit, "number", 0, signed=True) for name in PARTS),
    )
    note = told.say(texts.MONEY["parts_note"])
    return Table("money_parts", told.say(texts.MONEY["parts"]), columns, rows, note=note, brief=False)


def _chart(told: Spoken) -> Chart:
    """Return the money so far, week by week, a line for each alternative."""
    frame = told.comparison.tables["money_weeks"]
    lines = {label: frame[frame["alternative"] == label].set_index("week")["so_far"] for label in told.facts.order}
    weeks = sorted({int(week) for line in lines.values() for week in line.index})
    series = tuple(
        Series(told.alternative(label), tuple(float(line.get(week, math.nan)) for week in weeks))
        for label, line in lines.items()
    )
    axis, note = told.say(texts.MONEY["axis"]), told.say(texts.MONEY["weeks"])
    title = told.say(texts.MONEY["chart"], now=told.now)
    return Chart(
        "money_so_far", title, "lines", tuple(map(str, weeks)), series, axis, told.say(texts.MONEY["unit"]), 0, note
    )
