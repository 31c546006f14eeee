"""Who pays: hours and load of every department, what the alternative takes from it, and what it gains."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.document.blocks import Block, Cell, Chapter, Chart, Column, Said, Series, Table
from sim.report.document.facts import Facts
from sim.report.document.loads import PRICED, WORK, Load, loads_of
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, number, of_measure
from sim.report.style import SERIES_COLORS
from sim.words import words
from sim.words.numbers import digits, percentage

texts = words("document")
diagnosed = words("diagnosis")
terms = words("terminal")

WORTH = 0.5
"""Hours a week below which nobody pays or gains anything worth naming."""


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return who pays; nothing where nobody has any hours."""
    told = facts.spoken(lang)
    loads = loads_of(facts.comparison, facts.leading)
    if not any(math.isfinite(one.busy_now) for one in loads):
        return None
    blocks: list[Block] = [_chart(told, loads), _table(told, loads)]
    note = "note" if loads[0].moved else "note_direct"
    blocks.append(Said((told.say(texts.DEPARTMENTS[note], label=told.leading),)))
    if (kpis := _kpis(told)) is not None:
        blocks.append(kpis)
    return Chapter("departments", told.say(texts.DEPARTMENTS["subject"]), _title(told, loads), tuple(blocks))


def _title(told: Spoken, loads: Sequence[Load]) -> str:
    """Say who pays most and who gains most."""
    words_of = texts.DEPARTMENTS
    known = {one.owner: one.net if one.moved else one.given for one in loads}
    most, least = max(known, key=lambda one: known[one]), min(known, key=lambda one: known[one])
    facts = {"label": told.leading, "most": told.owner(most), "least": told.owner(least)}
    facts |= {"more": digits(known[most]), "less": digits(-known[least])}
    pays, gains = known[most] >= WORTH, known[least] <= -WORTH
    if pays and gains:
        return told.say(words_of["both"], **facts)
    if pays:
        return told.say(words_of["pays" if loads[0].moved else "gives"], **facts)
    if gains:
        return told.say(words_of["gains"], **facts)
    busiest = max((one for one in loads if math.isfinite(one.busy_now)), key=lambda one: one.busy_now)
    return told.say(
        words_of["nobody"], label=told.leading, busiest=told.owner(busiest.owner), busy=percentage(busiest.busy_now)
    )


def _chart(told: Spoken, loads: Sequence[Load]) -> Chart:
    """Return how busy everybody is, as things are and with the alternative."""
    series = (
        Series(told.now, tuple(one.busy_now * 100.0 for one in loads), tone="now"),
        Series(told.leading, tuple(one.busy_then * 100.0 for one in loads), color=SERIES_COLORS[1]),
    )
    return Chart(
        "busy",
        told.say(texts.DEPARTMENTS["chart"]),
        "bars",
        tuple(told.owner(one.owner) for one in loads),
        series,
        told.say(texts.DEPARTMENTS["axis"]),
        "%",
        0,
    )


def _table(told: Spoken, loads: Sequence[Load]) -> Table:
    """Return hours a week that each gives, what becomes of its answers, rework and disputes, and what that comes to."""
    words_of = texts.DEPARTMENTS
    kept = bool(loads[0].moved)
    moved = [
        (one.given, *((*(one.moved[kind] for kind in PRICED), one.net, one.moved[WORK]) if kept else ()))
        for one in loads
    ]
    staffed = any(one.people for one in loads)
    rows = tuple(
        (
            told.owner(one.owner),
            *((one.people,) if staffed else ()),
            number(one.busy_now),
            number(one.busy_then),
            *map(number, hours),
        )
        for one, hours in zip(loads, moved, strict=True)
    )
    unit, places = told.say(words_of["unit"]), 1
    called = {**{kind: diagnosed.KINDS[kind] for kind in PRICED}, "net": words_of["net"], WORK: diagnosed.KINDS[WORK]}
    hourly = [Column(key, told.say(name), unit, "number", places, signed=True) for key, name in called.items()]
    columns = (
        Column("who", told.say(words("outline").WHO)),
        *((Column("people", told.say(words_of["people"]), "", "count", 0, signed=True),) if staffed else ()),
        Column("busy_now", told.say(words_of["busy_now"]), "%", "share", 0),
        Column("busy_then", told.say(words_of["busy_then"]), "%", "share", 0),
        Column("given", told.say(words_of["given"]), unit, "number", places, signed=True),
        *(hourly if kept else ()),
    )
    return Table("loads", told.say(words_of["table"], label=told.leading), columns, rows, brief=brief(rows))


def _kpis(told: Spoken) -> Table | None:
    """Return what departments reach of what they are measured by, as things are and with each alternative."""
    comparison = told.comparison
    rows: list[tuple[Cell, ...]] = []
    for name in comparison.scenario.departments:
        measure = f"kpi_{name}"
        spec = told.material.specs.get(measure)
        means = [comparison.runs[one].measures[measure].mean() for one in told.facts.labels if measure in _kept(told)]
        if spec is not None and means and any(math.isfinite(one) for one in means):
            rows.append((told.owner(name), *(of_measure(one, spec) for one in means)))
    if not rows:
        return None
    columns = (
        Column("who", told.say(words("outline").WHO)),
        *(
            Column(f"kpi_{place}", told.alternative(label), "%", "number", 1)
            for place, label in enumerate(told.facts.labels)
        ),
    )
    return Table("kpis", told.say(texts.DEPARTMENTS["kpis"]), columns, tuple(rows), brief=False)


def _kept(told: Spoken) -> set[str]:
    """Return the measures that every run has."""
    columns = [set(run.measures.columns) for run in told.comparison.runs.values()]
    return set.intersection(*columns)
