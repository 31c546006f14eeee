"""What is sure and what rests on assumptions: ranges over points of the assumptions, and what decides."""

from __future__ import annotations

import pandas as pd

from sim.report.document.blocks import Block, Cell, Chapter, Chart, Column, Said, Series, Table
from sim.report.document.chapters.answer import certainty
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, digits_of, number, of_measure
from sim.report.numbers import scaled, unit_of
from sim.report.robust import ENOUGH, Robust, valued
from sim.scenario.uncertain import Assumption, assumptions_of
from sim.spec.levers import LEVERS
from sim.spec.measures import MeasureSpec
from sim.words import words

texts = words("document")
robustly = words("robust")
terms = words("terminal")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return how sure the answer is, luck and assumptions apart."""
    told = facts.spoken(lang)
    if told.robust is None or not told.robust.order or told.robust.spec is None:
        return _not_asked(told)
    robust, spec = told.robust, told.robust.spec
    blocks: list[Block] = [_chart(told, robust, spec), _ranges(told, robust, spec)]
    if len(_influences(told, robust)):
        blocks.append(_deciders(told, robust, spec))
    lucky = Said((certainty(told),), heading=told.say(texts.SURE["luck"]))
    wider = Said(tuple(robust.sentences), listed=True, heading=told.say(texts.SURE["assumptions"]))
    varied = _assumptions(told, tuple(facts.comparison.assumptions.values()))
    return Chapter("sure", told.say(texts.SURE["subject"]), robust.title, (*blocks, lucky, wider, varied))


def _not_asked(told: Spoken) -> Chapter:
    """Say that nobody asked what becomes of the answer over the ranges, how to ask, and what would be varied."""
    tried = [one for label in told.comparison.labels for one in told.comparison.added(label)]
    varied = assumptions_of(told.scenario, tried)
    title = told.say(texts.SURE["not_asked"])
    how = told.say(texts.SURE["how"], points=ENOUGH, count=len(varied))
    lucky = Said((certainty(told),), heading=told.say(texts.SURE["luck"]))
    wider = Said((how, told.say(texts.SURE["believe"])), heading=told.say(texts.SURE["assumptions"]))
    blocks: tuple[Block, ...] = (lucky, wider, *([_assumptions(told, varied)] if varied else []))
    return Chapter("sure", told.say(texts.SURE["subject"]), title, blocks)


def _chart(told: Spoken, robust: Robust, spec: MeasureSpec) -> Chart:
    """Return between which changes nine of ten points lie, a row for each alternative."""
    rows = [robust.row(label) for label in robust.order]
    middle, low, high = (tuple(scaled(float(row[name]), spec) for row in rows) for name in ("middle", "low", "high"))
    measure = spec.label.get(told.lang)
    return Chart(
        "ranges",
        told.say(robustly.HEADING, measure=measure, count=len(told.comparison.assumptions)),
        "intervals",
        tuple(robust.called(label) for label in robust.order),
        (Series(told.say(robustly.NINE), middle, low, high),),
        told.say(texts.EFFECTS["axis"], measure=measure),
        unit_of(spec, difference=True).get(told.lang),
        1 if spec.unit == "share" else digits_of(middle),
    )


def _ranges(told: Spoken, robust: Robust, spec: MeasureSpec) -> Table:
    """Return luck alone beside the ranges of the assumptions, and how often each is better and best."""
    rows: list[tuple[Cell, ...]] = []
    for label in robust.order:
        row, written = robust.row(label), robust.answer.row(label, robust.measure)[0]
        ends = (written["ci_low"], written["ci_high"], row["middle"], row["low"], row["high"])
        shares = (number(float(row["better_in"])), number(float(row["best_in"])))
        rows.append((robust.called(label), *(of_measure(one, spec) for one in ends), *shares))
    unit, places = unit_of(spec, difference=True).get(told.lang), digits_of(one for row in rows for one in row[1:6])
    names = ("luck_low", "luck_high", "middle", "low", "high")
    columns = (
        Column("alternative", told.say(texts.QUESTION["alternative"])),
        *(Column(name, told.say(texts.SURE[name]), unit, "number", places, signed=True) for name in names),
        Column("better", told.say(texts.SURE["better"]), "%", "share", 0),
        Column("best", told.say(texts.SURE["best"]), "%", "share", 0),
    )
    note = told.say(texts.SURE["note"], points=robust.points)
    title = told.say(texts.SURE["table"], measure=spec.label)
    return Table("robustness", title, columns, tuple(rows), note=note, brief=brief(rows))


def _influences(told: Spoken, robust: Robust) -> pd.DataFrame:
    """Return what moves the effect of the alternative that is best at most points."""
    rows = told.comparison.tables["influences"]
    return rows[(rows["alternative"] == robust.order[0]) & (rows["measure"] == robust.measure)]


def _deciders(told: Spoken, robust: Robust, spec: MeasureSpec) -> Table:
    """Return the assumptions that move that effect most, with it at both ends of their ranges."""
    rows: list[tuple[Cell, ...]] = []
    for _, row in _influences(told, robust).iterrows():
        one = told.comparison.assumptions[row["assumption"]]
        ends = [valued(one, end).get(told.lang) for end in (one.low, one.high)]
        effects = [of_measure(row[name], spec) for name in ("at_low", "at_high")]
        sure = told.say(texts.SURE["yes" if row["sure"] else "luck_maybe"])
        rows.append((one.label.get(told.lang), ends[0], ends[1], *effects, number(row["explained"]), sure))
    unit, places = unit_of(spec, difference=True).get(told.lang), digits_of(one for row in rows for one in row[3:5])
    columns = (
        Column("assumption", told.say(texts.SURE["assumption"])),
        Column("low", told.say(texts.SURE["least"])),
        Column("high", told.say(texts.SURE["most"])),
        Column("at_low", told.say(texts.SURE["at_low"]), unit, "number", places, signed=True),
        Column("at_high", told.say(texts.SURE["at_high"]), unit, "number", places, signed=True),
        Column("explained", told.say(texts.SURE["explained"]), "%", "share", 0),
        Column("sure", told.say(texts.SURE["beyond"])),
    )
    title = told.say(robustly.TORNADO, label=robust.called(robust.order[0]))
    return Table("deciders", title, columns, tuple(rows), brief=robust.points >= ENOUGH and brief(rows))


def _assumptions(told: Spoken, varied: tuple[Assumption, ...]) -> Table:
    """Return what is uncertain, with its range and what is known of it."""
    rows = tuple(
        (
            one.label.get(told.lang),
            one.place,
            *(number(float(end)) for end in (one.here, one.low, one.high)),
            _unit(told, one),
            _source(told, one),
        )
        for one in varied
    )
    columns = (
        Column("assumption", told.say(texts.SURE["assumption"])),
        Column("place", told.say(texts.INPUTS["place"])),
        Column("here", told.say(texts.INPUTS["here"]), "", "mixed"),
        Column("low", told.say(texts.SURE["least"]), "", "mixed"),
        Column("high", told.say(texts.SURE["most"]), "", "mixed"),
        Column("unit", told.say(terms.UNIT)),
        Column("known", told.say(texts.SURE["known"])),
    )
    return Table("assumptions", told.say(texts.SURE["varied"]), columns, rows, brief=False)


def _unit(told: Spoken, one: Assumption) -> str:
    units = words("levers").UNITS
    return units[one.unit].get(told.lang) if one.unit in units else one.unit


def _source(told: Spoken, one: Assumption) -> str:
    """Say whether the range is the file's own, and how good the evidence is of one that is documented."""
    if one.stated:
        return told.say(texts.SURE["stated"])
    spec = LEVERS.get(one.place.removeprefix("levers."))
    return told.say(texts.SURE["documented"] if spec is None else terms.GRADES[spec.grade])
