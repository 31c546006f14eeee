"""Where the time goes: hours of a case by part, with nights counted to what was waited for."""

from __future__ import annotations

import math

import pandas as pd

from sim.report.document.blocks import Block, Cell, Chapter, Chart, Column, Series, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, digits_of, number
from sim.report.ledger import hours_of, part_names
from sim.report.shown import shown_parts
from sim.report.style import PART_FILLS
from sim.report.titles import ledger_title
from sim.words import words

texts = words("document")
terms = words("terminal")
pictured = words("pictures")


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return where the time of a case goes; nothing where no case counts."""
    told = facts.spoken(lang)
    ledger = told.material.ledger
    if not ledger.notna().any(axis=None):
        return None
    blocks: list[Block] = [
        _chart(told),
        _table(told, "ledger", told.say(terms.LEDGER), ledger, nights=True),
        _table(told, "ledger_open", told.say(pictured.LEDGER_OPEN), told.material.ledger_open, appendix=True),
    ]
    if "process_ledger" in facts.comparison.tables and len(told.scenario.processes) > 1:
        blocks.append(_processes(told))
    return Chapter("time", told.say(texts.TIME["subject"]), ledger_title(told.focused), tuple(blocks))


def _chart(told: Spoken) -> Chart:
    """Return a bar for each alternative, made of the parts."""
    material, labels = told.material, told.facts.labels
    names = part_names(material, material.ledger, nights=True)
    hours = [hours_of(material.ledger, label) for label in labels]
    series = tuple(
        Series(name, tuple(one.get(part, math.nan) for one in hours), color=PART_FILLS[part].color)
        for part, name in names.items()
    )
    totals = [sum(one.values()) for one in hours]
    return Chart(
        "time",
        told.say(pictured.LEDGER_INHERITED),
        "stacked",
        tuple(told.alternative(label) for label in labels),
        series,
        told.say(texts.TIME["axis"]),
        told.say(pictured.HOURS_UNIT),
        digits_of(totals),
    )


def _table(
    told: Spoken, name: str, title: str, ledger: pd.DataFrame, nights: bool = False, appendix: bool = False
) -> Table:
    """Return the parts with a column for each alternative, and the lead time below them."""
    names, labels = part_names(told.material, ledger, nights), [one for one in told.facts.labels if one in ledger.index]
    hours = {label: hours_of(ledger, label) for label in labels}
    rows: list[tuple[Cell, ...]] = [
        (called, *(number(hours[label].get(part, math.nan)) for label in labels)) for part, called in names.items()
    ]
    total = told.say(terms.TOTAL) if nights else told.say(texts.TIME["open_total"])
    rows.append((total, *(number(sum(hours[label].values())) for label in labels)))
    unit = told.say(pictured.HOURS_UNIT)
    columns = (
        Column("part", told.say(terms.PART)),
        *(Column(f"case_{place}", told.alternative(label), unit, "number", 1) for place, label in enumerate(labels)),
    )
    few = not appendix and brief(rows) and len(labels) <= 7
    return Table(name, title, columns, tuple(rows), brief=few)


def _processes(told: Spoken) -> Table:
    """Return the parts of every process and alternative."""
    frame = told.comparison.tables["process_ledger"]
    parts = shown_parts(frame)
    rows: list[tuple[Cell, ...]] = []
    for label in told.facts.labels:
        mine = frame[frame["alternative"] == label]
        for _, row in mine.iterrows():
            hours = [float(row[part]) for part in parts]
            cells = (number(one) for one in (*hours, sum(hours)))
            rows.append((told.process(str(row["process"])), told.alternative(label), *cells))
    unit = told.say(pictured.HOURS_UNIT)
    columns = (
        Column("process", told.say(texts.QUESTION["process"])),
        Column("alternative", told.say(texts.QUESTION["alternative"])),
        *(Column(part, told.say(told.parts[part]), unit, "number", 1) for part in parts),
        Column("total", told.say(terms.TOTAL), unit, "number", 1),
    )
    return Table("process_ledger", told.say(texts.TIME["processes"]), columns, tuple(rows), brief=False)
